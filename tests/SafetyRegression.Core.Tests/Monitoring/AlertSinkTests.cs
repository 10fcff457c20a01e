using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SafetyRegression.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>Sinks against receivers on the loopback interface.</summary>
public sealed class AlertSinkTests
{
    private static readonly byte[] _secret = Encoding.UTF8.GetBytes("whsec-" + AlertStub.Token + "-0123456789");

    private static readonly WebhookFormat[] _formats = [WebhookFormat.Slack, WebhookFormat.TeamsWorkflows, WebhookFormat.PagerDuty, WebhookFormat.Generic];

    private static IEnumerable<TestCaseData> Cases() =>
        from format in _formats
        from name in new[] { "200", "202", "429 seconds", "429 date", "500 once", "500 always", "200 error body", "200 quoted 429 once", "hang", "302", "307", "410", "400", "200 html once", "reset" }
        select new TestCaseData(format, name).SetName($"{{m}}({format.Name}, {name})");

    [TestCaseSource(nameof(Cases))]
    public async Task An_alert_is_delivered_once_or_reported_as_undelivered(WebhookFormat format, string name)
    {
        await using var elsewhere = await AlertStub.StartAsync();
        var time = new SkippingTime();
        await using var stub = await AlertStub.StartAsync(name switch
        {
            "200" => AlertStub.Always(200, format.Name == "slack" ? "ok" : string.Empty),
            "202" => AlertStub.Always(202, """{"status":"success","message":"Event processed"}"""),
            "429 seconds" => AlertStub.FirstThenOk(429, more: context => context.Response.Headers.RetryAfter = "7"),
            "429 date" => AlertStub.FirstThenOk(429, more: context => context.Response.Headers.RetryAfter = time.Now.AddSeconds(90).ToString("R", CultureInfo.InvariantCulture)),
            "500 once" => AlertStub.FirstThenOk(500, "oops"),
            "500 always" => AlertStub.Always(500),
            "200 error body" => AlertStub.Always(200, """{"status":"invalid event","errors":["wrong key"]}"""),
            "200 quoted 429 once" => AlertStub.FirstThenOk(200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x"),
            "hang" => AlertStub.HangUntilItIsOver(time),
            "302" => AlertStub.Always(302, more: context => context.Response.Headers.Location = elsewhere.Hook.ToString()),
            "307" => AlertStub.Always(307, more: context => context.Response.Headers.Location = elsewhere.Hook.ToString()),
            "410" => AlertStub.Always(410),
            "400" => AlertStub.Always(400, "invalid_payload"),
            "200 html once" => AlertStub.FirstThenOk(200, "<!doctype html><h1>Please sign in</h1>"),
            _ => (context, _) =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
            ,
        });
        var log = new ListLogger<AlertDispatcher>();
        var dispatcher = Dispatcher(format, stub.Hook, time, log);
        var receipt = (await dispatcher.SendAsync(Alerts.Of())).Single();
        (bool Delivered, int Calls, AlertProblem? Problem) expected = name switch
        {
            "200" or "202" => (true, 1, null),
            "429 seconds" or "429 date" or "500 once" or "200 quoted 429 once" or "200 html once" => (true, 2, null),
            "500 always" => (false, 3, AlertProblem.ServerError),
            "200 error body" => (false, 1, AlertProblem.ErrorInBody),
            "hang" => (false, 3, AlertProblem.Timeout),
            "302" or "307" => (false, 1, AlertProblem.Redirected),
            "410" => (false, 1, AlertProblem.Gone),
            "400" => (false, 1, AlertProblem.Refused),
            _ => (false, 3, AlertProblem.ConnectionFailed),
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That((receipt.Delivered, receipt.Tries, receipt.Problem), Is.EqualTo(expected));
            // A connection that is cut may be tried again by the HTTP stack below us.
            Assert.That(stub.Calls, Has.Count.EqualTo(expected.Calls).Or.Count.GreaterThan(expected.Calls - 1).And.Count.LessThanOrEqualTo(name == "reset" ? 6 : expected.Calls));
            Assert.That(elsewhere.Calls, Is.Empty, "no key is carried elsewhere");
            Assert.That(stub.Calls.Select(call => call.Headers["webhook-id"]).Distinct().ToList(), Has.Count.EqualTo(1), "every try carries the same id");
            Assert.That(log.Lines.Single().Event.Id, Is.EqualTo(receipt.Delivered ? 1200 : 1201));
            if (name.StartsWith("429", StringComparison.Ordinal))
                Assert.That(time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(name == "429 date" ? 90 : 7) }));
            NothingSecret(string.Join('\n', log.Lines.Select(line => line.Text)), receipt.ToString(), dispatcher.Routes[0].ToString(), dispatcher.Routes[0].Sink.ToString());
        }
    }

    [Test]
    public async Task A_client_that_follows_redirects_is_found_out()
    {
        await using var elsewhere = await AlertStub.StartAsync();
        await using var stub = await AlertStub.StartAsync(AlertStub.Always(302, more: context => context.Response.Headers.Location = elsewhere.Address.ToString()));
        using var follower = new HttpClient();
        var delivery = await new WebhookSink(WebhookFormat.Generic, stub.Hook, client: follower).SendAsync(Alerts.Of());
        Assert.That((delivery.Reply, delivery.Problem), Is.EqualTo((AlertReply.Rejected, AlertProblem.Redirected)));
    }

    [Test]
    public async Task A_receiver_that_asks_for_a_pause_beyond_the_limit_has_failed()
    {
        await using var stub = await AlertStub.StartAsync(AlertStub.Always(429, more: context => context.Response.Headers.RetryAfter = "3600"));
        var receipt = (await Dispatcher(WebhookFormat.Generic, stub.Hook, new SkippingTime()).SendAsync(Alerts.Of())).Single();
        Assert.That((receipt.Delivered, receipt.Tries, receipt.Problem, stub.Calls.Count), Is.EqualTo((false, 1, AlertProblem.RateLimited, 1)));
    }

    [Test]
    public async Task A_receiver_can_verify_the_signature_and_nothing_else_passes()
    {
        await using var stub = await AlertStub.StartAsync();
        var time = new SkippingTime();
        await Dispatcher(WebhookFormat.Generic, stub.Hook, time).SendAsync(Alerts.Of());
        var call = stub.Calls.Single();
        var (id, at, signature, body) = (call.Headers["webhook-id"], call.Headers["webhook-timestamp"], call.Headers["webhook-signature"], Encoding.UTF8.GetBytes(call.Body));
        bool Valid(byte[]? secret = null, string? otherId = null, string? otherAt = null, string? other = null, byte[]? otherBody = null, double late = 0) =>
            WebhookSignature.IsValid(secret ?? _secret, otherId ?? id, otherAt ?? at, other ?? signature, otherBody ?? body, time.Now.AddSeconds(late));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Valid());
            Assert.That(Valid(other: "v1,bm90IHRoaXMgb25l " + signature), "while a secret is being changed there are two");
            Assert.That(Valid(late: 299) && Valid(late: -299));
            Assert.That(Valid(late: 301) || Valid(late: -301), Is.False);
            Assert.That(Valid(secret: Encoding.UTF8.GetBytes("another secret of some length")), Is.False);
            Assert.That(Valid(otherId: id + "0") || Valid(otherAt: at[..^1] + (at[^1] == '0' ? '1' : '0')), Is.False);
            Assert.That(Valid(otherBody: [.. body, (byte)' ']), Is.False);
            Assert.That(Valid(other: string.Empty) || Valid(other: "v1,") || Valid(other: "v2" + signature[2..]) || Valid(other: "v1,####"), Is.False);
            Assert.That(WebhookSignature.IsValid(_secret, null, at, signature, body, time.Now) || WebhookSignature.IsValid(_secret, id, "x", signature, body, time.Now), Is.False);
            // The vector of the Standard Webhooks form, computed with another tool: printf 'msg_1.1700000000.{}' | openssl dgst -sha256 -hmac … -binary | base64
            Assert.That(WebhookSignature.Sign(Encoding.UTF8.GetBytes("0123456789abcdef"), "msg_1", DateTimeOffset.FromUnixTimeSeconds(1700000000), "{}"u8), Is.EqualTo("v1,3uojc/2kvL+KpJkw4ZNrA/5YjEs9cdfKdc3lXIvRjkk="));
        }
    }

    [TestCaseSource(nameof(_formats))]
    public async Task Hostile_names_stay_inside_their_strings(WebhookFormat format)
    {
        const string Name = "<!channel> *b* [x](http://evil) \"q\" {title} \\ \u202Eabc\u0000\n| & @all";
        await using var stub = await AlertStub.StartAsync();
        await Dispatcher(format, stub.Hook, new SkippingTime()).SendAsync(Alerts.Of(name: Name, facts: 8, report: new Uri("https://user:pw@host/report.html?key=1#f")));
        var body = stub.Calls.Single().Body;
        using var json = JsonDocument.Parse(body);
        var strings = Strings(json.RootElement).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(strings, Has.Some.EqualTo("https://host/report.html"));
            Assert.That(body, Does.Not.Contain("pw@").And.Not.Contain("key=1"));
            Assert.That(strings.Any(text => text.Any(c => char.IsControl(c) && c != '\n') || text.Contains('\u202E', StringComparison.Ordinal)), Is.False);
            Assert.That(Encoding.UTF8.GetByteCount(body), Is.LessThan(20_000));
            if (format.Escape == WebhookEscape.Slack)
                Assert.That(strings, Has.None.Contains("<!channel>"));
            if (format.Escape == WebhookEscape.Markdown)
                Assert.That(strings, Has.None.Contains("[x](").And.None.Contains(" *b*"));
        }
    }

    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [TestCase("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", false)]
    [TestCase("an answer that is exactly as long as a hash, which is 64 letters", false)]
    [TestCase("abc", false)]
    public void Only_a_hash_fits_where_a_head_belongs(string head, bool fits) =>
        Assert.That((Alerts.Of() with { EvidenceHead = head }).EvidenceHead, Is.EqualTo(fits ? head : null));

    [Test]
    public async Task Each_receiver_gets_the_form_it_wants()
    {
        var bodies = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var format in _formats)
        {
            await using var stub = await AlertStub.StartAsync();
            await Dispatcher(format, stub.Hook, new SkippingTime()).SendAsync(Alerts.Of(facts: 20));
            bodies[format.Name] = JsonDocument.Parse(stub.Calls.Single().Body).RootElement;
        }

        var (slack, teams, pager, own) = (bodies["slack"], bodies["teams"].GetProperty("attachments")[0], bodies["pagerduty"], bodies["webhook"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(slack.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("type").GetString()), Is.EqualTo(new[] { "header", "section", "context" }), "no button without an address");
            Assert.That(slack.GetProperty("blocks")[1].GetProperty("fields").GetArrayLength(), Is.LessThanOrEqualTo(10), "Slack takes ten fields");
            Assert.That(teams.GetProperty("contentType").GetString(), Is.EqualTo("application/vnd.microsoft.card.adaptive"));
            Assert.That(teams.GetProperty("contentUrl").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(teams.GetProperty("content").GetProperty("$schema").GetString(), Does.Contain("adaptivecards"));
            Assert.That(teams.GetProperty("content").GetProperty("body")[2].GetProperty("facts").GetArrayLength(), Is.EqualTo(10));
            Assert.That((pager.GetProperty("routing_key").GetString(), pager.GetProperty("event_action").GetString(), pager.GetProperty("dedup_key").GetString()), Is.EqualTo((AlertStub.Token, "trigger", "sr:clinic suite:clinic")));
            Assert.That(pager.GetProperty("payload").GetProperty("severity").GetString(), Is.EqualTo("critical"));
            Assert.That(pager.GetProperty("payload").GetProperty("custom_details").GetProperty("clinic 0").GetString(), Does.StartWith("96.0 % → 88.0 %"));
            Assert.That(pager.GetProperty("payload").GetProperty("custom_details").GetProperty("Evidence").GetString(), Is.EqualTo($"head sha256:{Alerts.Head}"));
            Assert.That(own.GetProperty("evidenceHead").GetString(), Is.EqualTo(Alerts.Head));
            Assert.That(slack.GetProperty("blocks")[1].GetProperty("fields").EnumerateArray().Last().GetProperty("text").GetString(), Is.EqualTo($"*Evidence*\nhead sha256:{Alerts.Head}"));
            Assert.That(pager.GetProperty("links").GetArrayLength(), Is.Zero);
            Assert.That((own.GetProperty("schemaVersion").GetString(), own.GetProperty("kind").GetString(), own.GetProperty("measurements").GetArrayLength()), Is.EqualTo(("1.0", "Regression", 8)));
            Assert.That(own.GetProperty("measurements")[0].GetProperty("before").GetDouble(), Is.EqualTo(0.96));
        }
    }

    [TestCase("http://hooks.example/x", false)]
    [TestCase("https://hooks.example/x", true)]
    [TestCase("http://127.0.0.1:1/x", true)]
    [TestCase("http://localhost/x", true)]
    [TestCase("ftp://127.0.0.1/x", false)]
    public void Addresses_are_https_or_on_this_machine(string address, bool taken)
    {
        var make = () => new WebhookSink(WebhookFormat.Generic, new Uri(address + AlertStub.Token));
        if (taken)
            Assert.That(make, Throws.Nothing);
        else
            Assert.That(make, Throws.ArgumentException.With.Message.Not.Contains(AlertStub.Token));
    }

    [Test]
    public void Keys_that_cannot_work_are_refused_at_once()
    {
        var address = new Uri("https://hooks.example/");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new WebhookSink(WebhookFormat.PagerDuty, address), Throws.ArgumentException.With.Message.Contains("routing key"));
            Assert.That(() => new WebhookSink(WebhookFormat.Generic, address, new WebhookSinkOptions { SigningSecret = new byte[8] }), Throws.ArgumentException.With.Message.Contains("16 bytes"));
            Assert.That(() => new AlertDispatcher([Route("a", new Throwing()), Route("a", new Throwing())]), Throws.ArgumentException);
        }
    }

    [Test]
    public async Task A_sink_that_throws_or_never_returns_holds_nobody_up_and_leaks_nothing()
    {
        var log = new ListLogger<AlertDispatcher>();
        var time = new SkippingTime();
        await using var stub = await AlertStub.StartAsync();
        var dispatcher = new AlertDispatcher(
            [Route("throws", new Throwing()), Route("deaf", new Deaf()), Route("good", new WebhookSink(WebhookFormat.Slack, stub.Hook))],
            new AlertOptions { MaxTries = 1, TryTimeout = SkippingTime.Limit }, time, log);
        var sending = dispatcher.SendAsync(Alerts.Of());
        Assert.That(() => log.Lines.Count, Is.EqualTo(2).After(20_000, 10), "the other two are done while one does not return");
        time.EndTries();
        var receipts = await sending;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipts.Select(receipt => (receipt.Route, receipt.Delivered, receipt.Problem)), Is.EqualTo(new (string, bool, AlertProblem?)[]
            {
                ("throws", false, AlertProblem.SinkFailed), ("deaf", false, AlertProblem.Timeout), ("good", true, null),
            }));
            NothingSecret([.. log.Lines.Select(line => line.Text), .. receipts.Select(receipt => receipt.ToString())]);
        }
    }

    [Test]
    public void The_callers_cancellation_propagates()
    {
        using var cancelled = new CancellationTokenSource(50);
        var dispatcher = new AlertDispatcher([Route("deaf", new Deaf())]);
        Assert.That(() => dispatcher.SendAsync(Alerts.Of(), cancellationToken: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Log_and_telemetry_are_sinks_too_and_say_when_nobody_listens()
    {
        var logger = new ListLogger<AlertSinkTests>();
        var logged = await new LoggerAlertSink(logger).SendAsync(Alerts.Of());
        var silent = await new TelemetryAlertSink().SendAsync(Alerts.Of());
        var heard = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SafetyRegressionTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == TelemetryAlertSink.EventName && (string?)activity.Events.First().Tags.First(tag => tag.Key == "safety_regression.lineage").Value == "heard")
                    heard.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var sent = await new TelemetryAlertSink().SendAsync(Alerts.Of(name: "heard"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(logged.Reply, Is.EqualTo(AlertReply.Delivered));
            Assert.That((logger.Lines[0].Level, logger.Lines[0].Event.Id), Is.EqualTo((LogLevel.Critical, 1210)));
            Assert.That(silent.Problem is null or AlertProblem.NobodyListens);
            Assert.That(sent.Reply, Is.EqualTo(AlertReply.Delivered));
            Assert.That(heard.Single().Events.Single().Tags.ToDictionary(tag => tag.Key, tag => tag.Value)["safety_regression.recommendation"], Is.EqualTo("Block"));
            Assert.That(heard.Single().Events.Single().Tags.ToDictionary(tag => tag.Key, tag => tag.Value)["safety_regression.evidence.head"], Is.EqualTo(Alerts.Head));
            Assert.That(logger.Lines[0].Text, Does.EndWith($"evidence {Alerts.Head}]"));
        }
    }

    [Test]
    public void No_member_of_an_alert_can_carry_a_text_of_a_model()
    {
        // What the type allows: numbers, times, enums, names of restricted form, an address cut to its path, a head that only a hash fits, and strings it computes itself.
        var settable = typeof(SafetyAlert).GetProperties().Where(property => property.SetMethod is not null).Select(property => (property.Name, Type: property.PropertyType));
        var measured = typeof(AlertMeasurement).GetProperties().Select(property => property.PropertyType).Distinct();
        Type[] allowed = [typeof(AlertName), typeof(AlertKind), typeof(AlertSeverity?), typeof(DeploymentRecommendation?), typeof(int), typeof(DateTimeOffset), typeof(System.Collections.Immutable.ImmutableArray<AlertMeasurement>), typeof(Uri)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settable.Where(property => !allowed.Contains(property.Type)).Select(property => property.Name), Is.EquivalentTo(new[] { "SchemaVersion", "EvidenceHead" }));
            Assert.That(measured, Is.EquivalentTo(new[] { typeof(AlertName), typeof(double), typeof(int) }));
            Assert.That(AlertName.Of(new string('x', 5000) + "\n").ToString(), Has.Length.EqualTo(80));
            Assert.That(AlertName.Of(string.Concat(Enumerable.Repeat("😀", 100))).ToString(), Has.Length.EqualTo(80), "cut at a whole character");
            Assert.That(AlertName.Of(" a\u0000\r\n\u202Eb\uD800 ").ToString(), Is.EqualTo("a b"));
            Assert.That((AlertName.Of(null).ToString(), default(AlertName).ToString()), Is.EqualTo(("–", "–")));
        }
    }

    private static AlertDispatcher Dispatcher(WebhookFormat format, Uri hook, SkippingTime time, ListLogger<AlertDispatcher>? log = null)
    {
        var options = new WebhookSinkOptions { RoutingKey = AlertStub.Token, SigningSecret = _secret, TimeProvider = time };
        return new AlertDispatcher([Route(format.Name, new WebhookSink(format, hook, options))], new AlertOptions { MaxTries = 3, TryTimeout = SkippingTime.Limit }, time, log);
    }

    private static AlertRoute Route(string name, IAlertSink sink) => new() { Name = name, Sink = sink };

    private static void NothingSecret(params IEnumerable<string?> texts) => Assert.That(texts.Where(text => text!.Contains(AlertStub.Token, StringComparison.OrdinalIgnoreCase)), Is.Empty);

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        _ => [],
    };

    private sealed class Throwing : IAlertSink
    {
        public ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("https://hooks.example/" + AlertStub.Token);
    }

    private sealed class Deaf : IAlertSink
    {
        public async ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), CancellationToken.None);
            return AlertDelivery.Delivered();
        }
    }
}
