namespace SafetyRegression;

/// <summary>A received baseline that may not be accepted like this; nothing was changed.</summary>
public sealed class BaselineNotAcceptedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public BaselineNotAcceptedException(string message)
        : base(message)
    {
    }
}
