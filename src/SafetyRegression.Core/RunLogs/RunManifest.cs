using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression;

/// <summary>
/// What a run asks: everything that decides which answers come back. A run is continued only under the same <see cref="Hash"/>. What is done with the
/// answers (classifier, policy, α) is not part of it, so re-analysis is free.
/// </summary>
public sealed record RunManifest
{
    /// <summary>The version of the log format written by this library.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the log format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What is asked: the suite's name.</summary>
    public required string SuiteName { get; init; }

    /// <summary>The suite's version.</summary>
    public required string SuiteVersion { get; init; }

    /// <summary>The fingerprint over every item asked.</summary>
    public required string SuiteFingerprint { get; init; }

    /// <summary>How many items the whole suite has (all shards together).</summary>
    public required int Items { get; init; }

    /// <summary>Samples asked per item and arm.</summary>
    public required int Samples { get; init; }

    /// <summary>Who answers as the baseline; <see langword="null"/> when only the candidate is asked.</summary>
    public TargetIdentity? Baseline { get; init; }

    /// <summary>Who answers as the candidate; <see langword="null"/> when only the baseline is asked.</summary>
    public TargetIdentity? Candidate { get; init; }

    /// <summary>Generation options that change the output, as sent (name → invariant value).</summary>
    public ImmutableSortedDictionary<string, string> Generation { get => field ?? ImmutableSortedDictionary<string, string>.Empty; init => field = value?.WithComparers(StringComparer.Ordinal); }

    /// <summary>How the answers of the two arms are brought together.</summary>
    public PairingMode Pairing { get; init; }

    /// <summary>The part of the suite that this run asks; <see langword="null"/> for all of it. Not part of <see cref="Hash"/>.</summary>
    public RunShard? Shard { get; init; }

    /// <summary>The name of the protector that encrypts the texts, if any. Not part of <see cref="Hash"/>.</summary>
    public string? Protector { get; init; }

    /// <summary>When the run was created (UTC). Not part of <see cref="Hash"/>.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Answers planned over all shards and both arms.</summary>
    internal int Planned => Items * Samples * ((Baseline is null ? 0 : 1) + (Candidate is null ? 0 : 1));

    /// <summary>SHA-256 (lower-case hexadecimal) over everything that decides which answers come back.</summary>
    public string Hash => HashOf("run-manifest/1\n", Fields());

    /// <summary>
    /// SHA-256 (lower-case hexadecimal) over everything here: <see cref="Hash"/>, labels, shard, protector and time of creation. Written with the manifest and
    /// compared when it is read, so that a change by hand is noticed; whoever makes the digest again is not, for it is no signature.
    /// </summary>
    public string Digest => HashOf(
        "run-manifest-digest/1\n",
        [
            new("hash", Hash),
            new("baseline label", Baseline?.Label ?? string.Empty),
            new("candidate label", Candidate?.Label ?? string.Empty),
            new("shard", Shard?.ToString() ?? string.Empty),
            new("protector", Protector ?? string.Empty),
            new("created at", CreatedAt?.ToString("O", CultureInfo.InvariantCulture) ?? string.Empty),
        ]);

    /// <summary>The target of an arm.</summary>
    /// <param name="arm">The arm.</param>
    /// <returns>The target, or <see langword="null"/> when the run does not ask this arm.</returns>
    public TargetIdentity? Target(Arm arm) => arm == Arm.Baseline ? Baseline : Candidate;

    /// <summary>Compares two manifests field by field.</summary>
    /// <param name="other">The manifest to compare with.</param>
    /// <returns>One line per differing field that decides which answers come back: <c>field: here 'a', there 'b'</c>.</returns>
    public ImmutableArray<string> DifferencesFrom(RunManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mine = Fields().ToDictionary(StringComparer.Ordinal);
        var theirs = other.Fields().ToDictionary(StringComparer.Ordinal);
        return
        [
            .. mine.Keys.Union(theirs.Keys, StringComparer.Ordinal)
                .Where(name => !StringComparer.Ordinal.Equals(mine.GetValueOrDefault(name), theirs.GetValueOrDefault(name)))
                .Order(StringComparer.Ordinal)
                .Select(name => $"{name}: here '{mine.GetValueOrDefault(name) ?? "not set"}', there '{theirs.GetValueOrDefault(name) ?? "not set"}'"),
        ];
    }

    /// <summary>Suite and targets.</summary>
    public override string ToString() => $"{SuiteName} {SuiteVersion}, {Items} items × {Samples}, {Baseline?.ToString() ?? "no baseline"} / {Candidate?.ToString() ?? "no candidate"}";

    private static string HashOf(string form, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var text = new StringBuilder(form);
        foreach (var (name, value) in fields)
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private IEnumerable<KeyValuePair<string, string>> Fields()
    {
        yield return new("format", Format.ToString(CultureInfo.InvariantCulture));
        yield return new("suite name", SuiteName);
        yield return new("suite version", SuiteVersion);
        yield return new("suite fingerprint", SuiteFingerprint);
        yield return new("items", Items.ToString(CultureInfo.InvariantCulture));
        yield return new("samples", Samples.ToString(CultureInfo.InvariantCulture));
        yield return new("pairing", Pairing.ToString());
        foreach (var (arm, target) in new[] { ("baseline", Baseline), ("candidate", Candidate) })
        {
            if (target is null)
                continue;
            yield return new($"{arm} provider", target.Provider);
            yield return new($"{arm} model", target.Model);
            yield return new($"{arm} endpoint", target.Endpoint?.ToString() ?? string.Empty);
            yield return new($"{arm} revision", target.Revision ?? string.Empty);
            yield return new($"{arm} id", target.Id ?? string.Empty);
        }

        foreach (var (name, value) in Generation)
            yield return new($"generation {name}", value);
    }
}
