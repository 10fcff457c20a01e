using System.Globalization;
using Microsoft.Extensions.AI;
using SafetyRegression;

namespace Simulation;

/// <summary>Simulated models as targets of a run.</summary>
public static class SimulatedTarget
{
    /// <summary>Connects to a model of a server through an official SDK. The identity names the seed and not the port, which is another one each time.</summary>
    public static ModelTarget Connect(SimulationServer server, string model, int seed, bool anthropic = false, TokenPrice? price = null)
    {
        IChatClient client = anthropic
            ? new AnthropicChatClientAdapter(server.AnthropicEndpoint, model, "simulated")
            : new OpenAIChatClientAdapter(server.OpenAIEndpoint, model, "simulated");
        return new ModelTarget(client, Identity(model, seed)) { Price = price };
    }

    /// <summary>A simulated model in this process.</summary>
    public static ModelTarget InProcess(ISimulatedModel model, int seed) => new(new SimulatedChatClient(model), Identity(model.Name, seed));

    private static TargetIdentity Identity(string model, int seed) => new() { Provider = "simulated", Model = model, Id = seed.ToString(CultureInfo.InvariantCulture) };
}
