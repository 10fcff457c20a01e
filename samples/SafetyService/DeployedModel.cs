using SafetyRegression;
using Simulation;

namespace SafetyService;

/// <summary>The model that is deployed at this moment. Deploying another one is setting its name.</summary>
internal sealed class DeployedModel(SimulationServer server, string name, int seed)
{
    private volatile string _name = name;

    internal string Name
    {
        get => _name;
        set => _name = value;
    }

    internal ModelTarget Connect() => SimulatedTarget.Connect(server, _name, seed);
}
