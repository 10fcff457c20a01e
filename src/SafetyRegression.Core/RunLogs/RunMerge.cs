using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What a merge of shards brought together.</summary>
public sealed record RunMerge
{
    /// <summary>The manifest of the merged run.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>Planned answers with an outcome in the merged run.</summary>
    public required int Answers { get; init; }

    /// <summary>Records left out because the same answer was there already.</summary>
    public int Duplicates { get; init; }

    /// <summary>Answers of which two records contradict each other; they count as undetermined.</summary>
    public int Conflicts { get; init; }

    /// <summary>Damaged records that were read past, over all sources.</summary>
    public int Lost { get; init; }

    /// <summary>Shards that were not given; their answers count as skipped.</summary>
    public ImmutableArray<int> MissingShards { get; init; } = [];

    /// <summary>Why a stopping rule ended the run of a shard, if one did: the strongest evidence, at the α of all shards together.</summary>
    public EarlyStop? Stopped { get; init; }

    /// <summary>Whether every part had frozen the same plan before it was asked; then the merged run has it too.</summary>
    public bool IsPlanKept { get; init; }

    /// <summary>What the merge of the capability questions brought together; <see langword="null"/> when none were asked.</summary>
    public RunMerge? Capability { get; init; }

    /// <summary>Whether every planned answer has an outcome.</summary>
    public bool IsComplete => MissingShards.IsEmpty && Answers == Planned && Capability is null or { IsComplete: true };

    /// <summary>Planned answers.</summary>
    public int Planned => Manifest.Planned;
}
