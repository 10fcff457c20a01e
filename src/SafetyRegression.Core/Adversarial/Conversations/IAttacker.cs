namespace SafetyRegression;

/// <summary>
/// Writes the user's side of a conversation with a harmful aim, message by message, from what the model under attack replied. Holds no state between calls:
/// all it may use is in the state it is given, so that an interrupted attack goes on from its log.
/// </summary>
public interface IAttacker
{
    /// <summary>The kind and version of the instructions, such as <c>crescendo@1</c>.</summary>
    string Name { get; }

    /// <summary>Who writes: provider, model and revision of the attacking model.</summary>
    string Model { get; }

    /// <summary>Writes the next message.</summary>
    /// <param name="state">The conversation so far.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The message, or <see langword="null"/> when there is none: the attacking model refused, or replied in another form than the one asked for.</returns>
    ValueTask<AttackMove?> NextAsync(AttackState state, CancellationToken cancellationToken = default);
}
