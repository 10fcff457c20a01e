using System.Globalization;

namespace SafetyRegression;

/// <summary>A text that a transform cannot carry unchanged. The message holds no part of the text.</summary>
/// <param name="transformId">The transform.</param>
/// <param name="position">0-based position of the first character that cannot be carried, or -1 when it is the text as a whole.</param>
/// <param name="problem">What is wrong, in words.</param>
public sealed class UnencodableTextException(string transformId, int position, string problem)
    : ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{transformId} cannot encode this text{(position < 0 ? string.Empty : $" at character {position}")}: {problem}"))
{
    /// <summary>The transform.</summary>
    public string TransformId { get; } = transformId;

    /// <summary>0-based position of the first character that cannot be carried, or -1.</summary>
    public int Position { get; } = position;
}
