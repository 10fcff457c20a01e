using System.Globalization;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>Encodings of UTF-8 bytes. Decoders return <see langword="null"/> for what is not of the encoding, or not UTF-8.</summary>
internal static class ByteCodecs
{
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static string ToBase64(string text) => Convert.ToBase64String(_strict.GetBytes(text));

    internal static string ToBase64Url(string text) => ToBase64(text).Replace('+', '-').Replace('/', '_');

    /// <summary>Both alphabets, padded or not, with line breaks.</summary>
    internal static string? FromBase64(string text)
    {
        var packed = WithoutSpaces(text).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        if (packed.Length % 4 == 1)
            return null;
        var bytes = new byte[packed.Length];
        return Convert.TryFromBase64String(packed.PadRight((packed.Length + 3) / 4 * 4, '='), bytes, out var count) ? Text(bytes.AsSpan(0, count)) : null;
    }

    internal static string ToHex(string text) => Convert.ToHexStringLower(_strict.GetBytes(text));

    internal static string? FromHex(string text)
    {
        var packed = WithoutSpaces(text);
        return packed.Length % 2 == 0 && packed.All(char.IsAsciiHexDigit) ? Text(Convert.FromHexString(packed)) : null;
    }

    internal static string ToBase32(string text)
    {
        var encoded = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in _strict.GetBytes(text))
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
                encoded.Append(Base32Letters[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            encoded.Append(Base32Letters[(buffer << (5 - bits)) & 31]);
        return encoded.Append('=', (8 - (encoded.Length % 8)) % 8).ToString();
    }

    internal static string? FromBase32(string text)
    {
        var packed = WithoutSpaces(text).TrimEnd('=').ToUpperInvariant();
        var bytes = new List<byte>(packed.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var c in packed)
        {
            var value = Base32Letters.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
                return null;
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return bits < 5 && buffer == 0 ? Text([.. bytes]) : null;
    }

    internal static string ToBinary(string text) => string.Join(' ', _strict.GetBytes(text).Select(value => value.ToString("b8", CultureInfo.InvariantCulture)));

    internal static string? FromBinary(string text)
    {
        var packed = WithoutSpaces(text);
        if (packed.Length % 8 != 0 || packed.AsSpan().ContainsAnyExcept('0', '1'))
            return null;
        return Text([.. Enumerable.Range(0, packed.Length / 8).Select(i => Convert.ToByte(packed.Substring(i * 8, 8), 2))]);
    }

    internal static string ToPercent(string text) => string.Concat(_strict.GetBytes(text).Select(value => $"%{value:X2}"));

    /// <summary>Characters that are not escaped stand for themselves; without a single escape it is no percent-encoding.</summary>
    internal static string? FromPercent(string text)
    {
        var bytes = new List<byte>(text.Length);
        var escapes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                escapes++;
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                bytes.Add((byte)text[i]);
            }
            else
            {
                return null;
            }
        }

        return escapes > 0 || text.Length == 0 ? Text([.. bytes]) : null;
    }

    /// <summary>The text of bytes, or <see langword="null"/> when they are not UTF-8.</summary>
    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string WithoutSpaces(string text) => text.Any(char.IsWhiteSpace) ? string.Concat(text.Where(c => !char.IsWhiteSpace(c))) : text;
}
