using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using global::Simulation;

namespace SafetyRegression.Tests.Simulated;

public sealed class SimulationServerTests
{
    [Test]
    public async Task Both_protocols_give_the_words_of_the_model()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        var openAI = await Json(await PostAsync(http, new Uri(server.OpenAIEndpoint, "chat/completions"), "hello"));
        var anthropic = await Json(await PostAsync(http, new Uri(server.AnthropicEndpoint, "v1/messages"), "hello"));
        var choice = openAI.GetProperty("choices")[0];
        Assert.Multiple(() =>
        {
            Assert.That(choice.GetProperty("message").GetProperty("content").GetString(), Is.EqualTo("You said: hello"));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
            Assert.That(openAI.GetProperty("id").GetString(), Does.StartWith("simulated"));
            Assert.That(anthropic.GetProperty("content")[0].GetProperty("text").GetString(), Is.EqualTo("You said: hello"));
            Assert.That(anthropic.GetProperty("stop_reason").GetString(), Is.EqualTo("end_turn"));
            Assert.That(server.Counters.Total, Is.EqualTo(2));
            Assert.That(server.Counters.For("echo"), Is.EqualTo(2));
            Assert.That(server.Counters.Answered, Is.EqualTo(2));
        });
    }

    [TestCase(SimulatedFault.RateLimited, 429)]
    [TestCase(SimulatedFault.RateLimitedWithRetryAfter, 429)]
    [TestCase(SimulatedFault.ServerError, 500)]
    [TestCase(SimulatedFault.Unauthorized, 401)]
    [TestCase(SimulatedFault.FilteredRequest, 400)]
    [TestCase(SimulatedFault.HtmlPage, 200)]
    [TestCase(SimulatedFault.MalformedJson, 200)]
    [TestCase(SimulatedFault.Truncated, 200)]
    public async Task A_fault_has_its_status_and_is_counted(SimulatedFault fault, int status)
    {
        await using var server = await StartAsync(FaultPlan.Always(fault));
        using var http = new HttpClient();
        foreach (var path in new[] { "v1/chat/completions", "v1/messages" })
        {
            using var response = await PostAsync(http, new Uri(server.Address, path), "hello");
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(response.Headers.RetryAfter is not null, Is.EqualTo(fault == SimulatedFault.RateLimitedWithRetryAfter));
        }

        Assert.That((server.Counters.For(fault), server.Counters.Answered), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_reset_cuts_the_connection_and_a_hang_lasts_until_the_client_leaves()
    {
        await using var server = await StartAsync(FaultPlan.Always(SimulatedFault.Reset));
        var http = new HttpClient();
        Assert.That(async () => await PostAsync(http, new Uri(server.Address, "v1/messages"), "hello"), Throws.InstanceOf<HttpRequestException>());
        server.Faults = FaultPlan.Always(SimulatedFault.Hang);
        using var leave = new CancellationTokenSource();
        var hanging = PostAsync(http, new Uri(server.Address, "v1/messages"), "hello", cancellationToken: leave.Token);
        Assert.That(() => server.Counters.For(SimulatedFault.Hang), Is.EqualTo(1).After(20_000, 10));
        var inFlight = server.Counters.InFlight;
        await leave.CancelAsync();
        Assert.That(async () => await hanging, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(inFlight, Is.Positive);
        Assert.That(() => (server.Counters.InFlight, server.Counters.Aborted), Is.EqualTo((0, 1)).After(20_000, 10));
        http.Dispose();
    }

    [Test]
    public async Task A_hanging_request_does_not_keep_the_server_from_stopping()
    {
        var server = await StartAsync(FaultPlan.Always(SimulatedFault.Hang));
        var http = new HttpClient();
        var hanging = PostAsync(http, new Uri(server.Address, "v1/messages"), "hello");
        Assert.That(() => server.Counters.InFlight, Is.EqualTo(1).After(20_000, 10));
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(async () => await hanging, Throws.InstanceOf<HttpRequestException>());
        http.Dispose();
    }

    [Test]
    public async Task Scripted_attempts_fail_first_and_then_succeed()
    {
        await using var server = await StartAsync(FaultPlan.FirstAttempts(SimulatedFault.ServerError, SimulatedFault.RateLimited));
        using var http = new HttpClient();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
            statuses.Add((await PostAsync(http, new Uri(server.Address, "v1/messages"), "hello")).StatusCode);
        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.InternalServerError, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK }));
    }

    [Test]
    public void Random_faults_come_at_their_rates_and_are_the_same_in_any_order()
    {
        var plan = FaultPlan.Random(3, (SimulatedFault.ServerError, 0.2), (SimulatedFault.Reset, 0.1));
        var calls = Enumerable.Range(0, 4000).Select(i => new SimulatedCall(i, 0, Request($"prompt {i}"))).ToList();
        var faults = calls.Select(plan.For).ToList();
        var again = calls.AsEnumerable().Reverse().Select(plan.For).Reverse().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(faults));
            Assert.That(faults.Count(fault => fault == SimulatedFault.ServerError) / 4000.0, Is.EqualTo(0.2).Within(0.03));
            Assert.That(faults.Count(fault => fault == SimulatedFault.Reset) / 4000.0, Is.EqualTo(0.1).Within(0.03));
            var retried = calls.Where(call => plan.For(call) != SimulatedFault.None).Select(call => plan.For(call with { Attempt = 1 })).ToList();
            Assert.That(retried.Count(fault => fault == SimulatedFault.None) / (double)retried.Count, Is.EqualTo(0.7).Within(0.06), "a retry has a new chance");
        });
    }

    [Test]
    public async Task An_unreadable_request_and_an_unknown_model_are_errors_of_the_protocol()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var unreadable = await http.PostAsJsonAsync(new Uri(server.Address, "v1/messages"), new { model = "echo" });
        using var unknown = await PostAsync(http, new Uri(server.Address, "v1/messages"), "hello", model: "nobody");
        Assert.That((unreadable.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.NotFound)));
    }

    private static Task<SimulationServer> StartAsync(FaultPlan? faults = null) => SimulationServer.StartAsync([new EchoModel()], faults);

    private static SimulatedRequest Request(string text) => new() { Model = "echo", Messages = [new SimulatedMessage("user", text)] };

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, Uri uri, string text, string model = "echo", CancellationToken cancellationToken = default) =>
        http.PostAsJsonAsync(uri, new { model, max_tokens = 100, messages = new[] { new { role = "user", content = text } } }, cancellationToken);

    private static async Task<JsonElement> Json(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>())!;

    private sealed class EchoModel : ISimulatedModel
    {
        public string Name => "echo";

        public SimulatedReply Reply(SimulatedRequest request) => new($"You said: {request.Messages[^1].Text}");
    }
}
