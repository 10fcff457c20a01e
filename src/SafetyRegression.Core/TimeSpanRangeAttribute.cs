using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SafetyRegression;

/// <summary>The range of a <see cref="TimeSpan"/> option, in the constant format <c>[d.]hh:mm:ss[.fff]</c>; the framework's own attribute needs reflection.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeSpanRangeAttribute(string minimum, string maximum) : ValidationAttribute($"The field {{0}} must be between {minimum} and {maximum}.")
{
    /// <summary>The least value.</summary>
    public string Minimum => minimum;

    /// <summary>The greatest value.</summary>
    public string Maximum => maximum;

    public override bool IsValid(object? value) =>
        value is null || (value is TimeSpan span && span >= TimeSpan.Parse(minimum, CultureInfo.InvariantCulture) && span <= TimeSpan.Parse(maximum, CultureInfo.InvariantCulture));
}
