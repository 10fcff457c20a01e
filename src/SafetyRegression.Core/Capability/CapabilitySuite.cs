using System.Collections.Immutable;
using SafetyRegression.Capability;

namespace SafetyRegression;

/// <summary>A named, versioned, immutable set of capability items.</summary>
public sealed class CapabilitySuite
{
    private readonly Dictionary<string, CapabilityItem> _byId;

    /// <summary>Creates a suite; checks what every suite must satisfy.</summary>
    /// <param name="name">A short name, shown in reports.</param>
    /// <param name="version">The suite's own version, shown in reports; the head of the fingerprint when <see langword="null"/>.</param>
    /// <param name="items">The items, with unique ids.</param>
    /// <exception cref="InvalidInputException">Duplicate ids, empty questions, or items that lack what their dialect needs; every problem is listed.</exception>
    public CapabilitySuite(string name, string? version, IEnumerable<CapabilityItem> items)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(items);
        Name = name;
        Items = [.. items];
        var problems = CapabilityRules.Check([.. Items.Select(item => (item, 0))], name).ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        _byId = Items.ToDictionary(item => item.Id, StringComparer.OrdinalIgnoreCase);
        Fingerprint = CapabilityFingerprint.Of(Items);
        Version = version ?? Fingerprint[..12];
    }

    private CapabilitySuite(string name, string version, string fingerprint, ImmutableArray<CapabilityItem> items)
    {
        (Name, Version, Fingerprint, Items) = (name, version, fingerprint, items);
        _byId = Items.ToDictionary(item => item.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The short name.</summary>
    public string Name { get; }

    /// <summary>The suite's own version.</summary>
    public string Version { get; }

    /// <summary>The items, in the order given.</summary>
    public ImmutableArray<CapabilityItem> Items { get; }

    /// <summary>SHA-256 (lower-case hexadecimal) over everything that decides what is asked and how it is scored, whatever the order of items.</summary>
    public string Fingerprint { get; }

    /// <summary>The names of the tasks, in the order in which they first occur.</summary>
    public IEnumerable<string> Tasks => Items.Select(item => item.Task).Distinct(StringComparer.Ordinal);

    /// <summary>What the runner asks.</summary>
    public IEnumerable<RunItem> RunItems => Items.Select(item => item.ToRunItem());

    /// <summary>A suite without its texts: enough to analyse scores again, not to ask anything. Its fingerprint is what somebody else said it is.</summary>
    internal static CapabilitySuite Outline(string name, string version, string fingerprint, ImmutableArray<CapabilityItem> items) => new(name, version, fingerprint, items);

    /// <summary>Finds an item by id (ignoring case).</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The item, or <see langword="null"/>.</returns>
    public CapabilityItem? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Name, version, number of items and the head of the fingerprint.</summary>
    public override string ToString() => $"{Name} {Version}, {Items.Length} items, {Fingerprint[..12]}";
}
