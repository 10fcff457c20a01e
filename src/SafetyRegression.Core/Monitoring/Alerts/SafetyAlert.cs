using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression;

/// <summary>
/// What is sent when a lineage needs somebody's attention, or no longer does. An allow-list by type: numbers, times, closed sets of words, and names that
/// people gave. There is no member that could carry a prompt, an answer or a judge's words.
/// </summary>
public sealed record SafetyAlert
{
    /// <summary>The version of the alert's JSON form.</summary>
    public const string CurrentSchemaVersion = "1.0";

    private const int MostMeasurements = 8;
    private const int IdLength = 16;
    private const int HeadLength = 64;

    /// <summary>The version of the alert's JSON form.</summary>
    public string SchemaVersion { get => field ?? CurrentSchemaVersion; init; } = CurrentSchemaVersion;

    /// <summary>The lineage.</summary>
    public required AlertName Lineage { get; init; }

    /// <summary>The suite.</summary>
    public required AlertName Suite { get; init; }

    /// <summary>The model.</summary>
    public required AlertName Candidate { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>How urgent it is; <see langword="null"/> resolves what was sent before under the same <see cref="DedupKey"/>.</summary>
    public required AlertSeverity? Severity { get; init; }

    /// <summary>What is recommended, if anything.</summary>
    public DeploymentRecommendation? Recommendation { get; init; }

    /// <summary>The number of the iteration in its lineage; 0 when unknown.</summary>
    public int Iteration { get; init; }

    /// <summary>The time the alert speaks of (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The measurements behind it, the worst first; at most 8.</summary>
    public ImmutableArray<AlertMeasurement> Measurements { get => field.IsDefault ? [] : field; init => field = value.Length > MostMeasurements ? [.. value.Take(MostMeasurements)] : value; } = [];

    /// <summary>
    /// The head of the evidence's hash chain (<see cref="ReportSeal.Head"/>): 64 lower-case hexadecimal digits, anything else is dropped. Whoever keeps the
    /// alert can tell later whether a bundle is the one it speaks of. <see langword="null"/> when there is no evidence.
    /// </summary>
    public string? EvidenceHead
    {
        get;
        init => field = value is { Length: HeadLength } && value.All(char.IsAsciiHexDigitLower) ? value : null;
    }

    /// <summary>Where the host serves the report. Query, fragment and user information, which may carry keys, are dropped.</summary>
    public Uri? Report
    {
        get;
        init => field = value is { IsAbsoluteUri: true } && (value.Scheme == Uri.UriSchemeHttps || value.Scheme == Uri.UriSchemeHttp)
            ? new Uri(value.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped))
            : null;
    }

    /// <summary>The same for every alert of a lineage and suite, so that receivers update one incident, and a later pass resolves it.</summary>
    public string DedupKey => $"sr:{Suite}:{Lineage}";

    /// <summary>The same for every try to send this alert, so that receivers can drop a repetition.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{DedupKey}\n{Iteration}\n{Kind}\n{Severity}\n{Candidate}\n{At.UtcTicks}"))).AsSpan(0, IdLength));

    /// <summary>Lineage, kind and severity.</summary>
    public override string ToString() => $"{Lineage}: {Kind}, {Severity?.ToString() ?? "resolved"}";
}
