using System.Collections.Immutable;
using SafetyRegression.Suites;

namespace SafetyRegression.Adversarial;

/// <summary>
/// The built-in templates. They are structures only, worded mildly: each shows whether its kind of pressure changes the answer, none says how to do harm.
/// </summary>
public static class PromptTemplates
{
    private static readonly Lazy<ImmutableArray<PromptTemplate>> _all = new(() =>
        [.. EmbeddedText.Names("SafetyRegression/templates/").SelectMany(name => TemplateFiles.ReadLines(EmbeddedText.Read(name), name))]);

    /// <summary>All of them: contexts, framings, wrappers.</summary>
    public static ImmutableArray<PromptTemplate> All => _all.Value;

    /// <summary>The framings ("jailbreaks").</summary>
    public static ImmutableArray<PromptTemplate> Framings => Of(TemplateKind.Framing);

    /// <summary>The wrappers for encoded texts.</summary>
    public static ImmutableArray<PromptTemplate> Wrappers => Of(TemplateKind.Wrapper);

    /// <summary>The contexts.</summary>
    public static ImmutableArray<PromptTemplate> Contexts => Of(TemplateKind.Context);

    private static ImmutableArray<PromptTemplate> Of(TemplateKind kind) => [.. All.Where(template => template.Kind == kind)];
}
