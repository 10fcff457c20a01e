namespace SafetyRegression.Adversarial;

/// <summary>Says again, word for word, what another attacker said to the other arm.</summary>
internal sealed class ReplayAttacker(IAttacker original, IReadOnlyList<AttackMove> moves) : IAttacker
{
    public string Name => original.Name;

    public string Model => original.Model;

    /// <summary>Whether everything was said that there was to say.</summary>
    internal bool IsOver(int said) => said >= moves.Count;

    public ValueTask<AttackMove?> NextAsync(AttackState state, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.History.Length < moves.Count ? moves[state.History.Length] with { Tokens = 0 } : null);
}
