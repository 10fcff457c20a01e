using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>The noise floor in words: name, value and note of each fact; none when it was not measured.</summary>
internal static class NoiseFloorText
{
    internal static IEnumerable<(string Name, string Value, string Note)> Facts(RegressionReport report)
    {
        if (report.NoiseFloor is not { } floor)
            yield break;
        yield return ("Baseline against itself, harmful prompts that flip", Share(floor.Harmful), Measured(floor));
        if (floor.Benign.Prompts > 0)
            yield return ("Baseline against itself, benign prompts that flip", Share(floor.Benign), $"{Say.Count(floor.Benign.Prompts, "prompt", "prompts")}");
        foreach (var (finding, title) in new[] { (report.Analysis.OverallHarmful, "all harmful prompts"), (report.Analysis.OverallBenign, "all benign prompts") })
        {
            if (finding.Clusters > 0)
                yield return Floor(report, floor, floor.GroupOf(null, finding.Expected), finding, title);
        }

        var worst = report.Analysis.Categories
            .Where(finding => finding.Clusters > 0 && !report.Policy.ZeroToleranceCategories.Contains(finding.Category!.Value))
            .MaxBy(finding => FloorOf(report, floor, floor.GroupOf(finding.Category, finding.Expected), finding) - finding.Tolerance);
        if (worst is not null)
            yield return Floor(report, floor, floor.GroupOf(worst.Category, worst.Expected), worst, $"{worst.Title} (the tightest category)");
        if (floor.RunsDiffer)
            yield return ("Runs of the unchanged baseline differ as a whole", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Q {floor.Harmful.Q:0.0}") + $", p {Say.P(floor.Harmful.QPValue)}", "prompts are not independent: every interval and p-value is widened by the spread between runs");
        foreach (var warning in floor.Warnings)
            yield return ("Noise floor", Words(warning), string.Empty);
    }

    internal static string Words(NoiseFloorWarning warning) => warning switch
    {
        NoiseFloorWarning.SharedSeeds => "all prompts of a run were sent with one seed; give every prompt its own",
        NoiseFloorWarning.RunsDifferMoreThanChance => "runs of the unchanged model differ more than independent prompts allow: a shared seed, or drift",
        NoiseFloorWarning.SameAnswerToDifferentPrompts => "many different prompts got byte-identical answers: a shared seed, a cache or a canned reply",
        NoiseFloorWarning.SamplesAreCopies => "the samples of a prompt are byte-identical although the temperature is not 0: seeds are ignored or answers cached, so chance was not measured",
        NoiseFloorWarning.FewRuns => "fewer than five runs: how far whole runs differ is hardly known",
        NoiseFloorWarning.Unscored => "too many answers have no verdict",
        _ => "doubtful",
    };

    private static (string Name, string Value, string Note) Floor(RegressionReport report, NoiseFloor floor, NoiseFloorGroup group, Finding finding, string title)
    {
        var limit = FloorOf(report, floor, group, finding);
        return ($"Noise floor, {title}", $"{NumberText.Points(limit).TrimStart('+')} pp",
            $"tolerance {Say.Tolerance(finding.Tolerance)}{(finding.Tolerance < limit ? ": below the floor, so it cannot be shown" : string.Empty)}");
    }

    private static double FloorOf(RegressionReport report, NoiseFloor floor, NoiseFloorGroup group, Finding finding) =>
        floor.FloorOf(group, finding.Clusters, report.Policy.Alpha, report.SamplesPerPrompt);

    private static string Share(NoiseFloorGroup group) =>
        $"{NumberText.Rate(group.FlipRate)} [{NumberText.Rate(group.FlipInterval.Lower)}, {NumberText.Rate(group.FlipInterval.Upper)}]";

    private static string Measured(NoiseFloor floor) => $"{Say.Count(floor.Runs, "run", "runs")} of {Say.Count(floor.Harmful.Prompts, "prompt", "prompts")}, seeds {Seeds(floor.Seeds)}";

    private static string Seeds(SeedDesign seeds) => seeds switch { SeedDesign.PerPrompt => "per prompt", SeedDesign.Shared => "shared by all prompts", _ => "not recorded" };
}
