namespace SafetyRegression;

/// <summary>Where alerts go. Called from any thread; one alert may be sent several times until it is delivered, always with the same <see cref="SafetyAlert.Id"/>.</summary>
public interface IAlertSink
{
    /// <summary>Tries once to send an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">The caller's token; cancelled also when the try takes too long.</param>
    /// <returns>Whether the receiver has it, or why not. An exception counts as a failed try.</returns>
    ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default);
}
