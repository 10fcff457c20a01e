using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using SafetyRegression.Reporting;

namespace SafetyRegression.Tests.Reporting;

public sealed class ReportJsonTests
{
    internal static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static JsonObject Schema()
    {
        // A category is written as its name, which the exporter cannot know of a converter.
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => context.TypeInfo.Type == typeof(HarmCategory) || context.TypeInfo.Type == typeof(HarmCategory?) ? new JsonObject { ["type"] = "string" } : schema,
        };
        var exported = ReportJsonContext.Default.Options.GetJsonSchemaAsNode(typeof(RegressionReport), options).AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:safety-regression:report:1",
            ["title"] = "A safety regression report, version 1",
            ["description"] = "Rates, tolerances and levels are fractions 0-1. Readers skip members they do not know and refuse a higher major version.",
        };
        foreach (var (name, value) in exported.ToList())
        {
            exported.Remove(name);
            schema[name] = value;
        }

        return schema;
    }

    [Test]
    public void Reports_follow_the_schema()
    {
        var schema = Schema();
        RegressionReport[] reports =
        [
            DemoReport.WithExtras(DemoReport.Of()), DemoReport.Of(samples: 3), DemoReport.Of([("own", 12, 0.9, 0.9)], benign: 0, depth: false), Hostile.Report(),
            DemoReport.Of([("hate", 40, 0.9, 0.9)], policy: SafetyPolicy.Standard with { Waivers = [new GateWaiver { Gate = "over-refusal", Reason = "r", Author = "a", Expires = new DateOnly(2030, 1, 1) }] }),
        ];

        foreach (var report in reports)
            Assert.That(SchemaCheck.Problems(JsonNode.Parse(ReportJson.Write(report)), schema, schema), Is.Empty);
    }

    [Test]
    public void The_schema_check_sees_what_is_wrong()
    {
        var schema = Schema();
        var report = JsonNode.Parse(ReportJson.Write(DemoReport.Of([("hate", 12, 0.9, 0.9)])))!.AsObject();
        report.Remove("runId");
        report["samplesPerPrompt"] = "one";
        report["decision"]!["recommendation"] = "Maybe";

        Assert.That(SchemaCheck.Problems(report, schema, schema), Has.Exactly(3).Items);
    }

    [Test]
    public void A_reader_skips_what_it_does_not_know_and_does_without_what_is_optional()
    {
        var report = DemoReport.WithExtras(DemoReport.Of([("hate", 40, 0.9, 0.8), ("privacy", 40, 0.9, 0.9)]));
        report = report with { Decision = new DeploymentGate().Decide(report.Analysis, report.Policy, report.AsOf) };
        var json = JsonNode.Parse(ReportJson.Write(report))!.AsObject();
        json["schemaVersion"] = "1.9";
        json["fromTheFuture"] = new JsonObject { ["x"] = 1 };
        json["decision"]!["gates"]![0]!["fromTheFuture"] = true;
        foreach (var name in new[] { "generation", "trend", "judges", "$schema" })
            json.Remove(name);
        foreach (var name in new[] { "transitions", "depthProfile", "depth", "capability" })
            json["analysis"]!.AsObject().Remove(name);
        foreach (var gate in json["decision"]!["gates"]!.AsArray())
            gate!.AsObject().Remove("subjects");
        json["policy"]!.AsObject().Remove("waivers");

        var read = ReportJson.Read(json.ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Decision.Recommendation, Is.EqualTo(report.Decision.Recommendation));
            foreach (var writer in ReportWriters.All)
                Assert.That(async () => await writer.WriteAsync(read, Stream.Null), Throws.Nothing, writer.Format);
        }
    }

    [Test]
    public void A_recommendation_that_does_not_follow_is_refused()
    {
        var report = DemoReport.Of([("hate", 200, 0.95, 0.5), ("privacy", 40, 0.9, 0.9)]);
        void Refused(Action<JsonObject> edit, string field)
        {
            var json = JsonNode.Parse(ReportJson.Write(report))!.AsObject();
            edit(json["decision"]!.AsObject());
            Assert.That(() => ReportJson.Read(json.ToJsonString(), "r.json"), Throws.TypeOf<InvalidInputException>().With.Message.Contains(field));
        }

        Assert.That(report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        Refused(decision => decision["recommendation"] = "Deploy", "decision.recommendation");
        Refused(decision => decision["gates"] = new JsonArray(), "decision.gates");
        Refused(
            decision =>
            {
                decision["recommendation"] = "Deploy";
                foreach (var gate in decision["gates"]!.AsArray())
                    gate!["allows"] = "Deploy";
            },
            "decision.recommendation");
    }

    [Test]
    public void Texts_appear_in_json_only_when_asked_for_and_never_of_zero_tolerance()
    {
        var report = DemoReport.Of([("privacy", 30, 1, 0), ("sexual-minors", 30, 1, 0)], benign: 0);
        var options = new EvidenceOptions { Redaction = RedactionLevel.None, Source = new Texts() };

        var open = Write(new JsonReportWriter(options), report);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Write(new JsonReportWriter(), report), Does.Not.Contain("CANARY"));
            Assert.That(open, Does.Contain("CANARY answer pri-").And.Not.Contain("CANARY answer sex-").And.Not.Contain("CANARY title sex-"));
            Assert.That(ReportJson.Read(open).RunId, Is.EqualTo(report.RunId));
            Assert.That(() => new HtmlReportWriter(options), Throws.ArgumentException);
        }
    }

    [Test]
    public void A_page_with_excerpts_folds_them_away_behind_a_warning()
    {
        var report = DemoReport.Of([("privacy", 30, 1, 0), ("sexual-minors", 30, 1, 0)], benign: 0);
        var options = new EvidenceOptions { Redaction = RedactionLevel.Excerpts, ExcerptLength = 14, Source = new Texts() };

        var page = Write(new HtmlReportWriter(options), report);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("<summary>Warning: may be harmful.").And.Contain("<pre>CANARY prompt …</pre>").And.Contain("do not forward"));
            Assert.That(page, Does.Not.Contain("sex-0000 with").And.Not.Contain("title sex-"));
            Assert.That(Write(new HtmlReportWriter(new EvidenceOptions { Redaction = RedactionLevel.PromptTitles, Source = new Texts() }), report), Does.Contain("CANARY title pri-").And.Not.Contain("CANARY prompt"));
        }
    }

    [Test]
    public void A_withheld_text_does_not_print_itself()
    {
        var text = new WithheldText("CANARY");
        var evidence = new PromptEvidence { Prompt = text };

        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{text} {evidence}", Does.Not.Contain("CANARY").And.Contain("withheld: 6 characters"));
            Assert.That(JsonSerializer.Serialize(evidence), Does.Not.Contain("CANARY"));
            Assert.That(text.Reveal(RedactionLevel.Full), Is.Null);
            Assert.That(text.Reveal(RedactionLevel.PromptTitles), Is.Null);
            Assert.That(new WithheldText("a🏳b").Reveal(RedactionLevel.Excerpts, 2), Is.EqualTo("a🏳…"));
            Assert.That(text.Reveal(RedactionLevel.None), Is.EqualTo("CANARY"));
        }
    }

    private static string Write(IReportWriter writer, RegressionReport report)
    {
        using var stream = new MemoryStream();
        writer.WriteAsync(report, stream).AsTask().GetAwaiter().GetResult();
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Texts : IEvidenceSource
    {
        public PromptEvidence Find(string itemId) => new() { Title = "CANARY title " + itemId, Prompt = new WithheldText($"CANARY prompt {itemId} with more"), Answer = new WithheldText($"CANARY answer {itemId} with more") };
    }
}
