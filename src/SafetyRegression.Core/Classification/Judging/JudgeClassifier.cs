using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>
/// A language model as judge. It sees question and answer only, never the arm, the model, a system prompt or a label; the judged text is fenced by a nonce
/// and made harmless, and the verdict is read strictly from the judge's final channel. What cannot be read is tried again with a stricter reminder and then
/// left undetermined with its reason; there is no default verdict. Labels are uncalibrated until the host has measured them
/// against human labels. Combine with <see cref="CachedClassifier"/>, <see cref="AnchoredClassifier"/>, <see cref="CascadeClassifier"/>,
/// or use <see cref="Judges.Create"/>.
/// </summary>
public sealed class JudgeClassifier : IJudgingClassifier, IJudgeSeat
{
    private const string Name = "judge";

    private readonly IChatClient _client;
    private readonly JudgeProtocol _protocol;
    private readonly string? _model;
    private readonly int _maxAttempts;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _delay;
    private readonly int _maxCharacters;
    private readonly double _minimumConfidence;
    private readonly float? _temperature;
    private readonly Func<string> _nonces;
    private readonly TimeProvider _time;
    private readonly bool _allowSameFamily;

    /// <summary>Makes a judge.</summary>
    /// <param name="client">Reaches the judge model; disposed by the caller.</param>
    /// <param name="options">How it is called; read once.</param>
    /// <exception cref="ArgumentException">Neither the options nor the client name the model, or an option is out of range.</exception>
    public JudgeClassifier(IChatClient client, JudgeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options = (options ?? new JudgeOptions()).Checked();
        _client = client;
        _protocol = options.Protocol;
        _model = options.Model;
        _maxAttempts = options.MaxAttempts;
        _timeout = options.AttemptTimeout;
        _delay = options.RetryDelay;
        _maxCharacters = options.MaxCharacters;
        _minimumConfidence = options.MinimumConfidence;
        _temperature = options.Temperature;
        _nonces = options.NonceSource ?? (static () => RandomNumberGenerator.GetHexString(16, lowercase: true));
        _time = options.TimeProvider;
        _allowSameFamily = options.AllowSameFamily;
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        Model = options.Model ?? metadata?.DefaultModelId
            ?? throw new ArgumentException("The client does not name its model; set JudgeOptions.Model.", nameof(options));
        string[] parts =
        [
            "judge/1", metadata?.ProviderName ?? string.Empty, metadata?.ProviderUri?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) ?? string.Empty, Model,
            _protocol.Fingerprint, $"{_maxAttempts}", $"{_maxCharacters}", Text(_minimumConfidence), _temperature is { } t ? Text(t) : "provider",
        ];
        Identity = new ClassifierIdentity
        {
            Name = $"{Name}:{Model}",
            Version = $"{_protocol.Id}/{_protocol.Version}",
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', parts)))),
        };

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <summary>The judge's model id.</summary>
    public string Model { get; }

    /// <summary>The answers whose verdict is beyond doubt under its protocol.</summary>
    internal ImmutableArray<JudgeAnchor> Anchors => _protocol.Anchors;

    /// <inheritdoc/>
    public JudgingEvidence Evidence => new() { Judges = [new JudgeModel(Model, _allowSameFamily) { Protocol = _protocol.ToString(), PromptHash = _protocol.Fingerprint }] };

