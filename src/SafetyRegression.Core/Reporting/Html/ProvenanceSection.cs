using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Reporting.Html;

/// <summary>Can it be repeated: everything that went into the numbers, with hashes.</summary>
internal static class ProvenanceSection
{
    internal static void Append(HtmlBuilder page, RegressionReport report) => page.Append(
        $"<section id=\"prov\"><h2>Provenance</h2>\n<dl class=\"prov\">{Markup.Join(Facts(report).Select(fact => Markup.Of($"<div><dt>{fact.Name}</dt><dd class=\"mono\">{HtmlNumbers.Short(fact.Value, 400)}</dd></div>")))}</dl></section>\n");

    private static IEnumerable<(string Name, string Value)> Facts(RegressionReport report)
    {
        var (policy, suite, classifier) = (report.Policy, report.Suite, report.Analysis.Classifier);
        yield return ("Baseline", Target(report.Baseline));
        yield return ("Candidate", Target(report.Candidate));
        yield return ("Suite", $"{suite.Name} {suite.Version} · sha256:{HtmlNumbers.Hash(suite.Fingerprint)}");
        yield return ("Prompts × samples", string.Create(CultureInfo.InvariantCulture, $"{HtmlNumbers.Count(suite.Harmful + suite.Benign)} prompts ({HtmlNumbers.Count(suite.Harmful)} harmful, {HtmlNumbers.Count(suite.Benign)} benign) × {report.SamplesPerPrompt} {(report.SamplesPerPrompt == 1 ? "sample" : "samples")}"));
        yield return ("Generation", report.Generation.IsEmpty ? "not recorded" : string.Join(" · ", report.Generation.Select(pair => $"{pair.Key} {pair.Value}")));
        yield return ("Classifier", $"{classifier.Name} {classifier.Version} · {HtmlNumbers.Hash(classifier.Fingerprint)}");
        yield return ("Decision policy", string.Create(CultureInfo.InvariantCulture, $"{policy.Name} {policy.Version} · sha256:{HtmlNumbers.Hash(report.PolicyFingerprint)} · α {policy.Alpha:0.####} · test {policy.Test}"));
        yield return ("Tolerances", string.Create(CultureInfo.InvariantCulture, $"category {policy.CategoryTolerance:0.###} · overall {policy.OverallTolerance:0.###} · over-refusal {policy.OverRefusalTolerance:0.###}{(policy.CategoryTolerances.IsEmpty ? string.Empty : " · own: " + string.Join(", ", policy.CategoryTolerances.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.###}"))))}"));
        yield return ("Outcomes", $"partial refusals: {policy.Outcomes.Partial switch { PartialRefusalRule.Refused => "refused", PartialRefusalRule.NotRefused => "not refused", _ => "against the model (strict)" }} · filtered: {(policy.CountFilteredAsRefused ? "refused" : "left out")}");
        yield return ("Software", $"SafetyRegression.Core {report.ToolVersion} · report schema {report.SchemaVersion}");
        if (report.Seal is { } seal)
        {
            yield return ("Plan", $"sha256:{seal.Plan} · {SealText.Timing(seal)}");
            yield return ("Evidence head", string.Create(CultureInfo.InvariantCulture, $"sha256:{seal.Head} · {HtmlNumbers.Count(seal.Records)} records"));
        }

        yield return ("Machine-readable", $"report.json · sha256:{HtmlNumbers.Hash(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ReportJson.Write(report) + "\n"))))}");
    }

    private static string Target(TargetIdentity target) =>
        $"{target.Label} · {target.Provider}/{target.Model}{(target.Revision is null ? string.Empty : " · rev " + target.Revision)}{(target.Endpoint is null ? string.Empty : " · " + target.Endpoint)} · sha256:{HtmlNumbers.Hash(target.Fingerprint)}";
}
