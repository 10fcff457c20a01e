namespace SafetyRegression;

/// <summary>What an iteration is looked at for.</summary>
public enum LineagePurpose
{
    /// <summary>To be cleared: what is not shown to be safe enough is not deployed.</summary>
    Clear = 0,

    /// <summary>
    /// To be watched: the model was cleared before, and a small suite is asked regularly to notice a loss. Shows losses and clears nothing, so what such a
    /// suite is too small to show does not count against the model.
    /// </summary>
    Watch = 1,
}
