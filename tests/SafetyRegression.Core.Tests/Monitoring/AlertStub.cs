using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>What arrived at a stub.</summary>
internal sealed record AlertCall(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A receiver on the loopback interface that answers as told.</summary>
internal sealed class AlertStub : IAsyncDisposable
{
    internal const string Token = "T0KEN-s3cr3t";

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<AlertCall> _calls = new();

    private AlertStub(WebApplication app) => _app = app;

    internal Uri Address { get; private set; } = null!;

    internal Uri Hook => new(Address, $"/services/{Token}?sig={Token}");

    internal IReadOnlyList<AlertCall> Calls => [.. _calls];

    /// <summary>How a call is answered, by its number from 0.</summary>
    internal Func<HttpContext, int, Task> Answer { get; set; } = (context, _) => context.Response.WriteAsync("ok");

    internal static async Task<AlertStub> StartAsync(Func<HttpContext, int, Task>? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new AlertStub(app);
        if (answer is not null)
            stub.Answer = answer;
        app.Run(stub.HandleAsync);
        await app.StartAsync();
        stub.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return stub;
    }

    internal static Func<HttpContext, int, Task> Always(int status, string body = "", Action<HttpContext>? more = null) => (context, _) =>
    {
        context.Response.StatusCode = status;
        more?.Invoke(context);
        return context.Response.WriteAsync(body);
    };

    internal static Func<HttpContext, int, Task> FirstThenOk(int status, string body = "", Action<HttpContext>? more = null) =>
        (context, call) => call == 0 ? Always(status, body, more)(context, call) : context.Response.WriteAsync("ok");

    internal static Task HangAsync(HttpContext context, int call) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>Never answers; the try's time is over as soon as it has arrived.</summary>
    internal static Func<HttpContext, int, Task> HangUntilItIsOver(SkippingTime time) => (context, call) =>
    {
        time.EndTries();
        return HangAsync(context, call);
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var number = _calls.Count;
        _calls.Enqueue(new AlertCall(
            context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        try
        {
            await Answer(context, number);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
