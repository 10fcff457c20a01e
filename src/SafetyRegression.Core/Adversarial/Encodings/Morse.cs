using System.Collections.Frozen;

namespace SafetyRegression.Adversarial;

/// <summary>ITU-R M.1677: letters, digits and 18 marks; codes joined by a space, words by " / ". What has no code is dropped, as is letter case.</summary>
internal static class Morse
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,?'!/()&:;=+-_\"$@";

    private static readonly string[] _codes =
    [
        ".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..", ".---", "-.-", ".-..", "--", "-.", "---", ".--.", "--.-", ".-.", "...", "-", "..-",
        "...-", ".--", "-..-", "-.--", "--..", "-----", ".----", "..---", "...--", "....-", ".....", "-....", "--...", "---..", "----.", ".-.-.-", "--..--",
        "..--..", ".----.", "-.-.--", "-..-.", "-.--.", "-.--.-", ".-...", "---...", "-.-.-.", "-...-", ".-.-.", "-....-", "..--.-", ".-..-.", "...-..-", ".--.-.",
    ];

    private static readonly FrozenDictionary<char, string> _toCode = Alphabet.Zip(_codes).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
    private static readonly FrozenDictionary<string, char> _toCharacter = Alphabet.Zip(_codes).ToFrozenDictionary(pair => pair.Second, pair => char.ToLowerInvariant(pair.First), StringComparer.Ordinal);

    internal static string Encode(string text)
    {
        // The default separators of Split are the white space of Unicode.
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Join(' ', word.Where(c => Code(c) is not null).Select(c => Code(c)!)))
            .Where(word => word.Length > 0);
        return string.Join(" / ", words);
    }

    internal static string? Decode(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Trim().Split(['/', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var codes = word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (!codes.All(_toCharacter.ContainsKey))
                return null;
            words.Add(string.Concat(codes.Select(code => _toCharacter[code])));
        }

        return string.Join(' ', words);
    }

    private static string? Code(char c) => char.IsAscii(c) ? _toCode.GetValueOrDefault(char.ToUpperInvariant(c)) : null;
}
