using System.Collections.Immutable;
using SafetyRegression.Adversarial;

namespace SafetyRegression;

/// <summary>One way to vary a prompt: encoded, wrapped, framed, put into a context, or several of these, applied in this order.</summary>
public sealed record VariantRecipe
{
    /// <summary>The encoding, composed when there are several; <see langword="null"/> for none.</summary>
    public IPromptTransform? Encoding { get; init; }

    /// <summary>What surrounds the encoded text; <see langword="null"/> for nothing.</summary>
    public PromptTemplate? Wrapper { get; init; }

    /// <summary>The framing ("jailbreak"); <see langword="null"/> for none.</summary>
    public PromptTemplate? Framing { get; init; }

    /// <summary>The context; <see langword="null"/> for none.</summary>
    public PromptTemplate? Context { get; init; }

    /// <summary>How many seeded draws of the encoding are asked (best-of-n); 1 for encodings that draw nothing.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>The variant as the prompt records it.</summary>
    public PromptVariant Variant => new()
    {
        Transform = (Encoding, Framing) switch
        {
            (null, null) => null,
            ({ } encoding, null) => encoding.Id,
            (null, { } framing) => framing.Id,
            var (encoding, framing) => $"{encoding.Id}+{framing.Id}",
        },
        Wrapper = Encoding is null ? null : Wrapper?.Id,
        Context = Context?.Id,
    };

    /// <summary>Applies the recipe to a prompt of one user turn.</summary>
    /// <param name="prompt">The seed prompt.</param>
    /// <param name="seed">The seed of the plan; what is random is drawn from it, the recipe and the prompt's id.</param>
    /// <param name="draw">0-based number of the draw.</param>
    /// <exception cref="UnencodableTextException">The text cannot be encoded.</exception>
    internal (string? System, ImmutableArray<PromptMessage> Turns) Apply(SafetyPrompt prompt, string seed, int draw)
    {
        var text = prompt.Turns[0].Text;
        if (Encoding is not null)
            text = Encoding.Encode(text, SplitMix.SeedOf(seed, Encoding.Id, prompt.SeedId, draw.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        ImmutableArray<PromptMessage> turns = [PromptMessage.User(text)];
        var system = prompt.SystemPrompt;
        foreach (var template in new[] { Encoding is null ? null : Wrapper, Framing, Context }.OfType<PromptTemplate>())
        {
            // A template takes the request's own message; a prefill that a framing adds stays at the end.
            var at = Array.FindLastIndex([.. turns], turn => turn.Role == MessageRole.User);
            turns = [.. turns[..at], .. template.Fill(turns[at].Text, Encoding?.Title), .. turns[(at + 1)..]];
            system = template.System ?? system;
        }

        return (system, turns);
    }

    /// <summary>The variant's identifier.</summary>
    public override string ToString() => Variant.ToString();
}
