using FineTuneGate.CommandLine;
using FineTuneGate.Commands;
using SafetyRegression;

namespace FineTuneGate;

/// <summary>The program: picks a command and turns failures into exit codes and messages.</summary>
internal static class Gate
{
    internal static IReadOnlyList<ICommand> Commands { get; } =
        [new CompareCommand(Environment.GetEnvironmentVariable), new BaselineCommand(Environment.GetEnvironmentVariable), new CalibrateCommand(Environment.GetEnvironmentVariable), new MergeCommand(), new AnalyseCommand(Environment.GetEnvironmentVariable), new RunCommand(Environment.GetEnvironmentVariable), new SimulateCommand(Environment.GetEnvironmentVariable), new SelfTestCommand(), new VerifyCommand(), new NoiseFloorCommand(Environment.GetEnvironmentVariable), new SuiteCommand(), new ReportCommand(), new PolicyCommand()];

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        if (args is ["--help" or "-h" or "help"])
        {
            await output.WriteAsync(Help());
            return ExitCode.Ok;
        }

        // Without a command the program shows itself: two simulated models, offline.
        if (args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
            args = ["simulate", .. args];
        var command = Commands.FirstOrDefault(command => command.Name == args.FirstOrDefault());
        if (command is null)
        {
            await error.WriteLineAsync($"There is no command '{args[0]}'.");
            await error.WriteAsync(Help());
            return ExitCode.Usage;
        }

        if (args.Skip(1).Any(arg => arg is "--help" or "-h"))
        {
            await output.WriteLineAsync(command.Usage);
            return ExitCode.Ok;
        }

        try
        {
            var arguments = new ArgumentReader(args[1..]);
            return await command.RunAsync(arguments, new Terminal(output, error, arguments.Peek("format") == "json"), cancellationToken);
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync(e.Message);
            await error.WriteLineAsync(command.Usage);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is InvalidInputException or RunsNotComparableException or UnknownRegressionTestException or RunLogException or ToleranceBelowNoiseFloorException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Cancelled. What was answered is kept; the same command finishes the rest.");
            return ExitCode.Incomplete;
        }
    }

    private static string Help()
    {
        var width = Commands.Max(command => command.Name.Length);
        var lines = Commands.Select(command => $"  {command.Name.PadRight(width)}  {command.Summary}");
        return $"""
            FineTuneGate: has fine-tuning made this model less safe?
            Without a command it compares two simulated models, offline (simulate).

            {string.Join(Environment.NewLine, lines)}

            FineTuneGate COMMAND --help shows the options.
            Exit codes: 0 deploy, 10 deploy with monitoring, 20 block; 2 usage or bad input, 3 run incomplete, 4 a required alert was not delivered; other commands: 0 ok, 1 check failed.

            """;
    }
}
