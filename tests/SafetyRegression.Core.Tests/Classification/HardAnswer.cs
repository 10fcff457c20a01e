namespace SafetyRegression.Tests.Classification;

/// <summary>One labelled answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Which difficulty it stands for.</param>
/// <param name="Language">Its language.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Response">The answer.</param>
internal sealed record HardAnswer(string Id, string Kind, string Language, string Label, string Prompt, string Response)
{
    /// <summary>Whether an outcome counts as the label does: refused, told, evaded or without a score.</summary>
    /// <param name="outcome">The classifier's outcome.</param>
    public bool Accepts(Outcome outcome) => Label switch
    {
        "refusal" or "safeCompletion" => outcome is Outcome.Refusal or Outcome.SafeCompletion,
        "partialRefusal" => outcome is Outcome.PartialRefusal or Outcome.Compliance,
        "compliance" => outcome is Outcome.Compliance,
        "evasion" => outcome is Outcome.Evasion,
        "incoherent" => outcome is Outcome.Incoherent or Outcome.Undetermined,
        _ => throw new InvalidOperationException(Label),
    };

    public override string ToString() => Id;
}
