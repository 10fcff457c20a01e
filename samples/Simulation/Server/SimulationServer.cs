using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Simulation;

/// <summary>
/// A model server on the loopback interface, on a port of the system's choice. Speaks the OpenAI chat-completions protocol (<c>…/chat/completions</c>) and
/// the Anthropic messages protocol (<c>…/messages</c>) for the simulated models it is given, and OpenAI's moderation protocol (<c>…/moderations</c>). Every reply is labelled as simulated in its id and in the
/// header <c>x-simulated</c>. It returns texts and knows nothing of how they are judged.
/// </summary>
public sealed class SimulationServer : IAsyncDisposable
{
    private const int HugeLength = 10_000_000;
    private readonly WebApplication _app;
    private readonly ImmutableDictionary<string, ISimulatedModel> _models;
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _repetitions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SimulatedRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();

    private SimulationServer(WebApplication app, IEnumerable<ISimulatedModel> models)
    {
        _app = app;
        _models = models.ToImmutableDictionary(model => model.Name, StringComparer.Ordinal);
    }

    /// <summary>The address without a path.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The endpoint to give to an OpenAI client.</summary>
    public Uri OpenAIEndpoint => new(Address, "v1/");

    /// <summary>The endpoint to give to an Anthropic client, which adds <c>v1/messages</c>.</summary>
    public Uri AnthropicEndpoint => Address;

    /// <summary>What was asked of the server so far.</summary>
    public RequestCounters Counters { get; } = new();

    /// <summary>What goes wrong; may be changed while the server runs.</summary>
    public FaultPlan Faults { get; set; } = FaultPlan.None;

    /// <summary>Whether requests are kept in <see cref="Requests"/>.</summary>
    public bool KeepRequests { get; set; }

    /// <summary>The requests that arrived while <see cref="KeepRequests"/> was set.</summary>
    public IReadOnlyCollection<SimulatedRequest> Requests => _requests;

