using System.Security.Cryptography;
using SafetyRegression.Bundles;

namespace SafetyRegression;

/// <summary>
/// A key that the host holds, to sign bundles or to check signatures. A secret proves to whoever shares it that a bundle was not remade; an elliptic-curve
/// key proves it to anybody with the public half.
/// </summary>
public sealed class EvidenceKey : IDisposable
{
    private const string Hmac = "hmac-sha256";
    private const string Curve = "ecdsa-sha256";
    private const int ShortestSecret = 16;

    private readonly byte[]? _secret;
    private readonly ECDsa? _key;

    private EvidenceKey(string id, byte[]? secret, ECDsa? key) => (Id, _secret, _key) = (id, secret, key);

    /// <summary>The key's name for people, written into signatures. A signature is checked with the key, whatever it is called.</summary>
    public string Id { get; }

    /// <summary>The algorithm.</summary>
    public string Algorithm => _key is null ? Hmac : Curve;

    /// <summary>A shared secret (HMAC-SHA256).</summary>
    /// <param name="id">The key's name; not secret.</param>
    /// <param name="secret">At least 16 bytes; copied.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static EvidenceKey FromSecret(string id, ReadOnlySpan<byte> secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return secret.Length >= ShortestSecret ? new EvidenceKey(id, secret.ToArray(), null) : throw new ArgumentException($"A secret has at least {ShortestSecret} bytes.", nameof(secret));
    }

    /// <summary>An elliptic-curve key (ECDSA over SHA-256): with the private half it signs, with the public half alone it checks.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="key">The key; disposed with this object.</param>
    public static EvidenceKey FromECDsa(string id, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(key);
        return new EvidenceKey(id, null, key);
    }

    /// <summary>Reads a key file: PEM is an elliptic-curve key, private or public; anything else is a secret, without white space at its end.</summary>
    /// <param name="path">The file; its name is the key's.</param>
    /// <exception cref="ArgumentException">The file is neither.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EvidenceKey Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var id = Path.GetFileNameWithoutExtension(path);
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith("-----BEGIN"u8))
            return FromSecret(id, bytes.AsSpan().TrimEnd(" \r\n\t"u8));
        ECDsa? key = null;
        try
        {
            key = ECDsa.Create();
            key.ImportFromPem(System.Text.Encoding.ASCII.GetString(bytes));
            var loaded = FromECDsa(id, key);
            key = null;
            return loaded;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new ArgumentException($"{Path.GetFileName(path)} is not an elliptic-curve key in PEM form: {e.Message}", nameof(path), e);
        }
        finally
        {
            key?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key?.Dispose();
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>Name and algorithm; never the key.</summary>
    public override string ToString() => $"{Id} ({Algorithm})";

    internal BundleSignature Sign(byte[] data) =>
        new(Algorithm, Id, Convert.ToBase64String(_key is null ? HMACSHA256.HashData(_secret!, data) : _key.SignData(data, HashAlgorithmName.SHA256)));

    internal bool Verify(byte[] data, BundleSignature signature)
    {
        // The name is for people and not part of what is signed: whether a key signed is shown by the key alone.
        if (signature.Algorithm != Algorithm)
            return false;
        try
        {
            var value = Convert.FromBase64String(signature.Value);
            return _key is null ? CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret!, data), value) : _key.VerifyData(data, value, HashAlgorithmName.SHA256);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
