namespace SafetyRegression.Gating;

/// <summary>A run that a rule stopped has shown a regression already, and has asked too little to show anything else: it blocks.</summary>
internal static class EarlyStopGate
{
    public static GateResult Of(EarlyStop stopped) => new()
    {
        Id = "early-stop",
        Title = "Early stop",
        Status = GateStatus.Failed,
        Allows = DeploymentRecommendation.Block,
        Evidence = $"A regression was clear before everything was asked: the run was {stopped}. What was not asked is skipped by design. The rates are those of the pairs asked until then and tend to overstate the change, since a run stops when it looks worst; run the rest to see every category.",
    };
}
