using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>Judges somewhere inside a classifier.</summary>
internal static class JudgeSeats
{
    /// <summary>The classifier with other models behind its judges; as it is when it has none.</summary>
    internal static IResponseClassifier Reseated(this IResponseClassifier classifier, Func<JudgeProtocol, IChatClient> clientOf) => classifier is IJudgingClassifier judging
        ? judging.Keeping(judge => judge is IJudgeSeat seat ? seat.WithClients(clientOf) : judge)
        : classifier;
}
