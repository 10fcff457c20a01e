using Microsoft.Extensions.AI;
using SafetyRegression.Classification;

namespace SafetyRegression.SelfTest;

/// <summary>The clients of scripted judges, one for each judge of a pipeline.</summary>
internal sealed class ScriptedJudges(ScriptedJudgement judgement) : IDisposable
{
    private readonly List<ScriptedJudge> _clients = [];

    /// <summary>Whether a judge was given one.</summary>
    internal bool Any => _clients.Count > 0;

    internal IChatClient For(JudgeProtocol protocol)
    {
        var client = new ScriptedJudge(protocol, judgement);
        _clients.Add(client);
        return client;
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
