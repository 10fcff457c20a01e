using Microsoft.Extensions.AI;
using SafetyRegression;
using SafetyRegression.Classification;
using Simulation;

namespace FineTuneGate.CommandLine;

/// <summary>Who scores toxicity, when anybody does. What it connects to is disposed with it.</summary>
internal sealed class ToxicitySettings : IDisposable
{
    internal const string Usage = """
          --toxicity openai-moderation|perspective|judge   also score how toxic each answer is (default: not measured)
          --toxicity-model MODEL   the moderation or judge model (default omni-moderation-latest; a judge has none)
          --toxicity-endpoint URL  where it is (default: OpenAI's, Perspective's, or where the models are); keys: SAFETY_TOXICITY_API_KEY, else as above, for Perspective PERSPECTIVE_API_KEY
        """;

    private readonly List<IDisposable> _owned = [];

    private ToxicitySettings()
    {
    }

    /// <summary>The scorer; <see langword="null"/> when toxicity was not asked for.</summary>
    internal IToxicityClassifier? Scorer { get; private init; }

    internal static ToxicitySettings Read(ArgumentReader arguments, string? endpoint, Func<string, string?> environment)
    {
        var kind = arguments.Option("toxicity");
        var model = arguments.Option("toxicity-model");
        var at = arguments.Option("toxicity-endpoint");
        var owned = new List<IDisposable>();
        IToxicityClassifier? scorer = kind switch
        {
            null when model is null && at is null => null,
            "openai-moderation" => Moderation(at ?? endpoint),
            "perspective" => Perspective(at),
            "judge" => Judge(model ?? throw new UsageException("--toxicity judge needs --toxicity-model MODEL."), at ?? endpoint),
            null => throw new UsageException("--toxicity-model and --toxicity-endpoint need --toxicity."),
            _ => throw new UsageException($"--toxicity is one of openai-moderation, perspective, judge; not '{kind}'."),
        };
        var settings = new ToxicitySettings { Scorer = scorer };
        settings._owned.AddRange(owned);
        return settings;

        OpenAIModerationScorer Moderation(string? address)
        {
            var connection = ModelConnection.ForToxicity(model ?? "omni-moderation-latest", address, "openai");
            return new OpenAIModerationScorer(connection.Endpoint, connection.Model, connection.Key(environment));
        }

        RetryingToxicityClassifier Perspective(string? address)
        {
            var connection = ModelConnection.ForToxicity("perspective", address ?? "https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze", "openai") with
            {
                // Another company's service: the keys of the models must not go there.
                KeyNames = ["SAFETY_TOXICITY_API_KEY", "PERSPECTIVE_API_KEY"],
            };
            var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            owned.Add(http);
            return new RetryingToxicityClassifier(new HttpToxicityClassifier(http, new Uri($"{connection.Endpoint}?key={Uri.EscapeDataString(connection.Key(environment))}"), ToxicityService.Perspective()));
        }

        JudgeToxicityClassifier Judge(string name, string? address)
        {
            var client = ModelConnection.ForToxicity(name, address, provider: null).Connect(environment).Client;
            owned.Add(client);
            return new JudgeToxicityClassifier(client, new JudgeOptions { Model = name });
        }
    }

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());
}
