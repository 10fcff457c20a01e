using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>What a run asks: items under a name, version and fingerprint, made from a suite or from any other items.</summary>
public sealed class RunPlan
{
    private RunPlan(string name, string version, string fingerprint, ImmutableArray<RunItem> items, int total, RunShard? shard, Func<RunItem, string> stratumOf)
    {
        (Name, Version, Fingerprint, Items, TotalItems, Shard, StratumOf) = (name, version, fingerprint, items, total, shard, stratumOf);
    }

    /// <summary>The name of the suite.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>A hash over everything asked, whatever the shard.</summary>
    public string Fingerprint { get; }

    /// <summary>The items to ask.</summary>
    public ImmutableArray<RunItem> Items { get; }

    /// <summary>How many items all shards have together.</summary>
    public int TotalItems { get; }

    /// <summary>The part of the suite that <see cref="Items"/> is, or <see langword="null"/> for all of it.</summary>
    public RunShard? Shard { get; }

    /// <summary>The stratum of an item (category and difficulty), so that every shard gets its share of each.</summary>
    internal Func<RunItem, string> StratumOf { get; }

    /// <summary>Plans a suite.</summary>
    /// <param name="suite">The suite.</param>
    public static RunPlan From(SafetySuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return new RunPlan(
            suite.Name, suite.Version, suite.Fingerprint, [.. suite.Prompts.Select(RunItem.From)], suite.Prompts.Length, shard: null,
            item => suite.Find(item.Id) is { } prompt ? $"{prompt.Expected}/{prompt.Category.Name}/{prompt.Difficulty}" : string.Empty);
    }

    /// <summary>Plans capability questions.</summary>
    /// <param name="suite">The questions.</param>
    public static RunPlan From(CapabilitySuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ImmutableArray<RunItem> items = [.. suite.RunItems];
        return new RunPlan(
            suite.Name, suite.Version, FingerprintOf(items), items, items.Length, shard: null,
            item => suite.Find(item.Id) is { } asked ? $"{asked.Task}/{asked.Subject}" : string.Empty);
    }

    /// <summary>Plans items that are not prompts of a suite.</summary>
    /// <param name="name">A name for the items.</param>
    /// <param name="version">Their version.</param>
    /// <param name="items">The items, with unique ids.</param>
    /// <exception cref="InvalidInputException">No items, or ids used twice (ids that differ only in case are the same).</exception>
    public static RunPlan From(string name, string version, IEnumerable<RunItem> items)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(items);
        ImmutableArray<RunItem> all = [.. items];
        var problems = all.GroupBy(item => item.Id, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1)
            .Select(same => new InputProblem(name, 0, "id", $"expected a unique id; '{same.Key}' is used {same.Count()} times")).ToList();
        if (all.IsEmpty)
            problems.Add(new InputProblem(name, 0, null, "expected at least one item"));
        return problems.Count == 0
            ? new RunPlan(name, version, FingerprintOf(all), all, all.Length, shard: null, static _ => string.Empty)
            : throw new InvalidInputException(problems);
    }

    /// <summary>
    /// The part of this plan for one of several machines: whole clusters (a seed prompt with all its variants), dealt out so that every shard has its share
    /// of each category and difficulty. Does not depend on the order of the items.
    /// </summary>
    /// <param name="shard">Which part.</param>
    public RunPlan Take(RunShard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        if (Shard is not null)
            throw new InvalidOperationException("The plan is a shard already.");
        return new RunPlan(Name, Version, Fingerprint, ShardDealer.Select(Items, StratumOf, shard), TotalItems, shard, StratumOf);
    }

    /// <summary>Name, version and number of items.</summary>
    public override string ToString() => $"{Name} {Version}, {Items.Length} items{(Shard is null ? string.Empty : $" (shard {Shard})")}";

    private static string FingerprintOf(ImmutableArray<RunItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in items.OrderBy(item => item.Id, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{item.Id.Length}:{item.Id}{item.Cluster.Length}:{item.Cluster}{item.ContentHash}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
