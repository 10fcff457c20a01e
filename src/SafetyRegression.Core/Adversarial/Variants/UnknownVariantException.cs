using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>A plan named a variant that does not exist, or parts that do not go together.</summary>
/// <param name="name">The name.</param>
/// <param name="known">The names that exist.</param>
/// <param name="problem">What is wrong, when it is not an unknown name.</param>
public sealed class UnknownVariantException(string name, ImmutableArray<string> known, string? problem = null)
    : ArgumentException(problem is null ? $"There is no variant '{name}'. Known: {string.Join(", ", known)}." : $"'{name}': {problem}.")
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The names that exist.</summary>
    public ImmutableArray<string> Known { get; } = known;
}
