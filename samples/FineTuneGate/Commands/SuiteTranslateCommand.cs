using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Adversarial;

namespace FineTuneGate.Commands;

/// <summary>Has a model translate a suite, once per text, into a file that people can review and every run can use.</summary>
internal sealed class SuiteTranslateCommand(Func<string, string?> environment) : ICommand
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => "translate";

    public string Summary => "have a model translate a suite into a file for run --translations";

    public string Usage => $"""
        FineTuneGate suite translate SUITE --languages sw,yo --translator MODEL --out FILE.jsonl [options]
          {SuiteOptions.Usage}
          --limit N          the first N prompts of each category only
          --cache DIR        where translations are kept, so that a text is translated once (default .safety/translations)
          --translator-endpoint URL, --translator-provider openai|anthropic   where the translating model is; key: SAFETY_TRANSLATOR_API_KEY
          one line per prompt: id, the original, and a text per language; not translated: several turns, variants, sexual-minors
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var name = arguments.Word() ?? arguments.Required("suite");
        var languages = arguments.Required("languages").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var output = arguments.Required("out");
        var limit = arguments.Integer("limit", 1, int.MaxValue) ?? int.MaxValue;
        var cache = arguments.Option("cache") ?? Path.Combine(".safety", "translations");
        var connection = ModelConnection.ForRole("translator", arguments.Required("translator"), arguments.Option("translator-endpoint"), arguments.Option("translator-provider"));
        arguments.Done();
        if (Array.Find(languages, tag => KnownLanguages.Find(tag).Tier == ResourceTier.Unknown) is { } unknown)
            throw new UsageException($"--languages takes tags of known languages, such as sw or zh-CN; not '{unknown}'.");

        var prompts = SuiteOptions.Load(name, allowSingleClass: true).Prompts.Where(PromptTranslator.MayTranslate).GroupBy(prompt => prompt.Category).SelectMany(group => group.Take(limit)).ToList();
        var target = connection.Connect(environment);
        using (target.Client)
        {
            var translator = new PromptTranslator(target.Client, new TranslatorOptions { Translator = target.Identity.ToString(), Cache = new TranslationCache(cache) });
            try
            {
                var translated = (await translator.TranslateAsync(prompts, languages, cancellationToken)).ToLookup(prompt => prompt.SeedId, StringComparer.Ordinal);
                await File.WriteAllBytesAsync(output, Table(prompts, languages, translated), cancellationToken);
            }
            catch (TranslationFailedException e)
            {
                terminal.Line(e.Message);
                return ExitCode.Incomplete;
            }
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{prompts.Count} prompts in {languages.Length} languages: {output}. Unreviewed: have a speaker read them before relying on what they show."));
        return ExitCode.Ok;
    }

    private static byte[] Table(IEnumerable<SafetyPrompt> prompts, string[] languages, ILookup<string, SafetyPrompt> translated)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, _json);
        foreach (var prompt in prompts)
        {
            json.WriteStartObject();
            json.WriteString("id", prompt.Id);
            json.WriteString(prompt.Language, prompt.Turns[0].Text);
            foreach (var language in languages)
            {
                if (translated[prompt.SeedId].FirstOrDefault(other => other.Language == language && other.Id.StartsWith(prompt.Id + "~", StringComparison.Ordinal)) is { } text)
                    json.WriteString(language, text.Turns[0].Text);
            }

            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }
}
