namespace SafetyRegression;

/// <summary>A judge model.</summary>
/// <param name="Model">Its model id.</param>
/// <param name="AllowSameFamily">Whether the host lets it judge models of its own family.</param>
public sealed record JudgeModel(string Model, bool AllowSameFamily = false)
{
    /// <summary>How it is asked: the protocol's id and version; <see langword="null"/> when a host's own judge does not say.</summary>
    public string? Protocol { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) over the prompt's templates, version and limits; <see langword="null"/> when a host's own judge does not say.</summary>
    public string? PromptHash { get; init; }
}
