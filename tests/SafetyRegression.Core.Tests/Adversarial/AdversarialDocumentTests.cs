using SafetyRegression.Adversarial;
using SafetyRegression.Tests.Architecture;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>The tables of the document are those of the catalogue.</summary>
public sealed class AdversarialDocumentTests
{
    private static readonly Lazy<string[]> _lines = new(() => File.ReadAllText(Repository.PathOf("docs", "adversarial.md")).ReplaceLineEndings("\n").Split('\n'));

    [Test]
    public void Every_transform_has_its_row_and_every_row_its_transform() => Assert.That(Rows("| id | name |"), Is.EqualTo(PromptTransforms.All.Select(transform =>
        $"| `{transform.Id}` | {transform.Title} | {ComesBack(transform.Reversibility)} | {(transform.Alphabet.Length > 0 ? "by runs of its characters" : "as a whole")} | {(transform.IsSeeded ? "yes" : "no")} |")));

    [Test]
    public void Every_template_has_its_row_and_every_row_its_template() => Assert.That(Rows("| id | kind |"), Is.EquivalentTo(PromptTemplates.All.Select(template =>
        $"| `{template.Id}` | {template.Kind.ToString().ToLowerInvariant()} | {template.Family} | {template.Title} |")));

    private static IEnumerable<string> Rows(string head) => _lines.Value.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static string ComesBack(Reversibility reversibility) => reversibility switch
    {
        Reversibility.Exact => "to the character",
        Reversibility.UpToForm => "up to letter case, white space and width",
        _ => "no",
    };
}