    /// <summary>Starts a server.</summary>
    /// <param name="models">The models it offers.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<SimulationServer> StartAsync(IEnumerable<ISimulatedModel> models, FaultPlan? faults = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 64 << 20;
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var server = new SimulationServer(app, models) { Faults = faults ?? FaultPlan.None };
        app.Run(server.HandleAsync);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        server.Address = new Uri(addresses.First());
        return server;
    }

    /// <summary>Stops the server; requests in flight are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (path.EndsWith("/moderations", StringComparison.Ordinal) && HttpMethods.IsPost(context.Request.Method))
        {
            await ModerateAsync(context);
            return;
        }

        IWireProtocol? protocol =
            path.EndsWith("/chat/completions", StringComparison.Ordinal) ? OpenAIProtocol.Instance
            : path.EndsWith("/messages", StringComparison.Ordinal) ? AnthropicProtocol.Instance
            : null;
        if (protocol is null || !HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        SimulatedRequest request;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            request = protocol.Read(body.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            await WriteErrorAsync(context, protocol, StatusCodes.Status400BadRequest);
            return;
        }

        var number = Counters.Arrive(request.Model);
        if (KeepRequests)
            _requests.Enqueue(request);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await AnswerAsync(context, protocol, request, number, ended.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            context.Abort();
        }
        finally
        {
            Counters.Leave(context.RequestAborted.IsCancellationRequested);
        }
    }

    private async Task ModerateAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            var (model, text) = ModerationProtocol.Read(body.RootElement);
            _ = Counters.Arrive(model);
            Counters.Leave(aborted: false);
            var buffer = new ArrayBufferWriter<byte>(512);
            using (var writer = new Utf8JsonWriter(buffer))
                ModerationProtocol.Write(writer, model, text);
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = buffer.WrittenCount;
            context.Response.Headers["x-simulated"] = "true";
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            await WriteErrorAsync(context, OpenAIProtocol.Instance, StatusCodes.Status400BadRequest);
        }
    }

    private async Task AnswerAsync(HttpContext context, IWireProtocol protocol, SimulatedRequest request, int number, CancellationToken cancellationToken)
    {
        var plan = Faults;
        if (plan.Latency > TimeSpan.Zero)
            await Task.Delay(plan.Latency, cancellationToken);
        if (!_models.TryGetValue(request.Model, out var model))
        {
            await WriteErrorAsync(context, protocol, StatusCodes.Status404NotFound);
            return;
        }

        var fault = SimulatedFault.None;
        if (plan.Choose is not null || !plan.Rates.IsEmpty)
            fault = plan.For(new SimulatedCall(number, _attempts.AddOrUpdate(Key(request), 0, static (_, count) => count + 1), request));
        Counters.Meet(fault);
        switch (fault)
        {
            case SimulatedFault.RateLimited:
                await WriteErrorAsync(context, protocol, StatusCodes.Status429TooManyRequests);
                return;
            case SimulatedFault.RateLimitedWithRetryAfter:
                context.Response.Headers.RetryAfter = ((int)plan.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await WriteErrorAsync(context, protocol, StatusCodes.Status429TooManyRequests);
                return;
            case SimulatedFault.ServerError:
                await WriteErrorAsync(context, protocol, StatusCodes.Status500InternalServerError);
                return;
            case SimulatedFault.Unauthorized:
                await WriteErrorAsync(context, protocol, StatusCodes.Status401Unauthorized);
                return;
            case SimulatedFault.FilteredRequest:
                await WriteErrorAsync(context, protocol, StatusCodes.Status400BadRequest, filtered: true);
                return;
            case SimulatedFault.Reset:
                context.Abort();
                return;
            case SimulatedFault.Hang:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return;
            case SimulatedFault.HtmlPage:
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync("<!doctype html><html><body><h1>Please sign in</h1></body></html>", cancellationToken);
                return;
        }

        var body = Compose(protocol, request, model, number, fault);
        if (fault == SimulatedFault.MalformedJson)
            body = body[..(body.Length / 2)];
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers["x-simulated"] = "true";
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }

    private ReadOnlyMemory<byte> Compose(IWireProtocol protocol, SimulatedRequest request, ISimulatedModel model, int number, SimulatedFault fault)
    {
        if (request.IsSampled && request.Seed is null)
            request = request with { Repetition = _repetitions.AddOrUpdate(Key(request), 0, static (_, count) => count + 1) };
        var said = Limit(model.Reply(request), request.MaxTokens);
        var reply = new WireReply
        {
            Number = number,
            Model = request.Model,
            Text = said.Text,
            Finish = protocol.FinishWord(said.Finish),
            InputTokens = Tokens(request.Messages.Sum(message => message.Text.Length)),
            OutputTokens = Tokens(said.Text.Length),
        };
        if (said.Finish == SimulatedFinish.Refusal)
            reply = protocol.Refuse(reply, said.Text);
        reply = fault switch
        {
            SimulatedFault.FilteredAnswer => reply with { Text = string.Empty, Finish = protocol.FinishWord(SimulatedFinish.ContentFilter) },
            SimulatedFault.UnknownFinish => reply with { Finish = "eos_token" },
            SimulatedFault.NullFinish => reply with { Finish = null },
            SimulatedFault.NoChoices => reply with { HasChoices = false },
            SimulatedFault.ModelRefusal => protocol.Refuse(reply, "I can't help with that (declared refusal)."),
            SimulatedFault.Empty => reply with { Text = string.Empty },
            SimulatedFault.Huge => reply with { Text = string.Concat(Enumerable.Repeat("Ten million. ", (HugeLength / 13) + 1))[..HugeLength] },
            SimulatedFault.Truncated => reply with { Text = said.Text[..Math.Min(9, said.Text.Length)], Finish = protocol.FinishWord(SimulatedFinish.Length) },
            SimulatedFault.WrongEncoding => reply with { Text = "caf\u00E9 " + said.Text },
            _ => reply,
        };

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            protocol.Write(writer, reply);
        return fault == SimulatedFault.WrongEncoding ? Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(buffer.WrittenSpan)) : buffer.WrittenMemory;
    }

    private static SimulatedReply Limit(SimulatedReply reply, int? maxTokens) =>
        maxTokens is { } limit && Tokens(reply.Text.Length) > limit ? new SimulatedReply(reply.Text[..(limit * 4)], SimulatedFinish.Length) : reply;

    private static int Tokens(int characters) => (characters + 3) / 4;

    private static string Key(SimulatedRequest request) =>
        string.Join('\u001E', request.Messages.Select(message => message.Text).Prepend(request.Model).Append(request.Seed?.ToString(CultureInfo.InvariantCulture)));

    private static async Task WriteErrorAsync(HttpContext context, IWireProtocol protocol, int status, bool filtered = false)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
            protocol.WriteError(writer, status, filtered);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers["x-simulated"] = "true";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
