using System.Globalization;

namespace SafetyRegression.Reporting;

/// <summary>When the plan was fixed, in words.</summary>
internal static class SealText
{
    internal static string Timing(ReportSeal seal) => seal.Timing switch
    {
        PlanTiming.BeforeAnswers => $"frozen before the first answer{(seal.FrozenAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" ({at.UtcDateTime:yyyy-MM-dd HH:mm} UTC)") : string.Empty)}",
        PlanTiming.Changed => $"not the plan that was frozen before the run (sha256:{seal.OriginalPlan})",
        _ => "made when the answers were there already",
    };
}
