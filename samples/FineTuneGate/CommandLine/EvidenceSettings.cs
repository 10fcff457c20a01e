using System.Security.Cryptography;
using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>What is written beside the report so that somebody else can make it again.</summary>
internal sealed record EvidenceSettings
{
    internal const string Usage = """
          --evidence folder|zip|none   what anybody needs to recompute the report, without texts, beside it (default folder)
          --evidence-key FILE  signs it: an elliptic-curve key in PEM form, or a secret of at least 16 bytes
        """;

    private const string Zip = Evidence.FolderName + ".zip";

    internal required string Form { get; init; }

    internal string? KeyFile { get; init; }

    internal static EvidenceSettings Read(ArgumentReader arguments) => new()
    {
        Form = arguments.Choice("evidence", "folder", "folder", "zip", "none"),
        KeyFile = arguments.Option("evidence-key") is { } file ? File.Exists(file) ? file : throw new UsageException($"--evidence-key: there is no '{file}'.") : null,
    };

    internal static EvidenceKey LoadKey(string file)
    {
        try
        {
            return EvidenceKey.Load(file);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    internal async Task WriteAsync(Evidence evidence, string folder, Terminal terminal, CancellationToken cancellationToken)
    {
        var (directory, archive) = (Path.Combine(folder, Evidence.FolderName), Path.Combine(folder, Zip));
        // Evidence of an earlier report must not stand beside this one.
        File.Delete(archive);
        Evidence.Delete(directory);
        if (Form == "none")
            return;
        using var key = KeyFile is null ? null : LoadKey(KeyFile);
        var options = new EvidenceBundleOptions { Key = key };
        try
        {
            if (Form == "zip")
            {
                await using var stream = File.Create(archive);
                await evidence.WriteZipAsync(stream, options, cancellationToken);
            }
            else
            {
                await evidence.WriteAsync(directory, options, cancellationToken);
            }
        }
        catch (CryptographicException e)
        {
            throw new UsageException($"--evidence-key cannot sign: {e.Message}");
        }

        terminal.Line($"Evidence: {(Form == "zip" ? archive : directory)}, head sha256:{evidence.Seal.Head}. Anybody can check it: FineTuneGate verify {folder}");
    }
}
