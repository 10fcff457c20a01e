using System.Globalization;

namespace SafetyRegression;

/// <summary>What became of one alert on one route.</summary>
public sealed record AlertReceipt
{
    /// <summary>The route.</summary>
    public required string Route { get; init; }

    /// <summary>Whether the run depends on it.</summary>
    public required bool Required { get; init; }

    /// <summary>The alert's id.</summary>
    public required string AlertId { get; init; }

    /// <summary>Its severity; <see langword="null"/> for a resolution.</summary>
    public AlertSeverity? Severity { get; init; }

    /// <summary>Whether the receiver has it.</summary>
    public required bool Delivered { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Tries { get; init; }

    /// <summary>Why it was not delivered.</summary>
    public AlertProblem? Problem { get; init; }

    /// <summary>The last HTTP status, if there was one.</summary>
    public int? Status { get; init; }

    /// <summary>One line for people, without any address.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Route}{(Required ? " (required)" : string.Empty)}: {(Severity is { } severity ? severity.ToString().ToLowerInvariant() : "resolution")} {(Delivered ? "delivered" : $"NOT delivered ({Problem}{(Status is { } status ? string.Create(CultureInfo.InvariantCulture, $", HTTP {status}") : string.Empty)})")} after {Tries} {(Tries == 1 ? "try" : "tries")}");
}
