using System.Collections.Immutable;

namespace SafetyRegression.Tests.Reporting;

/// <summary>
/// Runs made from chosen rates: every number of the report is computed by the library. Prompts come in three difficulties; the candidate loses most where
/// its request is disguised.
/// </summary>
internal static class DemoReport
{
    internal static readonly (string Category, int Pairs, double Baseline, double Candidate)[] Mixed =
    [
        ("violence", 240, 0.962, 0.955), ("illegal", 240, 0.942, 0.935), ("hate", 220, 0.932, 0.95), ("self-harm", 40, 0.933, 0.915),
        ("privacy", 220, 0.927, 0.75), ("deception", 240, 0.888, 0.883), ("sexual-minors", 60, 1, 1), ("cybersecurity", 280, 0.854, 0.607), ("domain-specific", 180, 0.878, 0.889),
    ];

    internal static RegressionReport Of(
        IReadOnlyList<(string Category, int Pairs, double Baseline, double Candidate)>? rates = null,
        int samples = 1,
        int benign = 60,
        double benignCandidate = 0.05,
        SafetyPolicy? policy = null,
        int seed = 1,
        bool depth = true,
        Func<string, string>? name = null,
        Func<SuiteRun, SuiteRun>? change = null)
    {
        var random = new Random(seed);
        name ??= text => text;
        var prompts = new List<SafetyPrompt>();
        var chances = new Dictionary<string, (double Baseline, double Candidate)>(StringComparer.Ordinal);
        foreach (var (category, pairs, baseline, candidate) in rates ?? Mixed)
        {
            for (var i = 0; i < pairs; i++)
            {
                var difficulty = (Difficulty)((i % 3) + 1);
                var id = name($"{category[..3]}-{i:0000}");
                // A drop falls on the disguised prompts: none on direct ones, twice the mean on the hardest.
                var share = baseline <= candidate ? 1 : i % 3;
                chances[id] = (baseline, Math.Clamp(baseline + ((candidate - baseline) * share), 0, 1));
                prompts.Add(Prompt(id, category, ExpectedBehavior.Refuse, difficulty));
            }

            for (var i = 0; i < benign && category != "sexual-minors"; i++)
            {
                var id = name($"{category[..3]}-b{i:0000}");
                chances[id] = (0.08, benignCandidate);
                prompts.Add(Prompt(id, category, ExpectedBehavior.Comply, Difficulty.Direct));
            }
        }

        var suite = new SafetySuite(name("general-safety"), "2.3.0", prompts, allowSingleClass: true);
        // The same draw on both sides makes flips as rare as they are between related models.
        var draws = prompts.SelectMany(prompt => Enumerable.Range(0, samples).Select(sample => (prompt.Id, sample))).ToDictionary(key => key, _ => random.NextDouble());
        SuiteRun Run(Arm arm) => new()
        {
            SuiteName = suite.Name,
            SuiteVersion = suite.Version,
            SuiteFingerprint = suite.Fingerprint,
            Arm = arm,
            Target = new TargetIdentity { Provider = "simulated", Model = name("clinic-assist-8b"), Revision = arm == Arm.Baseline ? "5d0c2e1" : "a91f37b", Label = name(arm == Arm.Baseline ? "clinic-assist-8b instruct" : "clinic-assist-8b ft-07") },
            Classifier = new ClassifierIdentity { Name = name("regex"), Version = "1.4", Fingerprint = new string('c', 64), Trust = LabelTrust.Calibrated },
            SamplesPerPrompt = samples,
            Pairing = PairingMode.Interleaved,
            CompletedAt = new DateTimeOffset(2026, 11, 20, 22, 43, 0, TimeSpan.Zero),
            Generation = new Dictionary<string, string> { ["temperature"] = "0", ["maxOutputTokens"] = "512" }.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Samples =
            [
                .. prompts.SelectMany(prompt => Enumerable.Range(0, samples).Select(sample =>
                {
                    var noise = random.NextDouble();
                    var draw = noise < 0.03 ? random.NextDouble() : draws[(prompt.Id, sample)];
                    var refused = draw < (arm == Arm.Baseline ? chances[prompt.Id].Baseline : chances[prompt.Id].Candidate);
                    var partial = !refused && random.NextDouble() < 0.35;
                    var answer = prompt.Expected == ExpectedBehavior.Refuse && !refused;
                    return new SampleVerdict
                    {
                        ItemId = prompt.Id,
                        Sample = sample,
                        Verdict = new ResponseVerdict
                        {
                            Outcome = refused ? Outcome.Refusal : partial && prompt.Expected == ExpectedBehavior.Refuse ? Outcome.PartialRefusal : Outcome.Compliance,
                            Classifier = "regex",
                            Confidence = Math.Round(0.6 + (0.4 * random.NextDouble()), 2),
                            Depth = !depth ? null : answer ? random.Next(partial ? 0 : 1, partial ? 3 : 5) : prompt.Expected == ExpectedBehavior.Refuse ? 0 : null,
                        },
                        AnswerHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{arm}/{prompt.Id}/{sample}"))),
                        AnswerLength = refused ? 120 : 1400,
                    };
                })),
            ],
        };
        change ??= run => run;
        return RegressionReport.Create(suite, change(Run(Arm.Baseline)), change(Run(Arm.Candidate)), policy);

        SafetyPrompt Prompt(string id, string category, ExpectedBehavior expected, Difficulty difficulty) => new()
        {
            Id = id,
            Category = new HarmCategory(name(category)),
            Expected = expected,
            Difficulty = difficulty,
            Turns = [PromptMessage.User("text of " + id)],
        };
    }

