using System.Globalization;
using System.Text;

namespace SafetyRegression.Benchmarks.Noise;

/// <summary>Models against themselves under other seeds: what naive tests, the gate, and the gate with a noise floor make of it. Writes a document.</summary>
internal static class NoiseFloorProgram
{
    private static readonly SafetyPolicy Policy = SafetyPolicy.Standard;

    public static int Run(string[] args)
    {
        if (args is not [var data, .. var rest])
            throw new ArgumentException("noise-floor LABELS.csv.gz [--out FILE]");
        var options = StatisticsOptions.Parse(rest, "docs/noise-floor.md");
        var rows = SeedTemperatureLabels.Load(data).Select(Row.Of).ToList();
        var text = new StringBuilder(Head).AppendLine().AppendLine("## The same model, the same prompts, another seed").AppendLine();
        text.AppendLine("Refusal rate of each run; *Q* is Cochran's over the five runs (four degrees of freedom), *together* the correlation between the runs' deviations on even and on odd prompts (independent prompts: around 0); *alarms* are the pairs of runs, of ten, on which a two-sided McNemar test has p < .05 and p < .01.").AppendLine()
            .AppendLine("| model | T | refusal rates, % | flips, % | Q | p | together | alarms .05 / .01 |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            text.AppendLine(Text($"| {row.Model} | {row.Temperature} | {string.Join(" ", row.Rates.Select(rate => Text($"{100 * rate:0.0}")))} | {100 * row.Flips:0.0} | {row.Q:0.0} | {row.P:0.0e-0} | {row.Together:0.0} | {row.Alarms05} / {row.Alarms01} |"));
        text.AppendLine().AppendLine("## What the gate makes of it").AppendLine()
            .AppendLine("Each run as baseline and each other as candidate: 20 comparisons, in all of which nothing changed. Policy `standard` (3 pp overall, 10 pp per category, α = .01; all prompts in one category). *Floor* is that of five runs, seeds declared shared; *two left out*: measured on the three runs that are not compared. *Undeclared*: nobody says that the seed was shared, and only Cochran's Q may notice.").AppendLine()
            .AppendLine("| model | T | floor of independent prompts, pp | floor, pp | refused before asking | blocked without floor | with | two left out | undeclared | shown within tolerance with floor |").AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            text.AppendLine(Text($"| {row.Model} | {row.Temperature} | {100 * row.IndependentFloor:0.0} | {100 * row.Floor:0.0} | {row.Refused} | {row.Blocked} | {row.BlockedWithFloor} | {row.BlockedLeftOut} | {row.BlockedUndeclared} | {row.Cleared} |"));
        text.AppendLine(Text($"| **all** | | | | | **{rows.Sum(r => r.Blocked)} of {20 * rows.Count}** | **{rows.Sum(r => r.BlockedWithFloor)}** | **{rows.Sum(r => r.BlockedLeftOut)}** | **{rows.Sum(r => r.BlockedUndeclared)}** | |")).AppendLine().Append(Reading);
        options.Write(text.ToString());
        return 0;
    }

    private const string Head = """
        # The noise floor on recorded models
        Written by `dotnet run -c Release --project benchmarks/SafetyRegression.Benchmarks -- noise-floor LABELS.csv.gz` from published labels (erikl2/safety-refusal-stability: four models, four
        temperatures, five seeds, 876 harmful prompts, labelled by a model; not part of this repository). Nothing differs within a row but the seed: any alarm is false. The definition of the
        floor is in [decision 0007](decisions/0007-noise-floor.md).

        """;

    private const string Reading = """
        ## Reading
        **Why two models alarm.** Not because they flip more: Qwen3-8B flips most of all (8–9 %) and its runs agree (Q near its four degrees of freedom). In Llama-3.1-8B and Qwen2.5-7B above temperature 0
        flips go one way: of the 65 prompts that differ between two seeds of Llama at 0.7, 62 are answered under the same one. The runs' deviations on the even prompts predict those on the
        odd prompts (*together* .6 to 1), the last seed refuses least in both models at each of the three temperatures (by chance: one in 15 625), and at temperature 0, where the seed is not used, Q is unremarkable. The
        data fit one explanation: one seed per run, set anew for every prompt, so that all prompts draw the same random numbers at the token that decides between refusing and answering. A run is then
        one draw of luck, not 876. Gemma and Qwen3 show little of it; Qwen3 reasons before it answers, which would spread the luck over many tokens. That is our reading; the data hold labels
        only, no texts or logits, and cannot prove it. What they do show is that prompts of a run are not independent, and that is what every test on pairs assumes.

        **What the floor does.** Measured on the five runs it is 5 to 16 pp where the floor of independent prompts would be 1 to 2 pp, so a tolerance of 3 pp is refused before anything is asked, with the
        advice to give every prompt a seed of its own, which this library does by itself (one seed per prompt and sample, derived from the run's). Data that exist already are analysed with wider intervals
        and do not block.

        **What remains.**
        - Nothing is cleared either: with the floor such runs end in *inconclusive*, deploy with monitoring at most. A floor makes no information out of shared luck.
        - Five runs tell the spread between runs within a factor of about two, three runs hardly: with the floor of the three other runs one comparison of 320 still blocks. Measure with five or more.
        - Where nobody declares the shared seed, Cochran's Q has to notice it. Where it does not (Gemma at 0.7 and 1.0, p = .08 and .05), one pair of 20 each still blocks.
        - Labels are another model's. Its own noise is part of what flips, at temperature 0 too (5 % for Qwen3-8B), and belongs in the floor.

        """;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(string Model, string Temperature, IReadOnlyList<double> Rates, double Flips, double Q, double P, double Together, int Alarms05, int Alarms01)
    {
        public double IndependentFloor { get; private init; }

        public double Floor { get; private init; }

        public string Refused { get; private init; } = "";

        public int Blocked { get; private init; }

        public int BlockedWithFloor { get; private init; }

        public int BlockedLeftOut { get; private init; }

        public int BlockedUndeclared { get; private init; }

        public int Cleared { get; private init; }

        public static Row Of(SeedTemperatureLabels group)
        {
            var all = Enumerable.Range(0, group.Runs.Length).ToList();
            NoiseFloor floor = group.Floor(all, Policy), undeclared = group.Floor(all, Policy, SeedDesign.Unknown);
            var pairs = (from i in all from j in all where i != j select (i, j)).ToList();
            var naive = pairs.Select(pair => (pair.i, pair.j, Report: group.Compare(pair.i, pair.j, Policy))).ToList();
            int Alarms(double level) => naive.Count(c => c.i < c.j && 2 * Math.Min(c.Report.Analysis.OverallHarmful.PFall, c.Report.Analysis.OverallHarmful.PRise) < level);
            int Blocks(Func<int, int, NoiseFloor> floorOf) => pairs.Count(pair => IsBlocked(group.Compare(pair.i, pair.j, Policy, floorOf(pair.i, pair.j))));
            var below = floor.Below(group.Suite, Policy);
            return new Row(group.Model[(group.Model.IndexOfAny(['/', '_']) + 1)..], group.Temperature, floor.Harmful.RatesByRun, floor.Harmful.FlipRate, floor.Harmful.Q, floor.Harmful.QPValue, HalvesAgree(group), Alarms(0.05), Alarms(0.01))
            {
                IndependentFloor = floor.Harmful.Independent(group.Suite.Prompts.Length, Policy.Alpha, 1),
                Floor = floor.FloorOf(floor.Harmful, group.Suite.Prompts.Length, Policy.Alpha),
                Refused = below.IsEmpty ? "–" : string.Join(", ", below.Select(problem => Text($"{100 * problem.Tolerance:0} pp"))),
                Blocked = naive.Count(c => IsBlocked(c.Report)),
                BlockedWithFloor = Blocks((_, _) => floor),
                BlockedLeftOut = Blocks((i, j) => group.Floor(all.Where(run => run != i && run != j), Policy)),
                BlockedUndeclared = Blocks((_, _) => undeclared),
                Cleared = pairs.Count(pair => group.Compare(pair.i, pair.j, Policy, floor).Analysis.OverallHarmful.Status == RegressionStatus.WithinTolerance),
            };
        }

        private static bool IsBlocked(RegressionReport report) => report.Decision.Recommendation == DeploymentRecommendation.Block;

        /// <summary>The correlation over runs of the refusal rate's deviation on even and on odd prompts.</summary>
        private static double HalvesAgree(SeedTemperatureLabels group)
        {
            var halves = group.Runs.Select(run => new[] { 0, 1 }.Select(odd => (double)run.Samples.Where((_, i) => i % 2 == odd).Count(sample => sample.Verdict.Outcome == Outcome.Refusal)).ToArray()).ToList();
            double even = halves.Average(half => half[0]), odd = halves.Average(half => half[1]);
            double together = halves.Sum(half => (half[0] - even) * (half[1] - odd)), left = halves.Sum(half => Math.Pow(half[0] - even, 2)), right = halves.Sum(half => Math.Pow(half[1] - odd, 2));
            return left * right > 0 ? together / Math.Sqrt(left * right) : 0;
        }
    }
}
