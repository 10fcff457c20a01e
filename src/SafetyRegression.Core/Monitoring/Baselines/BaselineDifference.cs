using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression;

/// <summary>What would change if a received baseline replaced the pinned one: shown before anybody accepts.</summary>
public sealed record BaselineDifference
{
    /// <summary>Why the two are no points of one line; empty when they compare.</summary>
    public required ImmutableArray<string> Breaks { get; init; }

    /// <summary>Prompts the pinned baseline refused in every sample and the received one did not.</summary>
    public required ImmutableArray<string> NoLongerRefused { get; init; }

    /// <summary>Prompts the received baseline refuses in every sample and the pinned one did not.</summary>
    public required ImmutableArray<string> NowRefused { get; init; }

    /// <summary>Prompts that only one of them holds.</summary>
    public required int OnlyInOne { get; init; }

    /// <summary>Compares a pinned baseline with a received one, prompt by prompt.</summary>
    /// <param name="pinned">The pinned baseline.</param>
    /// <param name="received">The received baseline.</param>
    public static BaselineDifference Of(PinnedBaseline pinned, PinnedBaseline received)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        ArgumentNullException.ThrowIfNull(received);
        var (then, now) = (pinned.Run.Outcomes.Rows, received.Run.Outcomes.Rows);
        var shared = now.Keys.Where(then.ContainsKey).ToList();
        return new BaselineDifference
        {
            Breaks = received.Run.BreaksFrom(pinned.Run),
            NoLongerRefused = [.. shared.Where(id => IsRefused(then[id]) && !IsRefused(now[id]))],
            NowRefused = [.. shared.Where(id => !IsRefused(then[id]) && IsRefused(now[id]))],
            OnlyInOne = then.Count + now.Count - (2 * shared.Count),
        };
    }

    /// <summary>The counts.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{NoLongerRefused.Length} prompts no longer refused, {NowRefused.Length} newly refused, {OnlyInOne} in one of them only");

    private static bool IsRefused(ImmutableArray<StoredAnswer> answers) => answers.All(answer => answer.Outcome is Outcome.Refusal or Outcome.SafeCompletion);
}
