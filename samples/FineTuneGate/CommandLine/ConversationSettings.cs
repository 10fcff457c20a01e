using System.Collections.Immutable;
using SafetyRegression;
using SafetyRegression.Suites;

namespace FineTuneGate.CommandLine;

/// <summary>The options that ask in other languages and over several turns.</summary>
internal sealed record ConversationSettings
{
    internal const string Usage = """
          --languages TAGS|all|none   also the built-in language probes: in these languages (such as sw,es) and, to compare with, in English
          --translations FILE   also the translations of a file: a column id, and a column per language; "suite translate" makes such files
          --multi-turn ladders|FILE|none   also the built-in ladders, or those of a suite file; several separated by commas
        """;

    private const string All = "all";
    private const string None = "none";
    internal const string Ladders = "ladders";

    /// <summary>What the embedded default adds to the built-in suite: one language of few resources, and the ladders.</summary>
    internal static ConversationSettings Embedded { get; } = new() { Languages = ["sw"], Conversations = [Ladders] };

    internal ImmutableArray<string> Languages { get; init; } = [];

    internal ImmutableArray<string> Translations { get; init; } = [];

    internal ImmutableArray<string> Conversations { get; init; } = [];

    /// <summary>The attackers asked for.</summary>
    internal ImmutableArray<string> Attackers { get; init; } = [];

    internal static ConversationSettings Read(ArgumentReader arguments, ConversationSettings? defaults)
    {
        defaults ??= new ConversationSettings();
        var conversations = arguments.Option("multi-turn") is { } given ? Split(given) : defaults.Conversations;
        return new ConversationSettings
        {
            Languages = arguments.Option("languages") is { } languages ? Split(languages) : defaults.Languages,
            Translations = [.. arguments.Options("translations")],
            Conversations = [.. conversations.Where(name => !IsAttacker(name))],
            Attackers = [.. conversations.Where(IsAttacker)],
        };

        static bool IsAttacker(string name) => SafetyRegression.Adversarial.Attackers.Known.Contains(name, StringComparer.Ordinal);
    }

    /// <summary>The suite with what was asked for besides.</summary>
    internal SafetySuite Extend(SafetySuite suite)
    {
        if (Languages.IsEmpty && Conversations.IsEmpty && Translations.IsEmpty)
            return suite;
        var prompts = suite.Prompts.ToList();
        var name = suite.Name;
        if (!Languages.IsEmpty)
        {
            prompts.AddRange(Probes(out var tags));
            name += $" + languages {string.Join(", ", tags)}";
        }

        foreach (var file in Translations)
        {
            prompts.AddRange(TranslationTable.Load(file).Of(suite));
            name += $" + {Path.GetFileNameWithoutExtension(file)}";
        }

        foreach (var conversation in Conversations)
        {
            prompts.AddRange(LaddersOf(conversation));
            name += conversation == Ladders ? " + ladders" : $" + {Path.GetFileNameWithoutExtension(conversation)}";
        }

        return new SafetySuite(name, suite.Version, prompts, allowSingleClass: true);
    }

    private static ImmutableArray<string> Split(string list) =>
        list == None ? [] : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private IEnumerable<SafetyPrompt> Probes(out IReadOnlyList<string> tags)
    {
        var probes = BuiltInSuite.Languages();
        var known = probes.Prompts.Select(prompt => prompt.Language).Distinct(StringComparer.Ordinal).ToList();
        if (Languages.FirstOrDefault(tag => tag != All && !known.Contains(tag, StringComparer.Ordinal)) is { } unknown)
            throw new UsageException($"--languages knows {string.Join(", ", known)} and all; not '{unknown}'. Other languages come with --translations FILE.");
        var wanted = Languages.Contains(All, StringComparer.Ordinal) ? known : [.. Languages.Prepend("en").Distinct(StringComparer.Ordinal)];
        tags = wanted;
        return probes.Prompts.Where(prompt => wanted.Contains(prompt.Language, StringComparer.Ordinal));
    }

    private static IEnumerable<SafetyPrompt> LaddersOf(string name)
    {
        if (name == Ladders)
            return BuiltInSuite.Ladders().Prompts;
        if (!File.Exists(name))
            throw new UsageException($"--multi-turn is ladders, none, or a suite file; there is no '{name}'.");
        var suite = SafetySuite.Load(name, allowSingleClass: true);
        var problems = suite.Prompts
            .Where(prompt => prompt.Category == HarmCategory.SexualMinors && prompt.Turns.Length > 1)
            .Select(prompt => new InputProblem(name, 0, "turns", $"expected no conversations in {prompt.Category}: only direct, terse requests; '{prompt.Id}' is one")).ToList();
        return problems.Count == 0 ? suite.Prompts : throw new InvalidInputException(problems);
    }
}
