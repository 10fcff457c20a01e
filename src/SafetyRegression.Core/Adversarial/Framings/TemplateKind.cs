namespace SafetyRegression;

/// <summary>What a template does with a request.</summary>
public enum TemplateKind
{
    /// <summary>Argues for an answer: the structures known as jailbreaks.</summary>
    Framing = 0,

    /// <summary>Surrounds an encoded text and says what it is.</summary>
    Wrapper = 1,

    /// <summary>Is the setting in which the request is made: a system prompt, a document, earlier turns.</summary>
    Context = 2,
}
