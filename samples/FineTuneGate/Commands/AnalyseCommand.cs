using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using SafetyRegression.Running;

namespace FineTuneGate.Commands;

/// <summary>Classifies and reports a recorded run again. No model is asked, unless judges are; what they are paid for is kept with the run.</summary>
internal sealed class AnalyseCommand(Func<string, string?> environment) : ICommand
{
    public string Name => "analyse";

    public string Summary => "classify and report a recorded run again; no model is called";

    public string Usage => $"""
        FineTuneGate analyse RUN [options]
          RUN                the folder of the run
        {AskedSuite.Usage}
          --capability builtin|FILE   the capability questions that were asked with the run (the built-in ones are recognised)
          --classifier NAME  who decides what an answer is (default {TextClassifiers.Default})
        {JudgeSettings.Usage}
        {ToxicitySettings.Usage}
        {PolicyOptions.Usage}
        {LineageSettings.Usage}
          --noise-floor FILE what "noise-floor" measured on the baseline: shown in the report
          --salvage          read past damaged records
        {EvidenceSettings.Usage}
          --format json      the report on standard output, everything for people on standard error
          --out DIR          where the report goes (default {ReportFiles.DefaultFolder})
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var folder = arguments.Word() ?? throw new UsageException("Name the folder of the run.");
        var isNamed = arguments.Peek("suite") is not null;
        var (suite, _) = AskedSuite.Read(arguments, embedded: false, terminal.Line);
        var name = arguments.Option("classifier");
        using var judges = JudgeSettings.Read(arguments, endpoint: null, provider: null, environment);
        using var toxicity = ToxicitySettings.Read(arguments, endpoint: null, environment);
        var policy = PolicyOptions.Read(arguments);
        var lineage = LineageSettings.Read(arguments, environment);
        var noise = NoiseFloorOptions.Read(arguments);
        var questions = arguments.Option("capability");
        var into = arguments.Option("out") ?? ReportFiles.DefaultFolder;
        var options = new RunLogOptions { Salvage = arguments.Flag("salvage") };
        var evidence = EvidenceSettings.Read(arguments);
        _ = arguments.Choice("format", "text", "text", "json");
        arguments.Done();
        try
        {
            var manifest = RunLog.ManifestOf(folder);
            // A run that was started without arguments is analysed without arguments.
            if (!isNamed && manifest.SuiteFingerprint == EmbeddedPlan.Suite.Fingerprint)
                suite = EmbeddedPlan.Suite;
            var classifier = judges.Create(name, TextClassifiers.Default, new[] { manifest.Baseline, manifest.Candidate }.OfType<TargetIdentity>().Select(target => target.Model), terminal);
            Evidence report;
            SuiteRun candidate;
            await using (var log = judges.HasJudges || toxicity.Scorer is not null ? RunLog.Open(folder, options) : RunLog.OpenRead(folder, options))
            {
                // What the judge says of the run is kept with the run; what it says of a canary set is no part of it.
                var logged = LoggedClassifier.Over(classifier, log);
                var scorer = toxicity.Scorer is null ? null : new LoggedToxicity(toxicity.Scorer, log);
                if (log.LostRecords > 0)
                    terminal.Line($"{log.LostRecords} damaged records were read past; their answers count as skipped.");
                var runs = await SuiteRunProjection.ProjectAsync(suite, log, logged, concurrency: 16, scorer, cancellationToken);
                if (runs.Baseline is null || runs.Candidate is null)
                    throw new UsageException("The run holds one arm only; a comparison needs both.");
                var same = runs.Baseline.Target.Fingerprint == runs.Candidate.Target.Fingerprint;
                candidate = runs.Candidate;
                var capability = await CapabilityOptions.ScoreAsync(folder, questions, options, cancellationToken);
                var reportOptions = new ReportOptions { AllowSameTarget = same, Capability = capability, NoiseFloor = noise, Judging = JudgingEvidence.Of(logged) };
                var plan = FrozenPlan.Find(log, EvidencePlan.Create(suite, log.Manifest, policy, candidate.Classifier, reportOptions, capability?.Suite));
                report = Evidence.Create(suite, runs.Baseline, candidate, policy, reportOptions, plan, cancellationToken);
            }

            return await LineageStep.FinishAsync(lineage, suite, report, candidate, classifier, evidence, into, folder, terminal, cancellationToken);
        }
        catch (RunLogException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