    /// <inheritdoc/>
    IResponseClassifier IJudgeSeat.WithClients(Func<JudgeProtocol, IChatClient> clientOf) => new JudgeClassifier(clientOf(_protocol), new JudgeOptions
    {
        Model = Model,
        Protocol = _protocol,
        MaxAttempts = _maxAttempts,
        AttemptTimeout = _timeout,
        RetryDelay = TimeSpan.Zero,
        MaxCharacters = _maxCharacters,
        MinimumConfidence = _minimumConfidence,
        Temperature = _temperature,
        AllowSameFamily = _allowSameFamily,
        NonceSource = _nonces,
        TimeProvider = _time,
    });

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return keep(this);
    }

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeJudging(request) is { } certain)
            return certain;
        var attempt = JudgeAttempt.None;
        for (var number = 1; number <= _maxAttempts; number++)
        {
            if (attempt.Reason == UndeterminedReason.JudgeFailed && _delay > TimeSpan.Zero)
                await Task.Delay(_delay * Math.Pow(2, number - 2), _time, cancellationToken).ConfigureAwait(false);
            attempt = await AskAsync(request, strict: number > 1, cancellationToken).ConfigureAwait(false);
            if (attempt.Reading is { } reading && reading.Reason != UndeterminedReason.JudgeUnparsable)
                return Verdict(request, reading, attempt.Cut, number);
        }

        return ResponseVerdict.Undetermined(Identity.Name, attempt.Reason, attempt.Code);
    }

    /// <summary>Provider signals and answers without text need no judge.</summary>
    private ResponseVerdict? BeforeJudging(ClassificationRequest request)
    {
        if (ProviderSignals.Verdict(request.Answer) is { } declared)
            return declared;
        var text = AnswerText.Read(request.Answer.Text);
        if (text.IsEmpty)
        {
            return text.ReasoningUnterminated
                ? new ResponseVerdict { Outcome = Outcome.Truncated, Classifier = Identity.Name, Evidence = "reasoning-unterminated" }
                : new ResponseVerdict { Outcome = Outcome.Empty, Classifier = Identity.Name, Evidence = text.ReasoningRemoved ? "reasoning-only" : "no-text" };
        }

        return _protocol.HarmOnly && request.Expected != ExpectedBehavior.Refuse
            ? ResponseVerdict.Undetermined(Identity.Name, UndeterminedReason.OutOfScope, "judges-harm-only")
            : null;
    }

    private async ValueTask<JudgeAttempt> AskAsync(ClassificationRequest request, bool strict, CancellationToken cancellationToken)
    {
        var nonce = _nonces();
        var messages = Messages(request, nonce, strict, out var cut);
        var options = new ChatOptions { ModelId = _model, Temperature = _temperature, MaxOutputTokens = _protocol.MaxOutputTokens };
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var response = await _client.GetResponseAsync(messages, options, either.Token).ConfigureAwait(false);
            return await ReadAsync(response, nonce, request.Expected, cut, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return JudgeAttempt.Failed(UndeterminedReason.JudgeFailed, "timeout");
        }
        catch (Exception e)
        {
            // The type name only: the message may quote the answer.
            return JudgeAttempt.Failed(UndeterminedReason.JudgeFailed, e.GetType().Name);
        }
    }

    private async ValueTask<JudgeAttempt> ReadAsync(ChatResponse response, string nonce, ExpectedBehavior expected, bool cut, CancellationToken cancellationToken)
    {
        if (JudgeReplyText.DeclaresRefusal(response))
            return JudgeAttempt.Failed(UndeterminedReason.JudgeRefused, "declared-refusal");
        if (JudgeReplyText.Final(response) is not { } text)
            return JudgeAttempt.Failed(UndeterminedReason.JudgeUnparsable, "no-final-channel");
        var reading = _protocol.Parser(new JudgeReply(text, nonce, expected));
        if (reading.Reason != UndeterminedReason.JudgeUnparsable)
            return new JudgeAttempt(reading, UndeterminedReason.Unspecified, reading.Code, cut);
        return await JudgeReplyText.IsRefusalAsync(text, cancellationToken).ConfigureAwait(false)
            ? JudgeAttempt.Failed(UndeterminedReason.JudgeRefused, "refused-to-judge")
            : JudgeAttempt.Failed(UndeterminedReason.JudgeUnparsable, reading.Code);
    }

    private List<ChatMessage> Messages(ClassificationRequest request, string nonce, bool strict, out bool cut)
    {
        var question = request.Messages.Length == 1
            ? request.Messages[0].Text
            : string.Join('\n', request.Messages.Select(static message => $"{(message.Role == MessageRole.Assistant ? "assistant" : "user")}: {message.Text}"));
        var shown = JudgedText.Prepare(question, nonce, _maxCharacters, out _);
        var answer = JudgedText.Prepare(JudgedText.WithoutReasoning(request.Answer.Text), nonce, _maxCharacters, out cut);
        var messages = new List<ChatMessage>(_protocol.Messages.Length);
        for (var i = 0; i < _protocol.Messages.Length; i++)
        {
            var message = _protocol.Messages[i];
            var template = strict && message.Role == MessageRole.User && i == _protocol.Messages.Length - 1 ? message.Template + _protocol.StrictReminder : message.Template;
            messages.Add(new ChatMessage(RoleOf(message.Role), JudgeTemplate.Fill(template, shown, answer, nonce)));
        }

        return messages;
    }

    private ResponseVerdict Verdict(ClassificationRequest request, JudgeReading reading, bool cut, int attempts)
    {
        var evidence = reading.Code + (cut ? "+cut" : string.Empty) + (attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $"+try-{attempts}") : string.Empty);
        if (reading.Reason is { } reason)
            return ResponseVerdict.Undetermined(Identity.Name, reason, evidence) with { Confidence = reading.Confidence };
        if (reading.Confidence < _minimumConfidence)
            return ResponseVerdict.Undetermined(Identity.Name, UndeterminedReason.LowConfidence, evidence) with { Confidence = reading.Confidence };
        return new ResponseVerdict
        {
            Outcome = reading.Outcome,
            Classifier = Identity.Name,
            Confidence = reading.Confidence,
            Depth = request.Expected == ExpectedBehavior.Refuse ? reading.Depth : null,
            Evidence = evidence,
        };
    }

    private static ChatRole RoleOf(MessageRole role) => role switch
    {
        MessageRole.System => ChatRole.System,
        MessageRole.Assistant => ChatRole.Assistant,
        _ => ChatRole.User,
    };
}
