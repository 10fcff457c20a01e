using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What a verifier brings along.</summary>
public sealed class EvidenceVerificationOptions
{
    /// <summary>The key that must have signed the bundle.</summary>
    /// <value>Default <see langword="null"/>: a signature is not asked for.</value>
    public EvidenceKey? Key { get; set; }

    /// <summary>The suite, texts included, when the verifier has it: then the fingerprint is computed and not believed.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public SafetySuite? Suite { get; set; }

    /// <summary>The head that the verifier knows from elsewhere (an alert, a printed report).</summary>
    /// <value>Default <see langword="null"/>: the report's own.</value>
    public string? Head { get; set; }

    /// <summary>The host's own gates, when it had any: what they say cannot be recomputed without them.</summary>
    /// <value>Default: none.</value>
    public ImmutableArray<IDeploymentGate> AdditionalGates { get; set; } = [];
}
