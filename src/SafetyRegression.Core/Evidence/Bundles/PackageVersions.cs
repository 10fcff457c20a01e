using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SafetyRegression.Bundles;

/// <summary>The versions of what computes the numbers and asks the models.</summary>
internal static class PackageVersions
{
    /// <summary>As reports state it.</summary>
    internal static string Tool { get; } = typeof(RegressionReport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    internal static ImmutableSortedDictionary<string, string> All { get; } = new[]
    {
        Of(typeof(RegressionReport).Assembly),
        Of(typeof(MathNet.Numerics.SpecialFunctions).Assembly),
        Of(typeof(CsvHelper.CsvReader).Assembly),
        Of(typeof(Polly.ResiliencePipeline).Assembly),
        Of(typeof(Microsoft.Extensions.AI.IChatClient).Assembly),
        KeyValuePair.Create("runtime", RuntimeInformation.FrameworkDescription),
        KeyValuePair.Create("platform", RuntimeInformation.RuntimeIdentifier),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static KeyValuePair<string, string> Of(Assembly assembly) => KeyValuePair.Create(
        assembly.GetName().Name ?? "unnamed",
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "0.0.0");
}
