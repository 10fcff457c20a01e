namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>The tables.</summary>
internal enum Section
{
    /// <summary>Nothing changed.</summary>
    NoChange,

    /// <summary>One category alone: detection and clearance against the planner.</summary>
    Planner,

    /// <summary>The whole pipeline with a drop.</summary>
    Drop,

    /// <summary>A classifier that errs.</summary>
    Classifier,

    /// <summary>Answers without a verdict.</summary>
    MissingData,
}
