using SafetyRegression.RunLogs;

namespace SafetyRegression.Monitoring;

/// <summary>
/// Adds to a history that several processes add to. Whoever comes second reads what the first one added and decides anew, so that a finished run is not lost
/// because another one finished at the same moment. A process is overtaken at most once by every other, so few tries are enough.
/// </summary>
internal static class SharedHistory
{
    private const int MostTries = 50;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads the history and adds to it, again while others get in between.</summary>
    /// <param name="path">The history's file.</param>
    /// <param name="add">Decides on the history as it stands, and adds; false when another process got in between.</param>
    /// <param name="time">The clock of the pauses between two tries.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The history with what was added.</returns>
    /// <exception cref="IOException">Others wrote the file at every try.</exception>
    internal static async Task<LineageHistory> AddAsync(string path, Func<LineageHistory, bool> add, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (Open(path) is { } history && add(history))
                return history;
            if (tries == MostTries)
                throw LineageHistory.Overtaken(path);
            var pause = tries * _pause;
            await Task.Delay(pause < _longestPause ? pause : _longestPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The history, or <see langword="null"/> while another process writes it, on systems where that keeps readers out.</summary>
    private static LineageHistory? Open(string path)
    {
        try
        {
            return LineageHistory.Open(path);
        }
        catch (IOException e) when (WriterLock.IsHeldByAnother(e))
        {
            return null;
        }
    }
}
