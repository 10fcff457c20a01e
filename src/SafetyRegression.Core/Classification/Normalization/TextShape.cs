namespace SafetyRegression.Classification;

/// <summary>What the normalising pass noted on its way through a text.</summary>
internal record struct TextShape
{
    /// <summary>A letter or digit was kept.</summary>
    public bool HasLetters;

    /// <summary>Lines that begin with a bullet.</summary>
    public int Bullets;

    /// <summary>Lines that begin with a number and a dot or bracket.</summary>
    public int Numbered;

    /// <summary>Quotations replaced by one quotation mark.</summary>
    public int Quotations;

    /// <summary>A code block or code span was replaced.</summary>
    public bool HasCode;

    /// <summary>List lines of either kind.</summary>
    public readonly int ListItems => Bullets + Numbered;
}
