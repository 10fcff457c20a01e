using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

public sealed class PhraseSetTests
{
    // A and a, and the two other pairs, have the same last five bits: their heads fall on the same bit of the table.
    private const string Letters = "aAbBc\u0441 ";

    [Test]
    public void Finds_what_searching_for_each_phrase_finds()
    {
        var random = new Random(20261130);
        var (found, missed) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var phrases = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Text(random, random.Next(3, 7))).ToList();
            var text = Text(random, random.Next(0, 80));
            var expected = phrases.Select(phrase => text.IndexOf(phrase, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
            var set = new PhraseSet(phrases);
            Assert.That(set.FirstIn(text), Is.EqualTo(expected), $"'{string.Join("', '", phrases)}' in '{text}'");
            Assert.That(set.OccursIn(text), Is.EqualTo(expected >= 0));
            _ = expected >= 0 ? found++ : missed++;
        }

        Assert.That(Math.Min(found, missed), Is.GreaterThan(400), "both cases were tried");
    }

    [TestCase("not", 0)]
    [TestCase("do not", 3)]
    [TestCase("no", -1)]
    [TestCase("", -1)]
    public void Phrases_at_the_edges_of_a_text_are_found(string text, int at) => Assert.That(new PhraseSet(["not"]).FirstIn(text), Is.EqualTo(at));

    [Test]
    public void A_phrase_too_short_to_have_a_head_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PhraseSet(["ok"]));

    private static string Text(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));
}
