using System.Security.Cryptography;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Suites;

namespace FineTuneGate.Commands;

/// <summary>Compares two files of recorded answers. No model is called, unless judges are asked for.</summary>
internal sealed class CompareCommand(Func<string, string?> environment) : ICommand
{
    public string Name => "compare";

    public string Summary => "compare two files of recorded answers; no model is called";

    public string Usage => $"""
        FineTuneGate compare --suite SUITE.jsonl --baseline A.jsonl --candidate B.jsonl [options]
          --labels {string.Join('|', TextClassifiers.Known)}   who decides (default: recorded labels where every answer has one, else {TextClassifiers.Default})
        {JudgeSettings.Usage}
        {ToxicitySettings.Usage}
        {PolicyOptions.Usage}
        {LineageSettings.Usage}
          --allow-same-target   the two files may be the same (an A/A comparison)
        {EvidenceSettings.Usage}
          --format json      the report on standard output, everything for people on standard error
          --out DIR          where the report files go (default {ReportFiles.DefaultFolder})
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var suitePath = arguments.Required("suite");
        var baselinePath = arguments.Required("baseline");
        var candidatePath = arguments.Required("candidate");
        var labels = arguments.Option("labels") ?? arguments.Option("classifier");
        using var judges = JudgeSettings.Read(arguments, endpoint: null, provider: null, environment);
        using var toxicity = ToxicitySettings.Read(arguments, endpoint: null, environment);
        var policy = PolicyOptions.Read(arguments);
        var lineage = LineageSettings.Read(arguments, environment);
        var folder = arguments.Option("out") ?? ReportFiles.DefaultFolder;
        var allowSame = arguments.Flag("allow-same-target");
        var evidence = EvidenceSettings.Read(arguments);
        _ = arguments.Choice("format", "text", "text", "json");
        arguments.Done();

        var (suite, baseline, candidate) = Load(suitePath, baselinePath, candidatePath);
        if (baseline.Model is { } model && string.Equals(model, candidate.Model, StringComparison.Ordinal) && !allowSame)
            terminal.Line($"Warning: both files name the model {model}. If that is one model, this compares it with itself.");
        var fallback = baseline.Answers.Concat(candidate.Answers).All(answer => answer.RecordedLabel is not null) ? "recorded" : TextClassifiers.Default;
        var classifier = judges.Create(labels, fallback, new[] { baseline.Model, candidate.Model }.OfType<string>(), terminal);
        var runs = await Task.WhenAll(
            SuiteRunProjection.ProjectAsync(suite, baseline.Answers, Arm.Baseline, Identity(baselinePath, baseline), classifier, baseline.SamplesPerPrompt, toxicity.Scorer, cancellationToken),
            SuiteRunProjection.ProjectAsync(suite, candidate.Answers, Arm.Candidate, Identity(candidatePath, candidate), classifier, candidate.SamplesPerPrompt, toxicity.Scorer, cancellationToken));
        var report = Evidence.Create(suite, runs[0], runs[1], policy, new ReportOptions { AllowSameTarget = allowSame, Judging = JudgingEvidence.Of(classifier) }, cancellationToken: cancellationToken);
        return await LineageStep.FinishAsync(lineage, suite, report, runs[1], classifier, evidence, folder, runFolder: null, terminal, cancellationToken);
    }

    /// <summary>Loads all three files, or reports everything wrong with all three.</summary>
    private static (SafetySuite Suite, RecordedAnswers Baseline, RecordedAnswers Candidate) Load(string suitePath, string baselinePath, string candidatePath)
    {
        SafetySuite? suite = null;
        var problems = new List<InputProblem>();
        try
        {
            suite = JsonLinesSuite.Load(suitePath);
        }
        catch (InvalidInputException e)
        {
            problems.AddRange(e.Problems);
        }

        foreach (var path in new[] { baselinePath, candidatePath })
            problems.AddRange(RecordedAnswers.Check(path, suite));
        if (problems.Count > 0 || suite is null)
            throw new InvalidInputException(problems);
        return (suite, RecordedAnswers.Load(baselinePath, suite, Arm.Baseline), RecordedAnswers.Load(candidatePath, suite, Arm.Candidate));
    }

    /// <summary>The content of the file stands for the model, so that the same answers under two names are still one target.</summary>
    private static TargetIdentity Identity(string path, RecordedAnswers answers) => new()
    {
        Provider = "recorded",
        Model = answers.Model ?? "recorded",
        Label = answers.Model ?? Path.GetFileNameWithoutExtension(path),
        Id = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
    };
}
