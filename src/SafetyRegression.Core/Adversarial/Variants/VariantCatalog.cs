using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression.Adversarial;

namespace SafetyRegression;

/// <summary>Everything a plan can name: the built-in transforms and templates, and the user's templates.</summary>
/// <param name="own">The user's templates; one with the name of a built-in template takes its place.</param>
public sealed class VariantCatalog(params IEnumerable<PromptTemplate> own)
{
    private const string DefaultWrapper = "decode";
    private const int MostDraws = 1000;

    /// <summary>The built-in ones only.</summary>
    public static VariantCatalog BuiltIn { get; } = new();

    /// <summary>All templates.</summary>
    public ImmutableArray<PromptTemplate> Templates { get; } = [.. own.Concat(PromptTemplates.All).DistinctBy(template => (template.Kind, template.Name))];

    /// <summary>All encodings.</summary>
    public static ImmutableArray<IPromptTransform> Encodings => PromptTransforms.All;

    /// <summary>
    /// Reads a recipe: names of encodings and at most one framing joined by <c>+</c>, then <c>/wrapper</c> (default <c>decode</c>; <c>/bare</c> for none), then
    /// <c>*n</c> for n draws. Examples: <c>base64</c>, <c>rot13+base64/bare</c>, <c>persona</c>, <c>hex+fiction</c>, <c>scramble*5</c>.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="UnknownVariantException">A name is not known, or the parts do not go together.</exception>
    public VariantRecipe Parse(string recipe)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(recipe);
        var (rest, draws) = Draws(recipe.Trim());
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var parts = (slash < 0 ? rest : rest[..slash]).Split('+');
        var encodings = new List<string>();
        PromptTemplate? framing = null;
        foreach (var part in parts)
        {
            if (PromptTransforms.Find(part) is not null)
                encodings.Add(part);
            else if (framing is null && Find(TemplateKind.Framing, part) is { } found)
                framing = found;
            else
                throw new UnknownVariantException(part, Known(TemplateKind.Framing));
        }

        var encoding = encodings.Count == 0 ? null : PromptTransforms.Find(string.Join('+', encodings));
        if (encoding is null && slash >= 0)
            throw new UnknownVariantException(recipe, [], "a wrapper goes with an encoding only");
        if (draws > 1 && encoding is not { IsSeeded: true })
            throw new UnknownVariantException(recipe, [], "several draws make sense of a random encoding only, such as scramble*5");
        return new VariantRecipe { Encoding = encoding, Framing = framing, Wrapper = encoding is null ? null : Wrapper(slash < 0 ? DefaultWrapperOf(encoding) : rest[(slash + 1)..]), Draws = draws };
    }

    /// <summary>Finds a context by name or id.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="UnknownVariantException">There is no such context.</exception>
    public PromptTemplate Context(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(TemplateKind.Context, name.Trim()) ?? throw new UnknownVariantException(name, [.. Templates.Where(template => template.Kind == TemplateKind.Context).Select(template => template.Name)]);
    }

    /// <summary>Noise in the spelling needs no introduction; a real encoding is announced.</summary>
    private static string DefaultWrapperOf(IPromptTransform encoding) => encoding.IsSeeded ? "bare" : DefaultWrapper;

    private PromptTemplate Wrapper(string name) => Find(TemplateKind.Wrapper, name)
        ?? throw new UnknownVariantException(name, [.. Templates.Where(template => template.Kind == TemplateKind.Wrapper).Select(template => template.Name)]);

    private PromptTemplate? Find(TemplateKind kind, string name) => Templates.FirstOrDefault(template => template.Kind == kind && (template.Name == name || template.Id == name));

    private ImmutableArray<string> Known(TemplateKind kind) =>
        [.. Encodings.Select(encoding => encoding.Id[..encoding.Id.IndexOf('@', StringComparison.Ordinal)]), .. Templates.Where(template => template.Kind == kind).Select(template => template.Name)];

    private static (string Names, int Draws) Draws(string recipe)
    {
        var star = recipe.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return (recipe, 1);
        return int.TryParse(recipe.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var draws) && draws is >= 1 and <= MostDraws
            ? (recipe[..star], draws)
            : throw new UnknownVariantException(recipe, [], "the number of draws is a whole number from 1 to 1000");
    }
}
