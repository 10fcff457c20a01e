using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace SafetyRegression.Adversarial;

/// <summary>Transforms one after the other; decoding goes the other way round.</summary>
public sealed class ComposedTransform : IPromptTransform
{
    /// <summary>Composes transforms.</summary>
    /// <param name="steps">At least two, in the order in which they encode.</param>
    public ComposedTransform(params IEnumerable<IPromptTransform> steps)
    {
        Steps = [.. steps];
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps.Length, 2, nameof(steps));
    }

    /// <summary>The transforms, in the order in which they encode.</summary>
    public ImmutableArray<IPromptTransform> Steps { get; }

    /// <inheritdoc/>
    public string Id => string.Join('+', Steps.Select(step => step.Id));

    /// <inheritdoc/>
    public string Title => string.Join(", then ", Steps.Select(step => step.Title));

    /// <inheritdoc/>
    public Reversibility Reversibility => Steps.Min(step => step.Reversibility);

    /// <inheritdoc/>
    public string Alphabet => Steps[^1].Alphabet;

    /// <inheritdoc/>
    public bool IsSeeded => Steps.Any(step => step.IsSeeded);

    /// <inheritdoc/>
    public string Encode(string text, ulong seed = 0) => Steps.Aggregate(text, (current, step) => step.Encode(current, seed));

    /// <inheritdoc/>
    public bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = text;
        for (var i = Steps.Length - 1; i >= 0; i--)
        {
            if (!Steps[i].TryDecode(decoded, out decoded))
                return false;
        }

        return true;
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
