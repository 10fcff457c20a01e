using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression;

/// <summary>Canonical content hash of prompts: length-prefixed fields in a fixed order, prompts sorted by id, SHA-256.</summary>
internal static class SuiteFingerprint
{
    private const string Format = "safety-suite/1";

    internal static string Of(ImmutableArray<SafetyPrompt> prompts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Format);
        foreach (var prompt in prompts.OrderBy(prompt => prompt.Id, StringComparer.Ordinal))
            AppendPrompt(hash, prompt);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendPrompt(IncrementalHash hash, SafetyPrompt prompt)
    {
        Append(hash, prompt.Id);
        Append(hash, prompt.Category.Name.ToUpperInvariant());
        Append(hash, prompt.Expected.ToString());
        Append(hash, prompt.Difficulty.ToString());
        Append(hash, prompt.SeedId);
        Append(hash, prompt.TwinId);
        Append(hash, prompt.Language);
        Append(hash, prompt.Variant.Transform);
        Append(hash, prompt.Variant.Wrapper);
        Append(hash, prompt.Variant.Context);
        Append(hash, prompt.Variant.Language);
        Append(hash, prompt.Weight.ToString("R", CultureInfo.InvariantCulture));
        Append(hash, prompt.SystemPrompt);
        Append(hash, prompt.Turns.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var turn in prompt.Turns)
        {
            Append(hash, turn.Role.ToString());
            Append(hash, turn.Text);
        }

        // Tags describe, and are sets: their order in the file says nothing.
        Append(hash, prompt.Tags.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var tag in prompt.Tags.Order(StringComparer.Ordinal))
            Append(hash, tag);

        // Only where it says something, so that suites from before it existed keep their fingerprints.
        if (prompt.HarmfulFrom > 1)
            Append(hash, string.Create(CultureInfo.InvariantCulture, $"harmful from {prompt.HarmfulFrom}"));
    }

    private static void Append(IncrementalHash hash, string? value)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, value is null ? -1 : Encoding.UTF8.GetByteCount(value));
        hash.AppendData(length);
        if (value is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(value));
    }
}
