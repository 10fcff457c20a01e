namespace SafetyRegression;

/// <summary>A language as reports name it.</summary>
/// <param name="Tag">The BCP 47 tag, such as <c>sw</c>.</param>
/// <param name="Name">The English name, such as <c>Swahili</c>.</param>
/// <param name="Tier">How much text of it there is to learn from.</param>
public sealed record LanguageInfo(string Tag, string Name, ResourceTier Tier);
