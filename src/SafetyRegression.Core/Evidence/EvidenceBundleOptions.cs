namespace SafetyRegression;

/// <summary>What goes into a bundle besides plan, outcomes and report.</summary>
public sealed class EvidenceBundleOptions
{
    /// <summary>Signs the list of contents.</summary>
    /// <value>Default <see langword="null"/>: not signed.</value>
    public EvidenceKey? Key { get; set; }

    /// <summary>
    /// The answers, such as <see cref="RunLog.ReadAnswersAsync"/>, to be written with the prompts into a file of their own that only its owner may read. The
    /// bundle verifies with and without that file.
    /// </summary>
    /// <value>Default <see langword="null"/>: no text leaves the run log.</value>
    public IAsyncEnumerable<ModelAnswer>? Answers { get; set; }
}
