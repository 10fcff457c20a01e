using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SafetyRegression.Bundles;

/// <summary>Makes a report again from the files of a bundle and says what differs.</summary>
internal sealed class BundleVerifier
{
    private const int MostPlanned = 20_000_000;
    private const string FollowsFromOutcomes = "from the outcomes follows";

    private readonly BundleSource _source;
    private readonly EvidenceVerificationOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly List<EvidenceProblem> _problems;
    private readonly List<string> _notes = [];

    private BundleVerifier(BundleSource source, EvidenceVerificationOptions options, CancellationToken cancellationToken)
    {
        (_source, _options, _cancellationToken) = (source, options, cancellationToken);
        _problems = [.. source.Problems];
        if (source.Strangers.Count > 0)
            _notes.Add($"no part of the bundle and not looked at: {Gating.Say.List([.. source.Strangers.Select(name => Reporting.Characters.Line(name, 80))])}");
    }

    internal static EvidenceVerification Verify(string path, EvidenceVerificationOptions options, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return new BundleVerifier(BundleSource.OfZip(path), options, cancellationToken).Verify(renderings: null);
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no bundle '{path}'.", path);

        // The folder of the report files, or the bundle's own.
        var below = Path.Combine(path, BundleFiles.Folder);
        if (!Directory.Exists(below) && File.Exists(below + ".zip"))
            return new BundleVerifier(BundleSource.OfZip(below + ".zip"), options, cancellationToken).Verify(path);
        return Directory.Exists(below)
            ? new BundleVerifier(BundleSource.OfFolder(below), options, cancellationToken).Verify(path)
            : new BundleVerifier(BundleSource.OfFolder(path), options, cancellationToken).Verify(renderings: null);
    }

    private EvidenceVerification Verify(string? renderings)
    {
        var planBytes = Require(BundleFiles.Plan);
        var planHash = planBytes is null ? null : EvidenceJson.Hash(planBytes);
        var plan = Read(BundleFiles.Plan, planBytes, EvidenceJsonContext.Default.EvidencePlan);
        var statedJson = ReadReport();
        var (suite, prompts) = ReadSuite(plan);
        var capability = ReadCapability(plan);
        if (plan is not null && suite is not null)
            CheckPlan(plan, planBytes!, suite, capability);
        var (chain, runs) = ReadOutcomes(planHash, statedJson);
        var expected = plan is not null && suite is not null && runs is not null && chain?.Head is { } head
            ? Recompute(plan, planHash!, suite, capability, runs, chain.Lines, head)
            : null;
        if (expected is not null)
            CompareReport(expected, statedJson);
        if (chain?.Head is { } found && planHash is not null)
            CheckManifest(planHash, found);
        if (chain?.Head is { } actual && _options.Head is { } known && !string.Equals(known, actual, StringComparison.Ordinal))
            _problems.Add(new EvidenceProblem(BundleFiles.Outcomes, $"its head is {actual}; the one known from elsewhere is {known}"));
        CheckSignature();
        if (prompts is not null && runs is not null && _source.Find(BundleFiles.Texts) is { } texts)
            TextCheck.Run(texts, plan!, prompts, runs, _problems);
        if (renderings is not null && expected is not null)
            RenderingCheck.Run(renderings, expected, _problems, _notes);
        return new EvidenceVerification
        {
            Problems = [.. _problems],
            Notes = [.. _notes],
            Plan = planHash,
            Head = chain?.Head,
            Outcomes = runs?.Outcomes ?? 0,
            Values = expected is null ? 0 : JsonDifferences.Count(EvidenceJson.Parse(Encoding.UTF8.GetBytes(ReportJson.Write(expected)))),
            Recommendation = expected?.Decision.Recommendation,
        };
    }

    private byte[]? Require(string name)
    {
        var bytes = _source.Find(name);
        if (bytes is null)
            _problems.Add(new EvidenceProblem(name, "missing"));
        return bytes;
    }

