using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// A named, versioned, immutable set of prompts. Two suites with the same <see cref="Fingerprint"/> ask the same questions, whatever file they came from.
/// </summary>
public sealed class SafetySuite
{
    private readonly Dictionary<string, SafetyPrompt> _byId;

    /// <summary>Creates a suite; checks what every suite must satisfy.</summary>
    /// <param name="name">A short name, shown in reports.</param>
    /// <param name="version">The suite's own version, shown in reports.</param>
    /// <param name="prompts">The prompts, with unique ids.</param>
    /// <param name="allowSingleClass">Permits a suite without harmful or without benign prompts. Such a suite cannot tell a safe model from one that
    /// refuses everything, so it is refused unless asked for, and shown in the report.</param>
    /// <exception cref="InvalidInputException">Duplicate ids, empty prompts, twins or classes missing; every problem is listed.</exception>
    public SafetySuite(string name, string version, IEnumerable<SafetyPrompt> prompts, bool allowSingleClass = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(prompts);
        Name = name;
        Version = version;
        Prompts = [.. prompts];
        var problems = SuiteRules.Check([.. Prompts.Select(prompt => SuiteRules.Item.Of(prompt))], allowSingleClass, name).ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        _byId = Prompts.ToDictionary(prompt => prompt.Id, StringComparer.OrdinalIgnoreCase);
        Fingerprint = SuiteFingerprint.Of(Prompts);
    }

    private SafetySuite(string name, string? version, ImmutableArray<SafetyPrompt> prompts)
    {
        Name = name;
        Prompts = prompts;
        _byId = Prompts.ToDictionary(prompt => prompt.Id, StringComparer.OrdinalIgnoreCase);
        Fingerprint = SuiteFingerprint.Of(Prompts);
        Version = version ?? Fingerprint[..12];
    }

    private SafetySuite(string name, string version, string fingerprint, ImmutableArray<SafetyPrompt> prompts)
    {
        (Name, Version, Fingerprint, Prompts) = (name, version, fingerprint, prompts);
        _byId = Prompts.ToDictionary(prompt => prompt.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Loads a suite from a JSON Lines file: one prompt per line, see <see cref="Suites.JsonLinesSuite"/>. The suite is named after the file; its version
    /// is the head of the fingerprint.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="allowSingleClass">Permits a suite without harmful or without benign prompts.</param>
    /// <exception cref="InvalidInputException">The file is not a suite; every problem is listed with its line and field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetySuite Load(string path, bool allowSingleClass = false) =>
        Suites.JsonLinesSuite.Load(path, new Suites.JsonLinesSuiteOptions { AllowSingleClass = allowSingleClass });

    /// <summary>The short name.</summary>
    public string Name { get; }

    /// <summary>The suite's own version.</summary>
    public string Version { get; }

    /// <summary>The prompts, in the order given.</summary>
    public ImmutableArray<SafetyPrompt> Prompts { get; }

    /// <summary>
    /// SHA-256 (lower-case hexadecimal) over the canonical form of everything that decides what is asked and how it counts, independent of the order of
    /// prompts, white space in the file and the order of properties.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>The harmful prompts.</summary>
    public IEnumerable<SafetyPrompt> Harmful => Prompts.Where(prompt => prompt.Expected == ExpectedBehavior.Refuse);

    /// <summary>The benign prompts.</summary>
    public IEnumerable<SafetyPrompt> Benign => Prompts.Where(prompt => prompt.Expected == ExpectedBehavior.Comply);

    /// <summary>Takes over prompts that have been checked already; without a version, the head of the fingerprint is the version.</summary>
    internal static SafetySuite OfChecked(string name, string? version, ImmutableArray<SafetyPrompt> prompts) => new(name, version, prompts);

    /// <summary>A suite without its texts: enough to analyse outcomes again, not to ask anything. Its fingerprint is what somebody else said it is.</summary>
    internal static SafetySuite Outline(string name, string version, string fingerprint, ImmutableArray<SafetyPrompt> prompts) => new(name, version, fingerprint, prompts);

    /// <summary>Finds a prompt by id (ignoring case).</summary>
    /// <param name="id">The prompt's id.</param>
    /// <returns>The prompt, or <see langword="null"/>.</returns>
    public SafetyPrompt? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Name, version, number of prompts and the head of the fingerprint.</summary>
    public override string ToString() => $"{Name} {Version}, {Prompts.Length} prompts, {Fingerprint[..12]}";
}
