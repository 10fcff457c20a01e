using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression;

/// <summary>
/// The signature of a webhook in the form of Standard Webhooks: <c>webhook-signature: v1,base64(HMAC-SHA-256(secret, id.timestamp.body))</c> beside
/// <c>webhook-id</c> and <c>webhook-timestamp</c> (seconds since 1970). For senders and receivers.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the alert's id: drop what was seen before.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of sending.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Version = "v1,";

    /// <summary>How far a receiver's clock may be from the sender's.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Signs a body.</summary>
    /// <param name="secret">The shared secret; at least 16 bytes.</param>
    /// <param name="id">The alert's id.</param>
    /// <param name="at">The time of sending.</param>
    /// <param name="body">The body as sent.</param>
    /// <returns>The value of <see cref="SignatureHeader"/>.</returns>
    public static string Sign(ReadOnlySpan<byte> secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Hash(secret, id, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body));

    /// <summary>Whether a request was signed with a secret, not long ago.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="id">The value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>.</param>
    /// <param name="signature">The value of <see cref="SignatureHeader"/>; several signatures are separated by spaces while a secret is being changed.</param>
    /// <param name="body">The body as received.</param>
    /// <param name="now">The receiver's time.</param>
    public static bool IsValid(ReadOnlySpan<byte> secret, string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id) || signature is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;
        var expected = Hash(secret, id, timestamp, body);
        var valid = false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var part in signature.Split(' '))
        {
            if (part.StartsWith(Version, StringComparison.Ordinal) && Convert.TryFromBase64String(part[Version.Length..], given, out var length) && length == given.Length)
                valid |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return valid;
    }

    private static byte[] Hash(ReadOnlySpan<byte> secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
