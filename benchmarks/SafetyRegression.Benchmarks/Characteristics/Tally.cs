namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>What happened in some replicates of a scenario. Categories are counted over replicates.</summary>
internal sealed class Tally
{
    public required string Scenario { get; init; }

    public required long Seed { get; init; }

    public required int Chunk { get; init; }

    public int Replicates { get; set; }

    public int CategoryClaims { get; set; }

    public int AnyClaims { get; set; }

    public int OverallClaims { get; set; }

    public int CompositeClaims { get; set; }

    public int OverRefusalClaims { get; set; }

    public int Deploys { get; set; }

    public int Monitors { get; set; }

    public int Blocks { get; set; }

    public int BlocksByBreach { get; set; }

    public int BlocksByUnknownZeroTolerance { get; set; }

    public int BlocksByClaim { get; set; }

    public int BlocksByInconclusive { get; set; }

    public int BlocksByDataQuality { get; set; }

    public int ClearedEverywhere { get; set; }

    public int Unchanged { get; set; }

    public int UnchangedCleared { get; set; }

    public int UnchangedInconclusive { get; set; }

    public int Dropped { get; set; }

    public int DroppedDetected { get; set; }

    public int DroppedRegressed { get; set; }

    public int DroppedCleared { get; set; }

    public int DroppedInconclusive { get; set; }

    public int Intervals { get; set; }

    public int Covered { get; set; }

    public int AboveTruth { get; set; }

    public int Overalls { get; set; }

    public int OverallCovered { get; set; }

    public int OverallCleared { get; set; }

    public double Seconds { get; set; }

    public void Add(Tally other)
    {
        foreach (var property in typeof(Tally).GetProperties().Where(property => property.Name is not (nameof(Scenario) or nameof(Seed) or nameof(Chunk))))
        {
            object sum = property.GetValue(this) is int mine
                ? mine + (int)property.GetValue(other)!
                : (object)((double)property.GetValue(this)! + (double)property.GetValue(other)!);
            property.SetValue(this, sum);
        }
    }
}
