using System.Globalization;
using SafetyRegression;
using SafetyRegression.Adversarial;

namespace FineTuneGate.CommandLine;

/// <summary>The options that vary a suite's prompts, the same for every command that names a suite to ask or to analyse.</summary>
internal static class VariantOptions
{
    internal const string Usage = $"""
          --variants LIST    encodings and framings: base64,rot13+base64/bare,persona,scramble*5 …, all, none, or {EmbeddedPlan.Name} (what runs without arguments)
          --contexts LIST    system prompts and settings: guard,permissive,document …, all, none
          --cross            each variant in each context too, not only plainly
          --templates DIR    your own framings, wrappers and contexts (.txt with a prompt slot, .json, .jsonl)
          --per-category N   harmful prompts varied per category (default 8); --benign-per-category N (default 0)
          --variant-seed S   picks the prompts and feeds random encodings
        """;

    /// <summary>The suite with its variants; what could not be varied is said.</summary>
    internal static SafetySuite Apply(SafetySuite suite, ArgumentReader arguments, string fallback, Action<string> say)
    {
        var expansion = SuiteVariants.Expand(suite, Read(arguments, fallback));
        foreach (var group in expansion.Skipped.GroupBy(skipped => skipped.Variant))
            say(string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()} prompts could not be varied, first {group.First().SeedId}: {group.First().Reason}"));
        return expansion.Suite;
    }

    private static VariantPlan Read(ArgumentReader arguments, string fallback)
    {
        var variants = arguments.Option("variants");
        var contexts = arguments.Option("contexts");
        var folder = arguments.Option("templates");
        var plan = new VariantPlan
        {
            Cross = arguments.Flag("cross"),
            PerCategory = arguments.Integer("per-category", 1, 100_000) ?? 8,
            BenignPerCategory = arguments.Integer("benign-per-category", 0, 100_000) ?? 0,
            Seed = arguments.Option("variant-seed") ?? string.Empty,
        };
        if ((variants ?? (contexts is null ? fallback : "none")) is EmbeddedPlan.Name)
            return contexts is null && folder is null ? EmbeddedPlan.Variants : throw new UsageException($"--variants {EmbeddedPlan.Name} is a plan of its own; name the variants to add contexts or templates.");
        try
        {
            var catalog = folder is null ? VariantCatalog.BuiltIn : new VariantCatalog(TemplateFiles.LoadFolder(folder));
            return plan with
            {
                Variants = [.. Names(variants, () => VariantCatalog.Encodings.Where(encoding => !encoding.IsSeeded).Select(encoding => encoding.Id).Concat(Of(catalog, TemplateKind.Framing)).Append("random-case").Append("scramble*5")).Select(catalog.Parse)],
                Contexts = [.. Names(contexts, () => Of(catalog, TemplateKind.Context)).Select(catalog.Context)],
            };
        }
        catch (UnknownVariantException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static IEnumerable<string> Of(VariantCatalog catalog, TemplateKind kind) => catalog.Templates.Where(template => template.Kind == kind).Select(template => template.Name);

    private static IEnumerable<string> Names(string? list, Func<IEnumerable<string>> all) => list switch
    {
        null or "none" => [],
        "all" => all(),
        _ => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };
}
