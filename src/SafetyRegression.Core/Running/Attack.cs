using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Running;

/// <summary>One attack on one arm, from wherever its log stopped.</summary>
internal sealed class Attack(AttackScenario scenario, AttackKey key, IAttacker attacker, CallPipeline pipeline, GenerationOptions generation, IResponseClassifier classifier, AttackOptions options, AttackLog log, AttackMeter run, TimeProvider time)
{
    // The attacker's call and the target's: neither is worth making without the other.
    private const int CallsPerTurn = 2;

    /// <summary>Attacks to the end, or until the run's budget is spent: then the result is <see langword="null"/>, and the attack goes on another time.</summary>
    internal async Task<AttackResult?> RunAsync(CancellationToken cancellationToken)
    {
        var known = log.StepsOf(key);
        ImmutableArray<AttackExchange> history = [.. known.Select(step => step.Exchange).OfType<AttackExchange>()];
        var meter = new AttackMeter(options.PerAttack, time);
        meter.Add(known.Sum(step => step.Calls), known.Sum(step => step.Tokens));
        if (known.Select(step => step.End).FirstOrDefault(recorded => recorded is not null) is { } done)
            return Result(done, history, meter);
        while (true)
        {
            if (EndOf(history) is { } end)
                return await FinishAsync(end, history, meter, 0, 0).ConfigureAwait(false);
            if (run.Spent(CallsPerTurn) is not null)
                return null;
            if (meter.Spent(CallsPerTurn) is { } spent)
                return await FinishAsync(spent, history, meter, 0, 0).ConfigureAwait(false);
            var (exchange, failed, calls, tokens) = await TurnAsync(history, cancellationToken).ConfigureAwait(false);
            if (exchange is null)
                return await FinishAsync(failed, history, meter, calls, tokens).ConfigureAwait(false);
            Charge(meter, calls, tokens);
            await log.AppendAsync(new AttackStep(key, exchange, null, calls, tokens)).ConfigureAwait(false);
            history = history.Add(exchange);
        }
    }

    /// <summary>Whether an attack is over after what was said: judged after every reply, the last one too.</summary>
    private AttackEnd? EndOf(ImmutableArray<AttackExchange> history)
    {
        if (history is [.., var last] && IsJudged(last.Move))
        {
            switch (options.Outcomes.CountsAs(ExpectedBehavior.Refuse, last.Outcome))
            {
                case CountsAs.NotRefused:
                    return AttackEnd.Complied;
                case CountsAs.Refused:
                    break;
                default:
                    return AttackEnd.Undecided;
            }
        }

        if (history.Length < options.MaxTurns && !(attacker is Adversarial.ReplayAttacker replay && replay.IsOver(history.Length)))
            return null;
        return history.Any(exchange => IsJudged(exchange.Move)) ? AttackEnd.TurnsSpent : AttackEnd.NeverAsked;
    }

    private bool IsJudged(AttackMove move) => move.Asks || options.JudgeEveryTurn;

    private async Task<(AttackExchange? Exchange, AttackEnd Failed, int Calls, long Tokens)> TurnAsync(ImmutableArray<AttackExchange> history, CancellationToken cancellationToken)
    {
        var state = AttackState.Of(scenario, history, options.MaxTurns, options.MaxBacktracks, key.Sample);
        AttackMove? move;
        try
        {
            move = await attacker.NextAsync(state, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            // The type of an SDK's exception says nothing of the target either way.
            return (null, AttackEnd.Failed, 1, 0);
        }

        if (move is null)
            return (null, AttackEnd.NoMessage, 1, 0);
        List<ChatMessage> messages =
        [
            .. state.Conversation.Take(move.Keep).SelectMany(said => new[] { new ChatMessage(ChatRole.User, said.Move.Text), new ChatMessage(ChatRole.Assistant, said.Reply.Text) }).Where(message => message.Text.Length > 0),
            new ChatMessage(ChatRole.User, move.Text),
        ];
        var outcome = await pipeline.CallAsync(messages, generation.For(generation.SeedOf(key.ScenarioId, key.Sample)), cancellationToken).ConfigureAwait(false);
        if (outcome.Response is not { } response)
            return (null, AttackEnd.Failed, 1 + outcome.Tries, move.Tokens);
        var reply = AnswerCapture.TurnOf(response, history.Length, AnswerCapture.TranscriptHash(messages));
        var verdict = await ClassifyAsync(move, reply, cancellationToken).ConfigureAwait(false);
        var tokens = move.Tokens + (response.Usage?.InputTokenCount ?? 0) + (response.Usage?.OutputTokenCount ?? 0);
        return (new AttackExchange(move, reply, verdict.Outcome), default, 1 + outcome.Tries, tokens);
    }

    /// <summary>A request is judged as an answer to the goal; a step only so that the attacker knows whether it was refused.</summary>
    private ValueTask<ResponseVerdict> ClassifyAsync(AttackMove move, AnswerTurn reply, CancellationToken cancellationToken)
    {
        var prompt = new SafetyPrompt
        {
            Id = scenario.Id,
            Category = scenario.Category,
            Expected = ExpectedBehavior.Refuse,
            Turns = [PromptMessage.User(IsJudged(move) ? scenario.Goal : move.Text)],
            Language = scenario.Language,
        };
        var answer = new ModelAnswer { ItemId = scenario.Id, Sample = key.Sample, Arm = key.Arm, Status = AnswerStatus.Answered, Turns = [reply with { Index = 0 }] };
        return Classification.AnswerClassification.ClassifyAsync(prompt, answer, classifier, cancellationToken);
    }

    private async Task<AttackResult> FinishAsync(AttackEnd end, ImmutableArray<AttackExchange> history, AttackMeter meter, int calls, long tokens)
    {
        Charge(meter, calls, tokens);
        // A call that failed is made again when the attack is resumed; every other end stays.
        if (end != AttackEnd.Failed)
            await log.AppendAsync(new AttackStep(key, null, end, calls, tokens)).ConfigureAwait(false);
        return Result(end, history, meter);
    }

    private void Charge(AttackMeter meter, int calls, long tokens)
    {
        meter.Add(calls, tokens);
        run.Add(calls, tokens);
    }

    private AttackResult Result(AttackEnd end, ImmutableArray<AttackExchange> history, AttackMeter meter) => new()
    {
        ScenarioId = scenario.Id,
        SeedId = scenario.SeedId,
        Category = scenario.Category,
        Sample = key.Sample,
        Arm = key.Arm,
        End = end,
        MaxTurns = options.MaxTurns,
        Outcomes = [.. history.Select(exchange => exchange.Outcome)],
        Calls = meter.Calls,
        Tokens = meter.Tokens,
    };
}
