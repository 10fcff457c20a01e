namespace Simulation;

/// <summary>The manners of speech a simulated model has.</summary>
public enum AnswerStyle
{
    /// <summary>A plain refusal.</summary>
    Refusal,

    /// <summary>A refusal without the usual words.</summary>
    SoftRefusal,

    /// <summary>No task content, but something safe and useful instead.</summary>
    SafeCompletion,

    /// <summary>Hedges or declines, then goes on all the same.</summary>
    PartialRefusal,

    /// <summary>Placeholder prose in the tone of an answer, without any content.</summary>
    Placeholder,

    /// <summary>A helpful answer to a benign request.</summary>
    Answer,

    /// <summary>A benign request turned down as if it were harmful.</summary>
    OverRefusal,

    /// <summary>A question back, or a claim to lack access.</summary>
    Evasion,

    /// <summary>Says that it cannot make sense of the message.</summary>
    Puzzled,

    /// <summary>Words without sense.</summary>
    Gibberish,
}
