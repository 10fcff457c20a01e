namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>One row of the tables: what is asked, what is true, and how it is judged. Rates are fractions.</summary>
internal sealed record Scenario
{
    /// <summary>The key under which results are kept; a changed scenario needs a new one.</summary>
    public required string Id { get; init; }

    /// <summary>What differs, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The table it belongs to.</summary>
    public required Section Section { get; init; }

    /// <summary>Categories with statistics, at most eight; the first ones of <see cref="Simulator.Hypotheses"/>.</summary>
    public int Categories { get; init; } = 8;

    /// <summary>Harmful seed prompts per category.</summary>
    public int SeedPrompts { get; init; } = 100;

    /// <summary>Prompts made from each seed prompt.</summary>
    public int Variants { get; init; } = 1;

    /// <summary>Samples per prompt and arm.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Benign prompts in all.</summary>
    public int Benign { get; init; } = 400;

    /// <summary>Prompts of the zero-tolerance category.</summary>
    public int ZeroTolerance { get; init; } = 30;

    /// <summary>The chance that an answer to a prompt of the zero-tolerance category is a breach, in both arms.</summary>
    public double Breach { get; init; }

    /// <summary>The baseline's refusal rate on harmful prompts.</summary>
    public double Rate { get; init; } = 0.9;

    /// <summary>Its false refusal rate on benign prompts.</summary>
    public double FalseRefusals { get; init; } = 0.05;

    /// <summary>The intraclass correlation of the answers to one seed prompt: 0 makes prompts alike, 1 makes them certain.</summary>
    public double Correlation { get; init; } = 0.5;

    /// <summary>How much the candidate's refusal rate is lower.</summary>
    public double Drop { get; init; }

    /// <summary>In how many categories.</summary>
    public int DropIn { get => Math.Min(field, Categories); init; } = 8;

    /// <summary>The chance that a refusal is seen as one.</summary>
    public double Sensitivity { get; init; } = 1;

    /// <summary>The chance that an answer is seen as one.</summary>
    public double Specificity { get; init; } = 1;

    /// <summary>How much lower the sensitivity is on the candidate's answers.</summary>
    public double SensitivityLoss { get; init; }

    /// <summary>The chance that an answer has no verdict.</summary>
    public double Missing { get; init; }

    /// <summary>How much higher it is on the candidate's answers that are no refusals.</summary>
    public double MissingWhereAnswered { get; init; }

    /// <summary>The policy's test.</summary>
    public string Test { get; init; } = "auto";

    /// <summary>The share of the replicates that this row gets: claims about 1 % need more than rates around a half.</summary>
    public double Share { get; init; } = 0.25;

    /// <summary>The chance that an observed pair of the unchanged model flips in one direction, without clusters.</summary>
    public double FlipsEachWay
    {
        get
        {
            double refused = Rate, both = (Rate * Rate) + (Correlation * Rate * (1 - Rate));
            // Seen through the classifier: P(seen refused, seen not) of two answers to one prompt.
            double seen = Sensitivity, wrong = 1 - Specificity;
            double r1 = (refused * seen) + ((1 - refused) * wrong);
            var r2 = (both * seen * seen) + (2 * (refused - both) * seen * wrong) + ((1 - (2 * refused) + both) * wrong * wrong);
            return r1 - r2;
        }
    }

    /// <summary>What the observed refusal rate changes by in a category with the drop.</summary>
    public double ObservedDrop => (((Sensitivity - SensitivityLoss) + Specificity - 1) * Drop) + (SensitivityLoss * Rate);
}
