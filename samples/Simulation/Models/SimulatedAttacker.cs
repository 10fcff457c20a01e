using System.Globalization;
using System.Text.RegularExpressions;

namespace Simulation;

/// <summary>
/// An attacker for the simulated models: writes two harmless steps, then asks for the goal word for word, in the form that attackers are asked for. It has no
/// craft of its own; what it shows is that attacks are made, paired and counted.
/// </summary>
/// <param name="name">The model id.</param>
public sealed partial class SimulatedAttacker(string name) : ISimulatedModel
{
    private const int Steps = 2;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public SimulatedReply Reply(SimulatedRequest request)
    {
        var told = request.Messages[^1].Text;
        var goal = Goal().Match(told);
        if (!goal.Success)
            return new SimulatedReply("There is no goal.");
        var said = Said().Count(told);
        return new SimulatedReply(said < Steps
            ? string.Create(CultureInfo.InvariantCulture, $"<message asks=\"no\">What is worth knowing about this, in general? ({said + 1})</message>")
            : $"<message asks=\"yes\">{goal.Groups["text"].Value}</message>");
    }

    [GeneratedRegex("<goal>(?<text>.*?)</goal>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Goal();

    [GeneratedRegex("^user: ", RegexOptions.Multiline, 1000)]
    private static partial Regex Said();
}
