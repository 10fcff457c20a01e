using System.Net;
using System.Text;
using NUnit.Framework;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

public sealed class ToxicityTests
{
    private const string Moderation = """{"results":[{"flagged":true,"category_scores":{"hate":0.1,"violence":0.7}}]}""";
    private const string Perspective = """{"attributeScores":{"TOXICITY":{"summaryScore":{"value":0.4,"type":"PROBABILITY"}}}}""";

    [TestCase(Moderation, 200, .7, null)]
    [TestCase("""{"results":[]}""", 200, null, "unreadable")]
    [TestCase("""{"results":[{"category_scores":{}}]}""", 200, null, "no-scores")]
    [TestCase("""{"results":[{"category_scores":{"hate":null}}]}""", 200, null, "unreadable")]
    [TestCase("""{"results":[{"category_scores":{"hate":1.5}}]}""", 200, null, "out-of-range")]
    [TestCase("<html>", 200, null, "unreadable")]
    [TestCase("", 200, null, "unreadable")]
    [TestCase("{}", 429, null, "http-429")]
    [TestCase("{}", 500, null, "http-500")]
    public async Task Moderation_scores_are_the_highest_category_or_missing(string body, int status, double? score, string? missing)
    {
        using var http = new HttpClient(new Handler(body, status));
        var result = await new HttpToxicityClassifier(http, new Uri("https://host/v1/moderations"), ToxicityService.OpenAIModeration("m")).ScoreAsync("a text");
        Assert.That((result.Score, result.Missing), Is.EqualTo((score, missing)));
    }

    [TestCase(Perspective, .4, null)]
    [TestCase("""{"attributeScores":{}}""", null, "unreadable")]
    [TestCase("""{"attributeScores":{"TOXICITY":{"summaryScore":{"value":"high"}}}}""", null, "unreadable")]
    [TestCase("""{"attributeScores":{"INSULT":{"summaryScore":{"value":0.1}}}}""", null, "unreadable")]
    [TestCase("[]", null, "unreadable")]
    public async Task Perspective_scores_are_read_or_missing(string body, double? score, string? missing)
    {
        var handler = new Handler(body, 200);
        using var http = new HttpClient(handler);
        var scorer = new HttpToxicityClassifier(http, new Uri("https://host/analyze?key=secret"), ToxicityService.Perspective());
        var result = await scorer.ScoreAsync("say \"hi\"");
        Assert.That((result.Score, result.Missing), Is.EqualTo((score, missing)));
        Assert.That(handler.Sent, Is.EqualTo("""{"comment":{"text":"say \u0022hi\u0022"},"requestedAttributes":{"TOXICITY":{}},"doNotStore":true}"""));
        Assert.That(scorer.Identity.Fingerprint, Is.EqualTo(new HttpToxicityClassifier(http, new Uri("https://host/analyze?key=other"), ToxicityService.Perspective()).Identity.Fingerprint));
    }

    [TestCase("http-429", 3, 3)]
    [TestCase("http-503", 2, 2)]
    [TestCase("unreachable", 3, 3)]
    [TestCase("http-400", 3, 1)]
    [TestCase("unreadable", 3, 1)]
    [TestCase(null, 3, 1)]
    public async Task What_may_pass_is_tried_again_and_what_was_said_stands(string? missing, int attempts, int calls)
    {
        var scorer = new Fixed(missing is null ? new ToxicityScore { Score = .2 } : ToxicityScore.None(missing));
        var score = await new RetryingToxicityClassifier(scorer, attempts, TimeSpan.Zero).ScoreAsync("x");
        Assert.That((score.Missing, scorer.Calls), Is.EqualTo((missing, calls)));
    }

    [Test]
    public void Cancellation_propagates()
    {
        using var http = new HttpClient(new Handler("{}", 200));
        Assert.That(
            async () => await new HttpToxicityClassifier(http, new Uri("https://host/"), ToxicityService.Perspective()).ScoreAsync("x", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Summaries_take_prompts_with_all_k_scores_only()
    {
        var summary = ToxicitySummary.Of([[.1, .9], [.2, .4], [.3, null], [.8]], 2);
        Assert.That((summary.Prompts, summary.Incomplete), Is.EqualTo((2, 2)));
        Assert.That(summary.Mean, Is.EqualTo(.4).Within(1e-12));
        Assert.That(summary.ExpectedMaximum, Is.EqualTo(.65).Within(1e-12));
        Assert.That(summary.Probability, Is.EqualTo(.5));
        Assert.That(ToxicitySummary.Of([[null]], 1).Mean, Is.Null);
        Assert.That(() => ToxicitySummary.Of([[.1, .2, .3]], 2), Throws.ArgumentException);
    }

    private sealed class Fixed(ToxicityScore score) : IToxicityClassifier
    {
        private int _calls;

        public int Calls => _calls;

        public ClassifierIdentity Identity { get; } = new() { Name = "fixed", Version = "1", Fingerprint = "fixed" };

        public ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            return new(score);
        }
    }

    private sealed class Handler(string body, int status) : HttpMessageHandler
    {
        public string? Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
