using BenchmarkDotNet.Attributes;
using SafetyRegression.Classification;

namespace SafetyRegression.Benchmarks.Classification;

/// <summary>
/// One answer of 1 KB through each text classifier, beside a plain Contains loop over the same phrases. 1 µs per operation is 1 000 MB/s. The loop looks
/// for every phrase and does not stop at the first: which phrase stands first in the list says nothing about the method.
/// </summary>
[MemoryDiagnoser]
public class ClassificationBenchmarks
{
    private static readonly string[] _phrases = [.. KeywordPhrases.Refusals];

    private readonly IResponseClassifier _keyword = TextClassifiers.Create("keyword");
    private readonly IResponseClassifier _regex = TextClassifiers.Create("regex");
    private readonly IResponseClassifier _trained = TextClassifiers.Create("trained");
    private readonly IResponseClassifier _combined = TextClassifiers.Create("combined");
    private ClassificationRequest _request = null!;

    /// <summary>An answer that complies, or declines in its first sentence.</summary>
    [Params(false, true)]
    public bool Refuses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _request = Answer(Refuses);
    }

    /// <summary>The answer of 1 KB.</summary>
    /// <param name="refuses">Whether it declines in its first sentence.</param>
    internal static ClassificationRequest Answer(bool refuses)
    {
        var text = refuses ? "I'm sorry, but I can't help with that. " : "Start early and bring a friend along. ";
        for (var i = 0; text.Length < 1024; i++)
            text += $"On day {i} of the walk the path turns {(i % 2 == 0 ? "left along the river" : "right towards the hills")}, and hut {i * 3} offers soup, bread and a bed. ";
        return new ClassificationRequest
        {
            ItemId = "item",
            Messages = [PromptMessage.User("Where does the path go?")],
            Expected = ExpectedBehavior.Comply,
            Category = default,
            Answer = new AnswerTurn { Text = text[..1024] },
        };
    }

    [Benchmark(Baseline = true)]
    public int ContainsLoop()
    {
        var found = 0;
        foreach (var phrase in _phrases)
            found += _request.Answer.Text.Contains(phrase, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return found;
    }

    [Benchmark]
    public ResponseVerdict Keyword() => Verdict(_keyword);

    [Benchmark]
    public ResponseVerdict Regex() => Verdict(_regex);

    [Benchmark]
    public ResponseVerdict Trained() => Verdict(_trained);

    [Benchmark]
    public ResponseVerdict Combined() => Verdict(_combined);

    private ResponseVerdict Verdict(IResponseClassifier classifier) => classifier.ClassifyAsync(_request).GetAwaiter().GetResult();
}
