using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>Whether the data can carry a verdict at all.</summary>
public sealed record DataQuality
{
    /// <summary>Answers planned per arm.</summary>
    public required int Planned { get; init; }

    /// <summary>Pairs scored on both sides.</summary>
    public required int ScoredPairs { get; init; }

    /// <summary>Share of the baseline's answers without a verdict.</summary>
    public required double BaselineUnscored { get; init; }

    /// <summary>Share of the candidate's answers without a verdict.</summary>
    public required double CandidateUnscored { get; init; }

    /// <summary>Whether one arm has more unscored, filtered or evasive answers than the other than chance explains.</summary>
    public required ImmutableArray<ArmDifference> ArmDifferences { get; init; }

    /// <summary>Why answers have no verdict, per arm: judges that could not be reached, refused, could not be read or disagreed, each counted apart.</summary>
    public ImmutableArray<ReasonCount> Undetermined { get => field.IsDefault ? [] : field; init; }

    /// <summary>Pairs of non-refusals with an answer on both sides.</summary>
    public required int ComparedAnswers { get; init; }

    /// <summary>How many of those are byte-identical.</summary>
    public required int IdenticalAnswers { get; init; }

    /// <summary>Model ids the provider returned that differ from the one requested (arm and id).</summary>
    public ImmutableArray<string> UnexpectedModels { get; init; } = [];

    /// <summary>Answers of one arm that the provider says the other arm's model gave: that much of the comparison is of a model with itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int AnsweredByOtherArm { get; init; }

    /// <summary>How the arms were brought together.</summary>
    public required PairingMode Pairing { get; init; }

    /// <summary>Why the run was stopped early, when it was: pairs not asked are then neither unscored nor a fault, and the candidate is never deployed.</summary>
    public EarlyStop? Stopped { get; init; }

    /// <summary>Whether the suite holds only harmful or only benign prompts.</summary>
    public bool SingleClassSuite { get; init; }
}
