using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Adversarial;

/// <summary>The built-in attackers by the names the command line uses.</summary>
public static class Attackers
{
    /// <summary>The known names.</summary>
    public static ImmutableArray<string> Known { get; } = ["crescendo", "pair"];

    /// <summary>Makes an attacker.</summary>
    /// <param name="name">One of <see cref="Known"/>.</param>
    /// <param name="client">The attacking model.</param>
    /// <param name="model">Who it is: provider, model and revision.</param>
    /// <exception cref="ArgumentException">The name is not known.</exception>
    public static IAttacker Create(string name, IChatClient client, string model) => name switch
    {
        "crescendo" => new CrescendoAttacker(client, model),
        "pair" => new PairAttacker(client, model),
        _ => throw new ArgumentException($"An attacker is one of {string.Join(", ", Known)}; not '{name}'.", nameof(name)),
    };
}
