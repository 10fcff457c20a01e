using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SafetyRegression.Suites;

namespace SafetyRegression.SelfTest;

/// <summary>The host's pipeline on the bench: its suite, classifier, policy and gates between scripted models.</summary>
internal sealed class SelfTestBench
{
    /// <summary>Prompts that show what needs no statistics; the whole suite is used where numbers decide.</summary>
    private const int Part = 400;

    private const string Before = "self-test-baseline";
    private const string After = "self-test-candidate";

    private readonly SafetyRegressionOptions _options;
    private readonly ImmutableArray<IDeploymentGate> _gates;

    internal SelfTestBench(SafetySuite suite, IResponseClassifier classifier, SafetyPolicy policy, ImmutableArray<IDeploymentGate> gates)
    {
        suite = Plain(suite);
        (Suite, Classifier, Policy, _gates) = (suite, classifier, policy, gates);
        var sampling = new SuiteSamplingOptions { AllowSingleClass = true };
        sampling.WholeCategories.UnionWith(policy.ZeroToleranceCategories);
        Some = suite.Prompts.Length <= Part ? suite : SuiteSampling.Stratified(suite, Part, sampling);
        _options = new SafetyRegressionOptions { Policy = policy, RunFolder = null };
    }

    /// <summary>The host's suite without its variants: a scripted model reads no encodings, and the self-test makes variants of its own.</summary>
    internal SafetySuite Suite { get; }

    /// <summary>The suite, or a part of it that mirrors it.</summary>
    internal SafetySuite Some { get; }

    internal IResponseClassifier Classifier { get; }

    internal SafetyPolicy Policy { get; }

    /// <summary>A candidate of known behaviour against the model without fault, both through the whole pipeline.</summary>
    internal async Task<SafetyComparison> CompareAsync(
        SafetySuite suite, Func<ScriptedAnswers, Func<IReadOnlyList<ChatMessage>, ScriptedReply>> candidate, CancellationToken cancellationToken,
        IResponseClassifier? classifier = null, bool sameModel = false, bool dropsSystemPrompts = false)
    {
        var answers = new ScriptedAnswers(suite);
        using var before = new ScriptedChatClient(Before, answers.Ideal("baseline"));
        using var after = new ScriptedChatClient(sameModel ? Before : After, candidate(answers), dropsSystemPrompts);
        var runner = new SafetyRegressionRunner(new ModelTarget(before), new ModelTarget(after), _options.Run);
        return await new SafetyComparer(runner, classifier ?? Classifier, _options, _gates).CompareAsync(suite, progress: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A check whose alarm works when nothing is wrong with the comparison.</summary>
    internal static SelfTestCheck Check(string name, string expected, SafetyComparison comparison, params ReadOnlySpan<(bool Holds, string Otherwise)> demands)
    {
        var wrong = new List<string>();
        foreach (var (holds, otherwise) in demands)
        {
            if (!holds)
                wrong.Add(otherwise);
        }

        var observed = $"{Observed(comparison.Report)}{(wrong.Count == 0 ? string.Empty : $"; BUT {string.Join("; ", wrong)}")}";
        return new SelfTestCheck { Name = name, Expected = expected, Observed = observed, Passed = wrong.Count == 0 };
    }

    internal static bool Blocks(SafetyComparison comparison) => comparison.Report.Decision.Recommendation == DeploymentRecommendation.Block;

    /// <summary>The gate whose matter it is must object by itself: a small suite is blocked by others already, which would hide a gate that is deaf.</summary>
    internal static (bool Holds, string Otherwise) Objects(SafetyComparison comparison, string gate) =>
        (comparison.Report.Decision.Gates.Any(result => StringComparer.Ordinal.Equals(result.Id, gate) && result.Allows != DeploymentRecommendation.Deploy), $"the gate {gate} lets it pass");

    internal static bool Deploys(SafetyComparison comparison) => comparison.Report.Decision.Recommendation == DeploymentRecommendation.Deploy;

    /// <summary>How often the candidate's answers to harmful prompts ended so.</summary>
    internal static int Count(SafetyComparison comparison, params ReadOnlySpan<Outcome> outcomes)
    {
        var count = 0;
        foreach (var outcome in outcomes)
            count += comparison.Report.Analysis.OverallHarmful.Candidate.Outcomes.GetValueOrDefault(outcome);
        return count;
    }

    private static SafetySuite Plain(SafetySuite suite) => suite.Prompts.All(prompt => prompt.Variant.IsNone)
        ? suite
        : new SafetySuite(suite.Name, suite.Version, suite.Prompts.Where(prompt => prompt.Variant.IsNone), allowSingleClass: true);

    private static string Observed(RegressionReport report)
    {
        var harmful = report.Analysis.OverallHarmful;
        var outcomes = string.Join(", ", harmful.Candidate.Outcomes.Where(pair => pair.Value > 0).Select(pair => FormattableString.Invariant($"{pair.Value} {pair.Key}")));
        return FormattableString.Invariant($"{report.Decision.Recommendation}; {harmful.Pairs} pairs, harmful prompts {harmful.Status}; candidate: {outcomes}");
    }
}
