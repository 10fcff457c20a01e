using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression;

/// <summary>What verifying a bundle found.</summary>
public sealed record EvidenceVerification
{
    private const int Shown = 40;

    /// <summary>What does not fit, in the order of the files.</summary>
    public required ImmutableArray<EvidenceProblem> Problems { get; init; }

    /// <summary>What was not checked, and why.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>SHA-256 of the plan that was found.</summary>
    public string? Plan { get; init; }

    /// <summary>The head that follows from the outcomes found: compare it with the one printed elsewhere.</summary>
    public string? Head { get; init; }

    /// <summary>Outcomes and scores read.</summary>
    public required int Outcomes { get; init; }

    /// <summary>Values of the report that were recomputed and compared.</summary>
    public required int Values { get; init; }

    /// <summary>The recommendation that follows from plan and outcomes; <see langword="null"/> when it could not be computed.</summary>
    public DeploymentRecommendation? Recommendation { get; init; }

    /// <summary>Whether everything fits. A bundle of which nothing could be recomputed does not.</summary>
    public bool IsValid => Problems.IsEmpty && Recommendation is not null;

    /// <summary>Every problem and note on a line of its own.</summary>
    public override string ToString()
    {
        var first = IsValid
            ? string.Create(CultureInfo.InvariantCulture, $"verified: {Values} values of the report follow from {Outcomes} outcomes and the plan; head sha256:{Head}")
            : string.Create(CultureInfo.InvariantCulture, $"NOT verified: {Problems.Length} {(Problems.Length == 1 ? "difference" : "differences")}");
        return string.Join('\n', [first, .. Problems.Take(Shown).Select(problem => $"  {problem}"),
            .. Problems.Length > Shown ? [string.Create(CultureInfo.InvariantCulture, $"  … and {Problems.Length - Shown} more")] : Array.Empty<string>(), .. Notes.Select(note => $"  note: {note}")]);
    }
}
