namespace SafetyRegression;

/// <summary>One thing that does not fit, and where.</summary>
/// <param name="Place">The file, with its line or the JSON path inside it.</param>
/// <param name="Message">What was found and what it should be.</param>
public sealed record EvidenceProblem(string Place, string Message)
{
    /// <summary>Place and message in one line.</summary>
    public override string ToString() => $"{Place}: {Message}";
}
