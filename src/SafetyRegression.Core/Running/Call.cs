using Microsoft.Extensions.AI;
using Polly;

namespace SafetyRegression.Running;

/// <summary>One call and its tries.</summary>
internal sealed class Call(CallPipeline pipeline, List<ChatMessage> messages, ChatOptions chat, CancellationToken caller)
{
    private Outcome<ChatResponse>? _first;
    private int _retries;
    private int _rateLimitRetries;

    /// <summary>Tries made.</summary>
    internal int Tries { get; private set; }

    /// <summary>Whether the default rule allows one more try; rate limits and other failures are counted apart.</summary>
    internal bool TakeRetry(CallFailure failure)
    {
        if (failure.RetryAfter > pipeline.Options.MaxRetryAfter)
            return false;
        return failure.Kind == CallFailureKind.RateLimited
            ? ++_rateLimitRetries <= pipeline.Options.MaxRateLimitRetries
            : ++_retries <= pipeline.Options.MaxRetries;
    }

    /// <summary>Leaves the outcome of a try that was made already to the next one that asks for a try.</summary>
    internal void Hand(Outcome<ChatResponse> first) => _first = first;

    /// <summary>One try. Never throws: what goes wrong is the outcome.</summary>
    internal ValueTask<Outcome<ChatResponse>> TryAsync(CancellationToken cancellationToken)
    {
        if (_first is not { } first)
            return TryOnceAsync(cancellationToken);
        _first = null;
        return ValueTask.FromResult(first);
    }

    private async ValueTask<Outcome<ChatResponse>> TryOnceAsync(CancellationToken cancellationToken)
    {
        var (held, used) = (default(BudgetMeter.Use), default(BudgetMeter.Use));
        try
        {
            var largest = Largest();
            if (await pipeline.Budget.HoldAsync(largest, cancellationToken).ConfigureAwait(false) is { } end)
                return Polly.Outcome.FromException<ChatResponse>(new CallFailedException(new CallFailure { Kind = CallFailureKind.Unknown, Code = "budget" }) { Budget = end });
            held = largest;
            if (pipeline.Requests is { } requests)
                await requests.EnterAsync(1, cancellationToken).ConfigureAwait(false);
            if (pipeline.Tokens is { } tokens)
                await tokens.EnterAsync(0, cancellationToken).ConfigureAwait(false);

            // From here on the provider may charge for it.
            Tries++;
            used = new BudgetMeter.Use(1, 0, 0, 0);
            var response = await SendAsync(cancellationToken).ConfigureAwait(false);
            used = UsedBy(response);
            pipeline.Tokens?.Charge(used.Tokens);
            pipeline.Limit.Succeeded();
            return Polly.Outcome.FromResult(response);
        }
        catch (OperationCanceledException e) when (caller.IsCancellationRequested || (cancellationToken.IsCancellationRequested && Tries == 0))
        {
            return Polly.Outcome.FromException<ChatResponse>(e);
        }
        catch (Exception e)
        {
            var failure = e is OperationCanceledException ? new CallFailure { Kind = CallFailureKind.Timeout, Code = e.GetType().Name } : pipeline.Classify(e);
            if (failure.Kind == CallFailureKind.RateLimited)
                pipeline.Limit.RateLimited();
            return Polly.Outcome.FromException<ChatResponse>(new CallFailedException(failure, e) { Call = this });
        }
        finally
        {
            pipeline.Budget.Book(held, used, pipeline.Target.Price is not null);
        }
    }

    private async ValueTask<ChatResponse> SendAsync(CancellationToken cancellationToken)
    {
        using var lease = pipeline.Tries.Rent(pipeline.Options.TryTimeout);

        // Only its own time-out and the caller end a try.
        using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), lease.Source);
        var sent = pipeline.Target.Client.GetResponseAsync(messages, Tries == 1 ? chat : chat.Clone(), lease.Source.Token);
        try
        {
            // A client that does not watch its token must not hold the run.
            return (sent.IsCompleted ? await sent.ConfigureAwait(false) : await sent.WaitAsync(lease.Source.Token).ConfigureAwait(false))
                ?? throw new InvalidOperationException("The client returned no response.");
        }
        catch (OperationCanceledException) when (!sent.IsCompleted)
        {
            _ = sent.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
        finally
        {
            lease.IsOver = sent.IsCompleted;
        }
    }

    private BudgetMeter.Use UsedBy(ChatResponse response)
    {
        var (input, output) = (response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
        return new BudgetMeter.Use(1, input, output, pipeline.Target.Price?.Of(input, output) ?? 0);
    }

    /// <summary>An upper estimate: a token has at least one and mostly three or four characters; the answer is as long as it may be.</summary>
    private BudgetMeter.Use Largest()
    {
        var budget = pipeline.Options.Budget;
        if (budget.MaxTokens is null && budget.MaxCost is null)
            return new BudgetMeter.Use(1, 0, 0, 0);
        var input = messages.Sum(message => (long)RunEstimator.TokensPerMessage + (message.Text.Length / RunEstimator.CharactersPerToken));
        long output = chat.MaxOutputTokens ?? 0;
        return new BudgetMeter.Use(1, input, output, pipeline.Target.Price?.Of(input, output) ?? 0);
    }
}
