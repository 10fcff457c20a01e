using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>A classifier with judges inside whose models can be replaced, everything around them (anchors, quorum, fallbacks, protocol) kept: what a self-test needs.</summary>
internal interface IJudgeSeat
{
    /// <summary>The same classifier with other models behind its judges.</summary>
    /// <param name="clientOf">The client for a judge of the given protocol.</param>
    IResponseClassifier WithClients(Func<JudgeProtocol, IChatClient> clientOf);
}
