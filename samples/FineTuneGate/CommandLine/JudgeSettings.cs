using System.Globalization;
using Microsoft.Extensions.AI;
using SafetyRegression;
using SafetyRegression.Classification;

namespace FineTuneGate.CommandLine;

/// <summary>The judges asked for: one, a panel, or behind a text classifier. Their clients are disposed with it.</summary>
internal sealed class JudgeSettings : IDisposable
{
    internal const string Usage = """
          --judge MODEL      a language model decides; several make a panel. With --classifier keyword|regex|… it is asked only where that one is unsure,
                             with --classifier judge or panel (the default when --judge is given) about every answer
          --judge-endpoint URL, --judge-provider openai|anthropic   where the judges are (default: where the models are)
          --judge-protocol P   how they are asked (default rubric), see docs/judges.md; keys: SAFETY_JUDGE_API_KEY, else as above
          --allow-same-family  a judge may be of the family of a judged model
        """;

    private readonly List<IChatClient> _clients = [];
    private readonly List<AnchoredClassifier> _anchored = [];
    private readonly List<ModelConnection> _connections;
    private readonly JudgeProtocol _protocol;
    private readonly bool _allowSameFamily;
    private readonly Func<string, string?> _environment;
    private CascadeClassifier? _cascade;
    private JudgePanel? _panel;

    private JudgeSettings(List<ModelConnection> connections, JudgeProtocol protocol, bool allowSameFamily, Func<string, string?> environment) =>
        (_connections, _protocol, _allowSameFamily, _environment) = (connections, protocol, allowSameFamily, environment);

    internal static JudgeSettings Read(ArgumentReader arguments, string? endpoint, string? provider, Func<string, string?> environment)
    {
        var models = arguments.Options("judge");
        endpoint = arguments.Option("judge-endpoint") ?? endpoint;
        provider = arguments.Option("judge-provider") ?? provider;
        var protocol = arguments.Option("judge-protocol");
        var allow = arguments.Flag("allow-same-family");
        if (models.Count == 0 && (protocol is not null || allow))
            throw new UsageException("--judge-protocol and --allow-same-family need --judge MODEL.");
        if (models.Distinct(StringComparer.Ordinal).Count() < models.Count)
            throw new UsageException("--judge names the same model twice: one judge has one vote.");
        try
        {
            return new([.. models.Select(model => ModelConnection.ForJudge(model, endpoint, provider))], JudgeProtocols.Get(protocol ?? "rubric"), allow, environment);
        }
        catch (UnknownClassifierException e)
        {
            throw new UsageException($"--judge-protocol is one of {string.Join(", ", e.Known)}; not '{e.Id}'.");
        }
    }

    /// <summary>The classifier under a name, with the judges where they belong; warnings go to the terminal.</summary>
    internal IResponseClassifier Create(string? name, string fallback, IEnumerable<string> judged, Terminal terminal)
    {
        if (_connections.Count == 0)
            return name is "judge" or "panel" ? throw new UsageException($"--classifier {name} needs --judge MODEL.") : ClassifierOptions.Create(name ?? fallback);
        if (name == "panel" && _connections.Count < 2)
            throw new UsageException("--classifier panel needs --judge at least twice.");
        if (name == "judge" && _connections.Count > 1)
            throw new UsageException("--classifier judge takes one --judge; several are a panel.");
        if (name == "recorded")
            throw new UsageException("--classifier recorded takes no judge.");
        var text = name is null or "judge" or "panel" ? null : ClassifierOptions.Create(name);
        try
        {
            foreach (var warning in ModelFamily.Check(_connections.Select(connection => connection.Model), judged, _allowSameFamily))
                terminal.Line("Warning: " + warning);
        }
        catch (SameFamilyJudgeException e)
        {
            throw new UsageException(e.Message + " (--allow-same-family)");
        }

        var judges = _connections.ConvertAll(Judge);
        var decider = judges.Count == 1 ? judges[0] : _panel = new JudgePanel(judges);
        return text is null ? decider : _cascade = Judges.Behind(text, decider);
    }

    /// <summary>What the judges did, for people.</summary>
    internal void Summarize(Terminal terminal)
    {
        if (_cascade is not null)
            terminal.Line($"Judge stage: {_cascade.Counts}.");
        foreach (var anchored in _anchored)
            terminal.Line($"{anchored.Identity.Name}: {anchored.Report}.");
        if (_panel?.Agreement is { Answers: > 0 } agreement)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Panel: disputed {agreement.Disputed} of {agreement.Answers}; Fleiss κ {Text(agreement.Fleiss)}, Krippendorff α {Text(agreement.Krippendorff)}."));

        static string Text(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private IResponseClassifier Judge(ModelConnection connection)
    {
        var client = connection.Connect(_environment).Client;
        _clients.Add(client);
        var anchored = new AnchoredClassifier(new JudgeClassifier(client, new JudgeOptions { Model = connection.Model, Protocol = _protocol }));
        _anchored.Add(anchored);
        return new CachedClassifier(anchored);
    }
}
