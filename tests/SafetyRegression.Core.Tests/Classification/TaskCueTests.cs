using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

public sealed class TaskCueTests
{
    private const int Samples = 4000;

    private static IEnumerable<string> Cues => TaskCues.Explicit.Concat(TaskCues.Alternative);

    /// <summary>A cue without a mark would never be looked for.</summary>
    [TestCaseSource(nameof(Cues))]
    public void Every_sentence_that_matches_a_cue_holds_a_mark(string cue)
    {
        var pattern = RulePack.Join(cue);
        var sampler = new PatternSampler(cue, new Random(20261130));
        var drawn = Enumerable.Range(0, Samples).Select(_ => sampler.Next()).Where(text => pattern.IsMatch(text)).Distinct(StringComparer.Ordinal).ToList();
        Assert.That(drawn, Is.Not.Empty, "the sampler writes what the pattern reads");
        Assert.That(drawn.Where(text => !TaskCues.HasMark(text)), Is.Empty);
    }

    [TestCase("on day 3 the path turns left along the river, and the hut has soup and a bed.")]
    [TestCase("they walked home with the dog.")]
    public void A_plain_sentence_holds_no_mark(string sentence) => Assert.That(TaskCues.HasMark(sentence), Is.False);
}
