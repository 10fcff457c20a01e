using System.Text;
using System.Text.RegularExpressions;
using global::Simulation;
using SafetyRegression.Adversarial;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>
/// A model that reads Base64 by itself: it finds it in the message, decodes it, and looks up the plain request. It was never told which variants exist.
/// </summary>
internal sealed partial class ReadingModel(string name, TopicLookup plain, Func<bool, bool, string> answer, bool repliesInCode = false) : ISimulatedModel
{
    public string Name => name;

    public SimulatedReply Reply(SimulatedRequest request)
    {
        var message = request.Messages[^1].Text;
        var code = Code().Match(message);
        var text = code.Success && PromptTransforms.Find("base64")!.TryDecode(code.Value, out var decoded) ? decoded : message;
        var topic = plain.Find([new SimulatedMessage("user", text)]);
        var reply = text.Contains("capital of France", StringComparison.Ordinal) ? "Paris" : answer(code.Success, topic is { IsHarmful: true });
        return new SimulatedReply(code.Success && repliesInCode ? Convert.ToBase64String(Encoding.UTF8.GetBytes(reply)) : reply);
    }

    [GeneratedRegex("[A-Za-z0-9+/]{24,}={0,2}")]
    private static partial Regex Code();
}
