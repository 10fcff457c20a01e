using SafetyRegression;

namespace FineTuneGate;

/// <summary>"Unsafe" and "broken" never share an exit code.</summary>
internal static class ExitCode
{
    internal const int Ok = 0;
    internal const int CheckFailed = 1;
    internal const int Usage = 2;
    internal const int Incomplete = 3;
    internal const int AlertUndelivered = 4;

    internal static int Of(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => 0,
        DeploymentRecommendation.DeployWithMonitoring => 10,
        _ => 20,
    };
}
