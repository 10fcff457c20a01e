using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Brings the shards of a run together.</summary>
internal sealed class MergeCommand : ICommand
{
    public string Name => "merge";

    public string Summary => "bring the shards of a run together into one run";

    public string Usage => """
        FineTuneGate merge RUN [RUN …] --into DIR [options]
          RUN                folders of the shards
          --into DIR         folder of the merged run; must not hold a run yet
          --allow-partial    shards may be missing; what they would have answered counts as skipped
          --salvage          read past damaged records and count them
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var sources = new List<string>();
        while (arguments.Word() is { } source)
            sources.Add(source);
        var into = arguments.Required("into");
        var partial = arguments.Flag("allow-partial");
        var options = new RunLogOptions { Salvage = arguments.Flag("salvage") };
        while (arguments.Word() is { } source)
            sources.Add(source);
        arguments.Done();
        if (sources.Count == 0)
            throw new UsageException("Name the folders of the shards.");
        try
        {
            var merge = await RunLogMerger.MergeAsync(sources, into, partial, options, cancellationToken);
            terminal.Line($"{merge.Answers} of {merge.Planned} planned answers in {into}; {merge.Duplicates} duplicates left out, {merge.Conflicts} contradictions, {merge.Lost} damaged records.");
            if (merge.Capability is { } capability)
                terminal.Line($"Capability questions: {capability.Answers} of {capability.Planned} planned answers.");
            terminal.Line(merge.IsPlanKept ? "All parts had frozen the same plan before they were asked; it is kept." : "The parts had not all frozen the same plan; the report will say that the plan was made after the answers.");
            if (merge.Stopped is { } stopped)
                terminal.Line($"A shard was {stopped}. What was not asked is skipped by design.");
            if (!merge.MissingShards.IsEmpty)
                terminal.Line($"Missing shards: {string.Join(", ", merge.MissingShards)}. Their answers count as skipped.");
            return merge.IsComplete || merge is { Stopped: not null, MissingShards.IsEmpty: true } ? ExitCode.Ok : ExitCode.Incomplete;
        }
        catch (RunLogException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
