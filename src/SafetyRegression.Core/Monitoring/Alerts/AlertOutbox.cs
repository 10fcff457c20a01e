using System.Buffers;
using System.Text.Json;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Monitoring;

/// <summary>
/// Alerts in the run log: written down before the first try, and again with what became of them. Whatever is there without a delivery is owed, also after the
/// process was killed.
/// </summary>
internal sealed class AlertOutbox(RunLog? log)
{
    internal Task OweAsync(AlertRoute route, SafetyAlert alert) => WriteAsync(route.Name, alert, receipt: null);

    internal Task SettleAsync(SafetyAlert alert, AlertReceipt receipt) => WriteAsync(receipt.Route, alert, receipt);

    /// <summary>What is owed, in the order of the log.</summary>
    internal IReadOnlyList<(string Route, SafetyAlert Alert)> Owed()
    {
        var owed = new List<(string Route, SafetyAlert Alert)>();
        foreach (var line in log?.AlertRecords ?? [])
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (!root.GetProperty("delivered").GetBoolean() && AlertJson.Read(root.GetProperty("alert")) is { } alert)
                owed.Add((root.GetProperty("route").GetString()!, alert));
        }

        return owed;
    }

    private async Task WriteAsync(string route, SafetyAlert alert, AlertReceipt? receipt)
    {
        if (log is null)
            return;
        var key = $"{alert.Id}/{route}";
        var buffer = new ArrayBufferWriter<byte>(1024);
        var writer = new Utf8JsonWriter(buffer);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            writer.WriteString("t"u8, "alert"u8);
            writer.WriteString("k"u8, key);
            writer.WriteString("route"u8, route);
            writer.WriteBoolean("delivered"u8, receipt?.Delivered ?? false);
            if (receipt is not null)
            {
                writer.WriteNumber("tries"u8, receipt.Tries);
                if (receipt.Problem is { } problem)
                    writer.WriteString("problem"u8, problem.ToString());
                if (receipt.Status is { } status)
                    writer.WriteNumber("http"u8, status);
            }

            writer.WritePropertyName("alert"u8);
            writer.WriteRawValue(AlertJson.Write(alert));
            writer.WriteEndObject();
        }

        await log.AppendAlertAsync(key, buffer.WrittenMemory).ConfigureAwait(false);
    }
}
