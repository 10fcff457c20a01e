using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>The options that say what is asked, the same for every command that asks, analyses or plans: a suite and what it is varied by.</summary>
internal static class AskedSuite
{
    internal const string Usage = $"""
          --suite SUITE      what is asked (default built-in); {SuiteOptions.Usage}
        {VariantOptions.Usage}
        {ConversationSettings.Usage}
        """;

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="embedded">Whether the embedded plan applies where nothing is said.</param>
    /// <param name="say">Told what could not be done as asked.</param>
    /// <param name="word">The suite when it was named without an option.</param>
    /// <param name="allowSingleClass">Permits a suite of one class.</param>
    internal static (SafetySuite Suite, ConversationSettings Conversations) Read(ArgumentReader arguments, bool embedded, Action<string> say, string? word = null, bool allowSingleClass = false)
    {
        var named = word ?? arguments.Option("suite");
        var isEmbedded = embedded && named is null;
        var suite = VariantOptions.Apply(SuiteOptions.Load(named ?? "built-in", allowSingleClass), arguments, isEmbedded ? EmbeddedPlan.Name : "none", say);
        var conversations = ConversationSettings.Read(arguments, isEmbedded ? EmbeddedPlan.Conversations : null);
        return (conversations.Extend(suite), conversations);
    }
}
