using System.Collections.Immutable;
using System.Text;
using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>Who is told. Addresses and keys come from environment variables only, so that no command line or log holds one.</summary>
internal static class AlertSettings
{
    internal const string Usage = """
          --alert slack|teams|pagerduty|webhook   tells when the lineage needs attention, and when it no longer does; may be repeated
          --require-alert NAME   the same, and exit code 4 when it could not be delivered; the verdict stays in the files
          --alert-tries N    tries per alert (default 5)
          addresses: SAFETY_ALERT_SLACK_URL, SAFETY_ALERT_TEAMS_URL, SAFETY_ALERT_PAGERDUTY_KEY (and _URL), SAFETY_ALERT_WEBHOOK_URL and _SECRET (signs)
        """;

    private static readonly WebhookFormat[] _formats = [WebhookFormat.Slack, WebhookFormat.TeamsWorkflows, WebhookFormat.PagerDuty, WebhookFormat.Generic];

    /// <summary>The dispatcher, or <see langword="null"/> when nobody is to be told.</summary>
    internal static AlertDispatcher? Read(ArgumentReader arguments, Func<string, string?> environment)
    {
        var required = arguments.Options("require-alert");
        var names = arguments.Options("alert").Concat(required).Distinct(StringComparer.Ordinal).ToList();
        var tries = arguments.Integer("alert-tries", 1, 20);
        if (names.Count == 0)
            return tries is null ? null : throw new UsageException("--alert-tries needs --alert NAME.");
        ImmutableArray<AlertRoute> routes = [.. names.Select(name => new AlertRoute { Name = name, Sink = Sink(name, environment), Required = required.Contains(name, StringComparer.Ordinal) })];
        return new AlertDispatcher(routes, new AlertOptions { MaxTries = tries ?? new AlertOptions().MaxTries });
    }

    private static WebhookSink Sink(string name, Func<string, string?> environment)
    {
        var format = Array.Find(_formats, format => format.Name == name) ?? throw new UsageException($"--alert is one of {string.Join(", ", _formats.Select(format => format.Name))}; not '{name}'.");
        var prefix = $"SAFETY_ALERT_{name.ToUpperInvariant()}_";
        string? Value(string what) => environment(prefix + what) is { Length: > 0 } value ? value : null;
        var address = Value("URL") ?? (format == WebhookFormat.PagerDuty ? "https://events.pagerduty.com/v2/enqueue" : throw new UsageException($"--alert {name} needs its address in {prefix}URL."));
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            throw new UsageException($"{prefix}URL is no address.");
        var options = new WebhookSinkOptions { RoutingKey = Value("KEY"), SigningSecret = Value("SECRET") is { } secret ? Encoding.UTF8.GetBytes(secret) : default };
        try
        {
            return new WebhookSink(format, uri, options);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--alert {name}: {e.Message.Split(" (Parameter", 2)[0]} See {prefix}URL, {prefix}KEY and {prefix}SECRET.");
        }
    }
}
