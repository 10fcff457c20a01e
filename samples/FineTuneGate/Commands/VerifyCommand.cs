using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Makes a report again from its evidence and says what differs. No model is called and no key is needed.</summary>
internal sealed class VerifyCommand : ICommand
{
    public string Name => "verify";

    public string Summary => "recompute a report from its evidence and say what differs";

    public string Usage => $"""
        FineTuneGate verify DIR [options]
          DIR                the folder of the report files, a bundle's own folder, or a zip
          --suite SUITE      computes the suite's fingerprint instead of believing it; {SuiteOptions.Usage}
          --head HASH        the head that an alert or a printed report named
          --key FILE         the bundle must be signed with this key (PEM, public or private, or a secret)
        Exit codes: 0 everything follows from plan and outcomes, 1 something differs.
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = arguments.Word();
        var suite = arguments.Option("suite");
        var head = arguments.Option("head");
        var keyFile = arguments.Option("key");
        path ??= arguments.Word() ?? throw new UsageException("Name the folder of the report, or a bundle.");
        arguments.Done();
        if (!Directory.Exists(path) && !File.Exists(path))
            throw new UsageException($"There is no '{path}'.");
        using var key = keyFile is null ? null : File.Exists(keyFile) ? EvidenceSettings.LoadKey(keyFile) : throw new UsageException($"--key: there is no '{keyFile}'.");
        var options = new EvidenceVerificationOptions { Key = key, Suite = suite is null ? null : SuiteOptions.Load(suite), Head = Hex(head) };
        var verification = Evidence.Verify(path, options, cancellationToken);
        terminal.Line(verification.ToString());
        if (verification.Recommendation is { } recommendation)
            terminal.Line($"The recommendation that follows: {recommendation}.");
        return Task.FromResult(verification.IsValid ? ExitCode.Ok : ExitCode.CheckFailed);
    }

    private static string? Hex(string? head) => head is null ? null
        : (head.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) ? head[7..] : head) is { Length: 64 } hash && hash.All(char.IsAsciiHexDigit)
            ? hash.ToLowerInvariant()
            : throw new UsageException("--head is a SHA-256 of 64 hexadecimal digits.");
}
