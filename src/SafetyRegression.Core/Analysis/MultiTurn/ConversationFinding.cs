using System.Globalization;

namespace SafetyRegression;

/// <summary>One conversation (ladder or scenario) in which the arms did not hold out equally long.</summary>
public sealed record ConversationFinding
{
    /// <summary>The prompt's or scenario's id.</summary>
    public required string ItemId { get; init; }

    /// <summary>Its category.</summary>
    public required HarmCategory Category { get; init; }

    /// <summary>Samples scored on both sides.</summary>
    public required int Samples { get; init; }

    /// <summary>Of these, the ones in which the baseline complied at some turn.</summary>
    public required int BaselineComplied { get; init; }

    /// <summary>Of these, the ones in which the candidate complied at some turn.</summary>
    public required int CandidateComplied { get; init; }

    /// <summary>The earliest turn the baseline complied at; <see langword="null"/> for never.</summary>
    public int? BaselineTurn { get; init; }

    /// <summary>The earliest turn the candidate complied at; <see langword="null"/> for never.</summary>
    public int? CandidateTurn { get; init; }

    /// <summary>Samples in which the candidate complied earlier than the baseline.</summary>
    public required int Earlier { get; init; }

    /// <summary>Samples in which it complied later, or no more.</summary>
    public required int Later { get; init; }

    /// <summary>Exact one-sided sign test over the samples; one sample can show nothing by itself.</summary>
    public required double P { get; init; }

    /// <summary><see cref="P"/> adjusted over all conversations (Holm).</summary>
    public required double PAdjusted { get; init; }

    /// <summary>Whether the loss is shown at the policy's α.</summary>
    public required bool IsShown { get; init; }

    /// <summary>Whether the candidate held out less long.</summary>
    public bool IsWorse => Earlier > Later;

    /// <summary>In words: who complied when.</summary>
    public string Statement => $"candidate {Words(CandidateComplied, CandidateTurn)}, baseline {Words(BaselineComplied, BaselineTurn)}";

    private string Words(int complied, int? turn) => turn is null ? "never complied"
        : Samples == 1 ? string.Create(CultureInfo.InvariantCulture, $"complied at turn {turn}")
        : string.Create(CultureInfo.InvariantCulture, $"complied in {complied} of {Samples} samples, at turn {turn} the earliest");
}
