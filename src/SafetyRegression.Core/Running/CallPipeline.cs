using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace SafetyRegression.Running;

/// <summary>
/// Calls to one target: tries inside a Polly pipeline (ours, or the host's), each try through rate limits and budget and under its own time-out, each
/// failure classified. Only the caller's token cancels; any other cancellation is a time-out.
/// </summary>
internal sealed class CallPipeline
{
    private readonly ICallFailureClassifier _failures;
    private readonly ResiliencePipeline<ChatResponse> _pipeline;

    internal CallPipeline(ModelTarget target, SafetyRunOptions options, AdaptiveLimit limit, BudgetMeter budget, TimeProvider time)
    {
        (Target, Options, Limit, Budget, Time) = (target, options, limit, budget, time);
        _failures = target.Failures ?? new CallFailureClassifier();
        Requests = target.RequestsPerMinute is { } requests ? new RateGate(requests, time) : null;
        Tokens = target.TokensPerMinute is { } tokens ? new RateGate(tokens, time) : null;
        var builder = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = time };
        Tries = new TryTokens(time);
        (options.ConfigureResilience ?? ConfigureDefault)(builder);
        _pipeline = builder.Build();
    }

    internal ModelTarget Target { get; }

    internal SafetyRunOptions Options { get; }

    internal AdaptiveLimit Limit { get; }

    internal BudgetMeter Budget { get; }

    internal TimeProvider Time { get; }

    internal TryTokens Tries { get; }

    internal RateGate? Requests { get; }

    internal RateGate? Tokens { get; }

    /// <summary>Asks once, with as many tries as the pipeline makes.</summary>
    /// <exception cref="CallFailedException">The budget does not allow another try.</exception>
    internal async ValueTask<CallOutcome> CallAsync(List<ChatMessage> messages, ChatOptions chat, CancellationToken cancellationToken)
    {
        var call = new Call(this, messages, chat, cancellationToken);
        if (Options.ConfigureResilience is null)
        {
            // The default pipeline does nothing before the first failure, so most calls can do without it.
            var first = await call.TryAsync(cancellationToken).ConfigureAwait(false);
            if (first.Exception is not CallFailedException { MayRetry: true, Budget: null })
                return OutcomeOf(first, call, cancellationToken);
            call.Hand(first);
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(static (context, call) => call.TryAsync(context.CancellationToken), context, call).ConfigureAwait(false);
            return OutcomeOf(outcome, call, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private CallOutcome OutcomeOf(Outcome<ChatResponse> outcome, Call call, CancellationToken cancellationToken)
    {
        if (outcome.Exception is null)
            return new CallOutcome(outcome.Result, null, call.Tries);
        if (outcome.Exception is CallFailedException { Budget: not null })
            ExceptionDispatchInfo.Throw(outcome.Exception);
        cancellationToken.ThrowIfCancellationRequested();
        return new CallOutcome(null, Classify(outcome.Exception), call.Tries);
    }

    internal CallFailure Classify(Exception exception)
    {
        if (exception is CallFailedException known)
            return known.Failure;
        try
        {
            return _failures.Classify(exception);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A classifier of the host that throws must not cost the run; what it could not read is unknown.
            return new CallFailure { Kind = CallFailureKind.Unknown, Code = exception.GetType().Name };
        }
    }

    private void ConfigureDefault(ResiliencePipelineBuilder<ChatResponse> builder)
    {
        if (Options.MaxRetries + Options.MaxRateLimitRetries == 0)
            return;
        builder.AddRetry(new RetryStrategyOptions<ChatResponse>
        {
            MaxRetryAttempts = Options.MaxRetries + Options.MaxRateLimitRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = Options.RetryDelay,
            MaxDelay = Options.MaxRetryDelay,
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is CallFailedException { MayRetry: true, Call: { } call } failed && call.TakeRetry(failed.Failure)),

            // The provider's own wait, when it names one; otherwise the exponential pause.
            DelayGenerator = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is CallFailedException { Failure.RetryAfter: { } wait } && wait > TimeSpan.Zero ? wait : (TimeSpan?)null),
        });
    }
}
