namespace SafetyRegression;

/// <summary>How far the labels of a classifier are known to be right.</summary>
public enum LabelTrust
{
    /// <summary>Its error was never measured by the host.</summary>
    Uncalibrated = 0,

    /// <summary>Its error was measured against human labels and is shipped or stored with it.</summary>
    Calibrated = 1,

    /// <summary>The labels came with the answers and are taken for people's.</summary>
    Human = 2,
}
