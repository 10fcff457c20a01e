using System.Globalization;
using SafetyRegression;
using Spectre.Console;

namespace FineTuneGate.CommandLine;

/// <summary>Asks both models with progress on the console, and ends in report files and an exit code.</summary>
internal static class ComparisonRun
{
    internal static async Task<int> RunAsync(RunSettings settings, ModelTarget baseline, ModelTarget candidate, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.Options.Run.Budget.MaxCost is not null && (baseline.Price is null || candidate.Price is null))
            throw new UsageException("--max-cost needs --price-in and --price-out for both models: without prices nothing would be counted against it.");
        var runner = new SafetyRegressionRunner(baseline, candidate, settings.Options.Run);
        Announce(settings, runner, terminal);
        if (settings.IsDryRun)
        {
            terminal.Line("Dry run: nothing was asked.");
            return ExitCode.Ok;
        }

        if (settings.Shard is not null)
            return await AskShardAsync(settings, runner, settings.Shard, terminal, cancellationToken);

        SafetyComparison comparison;
        try
        {
            comparison = await WithProgressAsync(terminal, progress =>
                new SafetyComparer(runner, settings.Classifier, settings.Options).CompareAsync(settings.Suite, progress, cancellationToken));
        }
        catch (CallFailedException e)
        {
            terminal.Line($"{e.Message} Nothing more was asked; the same command finishes the rest.");
            await LineageStep.TellIncompleteAsync(settings.Lineage, settings.Suite, candidate.Identity.Label, terminal, cancellationToken);
            return ExitCode.Incomplete;
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Asked {comparison.Run.Progress.Done} of {comparison.Run.Progress.Planned} answers in {comparison.Run.Progress.Elapsed.TotalSeconds:0.0} s, {comparison.Run.Progress.Calls} calls, {comparison.Run.Progress.Failed} failed. Answers: {comparison.RunFolder}"));
        if (comparison.Run.Stopped is { } stopped)
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"The run was {stopped}. {comparison.Run.Skipped} answers ({(double)comparison.Run.Skipped / comparison.Run.Progress.Planned:0.0 %}) were not asked{(settings.Options.Capability is null ? string.Empty : ", nor were the capability questions")}. Without --early-stop the same command asks the rest."));
        }
        else if (comparison.Run.End != RunEnd.Completed)
        {
            terminal.Line($"The run is incomplete ({comparison.Run.End}): no verdict. The same command finishes the rest.");
            await LineageStep.TellIncompleteAsync(settings.Lineage, settings.Suite, candidate.Identity.Label, terminal, cancellationToken);
            return ExitCode.Incomplete;
        }

        return await LineageStep.FinishAsync(settings.Lineage, settings.Suite, comparison.Evidence!, comparison.Candidate, settings.Classifier, settings.Evidence, settings.Folder, comparison.RunFolder, terminal, cancellationToken);
    }

    /// <summary>Asks one part of the suite. Statistics are computed on the merged run only.</summary>
    private static async Task<int> AskShardAsync(RunSettings settings, SafetyRegressionRunner runner, RunShard shard, Terminal terminal, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(settings.Options.RunFolder ?? ".", string.Create(CultureInfo.InvariantCulture, $"shard-{shard.Index}-of-{shard.Count}"));
        try
        {
            var summary = await WithProgressAsync(terminal, progress =>
                new SafetyComparer(runner, settings.Classifier, settings.Options).AskShardAsync(settings.Suite, shard, folder, progress, cancellationToken));
            terminal.Line($"Shard {shard}: {summary.Progress.Done} of {summary.Progress.Planned} answers in {folder} ({summary.End}). Bring the shards together with \"merge\", then \"analyse\".");
            return summary.End is RunEnd.Completed or RunEnd.StoppedEarly ? ExitCode.Ok : ExitCode.Incomplete;
        }
        catch (RunLogException e)
        {
            throw new UsageException(e.Message);
        }
        catch (CallFailedException e)
        {
            terminal.Line(e.Message);
            return ExitCode.Incomplete;
        }
    }

    private static void Announce(RunSettings settings, SafetyRegressionRunner runner, Terminal terminal)
    {
        foreach (var note in settings.Notes)
            terminal.Line(note);
        var suite = settings.Suite;
        var samples = settings.Options.Run.SamplesPerPrompt;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{suite.Name} {suite.Version}: {suite.Harmful.Count()} harmful and {suite.Benign.Count()} benign prompts × {samples} × 2 models = {suite.Prompts.Length * samples * 2} answers"));
        if (settings.Options.Capability is { } capability)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{capability.Name} {capability.Version}: {capability.Items.Length} questions × {samples} × 2 models = {capability.Items.Length * samples * 2} answers, asked second"));
        if (settings.Options.Attacks is { } attacks)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Attacks by {string.Join(", ", settings.Attackers)}, made first: at most {attacks.MostCalls} calls"));
        terminal.Line($"{runner.Baseline} → {runner.Candidate}");
        var plans = settings.Options.Capability is { } asked ? new[] { RunPlan.From(suite), RunPlan.From(asked) } : [RunPlan.From(suite)];
        var estimates = plans.Select(plan => runner.Estimate(settings.Shard is null ? plan : plan.Take(settings.Shard))).ToList();
        var cost = estimates.TrueForAll(estimate => estimate.Cost is not null) ? string.Create(CultureInfo.InvariantCulture, $", at a cost of at most {estimates.Sum(estimate => estimate.Cost):0.00}") : string.Empty;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"At most {estimates.Sum(estimate => estimate.Calls)} calls, about {estimates.Sum(estimate => estimate.InputTokens)} tokens to send and {estimates.Sum(estimate => estimate.OutputTokens)} to receive{cost}; further tries after failures come on top."));
        terminal.Line((settings.Options.NoiseFloor is { } noise ? SuitePlan.For(suite, settings.Options.Policy, noise.Harmful.FlipRate) : SuitePlan.For(suite, settings.Options.Policy)).ToString());
    }

    private static Task<T> WithProgressAsync<T>(Terminal terminal, Func<IProgress<RunProgress>, Task<T>> run) =>
        terminal.Human.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(context => run(new Bar(context.AddTask("asking"))));

    private sealed class Bar(ProgressTask task) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            task.MaxValue = Math.Max(1, value.Planned);
            task.Value = value.Done;
            task.Description = value.Done == value.Planned ? "classifying"
                : string.Create(CultureInfo.InvariantCulture, $"asking {value.Done}/{value.Planned}{(value.Failed > 0 ? $", {value.Failed} failed" : string.Empty)}");
        }
    }
}
