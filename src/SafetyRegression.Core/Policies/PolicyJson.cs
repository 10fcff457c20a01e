using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafetyRegression;

/// <summary>Reads and writes policies as JSON.</summary>
public static class PolicyJson
{
    /// <summary>Finds a preset by name.</summary>
    /// <param name="name">The preset's name, ignoring case.</param>
    /// <returns>The preset, or <see langword="null"/>.</returns>
    public static SafetyPolicy? Preset(string name) =>
        SafetyPolicy.Presets.FirstOrDefault(policy => StringComparer.OrdinalIgnoreCase.Equals(policy.Name, name));

    /// <summary>Reads a policy. Members that are not given keep the standard preset's values; unknown members are an error.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="file">The name to show in errors.</param>
    /// <exception cref="InvalidInputException">Not JSON, an unknown member, or a value out of range.</exception>
    public static SafetyPolicy Parse(string json, string file = "policy")
    {
        ArgumentNullException.ThrowIfNull(json);
        SafetyPolicy? policy;
        try
        {
            policy = WithDefaults(json) is { } whole ? StrictJson.Deserialize(Encoding.UTF8.GetBytes(whole.ToJsonString()), PolicyJsonContext.Default.SafetyPolicy) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new InputProblem(file, (int)((e.LineNumber ?? -1) + 1), e.Path, $"expected a policy: {e.Message}"));
        }

        if (policy is null)
            throw new InvalidInputException(new InputProblem(file, 0, null, "expected a policy object; found null"));
        var problems = PolicyRules.Check(policy, file).ToList();
        return problems.Count == 0 ? policy : throw new InvalidInputException(problems);
    }

    /// <summary>Reads a policy file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">Not JSON, an unknown member, or a value out of range.</exception>
    public static SafetyPolicy Load(string path) => Parse(File.ReadAllText(path), Path.GetFileName(path));

    /// <summary>Writes a policy as indented JSON with every member.</summary>
    /// <param name="policy">The policy.</param>
    public static string Write(SafetyPolicy policy) => JsonSerializer.Serialize(policy, PolicyJsonContext.Default.SafetyPolicy);

    /// <summary>Lays the members given over the standard preset's: generated readers do not run the initialisers of init-only members.</summary>
    private static JsonObject? WithDefaults(string json)
    {
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        if (JsonNode.Parse(json, documentOptions: strict) is not JsonObject given)
            return null;
        var all = JsonSerializer.SerializeToNode(SafetyPolicy.Standard, PolicyJsonContext.Default.SafetyPolicy)!.AsObject();
        foreach (var (name, value) in given.Where(member => member.Key != "$schema"))
            all[name] = value?.DeepClone();
        return all;
    }

    internal static string FingerprintOf(SafetyPolicy policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(policy))));
}
