using System.Collections.Concurrent;

namespace Simulation;

/// <summary>What a <see cref="SimulationServer"/> has seen so far.</summary>
public sealed class RequestCounters
{
    private readonly ConcurrentDictionary<string, int> _byModel = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SimulatedFault, int> _byFault = new();
    private int _total;
    private int _answered;
    private int _aborted;
    private int _inFlight;
    private int _mostInFlight;

    /// <summary>Requests that arrived, of chats and of moderation.</summary>
    public int Total => _total;

    /// <summary>Requests answered without a fault.</summary>
    public int Answered => _answered;

    /// <summary>Requests the client gave up.</summary>
    public int Aborted => _aborted;

    /// <summary>Requests being answered now.</summary>
    public int InFlight => _inFlight;

    /// <summary>The most requests that were ever in flight together.</summary>
    public int MostInFlight => _mostInFlight;

    /// <summary>Requests for a model.</summary>
    public int For(string model) => _byModel.GetValueOrDefault(model);

    /// <summary>Requests that met a fault.</summary>
    public int For(SimulatedFault fault) => _byFault.GetValueOrDefault(fault);

    internal int Arrive(string model)
    {
        _byModel.AddOrUpdate(model, 1, static (_, count) => count + 1);
        var now = Interlocked.Increment(ref _inFlight);
        var most = _mostInFlight;
        while (now > most && Interlocked.CompareExchange(ref _mostInFlight, now, most) != most)
            most = _mostInFlight;
        return Interlocked.Increment(ref _total) - 1;
    }

    internal void Meet(SimulatedFault fault)
    {
        if (fault == SimulatedFault.None)
            Interlocked.Increment(ref _answered);
        else
            _byFault.AddOrUpdate(fault, 1, static (_, count) => count + 1);
    }

    internal void Leave(bool aborted)
    {
        Interlocked.Decrement(ref _inFlight);
        if (aborted)
            Interlocked.Increment(ref _aborted);
    }
}
