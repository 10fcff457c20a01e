using System.Globalization;
using System.Text;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>Differences in differences and turns of first compliance in the plain-text table and the Markdown summary.</summary>
internal static class AdversarialRows
{
    private const int Shown = 10;

    internal static void AppendText(StringBuilder text, RegressionReport report)
    {
        foreach (var finding in report.Analysis.Interactions.Where(IsLoss))
            text.Append('\n').Append(Characters.Line(Sentence(finding)).Replace('−', '-'));
        foreach (var finding in Conversations(report))
        {
            text.Append('\n').Append(Characters.Line(Sentence(finding)).Replace('−', '-'));
            foreach (var moved in finding.Moved.Where(moved => moved.IsWorse).Take(Shown))
                text.Append("\n  ").Append(Characters.Line(Sentence(moved)));
        }
    }

    internal static void AppendMarkdown(StringBuilder text, RegressionReport report)
    {
        var interactions = report.Analysis.Interactions;
        if (!interactions.IsEmpty)
        {
            text.Append("\n**Languages, contexts and variants against the plain prompts**\n\n");
            foreach (var finding in interactions.Where(IsLoss))
                text.Append(CultureInfo.InvariantCulture, $"- {Icon(finding.Status)} {MarkdownReportWriter.Escape(Sentence(finding))}\n");
            var none = interactions.Where(finding => finding.Status == RegressionStatus.WithinTolerance).Select(Name).ToList();
            var open = interactions.Where(finding => finding.Status == RegressionStatus.Inconclusive).Select(Name).ToList();
            if (none.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"- 🟢 No more lost: {MarkdownReportWriter.Escape(Say.List(none, Shown))}\n");
            if (open.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"- 🟡 Not known for lack of seed prompts: {MarkdownReportWriter.Escape(Say.List(open, Shown))}\n");
        }

        foreach (var finding in Conversations(report))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**Conversations** ({MarkdownReportWriter.Escape(finding.Id)}): {MarkdownReportWriter.Escape(Sentence(finding))}\n\n");
            text.Append("| Turn | Baseline ASR | Candidate ASR |\n|--:|--:|--:|\n");
            for (var turn = 1; turn <= finding.MaxTurns; turn++)
                text.Append(CultureInfo.InvariantCulture, $"| {turn} | {Rate(finding.Baseline, turn)} | {Rate(finding.Candidate, turn)} |\n");
            text.Append('\n');
            foreach (var moved in finding.Moved.Where(moved => moved.IsWorse).Take(Shown))
                text.Append(CultureInfo.InvariantCulture, $"- {(moved.IsShown ? "🔴" : "🟡")} {MarkdownReportWriter.Escape(Sentence(moved))}\n");
        }

        foreach (var finding in Attacks(report))
            text.Append(CultureInfo.InvariantCulture, $"\nAttacks: {MarkdownReportWriter.Escape(Sentence(finding))}\n");
    }

    /// <summary>The scripted conversations, then those of attackers.</summary>
    internal static IEnumerable<MultiTurnFinding> Conversations(RegressionReport report) => report.Analysis.MultiTurn is { } several
        ? several.Adaptive.Select(attack => attack.Turns).Prepend(several.Scripted).OfType<MultiTurnFinding>()
        : [];

    internal static string Sentence(InteractionFinding finding)
    {
        var detect = finding is { Status: RegressionStatus.Inconclusive, SmallestDetectableDifference: { } least } ? $"; would have detected {Say.Tolerance(Math.Round(least, 3))} or more" : string.Empty;
        return $"{finding.Statement}: {Say.Points(finding.LevelDelta)} pp against {Say.Points(finding.ReferenceDelta)} pp, a difference of {Say.Change(finding.Difference, finding.Interval)}, {Say.Count(finding.Clusters, "seed prompt", "seed prompts")}, p {Say.P(finding.PAdjusted, finding.LnP)}{detect}.";
    }

    internal static string Sentence(MultiTurnFinding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Statement}: {finding.Earlier} earlier, {finding.Later} later, {finding.Ties} alike (sign test p {Say.P(finding.P, finding.LnP)}); ASR@{finding.MaxTurns} {Rate(finding.Baseline, finding.MaxTurns)} → {Rate(finding.Candidate, finding.MaxTurns)}, mean turns held {Mean(finding.Baseline)} → {Mean(finding.Candidate)}{Open(finding)}.");

    internal static string Sentence(ConversationFinding finding) =>
        $"{finding.ItemId} ({finding.Category.Title}): {finding.Statement}{(finding.Samples > 1 ? $", p {Say.P(finding.PAdjusted)}" : string.Empty)}";

    /// <summary>Who attacked, and why attacks ended: what did not end in compliance or in refusal of every request says nothing of the model.</summary>
    internal static string Sentence(AttackFinding finding) =>
        $"{finding.Attacker} by {finding.AttackerModel}{(finding.IsReplay ? ", written for the baseline and replayed against the candidate" : string.Empty)}: baseline {Ends(finding.BaselineEnds)}; candidate {Ends(finding.CandidateEnds)}.{(finding.IsComplete ? string.Empty : " Not all attacks were made.")}";

    internal static IEnumerable<AttackFinding> Attacks(RegressionReport report) => report.Analysis.MultiTurn is { } several ? several.Adaptive : [];

    internal static string Rate(TurnCurve curve, int turn) => curve.Scored == 0 ? "–" : Say.Rate(curve.SuccessByTurn[turn - 1]);

    internal static string Mean(TurnCurve curve) => curve.Scored == 0 ? "–" : curve.RestrictedMean.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Ends(IReadOnlyDictionary<AttackEnd, int> ends) => ends.Count == 0 ? "not attacked" : string.Join(", ", ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{Words(end.Key)} {end.Value}")));

    private static string Words(AttackEnd end) => end switch
    {
        AttackEnd.Complied => "complied",
        AttackEnd.TurnsSpent => "refused throughout",
        AttackEnd.NeverAsked => "never asked",
        AttackEnd.NoMessage => "attacker without a message",
        AttackEnd.Undecided => "without a verdict",
        AttackEnd.CallsSpent => "out of calls",
        AttackEnd.TokensSpent => "out of tokens",
        AttackEnd.TimeSpent => "out of time",
        _ => "failed",
    };

    private static bool IsLoss(InteractionFinding finding) => finding.Status is RegressionStatus.Regressed or RegressionStatus.WithinToleranceDeclined;

    private static string Name(InteractionFinding finding) => finding.Axis == "language" ? KnownLanguages.Find(finding.Level).Name : $"{finding.Axis} {finding.Level}";

    private static string Icon(RegressionStatus status) => status == RegressionStatus.Regressed ? "🔴" : "🟠";

    private static string Open(MultiTurnFinding finding) => finding.Baseline.Open + finding.Candidate.Open == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"; {finding.Baseline.Open} and {finding.Candidate.Open} conversations could not be scored");
}
