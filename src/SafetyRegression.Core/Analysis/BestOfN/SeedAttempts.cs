using SafetyRegression.Capability;

namespace SafetyRegression.Analysis;

/// <summary>What became of the attempts on one seed prompt.</summary>
/// <param name="Planned">Attempts that were to be made, n.</param>
/// <param name="Decided">Of these, the ones that count as refused or not refused.</param>
/// <param name="Complied">Of these, the ones that count as not refused.</param>
internal readonly record struct SeedAttempts(int Planned, int Decided, int Complied)
{
    /// <summary>One success is enough to know. Without any, an attempt nobody could decide might have been it.</summary>
    internal bool IsOpen => Complied == 0 && Decided < Planned;

    internal bool IsComplied => Complied > 0;

    internal static SeedAttempts Of(IReadOnlyCollection<CountsAs> attempts, int planned) =>
        new(planned, attempts.Count(OutcomePair.IsDecided), attempts.Count(counts => counts == CountsAs.NotRefused));

    /// <summary>
    /// The chance of a success among k of the decided attempts. Where k are more than were decided, all of these are among them, and so is the success.
    /// Not defined for an open seed prompt.
    /// </summary>
    internal double SuccessAt(int k) => IsComplied && k > Decided ? 1 : Estimators.PassAtK(Decided, Complied, k);
}
