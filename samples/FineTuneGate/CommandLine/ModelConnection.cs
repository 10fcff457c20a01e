using Microsoft.Extensions.AI;
using SafetyRegression;
using Simulation;

namespace FineTuneGate.CommandLine;

/// <summary>Where a model is and how to reach it. Keys come from environment variables only, so that no command line or log holds one.</summary>
internal sealed record ModelConnection
{
    internal const string Usage = """
          --endpoint URL     an OpenAI-compatible endpoint up to and including /v1, or an Anthropic endpoint (default: the provider's own)
          --baseline-endpoint URL, --candidate-endpoint URL   when the models live apart
          --provider openai|anthropic   (default: anthropic for models whose id starts with "claude", else openai); also --baseline-provider, --candidate-provider
          --baseline-revision R, --candidate-revision R   checkpoint or snapshot, when the model id alone does not pin one
          keys: SAFETY_BASELINE_API_KEY, SAFETY_CANDIDATE_API_KEY, SAFETY_API_KEY, else OPENAI_API_KEY or ANTHROPIC_API_KEY
        """;

    /// <summary><c>baseline</c>, <c>candidate</c>, <c>judge</c> or <c>toxicity</c>.</summary>
    internal required string Role { get; init; }

    internal required string Model { get; init; }

    internal required bool IsAnthropic { get; init; }

    internal required Uri Endpoint { get; init; }

    internal string? Revision { get; init; }

    internal TokenPrice? Price { get; init; }

    /// <summary>The environment variables a key may come from, the first that is set; the default is the role's own, the common one and the provider's.</summary>
    internal IReadOnlyList<string>? KeyNames { get; init; }

    internal static ModelConnection Read(ArgumentReader arguments, Arm arm, string? endpoint, string? provider, TokenPrice? price = null)
    {
        var side = arm == Arm.Baseline ? "baseline" : "candidate";
        var model = arguments.Required(side);
        return Of(side, model, arguments.Option($"{side}-endpoint") ?? endpoint, arguments.Option($"{side}-provider") ?? provider) with
        {
            Revision = arguments.Option($"{side}-revision"),
            Price = PriceOptions.Read(arguments, arm, price),
        };
    }

    /// <summary>A model with a part of its own in a run, such as <c>attacker</c> or <c>translator</c>: its key is asked for under that name.</summary>
    internal static ModelConnection ForRole(string role, string model, string? endpoint, string? provider) => Of(role, model, endpoint, provider);

    /// <summary>A judge model.</summary>
    internal static ModelConnection ForJudge(string model, string? endpoint, string? provider) => Of("judge", model, endpoint, provider);

    /// <summary>A service or model that scores toxicity.</summary>
    internal static ModelConnection ForToxicity(string model, string? endpoint, string? provider) => Of("toxicity", model, endpoint, provider);

    /// <summary>The model as the runner wants it. The caller disposes the client.</summary>
    internal ModelTarget Connect(Func<string, string?> environment)
    {
        var key = Key(environment);
        IChatClient client = IsAnthropic ? new AnthropicChatClientAdapter(Endpoint, Model, key) : new OpenAIChatClientAdapter(Endpoint, Model, key);
        return new ModelTarget(client, new TargetIdentity { Provider = IsAnthropic ? "anthropic" : "openai", Model = Model, Endpoint = Endpoint, Revision = Revision }) { Price = Price };
    }

    /// <summary>The key, from the environment only.</summary>
    internal string Key(Func<string, string?> environment)
    {
        var names = KeyNames ?? [$"SAFETY_{Role.ToUpperInvariant()}_API_KEY", "SAFETY_API_KEY", IsAnthropic ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY"];
        if (names.Select(environment).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) is { } key)
            return key;
        // Servers on this machine mostly take no key.
        return Endpoint.IsLoopback ? "none" : throw new UsageException($"No key for {Model}: set {string.Join(" or ", names)}.");
    }

    private static ModelConnection Of(string role, string model, string? endpoint, string? provider)
    {
        provider ??= model.StartsWith("claude", StringComparison.OrdinalIgnoreCase) ? "anthropic" : "openai";
        if (provider is not ("openai" or "anthropic"))
            throw new UsageException($"--provider is one of openai, anthropic; not '{provider}'.");
        return new ModelConnection
        {
            Role = role,
            Model = model,
            IsAnthropic = provider == "anthropic",
            Endpoint = Address(endpoint ?? (provider == "anthropic" ? "https://api.anthropic.com" : "https://api.openai.com/v1")),
        };
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : throw new UsageException($"An endpoint is an http or https address; not '{text}'.");
}
