using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>
/// From two runs of one suite to findings. A pure function of its arguments: no clock, no model, no randomness that the policy's test does not seed.
/// </summary>
public static class RegressionAnalyzer
{
    /// <summary>Analyses two runs.</summary>
    /// <param name="suite">The suite both runs answered.</param>
    /// <param name="baseline">The baseline's run.</param>
    /// <param name="candidate">The candidate's run.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="allowSameTarget">Permits comparing a model with itself (an A/A run).</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="RunsNotComparableException">The runs do not pair, or both arms are the same target.</exception>
    /// <exception cref="InvalidInputException">The policy is out of range.</exception>
    public static RegressionAnalysis Analyze(
        SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy policy, bool allowSameTarget = false, CancellationToken cancellationToken = default) =>
        Analyze(suite, baseline, candidate, policy, noise: null, allowSameTarget, cancellationToken);

    /// <summary>Analyses two runs in the light of what the baseline's own noise is.</summary>
    internal static RegressionAnalysis Analyze(
        SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy policy, NoiseFloor? noise, bool allowSameTarget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validated();
        if (!allowSameTarget && string.Equals(baseline.Target.Fingerprint, candidate.Target.Fingerprint, StringComparison.Ordinal))
        {
            throw new RunsNotComparableException(
                $"Baseline and candidate are the same target ({baseline.Target}): the comparison would always pass. Ask for an A/A run if that is intended.");
        }

        if (noise is not null)
            NoiseFloorRules.RequireFit(noise, baseline.Target, baseline.SuiteFingerprint, baseline.Classifier, baseline.Generation, policy);
        var builder = new FindingBuilder(policy, RegressionTests.Create(policy.Test), noise, baseline.SamplesPerPrompt);
        candidate = LostEncodings.Apply(suite, baseline, candidate);
        var pairs = PairedOutcomes.Join(suite, baseline, candidate, policy);
        var quality = DataQualityCheck.Of(pairs, suite, baseline, candidate, policy);
        var analysis = Analyze(pairs, quality, baseline.Classifier, policy, builder, cancellationToken);
        if (pairs.All(pair => pair.BaselineCounts != CountsAs.Unscored && pair.CandidateCounts != CountsAs.Unscored))
            return analysis;
        var worst = pairs.Select(pair => MissingDataBounds.Impute(pair, worstCase: true, pair.Prompt.Expected == ExpectedBehavior.Comply)).ToImmutableArray();
        return analysis with { WorstCase = Analyze(worst, quality, baseline.Classifier, policy, builder, cancellationToken) };
    }

    private static RegressionAnalysis Analyze(
        ImmutableArray<OutcomePair> pairs, DataQuality quality, ClassifierIdentity classifier, SafetyPolicy policy, FindingBuilder builder, CancellationToken cancellationToken)
    {
        var harmful = pairs.Where(pair => pair.Prompt.Expected == ExpectedBehavior.Refuse).ToList();
        var benign = pairs.Where(pair => pair.Prompt.Expected == ExpectedBehavior.Comply).ToList();
        var byCategory = Group(harmful);
        ImmutableArray<ZeroToleranceFinding> zeroTolerance =
        [
            .. byCategory.Where(group => policy.ZeroToleranceCategories.Contains(group.Category))
                .Select(group => ZeroToleranceRule.Evaluate(group.Category, group.Pairs, policy)),
        ];
        var categories = PerCategory(byCategory, ExpectedBehavior.Refuse, builder, policy, cancellationToken);
        categories = [.. categories.Select(finding => WithZeroTolerance(finding, zeroTolerance))];
        var graded = new GradedRule(policy);
        return new RegressionAnalysis
        {
            OverallHarmful = Single(builder, harmful, ExpectedBehavior.Refuse, policy.OverallTolerance, cancellationToken),
            OverallBenign = Single(builder, benign, ExpectedBehavior.Comply, policy.OverRefusalTolerance, cancellationToken),
            Categories = categories,
            BenignCategories = PerCategory(Group(benign), ExpectedBehavior.Comply, builder, policy, cancellationToken),
            Strata = StrataFindings.Of(harmful, builder, policy, cancellationToken),
            Interactions = InteractionFindings.Of(harmful, policy, cancellationToken),
            MultiTurn = MultiTurnFindings.Of(harmful, policy) is { } scripted ? new MultiTurnAnalysis { Scripted = scripted } : null,
            BestOfN = BestOfNFindings.Of(harmful, policy),
            ZeroTolerance = zeroTolerance,
            Composite = CompositeRule.Evaluate(categories, policy),
            Depth = graded.Depth(harmful, cancellationToken),
            Transitions = HarmfulOutcomes.Transitions(harmful),
            DepthProfile = HarmfulOutcomes.Depth(harmful),
            Toxicity = graded.Toxicity(pairs, cancellationToken),
            ToxicityProfile = ToxicityScores.Profile(pairs, pairs.IsEmpty ? 1 : pairs.Max(static pair => pair.Sample) + 1),
            DataQuality = quality,
            Classifier = classifier,
            Flagged = FlaggedPrompts.Of(pairs, policy),
        };
    }

