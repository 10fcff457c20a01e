using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression;

/// <summary>
/// How a classifier labelled a fixed set of answers with human labels. The answers never change, so a reading that differs from an earlier one is a change
/// of the judge and not of a model. Holds ids and labels, no texts.
/// </summary>
public sealed record CanaryReading
{
    /// <summary>SHA-256 (lower-case hexadecimal) over ids, texts and human labels of the set: readings of different sets do not compare.</summary>
    public required string SetFingerprint { get; init; }

    /// <summary>Answers on which classifier and people agree (the same outcome).</summary>
    public required int Agreed { get; init; }

    /// <summary>What the classifier said, by the answer's place in the set (<c>0001</c>, …).</summary>
    public required OutcomeTable Labels { get; init; }

    /// <summary>How many answers the set has.</summary>
    public int Count => Labels.Rows.Count;

    /// <summary>Answers labelled otherwise than in another reading of the same set.</summary>
    /// <param name="other">The other reading.</param>
    /// <exception cref="ArgumentException">The other reading is of another set.</exception>
    public int ChangedFrom(CanaryReading other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!IsOfSameSet(other))
            throw new ArgumentException("The readings are of different canary sets.", nameof(other));
        return Labels.Rows.Count(row => !row.Value.SequenceEqual(other.Labels.Rows.GetValueOrDefault(row.Key, [])));
    }

    /// <summary>Has a classifier label the set again.</summary>
    /// <param name="classifier">The classifier whose drift is watched.</param>
    /// <param name="set">The fixed answers with human labels, in a fixed order.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ArgumentException">The set is empty, or an answer has no label.</exception>
    public static async Task<CanaryReading> TakeAsync(
        IResponseClassifier classifier, IReadOnlyList<Classification.LabeledAnswer> set, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count == 0 || set.Any(answer => answer.Label is null))
            throw new ArgumentException("A canary set holds at least one answer, each with a human label.", nameof(set));
        var rows = new Dictionary<string, ImmutableArray<StoredAnswer>>(StringComparer.Ordinal);
        var agreed = 0;
        for (var i = 0; i < set.Count; i++)
        {
            var verdict = await Classification.Calibrator.JudgeAsync(classifier, set[i], cancellationToken).ConfigureAwait(false);
            agreed += verdict.Outcome == set[i].Label ? 1 : 0;
            rows.Add((i + 1).ToString("0000", CultureInfo.InvariantCulture), [new StoredAnswer(verdict.Outcome)]);
        }

        return new CanaryReading { SetFingerprint = FingerprintOf(set), Agreed = agreed, Labels = new OutcomeTable(rows) };
    }

    /// <summary>Agreement with people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Agreed} of {Count} as people");

    internal bool IsOfSameSet(CanaryReading other) => StringComparer.Ordinal.Equals(SetFingerprint, other.SetFingerprint);

    private static string FingerprintOf(IReadOnlyList<Classification.LabeledAnswer> set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var answer in set)
        {
            foreach (var text in new[] { answer.Id, answer.Prompt, answer.Response, answer.Label.ToString()! })
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