    private T? Read<T>(string name, byte[]? bytes, JsonTypeInfo<T> type)
        where T : class
    {
        if (bytes is null)
            return null;
        try
        {
            if (StrictJson.Deserialize(bytes, type) is { } value)
                return value;
            _problems.Add(new EvidenceProblem(name, "expected an object; found null"));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            _problems.Add(new EvidenceProblem(name, $"cannot be read: {Where(e)}"));
        }

        return null;
    }

    private JsonNode? ReadReport()
    {
        if (Require(BundleFiles.Report) is not { } bytes)
            return null;
        try
        {
            return EvidenceJson.Parse(bytes);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Report, $"cannot be read: {Where(e)}"));
            return null;
        }
    }

    private (SafetySuite? Suite, List<PromptRecord>? Prompts) ReadSuite(EvidencePlan? plan)
    {
        if (Require(BundleFiles.Prompts) is not { } bytes)
            return default;
        var file = ChainedFile<PromptRecord>.Read(BundleFiles.Prompts, bytes, EvidenceJsonContext.Default.PromptRecord, record => record.P, _problems);
        if (plan is null)
            return default;
        _problems.AddRange(file.Breaks(BundleFiles.Prompts, plan.Suite.Fingerprint, "the suite in " + BundleFiles.Plan, plan.Suite.Outline, BundleFiles.Plan + " $.suite.outline"));
        if (!file.IsReadable)
            return default;
        try
        {
            List<PromptRecord> prompts = [.. file.Records.Select(record => record.Record)];
            return (SafetySuite.Outline(plan.Suite.Name, plan.Suite.Version, plan.Suite.Fingerprint, [.. prompts.Select(prompt => prompt.ToPrompt())]), prompts);
        }
        catch (ArgumentException e)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Prompts, $"not a suite: {Reporting.Characters.Line(e.Message)}"));
            return default;
        }
    }

    private CapabilitySuite? ReadCapability(EvidencePlan? plan)
    {
        if (plan?.Capability is not { } planned || Require(BundleFiles.Capability) is not { } bytes)
            return null;
        var file = ChainedFile<CapabilityRecord>.Read(BundleFiles.Capability, bytes, EvidenceJsonContext.Default.CapabilityRecord, record => record.P, _problems);
        _problems.AddRange(file.Breaks(BundleFiles.Capability, planned.Fingerprint, "the capability suite in " + BundleFiles.Plan, planned.Outline, BundleFiles.Plan + " $.capability.outline"));
        try
        {
            return file.IsReadable ? CapabilitySuite.Outline(planned.Name, planned.Version, planned.Fingerprint, [.. file.Records.Select(record => record.Record.ToItem())]) : null;
        }
        catch (ArgumentException e)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Capability, $"not a suite: {Reporting.Characters.Line(e.Message)}"));
            return null;
        }
    }

    /// <summary>What the plan says twice, or what follows from the suite, must agree with itself.</summary>
    private void CheckPlan(EvidencePlan plan, byte[] bytes, SafetySuite suite, CapabilitySuite? capability)
    {
        var derived = plan with
        {
            Format = EvidencePlan.CurrentFormat,
            Suite = plan.Suite with { Items = suite.Prompts.Length },
            Capability = capability is null ? plan.Capability : plan.Capability! with { Items = capability.Items.Length },
            PolicyFingerprint = plan.Policy.Fingerprint,
            Hypotheses = PlannedHypotheses.Of(suite, capability, plan.Policy),
        };
        _problems.AddRange(JsonDifferences.Of(EvidenceJson.Parse(derived.ToBytes()), EvidenceJson.Parse(bytes), BundleFiles.Plan, "from the rest follows"));
        if (!EvidencePlan.NamesOf(_options.AdditionalGates).SequenceEqual(plan.AdditionalGates))
            _problems.Add(new EvidenceProblem(BundleFiles.Plan + " $.additionalGates", $"the host's own gates decided too and cannot be recomputed without them: {string.Join(", ", plan.AdditionalGates.Select(name => Reporting.Characters.Line(name, 200)))}"));
        if (_options.Suite is { } known && !string.Equals(known.Fingerprint, plan.Suite.Fingerprint, StringComparison.Ordinal))
            _problems.Add(new EvidenceProblem(BundleFiles.Plan + " $.suite.fingerprint", $"the suite at hand has {known.Fingerprint}; the file says {Reporting.Characters.Line(plan.Suite.Fingerprint, 80)}"));
        if (plan.Tool != PackageVersions.Tool)
            _notes.Add($"made by version {Reporting.Characters.Line(plan.Tool, 40)}, verified by {PackageVersions.Tool}: wording may differ between versions");
        if (_options.Suite is null && _source.Find(BundleFiles.Texts) is null)
            _notes.Add("the suite's texts are not here: its fingerprint is taken from the plan (give the suite to have it computed)");
    }

    private (ChainedFile<EvidenceRecord>? Chain, RecordedRuns? Runs) ReadOutcomes(string? plan, JsonNode? stated)
    {
        if (Require(BundleFiles.Outcomes) is not { } bytes)
            return default;
        var chain = ChainedFile<EvidenceRecord>.Read(BundleFiles.Outcomes, bytes, EvidenceJsonContext.Default.EvidenceRecord, record => record.P, _problems);
        if (plan is not null)
            _problems.AddRange(chain.Breaks(BundleFiles.Outcomes, plan, BundleFiles.Plan, Text(stated, "seal", "head"), BundleFiles.Report + " $.seal.head"));
        return (chain, chain.IsReadable ? RecordedRuns.Read(chain.Records, _problems) : null);
    }

    /// <summary>The same code as for the run itself: analyzer, gates, report.</summary>
    private RegressionReport? Recompute(
        EvidencePlan plan, string planHash, SafetySuite suite, CapabilitySuite? capability, RecordedRuns runs, int records, string head)
    {
        if (runs is not { End: { } end } || runs.Run(Arm.Baseline) is not { } baseline || runs.Run(Arm.Candidate) is not { } candidate)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Outcomes, "an arm or the last record is missing"));
            return null;
        }

        var comparison = capability is not null && runs.Capability(Arm.Baseline) is { } before && runs.Capability(Arm.Candidate) is { } after
            ? new CapabilityComparison(capability, before, after)
            : null;
        foreach (var stray in PlanAgreement.Of(plan, suite.Fingerprint, baseline, candidate, comparison, plan.Policy))
            _problems.Add(new EvidenceProblem(BundleFiles.Outcomes, $"not the run that {BundleFiles.Plan} speaks of: {Reporting.Characters.Line(stray)}"));
        CheckOriginal(end);
        if ((long)suite.Prompts.Length * Math.Max(baseline.SamplesPerPrompt, candidate.SamplesPerPrompt) > MostPlanned
            || (comparison is not null && (long)comparison.Suite.Items.Length * Math.Max(comparison.Baseline.SamplesPerItem, comparison.Candidate.SamplesPerItem) > MostPlanned))
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Plan + " $.samplesPerPrompt", $"more than {MostPlanned} answers are planned"));
            return null;
        }

        try
        {
            var options = new ReportOptions
            {
                AsOf = end.AsOf,
                AllowSameTarget = plan.AllowSameTarget,
                Capability = comparison,
                Attacks = runs.Attacks,
                NoiseFloor = end.NoiseFloor,
                Judging = end.Judging ?? JudgingEvidence.None,
                AdditionalGates = _options.AdditionalGates,
            };
            var report = RegressionReport.Create(suite, baseline, candidate, plan.Policy, options, _cancellationToken);
            if (end.Additions is { } additions)
                _notes.Add($"stated by the host and not recomputed: {additions}");
            return HostAdditions.Apply(report, end.Additions) with { ToolVersion = plan.Tool, Seal = Evidence.SealOf(planHash, head, records, end) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever a forged bundle makes the analyzer say, it is no verification.
            _problems.Add(new EvidenceProblem(BundleFiles.Outcomes, $"cannot be analysed: {Reporting.Characters.Line(e.Message)}"));
            return null;
        }
    }

    private void CheckOriginal(EvidenceEnd end)
    {
        var original = _source.Find(BundleFiles.OriginalPlan) is { } bytes ? EvidenceJson.Hash(bytes) : null;
        if (!string.Equals(original, end.OriginalPlan, StringComparison.Ordinal))
            _problems.Add(new EvidenceProblem(BundleFiles.OriginalPlan, $"the outcomes name {end.OriginalPlan ?? "no earlier plan"}; found {original ?? "none"}"));
        if (end.Timing != PlanTiming.BeforeAnswers)
            _notes.Add(end.Timing == PlanTiming.Changed ? "the plan is not the one that was frozen before the run (plan-frozen.json)" : "the plan was made when the answers were there already");
    }

    private void CompareReport(RegressionReport expected, JsonNode? stated)
    {
        var bytes = Encoding.UTF8.GetBytes(ReportJson.Write(expected) + "\n");
        if (_source.Find(BundleFiles.Report) is not { } found || found.AsSpan().SequenceEqual(bytes))
            return;
        var differences = JsonDifferences.Of(EvidenceJson.Parse(bytes), stated, BundleFiles.Report, FollowsFromOutcomes).ToList();
        _problems.AddRange(differences.Count > 0 ? differences : [new EvidenceProblem(BundleFiles.Report, "the same values in another form: the file was rewritten")]);
    }

    private void CheckManifest(string plan, string head)
    {
        if (Require(BundleFiles.Manifest) is not { } found)
            return;
        var files = BundleFiles.Listed.Select(name => (Name: name, Bytes: _source.Find(name))).Where(file => file.Bytes is not null).Select(file => (file.Name, file.Bytes!));
        var expected = EvidenceJson.Indented(BundleManifest.Of(plan, head, files), EvidenceJsonContext.Default.BundleManifest);
        if (found.AsSpan().SequenceEqual(expected))
            return;
        try
        {
            var differences = JsonDifferences.Of(EvidenceJson.Parse(expected), EvidenceJson.Parse(found), BundleFiles.Manifest, "from the files follows").ToList();
            _problems.AddRange(differences.Count > 0 ? differences : [new EvidenceProblem(BundleFiles.Manifest, "the same values in another form: the file was rewritten")]);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Manifest, $"cannot be read: {Where(e)}"));
        }
    }

    private void CheckSignature()
    {
        var bytes = _source.Find(BundleFiles.Signature);
        if (_options.Key is not { } key)
        {
            _notes.Add(bytes is null
                ? "not signed: who can rewrite every file can make another bundle that verifies; compare the head with one printed elsewhere"
                : "signed, but no key was given to check the signature");
            return;
        }

        if (bytes is null)
        {
            _problems.Add(new EvidenceProblem(BundleFiles.Signature, $"missing: expected a signature of {key}"));
            return;
        }

        if (Read(BundleFiles.Signature, bytes, EvidenceJsonContext.Default.BundleSignature) is not { } signature || _source.Find(BundleFiles.Manifest) is not { } manifest)
            return;
        if (!key.Verify(manifest, signature))
            _problems.Add(new EvidenceProblem(BundleFiles.Signature, $"not a signature of {key} over {BundleFiles.Manifest}"));
        else if (!EvidenceJson.Indented(signature, EvidenceJsonContext.Default.BundleSignature).AsSpan().SequenceEqual(bytes))
            _problems.Add(new EvidenceProblem(BundleFiles.Signature, "the same values in another form: the file was rewritten"));
        else if (!StringComparer.Ordinal.Equals(signature.KeyId, key.Id))
            _notes.Add($"signed with this key under the name '{Reporting.Characters.Line(signature.KeyId, 80)}', here called '{key.Id}'; names are not part of what is signed");
    }

    private static string? Text(JsonNode? node, string first, string second) =>
        node is JsonObject top && top[first] is JsonObject inner && inner[second] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Where(Exception e) => e is JsonException json
        ? string.Create(CultureInfo.InvariantCulture, $"line {(json.LineNumber ?? -1) + 1}, {Reporting.Characters.Line(json.Path ?? "$", 200)}")
        : Reporting.Characters.Line(e.Message, 300);
}
