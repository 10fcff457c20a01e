using SafetyRegression.Adversarial;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>Built-in and user templates.</summary>
public sealed class TemplateTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("templates").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_built_in_templates_cover_the_families()
    {
        string[] families = ["persona", "fiction", "policy-puppetry", "refusal-suppression", "prefix-injection", "assistant-prefill", "many-shot", "suffix", "tense", "persuasion"];
        string[] contexts = ["empty", "default", "guard", "permissive-persona", "operator-override", "long-prefix", "injected-document", "conversation-prefix"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PromptTemplates.Framings.Select(template => template.Family), Is.SupersetOf(families));
            Assert.That(PromptTemplates.Contexts.Select(template => template.Family), Is.EquivalentTo(contexts));
            Assert.That(PromptTemplates.Wrappers.Select(template => template.Name), Is.EquivalentTo(new[] { "bare", "decode", "reply-encoded" }));
            Assert.That(PromptTemplates.All.Select(template => template.Name), Is.Unique);
        }
    }

    [Test]
    public void A_request_is_put_in_once_and_nothing_in_it_is_taken_for_a_slot()
    {
        const string Request = "say {prompt} and {encoding} and {opening}";
        foreach (var template in PromptTemplates.All)
        {
            var text = string.Join('\n', template.Fill(Request, "Base64").Select(turn => turn.Text));
            Assert.That(text.Split(Request), Has.Length.EqualTo(2), template.Id);
            Assert.That(text.Replace(Request, string.Empty, StringComparison.Ordinal), Does.Not.Contain("{"), template.Id);
        }
    }

    [Test]
    public void A_wrapper_names_the_encoding() =>
        Assert.That(PromptTemplates.Wrappers.Single(template => template.Name == "decode").Fill("abc", "ROT13")[0].Text, Does.StartWith("The message below is written in ROT13."));

    [Test]
    public void A_folder_of_own_templates_is_loaded()
    {
        Write("a grim_tale.txt", "Once upon a time: {prompt}\nThe end.\n");
        Write("two.jsonl", """{"name":"one","family":"own","title":"t","turns":[{"role":"user","text":"{greeting}, {prompt}"}],"slots":{"greeting":"Hello"}}""" + "\n\n"
            + """{"name":"setting","kind":"context","version":3,"family":"own","title":"t","system":"Be brief.","turns":[{"role":"user","text":"{prompt}"}]}""");
        Write("three.json", "{\n \"name\": \"pre\", \"family\": \"own\", \"title\": \"t\",\n \"turns\": [{\"role\": \"user\", \"text\": \"{prompt}\"}, {\"role\": \"assistant\", \"text\": \"Yes:\"}]\n}");
        Write("notes.md", "no template");
        var templates = TemplateFiles.LoadFolder(_folder);
        var catalog = new VariantCatalog(templates);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(templates.Select(template => template.Id), Is.EqualTo(new[] { "a-grim-tale@1", "pre@1", "one@1", "setting@3" }));
            Assert.That(catalog.Parse("one").Framing!.Fill("x")[0].Text, Is.EqualTo("Hello, x"));
            Assert.That(catalog.Context("setting").System, Is.EqualTo("Be brief."));
            Assert.That(catalog.Parse("a-grim-tale").Framing!.Fill("x")[0].Text, Is.EqualTo("Once upon a time: x\nThe end."));
            Assert.That(catalog.Parse("persona").Framing, Is.Not.Null, "the built-in ones are still there");
        }
    }

    [Test]
    public void An_own_template_takes_the_place_of_a_built_in_one_of_its_name()
    {
        Write("persona.txt", "Mine: {prompt}");
        Assert.That(new VariantCatalog(TemplateFiles.LoadFolder(_folder)).Parse("persona").Framing!.Fill("x")[0].Text, Is.EqualTo("Mine: x"));
    }

    [TestCase("none.txt", "no slot at all", 1, null, "exactly once; it is there 0 times")]
    [TestCase("two.txt", "a {prompt}\nb {prompt}", 2, null, "exactly once; it is there 2 times")]
    [TestCase("bad.jsonl", "\n{oops", 2, null, "valid JSON")]
    [TestCase("bad.json", "{\n\"name\": \"a\",\n\"name\": \"b\"}", 0, null, "JSON")]
    [TestCase("list.json", "[]", 1, null, "JSON object")]
    [TestCase("field.jsonl", """{"name":"a","family":"f","title":"t","turn":[],"turns":[{"role":"user","text":"{prompt}"}]}""", 1, "turn", "expected one of name")]
    [TestCase("name.jsonl", """{"name":"A b","family":"f","title":"t","turns":[{"role":"user","text":"{prompt}"}]}""", 1, "name", "lower-case letters")]
    [TestCase("family.jsonl", """{"name":"a","title":"t","turns":[{"role":"user","text":"{prompt}"}]}""", 1, "family", "missing")]
    [TestCase("version.jsonl", """{"name":"a","version":0,"family":"f","title":"t","turns":[{"role":"user","text":"{prompt}"}]}""", 1, "version", "whole number")]
    [TestCase("kind.jsonl", """{"name":"a","kind":"trick","family":"f","title":"t","turns":[{"role":"user","text":"{prompt}"}]}""", 1, "kind", "framing, wrapper or context")]
    [TestCase("role.jsonl", """{"name":"a","family":"f","title":"t","turns":[{"role":"user","text":"{prompt}"},{"role":"system","text":"x"}]}""", 1, "turns[1].role", "user or assistant")]
    [TestCase("slot.jsonl", """{"name":"a","family":"f","title":"t","slots":{"x":1},"turns":[{"role":"user","text":"{prompt}"}]}""", 1, "slots.x", "a text")]
    [TestCase("assistant.jsonl", """{"name":"a","family":"f","title":"t","turns":[{"role":"user","text":"Hi"},{"role":"assistant","text":"{prompt}"}]}""", 1, "turns", "message of the user")]
    public void A_file_that_is_no_template_is_refused_with_file_line_and_field(string file, string content, int line, string? field, string expected)
    {
        Write(file, content);
        Write("good.txt", "{prompt}");
        var problem = Assert.Throws<InvalidInputException>(() => TemplateFiles.LoadFolder(_folder))!.Problems[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.File, Does.EndWith(file));
            if (line > 0)
                Assert.That(problem.Line, Is.EqualTo(line));
            Assert.That(problem.Field, Is.EqualTo(field));
            Assert.That(problem.Expected, Does.Contain(expected));
        }
    }

    [Test]
    public void A_name_used_twice_and_bytes_that_are_no_text_and_an_empty_folder_are_refused()
    {
        Assert.That(() => TemplateFiles.LoadFolder(_folder), Throws.TypeOf<InvalidInputException>().With.Message.Contains("at least one"));
        Write("a.txt", "{prompt}");
        Write("b.jsonl", """{"name":"a","family":"f","title":"t","turns":[{"role":"user","text":"{prompt}"}]}""");
        Assert.That(() => TemplateFiles.LoadFolder(_folder), Throws.TypeOf<InvalidInputException>().With.Message.Contains("also in a.txt"));
        File.WriteAllBytes(Path.Combine(_folder, "c.txt"), [0xFF, 0xFE, 0x00]);
        Assert.That(() => TemplateFiles.LoadFolder(_folder), Throws.TypeOf<InvalidInputException>().With.Message.Contains("UTF-8"));
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);
}
