using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>What tokens cost, as the caller states it: no price list is built in, since prices change.</summary>
internal static class PriceOptions
{
    internal const string Usage = """
          --price-in P, --price-out P   what a million tokens sent and received costs; also --baseline-price-in, --candidate-price-out …; shows the cost, and is needed for --max-cost
        """;

    /// <summary>The price for an arm: its own, or else the common one.</summary>
    internal static TokenPrice? Read(ArgumentReader arguments, Arm arm, TokenPrice? common)
    {
        var side = arm == Arm.Baseline ? "baseline-" : "candidate-";
        return Of(arguments, side, common);
    }

    /// <summary>The price for both arms.</summary>
    internal static TokenPrice? Read(ArgumentReader arguments) => Of(arguments, string.Empty, common: null);

    private static TokenPrice? Of(ArgumentReader arguments, string side, TokenPrice? common)
    {
        var input = arguments.Money($"{side}price-in") ?? common?.InputPerMillion;
        var output = arguments.Money($"{side}price-out") ?? common?.OutputPerMillion;
        return (input, output) switch
        {
            (null, null) => null,
            ({ } sent, { } received) => new TokenPrice(sent, received),
            _ => throw new UsageException($"--{side}price-in and --{side}price-out go together."),
        };
    }
}
