using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Suites;

namespace FineTuneGate;

/// <summary>
/// What the program asks when nobody says what to ask: the built-in suite and a little of every adversarial type. The one place to extend it.
/// </summary>
internal static class EmbeddedPlan
{
    /// <summary>The name of the plan on the command line.</summary>
    internal const string Name = "embedded";

    /// <summary>An encoding, a framing and a context.</summary>
    internal static VariantPlan Variants { get; } = new()
    {
        Variants = [VariantCatalog.BuiltIn.Parse("base64"), VariantCatalog.BuiltIn.Parse("prefix-injection")],
        Contexts = [VariantCatalog.BuiltIn.Context("permissive")],
        PerCategory = 6,
    };

    /// <summary>A language of few resources, and the ladders.</summary>
    internal static ConversationSettings Conversations => ConversationSettings.Embedded;

    /// <summary>The suite of the embedded default.</summary>
    internal static SafetySuite Suite { get => field ??= Conversations.Extend(SuiteVariants.Expand(BuiltInSuite.Load(), Variants).Suite); }
}
