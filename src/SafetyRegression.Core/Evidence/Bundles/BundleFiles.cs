namespace SafetyRegression.Bundles;

/// <summary>The files of a bundle; a bundle is flat and holds nothing else.</summary>
internal static class BundleFiles
{
    internal const string Folder = "evidence";
    internal const string Manifest = "manifest.json";
    internal const string Plan = "plan.json";
    internal const string OriginalPlan = "plan-frozen.json";
    internal const string Prompts = "prompts.jsonl";
    internal const string Capability = "capability.jsonl";
    internal const string Outcomes = "outcomes.jsonl";
    internal const string Report = "report.json";
    internal const string Signature = "signature.json";
    internal const string Texts = "texts.jsonl";

    /// <summary>What the manifest lists, in its order. The signature covers the manifest, and the texts may be removed.</summary>
    internal static readonly string[] Listed = [Plan, OriginalPlan, Prompts, Capability, Outcomes, Report];

    internal static readonly string[] All = [Manifest, .. Listed, Signature, Texts];
}
