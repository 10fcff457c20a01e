using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>The option that names a measured noise floor.</summary>
internal static class NoiseFloorOptions
{
    internal static NoiseFloor? Read(ArgumentReader arguments) => arguments.Option("noise-floor") is { } file
        ? File.Exists(file) ? NoiseFloorJson.Load(file) : throw new UsageException($"--noise-floor is a file written by the command noise-floor; there is no '{file}'.")
        : null;
}
