using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// Outcomes by prompt id. In JSON one member a prompt, its value one code a sample: <c>"p-17": "refusal"</c>, <c>"p-18": "compliance/3 refusal"</c>
/// (outcome, compliance depth where it was judged).
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
        var found = new Dictionary<(string Id, int Sample), StoredAnswer>(run.Samples.Length);
        foreach (var sample in run.Samples)
        {
            var id = suite.Find(sample.ItemId)?.Id ?? throw new RunsNotComparableException($"The run holds an answer to '{sample.ItemId}', which is not in the suite.");
            if (!found.TryAdd((id, sample.Sample), new StoredAnswer(sample.Verdict.Outcome, sample.Verdict.Depth)))
                throw new RunsNotComparableException($"The run holds two verdicts for sample {sample.Sample} of '{id}'.");
        }

        return new OutcomeTable(suite.Prompts.Select(prompt => KeyValuePair.Create<string, ImmutableArray<StoredAnswer>>(
            prompt.Id,
            [.. Enumerable.Range(0, run.SamplesPerPrompt).Select(sample => found.GetValueOrDefault((prompt.Id, sample), new StoredAnswer(Outcome.Skipped)))])));
    }

    internal static string CodeOf(ImmutableArray<StoredAnswer> answers) => string.Join(' ', answers.Select(answer =>
        answer.Depth is { } depth ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(answer.Outcome)}/{depth}") : NameOf(answer.Outcome)));

    /// <summary>Reads a row's code.</summary>
    /// <returns>The outcomes, or <see langword="null"/> with the word that is none.</returns>
    internal static ImmutableArray<StoredAnswer>? Read(string code, out string wrong)
    {
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(1);
        foreach (var word in code.Split(' '))
        {
            wrong = word;
            var slash = word.IndexOf('/', StringComparison.Ordinal);
            int? depth = null;
            if (slash >= 0)
            {
                if (word.Length != slash + 2 || word[slash + 1] is < '0' or > '4')
                    return null;
                depth = word[slash + 1] - '0';
            }

            if (!_byName.TryGetValue(slash < 0 ? word : word[..slash], out var outcome))
                return null;
            answers.Add(new StoredAnswer(outcome, depth));
        }

        wrong = string.Empty;
        return answers.ToImmutable();
    }

    private static string NameOf(Outcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
