using System.Text.Json;

namespace SafetyRegression.Monitoring;

/// <summary>Alerts in our own versioned JSON form: what the generic webhook sends and the outbox keeps.</summary>
internal static class AlertJson
{
    internal static byte[] Write(SafetyAlert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, AlertJsonContext.Default.SafetyAlert);

    internal static SafetyAlert? Read(JsonElement alert) => alert.Deserialize(AlertJsonContext.Default.SafetyAlert);
}
