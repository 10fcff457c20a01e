using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafetyRegression.Bundles;

/// <summary>The texts, when they are there: prompts against the suite's fingerprint, answers against the hashes of the outcomes.</summary>
internal static class TextCheck
{
    internal static void Run(byte[] bytes, EvidencePlan plan, List<PromptRecord> prompts, RecordedRuns runs, List<EvidenceProblem> problems)
    {
        var outlines = prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        var texts = new Dictionary<string, SafetyPrompt>(StringComparer.Ordinal);
        var verdicts = new Dictionary<(string Id, Arm Arm, int Sample), SampleVerdict>();
        foreach (var run in new[] { runs.Run(Arm.Baseline), runs.Run(Arm.Candidate) })
        {
            foreach (var sample in run?.Samples ?? [])
                verdicts[(sample.ItemId, run!.Arm, sample.Sample)] = sample;
        }

        var line = 0;
        foreach (var part in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line++;
            if (Read(part) is not { } record)
                Fault("not a record");
            else if (record is { Arm: { } arm, Sample: { } number })
                Answer(record, (record.Id, arm, number));
            else if (!outlines.TryGetValue(record.Id, out var outline) || !texts.TryAdd(record.Id, outline.ToPrompt(record)))
                Fault("there is no such prompt, or it stands here twice");
            else if (RunItem.From(texts[record.Id]).ContentHash != outline.Content)
                Fault($"the text of the prompt is not the one that was asked: its hash in {BundleFiles.Prompts} is another");
        }

        if (texts.Count == prompts.Count && SuiteFingerprint.Of([.. prompts.Select(prompt => texts[prompt.Id])]) is var fingerprint && fingerprint != plan.Suite.Fingerprint)
            problems.Add(new EvidenceProblem(BundleFiles.Plan + " $.suite.fingerprint", $"from prompts and texts follows {fingerprint}; the file says {Reporting.Characters.Line(plan.Suite.Fingerprint, 80)}"));

        void Answer(TextRecord record, (string Id, Arm Arm, int Sample) key)
        {
            var text = string.Concat(record.Texts);
            var hash = text.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (!verdicts.TryGetValue(key, out var verdict))
                Fault("an answer to nothing that was planned");
            else if (verdict.AnswerHash != hash)
                Fault($"the text of the answer is not the one that was judged: its hash in {BundleFiles.Outcomes} is another");
        }

        void Fault(string message) => problems.Add(new EvidenceProblem(string.Create(CultureInfo.InvariantCulture, $"{BundleFiles.Texts} line {line}"), message));
    }

    private static TextRecord? Read(string line)
    {
        try
        {
            return StrictJson.Deserialize(Encoding.UTF8.GetBytes(line), EvidenceJsonContext.Default.TextRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
