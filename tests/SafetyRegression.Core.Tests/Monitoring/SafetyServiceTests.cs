using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SafetyService;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>The sample host, booted: checks, health, alerts, receiver and report.</summary>
public sealed class SafetyServiceTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("service").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_host_watches_alerts_and_recovers()
    {
        await using var slack = await AlertStub.StartAsync();
        await using var app = await ServiceHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--Service:Folder", _folder, "--Service:Interval", "00:00:00", "--Service:Slack", slack.Hook.ToString(), "--Logging:LogLevel:Default", "None"]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var never = await Health(client);
        var unpinned = await (await client.PostAsync(At("/check"), null)).Content.ReadAsStringAsync();
        var noReport = (await client.GetAsync(At("/report"))).StatusCode;
        new BaselineStore(Path.Combine(_folder, "baselines"), environment: _ => null).Accept("clinic-assist", new BaselineAcceptance { By = "ada", Reason = "release 1" });
        var good = await (await client.PostAsync(At("/check"), null)).Content.ReadAsStringAsync();
        var healthy = await Health(client);
        await client.PostAsync(At("/deploy/sim-tuned-regressed"), null);
        var bad = await (await client.PostAsync(At("/check"), null)).Content.ReadAsStringAsync();
        var unhealthy = await Health(client);
        var html = await client.GetStringAsync(At("/report"));
        await client.PostAsync(At("/deploy/sim-tuned-unchanged"), null);
        await client.PostAsync(At("/check"), null);
        var recovered = await Health(client);
        await client.PostAsync(At("/deploy/no-such-model"), null);
        var failed = await client.PostAsync(At("/check"), null);
        var received = (await client.GetStringAsync(At("/alerts"))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var spans = app.Services.GetRequiredService<Telemetry.AlertSpans>().Events;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(never, Does.StartWith("503").Or.StartWith("200 Degraded"));
            Assert.That(never, Does.Contain("never observed"));
            Assert.That(unpinned, Does.Contain("Nothing is pinned yet").And.Contain("received:"));
            Assert.That(noReport, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(good, Does.Contain("No alarm:"));
            Assert.That(healthy, Does.StartWith("200 Healthy"));
            Assert.That(bad, Does.Contain("Alarm, block:").And.Contain("receiver (required): critical delivered"));
            Assert.That(unhealthy, Does.StartWith("503 Unhealthy"));
            Assert.That(html, Does.Contain("id=\"trend\"").And.Contain("release 1").And.Contain("Regressed since the pin"));
            Assert.That(recovered, Does.StartWith("200 Healthy"));
            Assert.That(received.Select(alert => alert.GetProperty("kind").GetString()), Is.SupersetOf(new[] { "Regression", "Recovery" }), "verified by the receiver");
            Assert.That(received.Select(alert => alert.GetProperty("id").GetString()), Is.Unique);
            Assert.That(slack.Calls.Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("text").GetString()), Has.Some.StartsWith("Safety regression").And.Some.StartsWith("Resolved"));
            Assert.That(spans, Has.Some.Contains("safety_regression.alert.kind=Regression"));
            Assert.That((int)failed.StatusCode, Is.EqualTo(200).Or.EqualTo(503), "a model that is not there is a run without answers, or no run");
            Assert.That(await Health(client), Does.Not.Contain("200 Healthy"), "and never health");
        }
    }

    [Test]
    public async Task The_receiver_takes_nothing_unsigned()
    {
        await using var app = await ServiceHost.BuildAsync(["--urls", "http://127.0.0.1:0", "--Service:Folder", _folder, "--Service:Interval", "00:00:00", "--Logging:LogLevel:Default", "None"]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var secret = Encoding.UTF8.GetBytes(new ServiceOptions().WebhookSecret);
        var unsigned = await client.PostAsync(At("/alerts"), new StringContent("{}"));
        var signed = await PostAsync(client, secret, TimeProvider.System.GetUtcNow());
        var again = await PostAsync(client, secret, TimeProvider.System.GetUtcNow());
        var old = await PostAsync(client, secret, TimeProvider.System.GetUtcNow().AddMinutes(-6));
        var other = await PostAsync(client, Encoding.UTF8.GetBytes("quite another secret"), TimeProvider.System.GetUtcNow());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { unsigned, old, other }.Select(response => response.StatusCode), Has.All.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That((signed.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That(await client.GetStringAsync(At("/alerts")), Is.EqualTo("{}\n"), "taken once");
        }
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] secret, DateTimeOffset at)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/alerts") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.Add(WebhookSignature.IdHeader, "alert-1");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secret, "alert-1", at, "{}"u8));
        return await client.SendAsync(request);
    }

    private static async Task<string> Health(HttpClient client)
    {
        using var response = await client.GetAsync(At("/health"));
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
