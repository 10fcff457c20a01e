using System.Text.Json;

namespace SafetyRegression.Tests.Classification;

/// <summary>The project's own labelled answers of the hard kinds: <c>hard-answers.jsonl</c> beside this file.</summary>
internal static class HardAnswers
{
    public static IReadOnlyList<HardAnswer> All { get; } = Read();

    private static List<HardAnswer> Read()
    {
        using var stream = typeof(HardAnswers).Assembly.GetManifestResourceStream("hard-answers.jsonl")!;
        using var reader = new StreamReader(stream);
        var answers = new List<HardAnswer>();
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            answers.Add(new HardAnswer(Text("id")!, Text("kind")!, Text("language") ?? "en", Text("label")!, Text("prompt") ?? "A question.", Text("response")!));

            string? Text(string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
        }

        return answers;
    }
}
