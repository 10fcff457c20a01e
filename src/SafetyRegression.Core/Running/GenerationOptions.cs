using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using SafetyRegression.Adversarial;

namespace SafetyRegression.Running;

/// <summary>The options a call is sent with, and how the manifest names those that change the output.</summary>
internal sealed class GenerationOptions(SafetyRunOptions options)
{
    /// <summary>A fresh clone for one call.</summary>
    internal ChatOptions For(long? seed)
    {
        var chat = options.ChatOptionsFactory?.Invoke().Clone() ?? new ChatOptions();
        chat.Temperature = options.Temperature ?? chat.Temperature;
        chat.MaxOutputTokens = options.MaxOutputTokens ?? chat.MaxOutputTokens;
        chat.Seed = seed ?? chat.Seed;
        return chat;
    }

    /// <summary>The seed of one (item, sample): 31 bits, which every provider takes; the same for both arms.</summary>
    internal long? SeedOf(string itemId, int sample)
    {
        if (options.Seed is not { } seed)
            return null;
        var item = RunLogs.Crc32C.Of(Encoding.UTF8.GetBytes(itemId));
        return (long)(new SplitMix((ulong)seed ^ ((ulong)item << 32 | (uint)sample)).Next() >> 33);
    }

    /// <summary>Everything that changes the output, as sent.</summary>
    internal ImmutableSortedDictionary<string, string> Describe()
    {
        var chat = For(seed: null);
        var described = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Add("temperature", chat.Temperature);
        Add("max output tokens", chat.MaxOutputTokens);
        Add("seed", options.Seed ?? chat.Seed);
        Add("top p", chat.TopP);
        Add("top k", chat.TopK);
        Add("frequency penalty", chat.FrequencyPenalty);
        Add("presence penalty", chat.PresencePenalty);
        Add("model id", chat.ModelId);
        Add("instructions", HashOf(chat.Instructions));
        Add("response format", chat.ResponseFormat is ChatResponseFormatJson json ? $"json {HashOf(json.Schema?.GetRawText())}".TrimEnd() : chat.ResponseFormat is null ? null : "text");
        Add("stop", chat.StopSequences is { Count: > 0 } stops ? HashOf(string.Join('\u001F', stops)) : null);
        Add("tools", chat.Tools is { Count: > 0 } tools ? string.Join(',', tools.Select(tool => tool.Name)) : null);
        Add("reasoning", chat.Reasoning is { } reasoning ? $"{reasoning.Effort}/{reasoning.Output}" : null);
        Add("raw options", chat.RawRepresentationFactory is null ? null : "set by the host");
        foreach (var (name, value) in chat.AdditionalProperties ?? [])
            Add($"additional {name}", value);
        return described.ToImmutable();

        void Add(string name, object? value)
        {
            if (value is not null)
                described[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        }
    }

    private static string? HashOf(string? text) => text is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
