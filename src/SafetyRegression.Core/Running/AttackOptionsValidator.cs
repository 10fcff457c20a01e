using Microsoft.Extensions.Options;

namespace SafetyRegression.Running;

/// <summary>Checks the ranges of <see cref="AttackOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class AttackOptionsValidator : IValidateOptions<AttackOptions>;
