using System.Diagnostics.CodeAnalysis;

namespace SafetyRegression;

/// <summary>
/// A way to write a text differently: an encoding, a cipher, a spelling. Implementations hold no state, are called concurrently, and give the same output in
/// every culture, on every system and in every process. Random ones draw from the seed alone.
/// </summary>
public interface IPromptTransform
{
    /// <summary>Name and version, such as <c>base64@1</c>. A change of any output is a change of version.</summary>
    string Id { get; }

    /// <summary>What people call it, such as <c>Base64</c>; wrappers name the encoding by it.</summary>
    string Title { get; }

    /// <summary>How much of a text comes back.</summary>
    Reversibility Reversibility { get; }

    /// <summary>
    /// The characters that encoded text consists of, when they set it apart from prose: a run of them within an answer is decoded by itself. Empty when an
    /// answer is decoded as a whole.
    /// </summary>
    string Alphabet { get; }

    /// <summary>Whether the output depends on the seed.</summary>
    bool IsSeeded { get; }

    /// <summary>Encodes a text; the empty text stays empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seed">What random choices are drawn from; ignored unless <see cref="IsSeeded"/>.</param>
    /// <exception cref="UnencodableTextException">The text holds half of a surrogate pair, or would not come back although the transform is exact.</exception>
    string Encode(string text, ulong seed = 0);

    /// <summary>Decodes a text, tolerating the usual variations (letter case, padding, spaces).</summary>
    /// <param name="text">The text.</param>
    /// <param name="decoded">The decoded text.</param>
    /// <returns>Whether the text is of this encoding. Ciphers over letters decode any text; whether the result reads better is for the caller to say.</returns>
    bool TryDecode(string text, [NotNullWhen(true)] out string? decoded);
}
