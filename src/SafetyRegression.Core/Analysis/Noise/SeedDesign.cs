namespace SafetyRegression;

/// <summary>How random seeds were given to the calls of a run.</summary>
public enum SeedDesign
{
    /// <summary>No seeds are recorded: whether prompts are independent is left to what the runs show.</summary>
    Unknown = 0,

    /// <summary>One seed for all prompts of a run: prompts share their luck, and more prompts do not average it away.</summary>
    Shared = 1,

    /// <summary>Every (prompt, sample) has a seed of its own.</summary>
    PerPrompt = 2,
}
