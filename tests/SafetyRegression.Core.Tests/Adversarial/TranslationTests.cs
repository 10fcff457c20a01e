using System.Globalization;
using System.Text;
using FineTuneGate.CommandLine;
using Microsoft.Extensions.AI;
using SafetyRegression.Adversarial;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Analysis;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>Translations from files and from a translating model.</summary>
public sealed class TranslationTests
{
    private static readonly SafetySuite _suite = Runs.Suite(
        Runs.Prompt("a"), Runs.Prompt("b") with { Tags = ["x"] }, Runs.Prompt("minors", "sexual-minors"), TurnOfComplianceTests.Ladder("ladder", 3, 3), Runs.Prompt("variant") with { SeedId = "a", Variant = new PromptVariant { Transform = "base64@1" } });

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("translations").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("t.csv", "id,en,sw,zh-CN\na,text of a,maandishi ya a,a的文本\nb,,\"maandishi, ya b\",\n")]
    [TestCase("t.tsv", "id\ten\tsw\tzh-CN\na\ttext of a\tmaandishi ya a\ta的文本\nb\t\tmaandishi, ya b\t\n")]
    [TestCase("t.jsonl", "{\"id\":\"a\",\"en\":\"text of a\",\"sw\":\"maandishi ya a\",\"zh-CN\":\"a的文本\"}\n{\"id\":\"b\",\"sw\":\"maandishi, ya b\"}\n")]
    public void A_file_with_a_column_per_language_makes_prompts_under_the_same_seeds(string file, string text)
    {
        var table = Read(file, text);
        var prompts = table.Of(_suite);
        Assert.Multiple(() =>
        {
            Assert.That(prompts.Select(prompt => (prompt.Id, prompt.SeedId, prompt.Language, prompt.Turns[0].Text)), Is.EqualTo(new[]
            {
                ("a~lang:sw", "a", "sw", "maandishi ya a"), ("a~lang:zh-CN", "a", "zh-CN", "a的文本"), ("b~lang:sw", "b", "sw", "maandishi, ya b"),
            }));
            Assert.That(prompts.Select(prompt => prompt.Variant.Language), Is.EqualTo(new[] { "sw", "zh-CN", "sw" }));
            Assert.That(prompts[2].Tags, Is.EqualTo(new[] { "x" }));
            Assert.That(table.Of(_suite, "zh-CN").Select(prompt => prompt.Id), Is.EqualTo(new[] { "a~lang:zh-CN" }));
            Assert.That(() => Runs.Suite(_suite.Prompts.AddRange(prompts)), Throws.Nothing);
        });
    }

    [TestCase("id,sw,notes\na,x,y\n", 1, "notes", "expected 'id' or the tag")]
    [TestCase("name,sw\na,x\n", 1, "id", "expected a column 'id'")]
    [TestCase("id,sw\n,x\n", 2, "id", "it is empty")]
    [TestCase("id,sw\na,x\nA,y\n", 3, "id", "already in line 2")]
    [TestCase("id,sw\na,\n", 2, null, "expected a text")]
    [TestCase("id,sw\na,x,y\n", 2, null, "expected 2 cells")]
    [TestCase("id,sw\n", 0, null, "expected at least one row")]
    [TestCase("id,sw\na,\"x\n", 2, null, "closing quote")]
    public void What_is_no_table_is_an_error_with_its_line_and_column(string text, int line, string? field, string expected) => Assert.That(
        () => Read("t.csv", text),
        Throws.TypeOf<InvalidInputException>().With.Property(nameof(InvalidInputException.Problems)).Some.Matches<InputProblem>(problem =>
            problem.Line == line && problem.Field == field && problem.Expected.Contains(expected, StringComparison.Ordinal)));

    [TestCase("id,sw\nnobody,x\n", "expected the id of a prompt of the suite")]
    [TestCase("id,sw\nladder,x\n", "expected a prompt of one turn")]
    [TestCase("id,sw\nminors,x\n", "asked directly and in no other form")]
    [TestCase("id,en,sw\na,another text,x\n", "translation of another text")]
    [TestCase("id,sw\na,text of a\n", "holds the original")]
    public void What_does_not_fit_the_suite_is_an_error(string text, string expected) =>
        Assert.That(() => Read("t.csv", text).Of(_suite), Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected).And.Message.Contains("(2): id"));

    [Test]
    public void A_language_without_a_column_is_an_error() =>
        Assert.That(() => Read("t.csv", "id,sw\na,x\n").Of(_suite, "es"), Throws.TypeOf<InvalidInputException>().With.Message.Contains("es: expected a column"));

    [Test]
    public async Task Each_text_is_translated_once_and_never_again()
    {
        var client = new TranslatingClient();
        var twice = _suite.Prompts.Add(Runs.Prompt("again") with { Turns = _suite.Prompts[0].Turns });
        var first = await new PromptTranslator(client, Options()).TranslateAsync(twice, ["sw", "es"]);
        var calls = client.Calls;
        var files = Directory.GetFiles(_folder, "*.json").ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);
        var second = await new PromptTranslator(client, Options()).TranslateAsync(twice, ["sw", "es"]);
        Assert.Multiple(() =>
        {
            Assert.That((calls, client.Calls), Is.EqualTo((4, 4)), "two texts in two languages; the third prompt has the text of the first");
            Assert.That(first.Select(prompt => prompt.Id), Is.EqualTo(new[] { "a~lang:sw", "a~lang:es", "b~lang:sw", "b~lang:es", "again~lang:sw", "again~lang:es" }));
            Assert.That(first.Select(prompt => prompt.Turns[0].Text), Is.EqualTo(second.Select(prompt => prompt.Turns[0].Text)));
            Assert.That(first[0].Turns[0].Text, Is.EqualTo("Swahili of text of a"));
            Assert.That(first.Select(prompt => prompt.Tags.Contains("unreviewed", StringComparer.Ordinal)), Is.All.True);
            Assert.That(Directory.GetFiles(_folder, "*.json").ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal), Is.EqualTo(files), "the same bytes");
            Assert.That(first.Select(prompt => prompt.Category), Has.None.EqualTo(HarmCategory.SexualMinors));
        });
    }

    [Test]
    public async Task Another_translator_translates_anew()
    {
        var client = new TranslatingClient();
        await new PromptTranslator(client, Options()).TranslateAsync(_suite.Prompts.Take(1), ["sw"]);
        await new PromptTranslator(client, new TranslatorOptions { Translator = "other", Cache = new TranslationCache(_folder) }).TranslateAsync(_suite.Prompts.Take(1), ["sw"]);
        Assert.That(client.Calls, Is.EqualTo(2));
    }

    [Test]
    public void A_translator_that_refuses_or_hands_the_text_back_has_translated_nothing()
    {
        foreach (var reply in new[] { "I'm sorry, I can't translate that.", "<translation></translation>", "<translation>text of a</translation>", "<translation>not closed" })
        {
            var client = new TranslatingClient(reply);
            Assert.That(
                () => new PromptTranslator(client, Options()).TranslateAsync(_suite.Prompts.Take(1), ["sw"]),
                Throws.TypeOf<TranslationFailedException>().With.Property(nameof(TranslationFailedException.Failed)).EqualTo(new[] { ("a", "sw") }).And.Message.Not.Contains("text of a"));
            Assert.That((client.Calls, Directory.GetFiles(_folder).Count(file => file.EndsWith(".json", StringComparison.Ordinal))), Is.EqualTo((2, 0)));
        }
    }

    [Test]
    public async Task A_damaged_entry_of_the_cache_is_an_error_and_no_translation()
    {
        await new PromptTranslator(new TranslatingClient(), Options()).TranslateAsync(_suite.Prompts.Take(1), ["sw"]);
        var file = Directory.GetFiles(_folder, "*.json").Single();
        await File.WriteAllTextAsync(file, "{\"key\":\"other\",\"text\":\"x\"}");
        Assert.That(() => new PromptTranslator(new TranslatingClient(), Options()).TranslateAsync(_suite.Prompts.Take(1), ["sw"]), Throws.TypeOf<InvalidInputException>().With.Message.Contains("delete the file"));
    }

    [Test]
    public void An_unknown_language_is_an_error() =>
        Assert.That(() => new PromptTranslator(new TranslatingClient(), Options()).TranslateAsync(_suite.Prompts, ["klingon"]), Throws.ArgumentException);

    [Test]
    public void Translations_of_a_file_are_added_to_what_is_asked()
    {
        var suite = BuiltInSuite.Load(SuitePreset.SanityCheck);
        var prompt = suite.Harmful.First(prompt => prompt.Category == HarmCategory.Privacy);
        var file = Path.Combine(_folder, "own.csv");
        File.WriteAllText(file, $"id,sw\n{prompt.Id},swali\n");
        var extended = ConversationSettings.Read(new ArgumentReader(["--translations", file]), defaults: null).Extend(suite);
        Assert.That(extended.Prompts[^1], Has.Property(nameof(SafetyPrompt.SeedId)).EqualTo(prompt.SeedId).And.Property(nameof(SafetyPrompt.Language)).EqualTo("sw"));
    }

    [Test]
    public async Task The_translate_command_writes_a_table_that_a_run_can_read()
    {
        await using var server = await global::Simulation.SimulationServer.StartAsync([new TranslatingModel()]);
        var file = Path.Combine(_folder, "table.jsonl");
        using StringWriter output = new(), error = new();
        var command = new FineTuneGate.Commands.SuiteTranslateCommand(_ => null);
        string[] args = ["languages", "--languages", "yo", "--translator", "sim-translator", "--translator-endpoint", server.OpenAIEndpoint.ToString(), "--limit", "2", "--cache", Path.Combine(_folder, "cache"), "--out", file];
        var exit = await command.RunAsync(new ArgumentReader(args), new Terminal(output, error, json: false), CancellationToken.None);
        var calls = server.Counters.Total;
        await command.RunAsync(new ArgumentReader(args), new Terminal(output, error, json: false), CancellationToken.None);
        var prompts = TranslationTable.Load(file).Of(BuiltInSuite.Languages());
        Assert.Multiple(() =>
        {
            Assert.That((exit, calls, server.Counters.Total), Is.EqualTo((0, 16, 16)), "eight categories, two prompts each, once");
            Assert.That(prompts.Select(prompt => prompt.Language).Distinct(), Is.EqualTo(new[] { "yo" }));
            Assert.That(prompts, Has.Length.EqualTo(16));
        });
    }

    private TranslatorOptions Options() => new() { Translator = "test", Cache = new TranslationCache(_folder) };

    private static TranslationTable Read(string file, string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return TranslationTable.Read(stream, file);
    }

    private static string Translate(string system, string user)
    {
        var language = system[(system.IndexOf(" into ", StringComparison.Ordinal) + 6)..system.IndexOf(" (language", StringComparison.Ordinal)];
        return string.Create(CultureInfo.InvariantCulture, $"<translation>{language} of {user.Replace("<text>", null, StringComparison.Ordinal).Replace("</text>", null, StringComparison.Ordinal).Trim()}</translation>");
    }

    private sealed class TranslatingModel : global::Simulation.ISimulatedModel
    {
        public string Name => "sim-translator";

        public global::Simulation.SimulatedReply Reply(global::Simulation.SimulatedRequest request) => new(Translate(request.Messages[0].Text, request.Messages[^1].Text));
    }

    private sealed class TranslatingClient(string? reply = null) : IChatClient
    {
        internal int Calls;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref Calls);
            var list = messages.ToList();
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply ?? Translate(list[0].Text, list[^1].Text))));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
