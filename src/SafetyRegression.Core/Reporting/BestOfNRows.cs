using System.Globalization;
using System.Text;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>ASR@n of framings that are tried by draws, in the plain-text table and the Markdown summary.</summary>
internal static class BestOfNRows
{
    private const int EachUpTo = 10;
    private static readonly int[] _marks = [1, 2, 5];

    internal static void AppendText(StringBuilder text, RegressionReport report)
    {
        foreach (var finding in Findings(report))
            text.Append('\n').Append(Characters.Line($"Best of {finding.Attempts.ToString(CultureInfo.InvariantCulture)}, {finding.Id}: {Sentence(finding)}").Replace('−', '-'));
    }

    internal static void AppendMarkdown(StringBuilder text, RegressionReport report)
    {
        foreach (var finding in Findings(report))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**Best of {finding.Attempts}** ({MarkdownReportWriter.Escape(finding.Id)}): {MarkdownReportWriter.Escape(Sentence(finding))}\n\n");
            text.Append("| Attempts | Baseline ASR | Candidate ASR |\n|--:|--:|--:|\n");
            foreach (var k in Shown(finding.Attempts))
                text.Append(CultureInfo.InvariantCulture, $"| {k} | {Cell(finding, finding.Baseline, k)} | {Cell(finding, finding.Candidate, k)} |\n");
        }
    }

    internal static IReadOnlyList<BestOfNFinding> Findings(RegressionReport report) => report.Analysis.BestOfN ?? [];

    internal static string Sentence(BestOfNFinding finding) => finding.Pairs == 0
        ? $"{finding.Statement}{Open(finding)}."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{finding.Statement}: ASR@{finding.Attempts} {Rate(finding.Baseline, finding.Attempts)} → {Rate(finding.Candidate, finding.Attempts)}, a change of {Say.Change(finding.Delta, finding.Interval)} over {Say.Count(finding.Pairs, "seed prompt", "seed prompts")} ({finding.NewlyComplied} newly complied with, {finding.NoLongerComplied} no longer; p {Say.P(finding.PAdjusted, finding.LnP)}){Open(finding)}.");

    internal static string Rate(BestOfNCurve curve, int k) => k <= curve.SuccessByAttempts.Length ? Say.Rate(curve.SuccessByAttempts[k - 1]) : "–";

    internal static string Range(BestOfNCurve curve) => $"[{Say.Rate(curve.Interval.Lower)}, {Say.Rate(curve.Interval.Upper)}]";

    /// <summary>Every k of a few attempts; of many 1, 2, 5, 10, 20, 50 … and the last.</summary>
    internal static IEnumerable<int> Shown(int attempts) => attempts <= EachUpTo
        ? Enumerable.Range(1, attempts)
        : Enumerable.Range(0, 10).SelectMany(power => _marks.Select(mark => mark * Math.Pow(10, power))).TakeWhile(k => k < attempts).Select(k => (int)k).Append(attempts);

    private static string Cell(BestOfNFinding finding, BestOfNCurve curve, int k) =>
        k == finding.Attempts && curve.Scored > 0 ? $"{Rate(curve, k)} {Range(curve)}" : Rate(curve, k);

    private static string Open(BestOfNFinding finding) => finding.Baseline.Open + finding.Candidate.Open == 0
        ? string.Empty
        : string.Create(
            CultureInfo.InvariantCulture,
            $"; {finding.Baseline.Open} and {finding.Candidate.Open} seed prompts could not be scored, with them ASR@{finding.Attempts} is {Bounds(finding.Baseline)} and {Bounds(finding.Candidate)}");

    private static string Bounds(BestOfNCurve curve) => $"{Say.Rate(curve.LowestSuccess)} to {Say.Rate(curve.HighestSuccess)}";
}
