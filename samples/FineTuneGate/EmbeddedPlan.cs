using SafetyRegression;
using SafetyRegression.Suites;

namespace FineTuneGate;

/// <summary>
/// What the program asks when nobody says what to ask: the built-in suite and a little of every adversarial type. A further type is one more step here.
/// </summary>
internal static class EmbeddedPlan
{
    /// <summary>The name of this plan on the command line.</summary>
    internal const string Name = "embedded";

    /// <summary>An encoding, a framing and a context.</summary>
    internal static VariantPlan Variants { get; } = new()
    {
        Variants = [VariantCatalog.BuiltIn.Parse("base64"), VariantCatalog.BuiltIn.Parse("prefix-injection")],
        Contexts = [VariantCatalog.BuiltIn.Context("permissive")],
        PerCategory = 6,
    };

    private static readonly Lazy<SafetySuite> _suite = new(() => Extend(BuiltInSuite.Load()));

    /// <summary>The suite of the embedded default.</summary>
    internal static SafetySuite Suite => _suite.Value;

    /// <summary>Applies the plan to a suite, step by step.</summary>
    internal static SafetySuite Extend(SafetySuite suite) => SuiteVariants.Expand(suite, Variants).Suite;
}