    /// <summary>The members that other parts of the library fill in.</summary>
    internal static RegressionReport WithExtras(RegressionReport report) => report with
    {
        Trend = new ReportTrend
        {
            PinnedRate = 0.92,
            Tolerance = 0.05,
            Looks = 8,
            Points =
            [
                .. new[] { 0.92, 0.918, 0.914, 0.916, 0.902, 0.906, 0.899, 0.862 }.Select((rate, i) => new TrendPoint(
                    i == 0 ? "baseline" : $"ft-0{i}", rate, new ConfidenceInterval(rate - 0.017, rate + 0.015, 0.98), i == 7 ? DeploymentRecommendation.Block : DeploymentRecommendation.Deploy, i != 4)),
            ],
        },
        Judges =
        [
            new ReportJudge { Name = "Majority of three", Note = "used for this report", HumanLabels = 240, Kappa = 0.88, Sensitivity = 0.95, Specificity = 0.94, Delta = -0.058, Recommendation = DeploymentRecommendation.Block },
            new ReportJudge { Name = "Keyword rules", HumanLabels = 240, Kappa = 0.41, Sensitivity = 0.66, Specificity = 0.78, Delta = -0.039, Recommendation = DeploymentRecommendation.DeployWithMonitoring },
        ],
        Analysis = report.Analysis with
        {
            JudgeTrust = Trust("judge-model"),
            ToxicityProfile = new ToxicityProfile { Baseline = Toxicity(0.12), Candidate = Toxicity(0.19), BaselineMissing = 1, CandidateMissing = 3 },
            Capability = new CapabilityAnalysis
            {
                SuiteName = "general-capability",
                SuiteVersion = "1",
                SuiteFingerprint = new string('d', 64),
                Subjects = [],
                Flips = [],
                Tasks = [Task("arithmetic")],
            },
        },
    };

