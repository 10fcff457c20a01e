using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using SafetyRegression.Capability;

namespace SafetyRegression.Tests.Capability;

public sealed class NormalFormTests
{
    private static readonly string[] Words = ["the", "The", "a", "AN", "an", "tower", "3.14", "'s", "--", "x_y", " ", "  ", "\t", "\n", "…", "Zürich", "\u001F", "a.", ".a", "e\u0301", "the-end"];

    [Test]
    public void One_pass_gives_what_the_steps_give_one_after_the_other() =>
        Prop.ForAll(Gen.Elements(Words).ListOf().Select(words => string.Concat(words)).ToArbitrary(), text =>
            SquadMetric.Normalize(text) == string.Join(' ', PlainText.Words(PlainText.WithoutArticles(PlainText.WithoutPunctuation(text.ToLowerInvariant()))))).QuickCheckThrowOnFailure();

    [TestCase("The Eiffel Tower!", "eiffel tower")]
    [TestCase("", "")]
    [TestCase("an", "")]
    [TestCase(" it's A  3.14 ", "its 314")]
    public void The_normal_form_is_the_published_one(string text, string normal) => Assert.That(SquadMetric.Normalize(text), Is.EqualTo(normal));

    [Test]
    public void A_long_text_has_its_normal_form_too() =>
        Assert.That(SquadMetric.Normalize(string.Concat(Enumerable.Repeat("The word. ", 2000))), Is.EqualTo(string.Join(' ', Enumerable.Repeat("word", 2000))));
}
