using Microsoft.Extensions.AI;
using SafetyRegression;
using SafetyRegression.Classification;

namespace FineTuneGate.CommandLine;

/// <summary>The judges asked for: one, a panel, or behind a text classifier, with the calibration found for just that. Their clients are disposed with it.</summary>
internal sealed class JudgeSettings : IDisposable
{
    internal const string DefaultFolder = ".safety/calibrations";

    internal const string Usage = $"""
          --judge MODEL      a language model decides; several make a panel. With --classifier keyword|regex|trained|combined it is asked only where that one
                             abstains or its parts disagree, with --classifier judge or panel (the default when --judge is given) about every answer
          --judge-endpoint URL, --judge-provider openai|anthropic   where the judges are (default: where the models are)
          --judge-protocol P   how they are asked (default rubric), see docs/judges.md; keys: SAFETY_JUDGE_API_KEY, else as above
          --allow-same-family  a judge may be of the family of a judged model
          --abstain-below P  the text classifier leaves answers below this confidence open, a fraction from 0.5 (trained, combined; default 0.5, with --judge 0.92)
          --calibrations DIR where "calibrate" left what it measured (default {DefaultFolder})
        """;

    private const double WithJudge = .92;

    private readonly List<IChatClient> _clients = [];
    private readonly List<ModelConnection> _connections;
    private readonly JudgeProtocol _protocol;
    private readonly bool _allowSameFamily;
    private readonly double? _abstainBelow;
    private readonly Func<ModelConnection, IChatClient> _connect;

    private JudgeSettings(List<ModelConnection> connections, JudgeProtocol protocol, bool allowSameFamily, double? abstainBelow, string? folder, Func<ModelConnection, IChatClient> connect)
    {
        (_connections, _protocol, _allowSameFamily, _abstainBelow, _connect) = (connections, protocol, allowSameFamily, abstainBelow, connect);
        Calibrations = new CalibrationStore(folder ?? DefaultFolder);
        KeepsCalibration = connections.Count > 0 || folder is not null;
    }

    /// <summary>Where calibrations are kept.</summary>
    internal CalibrationStore Calibrations { get; }

    /// <summary>Whether verdicts cost money.</summary>
    internal bool HasJudges => _connections.Count > 0;

    /// <summary>Whether a measurement is to be kept: always for judges, whose error nobody else has measured.</summary>
    internal bool KeepsCalibration { get; }

    internal static JudgeSettings Read(ArgumentReader arguments, string? endpoint, string? provider, Func<string, string?> environment, Func<ModelConnection, IChatClient>? connect = null)
    {
        var models = arguments.Options("judge");
        endpoint = arguments.Option("judge-endpoint") ?? endpoint;
        provider = arguments.Option("judge-provider") ?? provider;
        var protocol = arguments.Option("judge-protocol");
        var allow = arguments.Flag("allow-same-family");
        var below = arguments.Fraction("abstain-below");
        var folder = arguments.Option("calibrations");
        if (models.Count == 0 && (protocol is not null || allow))
            throw new UsageException("--judge-protocol and --allow-same-family need --judge MODEL.");
        if (models.Distinct(StringComparer.Ordinal).Count() < models.Count)
            throw new UsageException("--judge names the same model twice: one judge has one vote.");
        if (below < .5)
            throw new UsageException("--abstain-below is a fraction from 0.5: below it the other outcome is the likelier one.");
        try
        {
            return new(
                [.. models.Select(model => ModelConnection.ForJudge(model, endpoint, provider))], JudgeProtocols.Get(protocol ?? "rubric"), allow, below, folder, connect ?? (connection => connection.Connect(environment).Client));
        }
        catch (UnknownClassifierException e)
        {
            throw new UsageException($"--judge-protocol is one of {string.Join(", ", e.Known)}; not '{e.Id}'.");
        }
    }

    /// <summary>The classifier under a name, with the judges where they belong and the calibration measured for it; warnings go to the terminal.</summary>
    internal IResponseClassifier Create(string? name, string fallback, IEnumerable<string> judged, Terminal terminal)
    {
        var classifier = Uncalibrated(name, fallback, judged, terminal);
        if (classifier.Identity.Trust == LabelTrust.Human)
            return classifier;
        var calibration = Calibrations.Find(classifier.Identity);
        if (calibration is not null)
            terminal.Line($"Calibration found: {calibration}.");
        else if (_connections.Count > 0)
            terminal.Line("No calibration of this judge was found: \"calibrate\" it on human labels, else the best it allows is deploying with monitoring.");
        return calibration is null ? classifier : new CalibratedClassifier(classifier, calibration);
    }

    /// <summary>The classifier under a name as it is.</summary>
    internal IResponseClassifier Uncalibrated(string? name, string fallback, IEnumerable<string> judged, Terminal terminal)
    {
        if (_connections.Count == 0)
            return name is "judge" or "panel" ? throw new UsageException($"--classifier {name} needs --judge MODEL.") : Text(name ?? fallback, .5);
        if (name == "panel" && _connections.Count < 2)
            throw new UsageException("--classifier panel needs --judge at least twice.");
        if (name == "judge" && _connections.Count > 1)
            throw new UsageException("--classifier judge takes one --judge; several are a panel.");
        if (name == "recorded")
            throw new UsageException("--classifier recorded takes no judge.");
        var text = name is null or "judge" or "panel" ? null : Text(name, WithJudge);
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
        var decider = judges.Count == 1 ? judges[0] : new JudgePanel(judges);
        return text is null ? decider : Judges.Behind(text, decider);
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private IResponseClassifier Text(string name, double abstainBelow) => ClassifierOptions.Create(name, new TextClassifierOptions { AbstainBelow = _abstainBelow ?? abstainBelow });

    private IResponseClassifier Judge(ModelConnection connection)
    {
        var client = _connect(connection);
        _clients.Add(client);
        return Judges.Create(client, new JudgeOptions { Model = connection.Model, Protocol = _protocol, AllowSameFamily = _allowSameFamily });
    }
}
