using Microsoft.Extensions.Options;

namespace SafetyRegression.Monitoring;

/// <summary>Checks the ranges of <see cref="AlertOptions"/> (generated from their attributes).</summary>
[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;
