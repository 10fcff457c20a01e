using Microsoft.Extensions.Options;

namespace SafetyRegression.Monitoring;

/// <summary>Checks the ranges of <see cref="MonitoringOptions"/> (generated from their attributes).</summary>
[OptionsValidator]
internal sealed partial class MonitoringOptionsValidator : IValidateOptions<MonitoringOptions>;
