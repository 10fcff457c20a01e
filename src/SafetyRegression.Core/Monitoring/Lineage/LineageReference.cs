namespace SafetyRegression;

/// <summary>What an iteration is compared with.</summary>
public enum LineageReference
{
    /// <summary>The pinned baseline: finds what adds up.</summary>
    Pin = 0,

    /// <summary>The iteration before: finds what just happened.</summary>
    Previous = 1,
}
