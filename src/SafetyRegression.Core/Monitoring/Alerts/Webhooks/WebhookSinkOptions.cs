namespace SafetyRegression;

/// <summary>The secrets of a webhook. Not a record: nothing prints its members.</summary>
public sealed class WebhookSinkOptions
{
    /// <summary>The routing key that a template places in the body (<c>{key}</c>).</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? RoutingKey { get; set; }

    /// <summary>The secret that signs the body, at least 16 bytes.</summary>
    /// <value>Default empty: not signed.</value>
    public ReadOnlyMemory<byte> SigningSecret { get; set; }

    /// <summary>The clock behind the signature's time stamp.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