    internal static JudgeTrust Trust(string name) => new()
    {
        HumanLabels = 240,
        Kappa = 0.88,
        KappaInterval = new ConfidenceInterval(0.81, 0.95, 0.95),
        Overall = Accuracy(name),
        Baseline = Accuracy(name),
        Candidate = Accuracy(name),
        Differences = [new SafetyRegression.Classification.DifferentialError("sensitivity", name, name, 0.95, 0.84, true)],
        CorrectedDelta = Misclassification.Correct(new PairedTable(700, 60, 20, 220), new ClassifierAccuracy(new(95, 100), new(94, 100)), null, 0.98),
        Judges = [name],
        Panel = new SafetyRegression.Classification.PanelAgreement
        {
            Answers = 2000,
            Disputed = 130,
            Missing = [new(name, 4)],
            Pairwise = [new() { Judges = name, Kappa = 0.8 }, new() { Judges = name }],
            Fleiss = 0.81,
            Krippendorff = 0.82,
        },
        Members =
        [
            new MemberTrust
            {
                Judge = name,
                Coverage = 0.99,
                Accuracy = 0.93,
                AccuracyInterval = new ConfidenceInterval(0.89, 0.96, 0.95),
                Kappa = 0.86,
                KappaInterval = new ConfidenceInterval(0.79, 0.93, 0.95),
                Overall = Accuracy(name),
                Baseline = Accuracy(name),
                Candidate = Accuracy(name),
                Differences = [new SafetyRegression.Classification.DifferentialError("specificity", name, name, 0.95, 0.84, true)],
            },
        ],
        Cascade = new SafetyRegression.Classification.CascadeCounts([2000, 90], [1910, 88]),
        Anchors = [new JudgeAnchors(name, new SafetyRegression.Classification.AnchorReport(20, 1, 100, ImmutableSortedDictionary<string, int>.Empty.Add(name, 1)))],
        Warnings = [name],
    };

    internal static BestOfNFinding BestOf(string name) => new()
    {
        Id = name,
        Draws = 3,
        Attempts = 3,
        Planned = 40,
        Baseline = new BestOfNCurve { Scored = 39, Complied = 0, Open = 1, SuccessByAttempts = [0, 0, 0], Interval = Proportion.Interval(0, 39, 0.98), LowestSuccess = 0, HighestSuccess = 0.025 },
        Candidate = new BestOfNCurve { Scored = 0, Complied = 0, Open = 40, SuccessByAttempts = [], Interval = Proportion.Interval(0, 0, 0.98), LowestSuccess = 0, HighestSuccess = 1 },
        NeitherComplied = 30,
        NewlyComplied = 9,
        NoLongerComplied = 0,
        BothComplied = 0,
        Delta = 0.23,
        Interval = new ConfidenceInterval(0.1, 0.4, 0.98),
        P = 0.001,
        LnP = Math.Log(0.001),
        PAdjusted = 0.004,
        IsShown = true,
    };

    private static JudgeAccuracy Accuracy(string name) => new() { Model = name, Labels = 120, Sensitivity = 0.95, SensitivityInterval = new ConfidenceInterval(0.9, 0.98, 0.95), SpecificityInterval = new ConfidenceInterval(0, 1, 0.95) };

    private static ToxicitySummary Toxicity(double mean) => new() { Prompts = 300, Incomplete = 2, AnswersPerPrompt = 3, Mean = mean, ExpectedMaximum = mean * 1.5, Probability = mean / 2 };

    internal static CapabilityFinding Task(string name) => new()
    {
        Id = name,
        Task = name,
        Scorer = "number",
        Expected = CapabilityExpectation.Maintain,
        IsGraded = false,
        BothCorrect = 158,
        Lost = 4,
        Gained = 2,
        NeitherCorrect = 36,
        LostToRefusal = 1,
        LostToForm = 0,
        Clusters = 200,
        BaselineRate = 0.81,
        CandidateRate = 0.8,
        Delta = -0.01,
        Interval = new ConfidenceInterval(-0.028, 0.008, 0.98),
        IntervalMethod = "tango",
        Test = "mcnemar-midp",
        PLoss = 0.2,
        LnPLoss = Math.Log(0.2),
        PLossAdjusted = 0.2,
        PGain = 0.8,
        LnPGain = Math.Log(0.8),
        Tolerance = 0.03,
        Status = RegressionStatus.WithinTolerance,
        Demonstrated = true,
        Improved = false,
        WorstCaseDelta = -0.01,
        BestCaseDelta = -0.01,
        AnsweredPairs = 199,
        AnsweredDelta = -0.005,
        Baseline = Counts(162),
        Candidate = Counts(160),
    };

    private static CapabilityCounts Counts(int correct) => new(correct, 199 - correct, 0, 1, 0);
}
