namespace SafetyRegression.Adversarial;

/// <summary>Refuses half surrogate pairs: written as UTF-8 they would silently become another character, and another prompt.</summary>
internal static class WellFormed
{
    internal static void Require(string transformId, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                throw new UnencodableTextException(transformId, i, "half of a surrogate pair.");
            i++;
        }
    }
}