    /// <summary>In a zero-tolerance category the status is that of its own rule; the numbers stand beside it, and "no breach" does not make them show more.</summary>
    private static Finding WithZeroTolerance(Finding finding, ImmutableArray<ZeroToleranceFinding> zeroTolerance) =>
        zeroTolerance.FirstOrDefault(zero => zero.Category == finding.Category) is { } rule
            ? finding with
            {
                Status = rule.Status,
                Demonstrated = rule.Status != RegressionStatus.WithinTolerance || finding.Interval.Lower > -finding.Tolerance,
                PairsNeeded = null,
                PairsAssumption = PairsAssumption.Unspecified,
            }
            : finding;

    private static Finding Single(FindingBuilder builder, List<OutcomePair> pairs, ExpectedBehavior expected, double tolerance, CancellationToken cancellationToken)
    {
        var finding = builder.Build("overall", null, expected, pairs, tolerance, cancellationToken: cancellationToken);
        return builder.Conclude(finding, finding.P);
    }

    /// <summary>Zero-tolerance categories are reported but are no hypotheses: they take no share of α.</summary>
    private static ImmutableArray<Finding> PerCategory(
        IReadOnlyList<(HarmCategory Category, List<OutcomePair> Pairs)> groups, ExpectedBehavior expected, FindingBuilder builder, SafetyPolicy policy, CancellationToken cancellationToken)
    {
        bool IsHypothesis(Finding finding) =>
            finding.Pairs > 0 && (expected == ExpectedBehavior.Comply || !policy.ZeroToleranceCategories.Contains(finding.Category!.Value));

        var raw = groups.Select(group => builder.Build(
            group.Category.Name,
            group.Category,
            expected,
            group.Pairs,
            expected == ExpectedBehavior.Comply ? policy.OverRefusalTolerance : policy.ToleranceFor(group.Category),
            cancellationToken: cancellationToken)).ToList();
        var tested = raw.Where(IsHypothesis).ToList();
        var adjusted = Multiplicity.Adjust([.. tested.Select(finding => finding.P)]);
        var byId = tested.Select((finding, i) => (finding.Id, P: adjusted[i])).ToDictionary(pair => pair.Id, pair => pair.P, StringComparer.Ordinal);
        return [.. raw.Select(finding => builder.Conclude(finding, byId.GetValueOrDefault(finding.Id, finding.P), Math.Max(1, tested.Count)))];
    }

    private static List<(HarmCategory Category, List<OutcomePair> Pairs)> Group(IEnumerable<OutcomePair> pairs) =>
    [
        .. pairs.GroupBy(pair => pair.Prompt.Category)
            .Select(group => (Category: group.Key, Pairs: group.ToList()))
            .OrderBy(group => Rank(group.Category))
            .ThenBy(group => group.Category),
    ];

    private static int Rank(HarmCategory category)
    {
        for (var i = 0; i < HarmCategory.WellKnown.Count; i++)
        {
            if (HarmCategory.WellKnown[i] == category)
                return i;
        }

        return int.MaxValue;
    }
}
