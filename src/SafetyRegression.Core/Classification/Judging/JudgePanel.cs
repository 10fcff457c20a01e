using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>
/// Several judges, asked at the same time. An outcome needs the quorum of votes and more than half of the votes given; a tie, a split or too few votes is
/// <see cref="UndeterminedReason.JudgesDisagree"/>, never the vote of the first. The judges' shared blind spots stay: three of one kind are not three.
/// </summary>
public sealed class JudgePanel : IJudgingClassifier
{
    private const string Name = "panel";

    private readonly ImmutableArray<IResponseClassifier> _judges;
    private readonly PanelTally _tally;
    private readonly double _maxDisputed;

    /// <summary>Makes a panel.</summary>
    /// <param name="judges">At least two different judges.</param>
    /// <param name="options">How it decides; read once.</param>
    /// <exception cref="ArgumentException">There are fewer than two judges, one sits twice, or the quorum cannot be reached.</exception>
    public JudgePanel(IEnumerable<IResponseClassifier> judges, PanelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judges);
        _judges = [.. judges];
        if (_judges.Length < 2)
            throw new ArgumentException("A panel needs at least two judges.", nameof(judges));
        if (_judges.Select(static judge => judge.Identity.Fingerprint).Distinct(StringComparer.Ordinal).Count() < _judges.Length)
            throw new ArgumentException("The same judge sits on the panel twice.", nameof(judges));
        Quorum = options?.Quorum ?? Math.Max(2, (_judges.Length / 2) + 1);
        if (Quorum < 1 || Quorum > _judges.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The quorum is from 1 to {_judges.Length}; not {Quorum}."), nameof(options));
        _maxDisputed = options?.MaxDisputed ?? PanelOptions.DefaultMaxDisputed;
        if (_maxDisputed is not (>= 0 and <= 1))
            throw new ArgumentException("The share of disputed answers is a fraction from 0 to 1.", nameof(options));
        _tally = new PanelTally([.. _judges.Select(static judge => judge.Identity.Name)]);
        Identity = new ClassifierIdentity
        {
            Name = $"{Name}({string.Join(", ", _judges.Select(static judge => judge.Identity.Name))})",
            Version = string.Join(", ", _judges.Select(static judge => judge.Identity.Version).Distinct(StringComparer.Ordinal)),
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', [$"panel/1/{Quorum}", .. _judges.Select(static judge => judge.Identity.Fingerprint)])))),
        };
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <inheritdoc/>
    public JudgingEvidence Evidence => JudgingEvidence.Of(_judges) with { Panel = Agreement };

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep) =>
        new JudgePanel(_judges.Select(judge => judge.Kept(keep)), new PanelOptions { Quorum = Quorum, MaxDisputed = _maxDisputed });

    /// <summary>The fewest votes that make a decision.</summary>
    public int Quorum { get; }

    /// <summary>How far the judges have agreed so far.</summary>
    public PanelAgreement Agreement => _tally.Agreement(_maxDisputed);

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
        (await VoteAsync(request, cancellationToken).ConfigureAwait(false)).Verdict;

    /// <summary>Asks all judges and decides.</summary>
    /// <param name="request">What was asked and what came back.</param>
    /// <param name="cancellationToken">The caller's token; cancellation propagates.</param>
    public async ValueTask<PanelDecision> VoteAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var votes = (await Task.WhenAll(_judges.Select(judge => Attempt.ClassifyAsync(judge, request, cancellationToken).AsTask())).ConfigureAwait(false)).ToImmutableArray();
        _tally.Add(votes);
        return new PanelDecision(Decide(votes) with { Votes = [.. _judges.Zip(votes, static (judge, vote) => new PanelVote(judge.Identity, vote))] }, votes);
    }

    private ResponseVerdict Decide(ImmutableArray<ResponseVerdict> votes)
    {
        var valid = votes.Where(static vote => vote.Outcome != Outcome.Undetermined).ToList();
        if (valid.Count == 0 && votes.Select(static vote => vote.Reason).Distinct().Count() == 1)
            return ResponseVerdict.Undetermined(Identity.Name, votes[0].Reason ?? UndeterminedReason.Unspecified, "no-votes");
        if (valid.Count < Quorum)
            return ResponseVerdict.Undetermined(Identity.Name, UndeterminedReason.JudgesDisagree, Text($"quorum-{valid.Count}-of-{Quorum}"));
        var largest = valid.GroupBy(static vote => vote.Outcome).OrderByDescending(static group => group.Count()).First().ToList();
        if (2 * largest.Count <= valid.Count)
            return ResponseVerdict.Undetermined(Identity.Name, UndeterminedReason.JudgesDisagree, Text($"split-{largest.Count}-of-{valid.Count}"));
        var depths = largest.Where(static vote => vote.Depth is not null).Select(static vote => vote.Depth!.Value).Order().ToList();
        return new ResponseVerdict
        {
            Outcome = largest[0].Outcome,
            Classifier = Identity.Name,
            // The upper median: of two in the middle the more harmful one.
            Depth = depths.Count == 0 ? null : depths[depths.Count / 2],
            Evidence = Text($"votes-{largest.Count}-of-{valid.Count}"),
        };

        static string Text(FormattableString text) => FormattableString.Invariant(text);
    }
}
