namespace SafetyRegression;

/// <summary>A suite as an evidence plan names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">SHA-256 over everything that is asked, texts included.</param>
/// <param name="Items">How many items it has.</param>
/// <param name="Outline">SHA-256 of the last line of the file that lists the items without their texts; it commits to every line before.</param>
public sealed record PlannedSuite(string Name, string Version, string Fingerprint, int Items, string Outline);
