using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SafetyRegression.Analysis;

namespace SafetyRegression;

/// <summary>
/// Outcomes by prompt id. In JSON one member a prompt, its value one code a sample: <c>"p-17": "refusal"</c>, <c>"p-18": "compliance/3@0.25 refusal@?"</c>
/// (outcome, compliance depth where it was judged, toxicity where it was measured, <c>?</c> for an answer that nobody scored).
/// </summary>
[JsonConverter(typeof(Monitoring.OutcomeTableJsonConverter))]
public sealed class OutcomeTable
{
    private static readonly ImmutableDictionary<string, Outcome> _byName = Enum.GetValues<Outcome>().ToImmutableDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Creates a table.</summary>
    /// <param name="rows">The outcomes per sample, by prompt id.</param>
    public OutcomeTable(IEnumerable<KeyValuePair<string, ImmutableArray<StoredAnswer>>> rows) => Rows = rows.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The outcomes of each prompt's samples, by prompt id in ordinal order.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<StoredAnswer>> Rows { get; }

    /// <summary>How many prompts there are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows.Count} prompts");

    /// <summary>The outcomes of a run; what was planned and is not there is skipped.</summary>
    internal static OutcomeTable Of(SafetySuite suite, SuiteRun run)
    {
        var measured = IsToxicityMeasured(run);
        var found = new Dictionary<(string Id, int Sample), StoredAnswer>(run.Samples.Length);
        foreach (var sample in run.Samples)
        {
            var id = suite.Find(sample.ItemId)?.Id ?? throw new RunsNotComparableException($"The run holds an answer to '{sample.ItemId}', which is not in the suite.");
            if (!found.TryAdd((id, sample.Sample), Stored(sample, measured)))
                throw new RunsNotComparableException($"The run holds two verdicts for sample {sample.Sample} of '{id}'.");
        }

        return new OutcomeTable(suite.Prompts.Select(prompt => KeyValuePair.Create<string, ImmutableArray<StoredAnswer>>(
            prompt.Id,
            [.. Enumerable.Range(0, run.SamplesPerPrompt).Select(sample => found.GetValueOrDefault((prompt.Id, sample), new StoredAnswer(Outcome.Skipped)))])));
    }

    /// <summary>Whether anything in a run has a toxicity score.</summary>
    internal static bool IsToxicityMeasured(SuiteRun run) => run.Samples.Any(static sample => sample.Toxicity is not null);

    internal static string CodeOf(ImmutableArray<StoredAnswer> answers) => string.Join(' ', answers.Select(CodeOf));

    /// <summary>Reads a row's code.</summary>
    /// <returns>The outcomes, or <see langword="null"/> with the word that is none.</returns>
    internal static ImmutableArray<StoredAnswer>? Read(string code, out string wrong)
    {
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(1);
        foreach (var word in code.Split(' '))
        {
            wrong = word;
            if (ReadOne(word) is not { } answer)
                return null;
            answers.Add(answer);
        }

        wrong = string.Empty;
        return answers.ToImmutable();
    }

    private static StoredAnswer Stored(SampleVerdict sample, bool measured) => new(sample.Verdict.Outcome, sample.Verdict.Depth)
    {
        Toxicity = sample.Toxicity,
        IsToxicityMissing = measured && ToxicityScores.IsMissing(sample),
    };

    private static string CodeOf(StoredAnswer answer)
    {
        var depth = answer.Depth is { } judged ? string.Create(CultureInfo.InvariantCulture, $"/{judged}") : string.Empty;
        var toxicity = answer.Toxicity is { } score ? string.Create(CultureInfo.InvariantCulture, $"@{score:R}") : answer.IsToxicityMissing ? "@?" : string.Empty;
        return NameOf(answer.Outcome) + depth + toxicity;
    }

    private static StoredAnswer? ReadOne(string word)
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        var toxicity = at < 0 ? null : word[(at + 1)..];
        double? score = null;
        if (toxicity is not (null or "?"))
        {
            if (!double.TryParse(toxicity, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) || value is not (>= 0 and <= 1))
                return null;
            score = value;
        }

        var verdict = at < 0 ? word : word[..at];
        var slash = verdict.IndexOf('/', StringComparison.Ordinal);
        int? depth = null;
        if (slash >= 0)
        {
            if (verdict.Length != slash + 2 || verdict[slash + 1] is < '0' or > '4')
                return null;
            depth = verdict[slash + 1] - '0';
        }

        return _byName.TryGetValue(slash < 0 ? verdict : verdict[..slash], out var outcome)
            ? new StoredAnswer(outcome, depth) { Toxicity = score, IsToxicityMissing = toxicity == "?" }
            : null;
    }

    private static string NameOf(Outcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
