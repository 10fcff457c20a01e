namespace SafetyRegression;

/// <summary>How much of a text comes back when it is encoded and decoded.</summary>
public enum Reversibility
{
    /// <summary>Not all of it; decoding is a reading aid at best.</summary>
    None = 0,

    /// <summary>The text up to letter case, white space and full-width forms.</summary>
    UpToForm = 1,

    /// <summary>The text, to the character.</summary>
    Exact = 2,
}
