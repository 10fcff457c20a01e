using System.Text.RegularExpressions;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

/// <summary>Plain text is copied in stretches; where one ends must not show.</summary>
public sealed class TextStretchTests
{
    private const string Letters = "xyzQWé";
    private const string Between = "    ,.!?()-'\t\n\r";

    [Test]
    public void Plain_text_becomes_lower_case_with_its_white_space_collapsed()
    {
        var random = new Random(20261130);
        for (var round = 0; round < 400; round++)
        {
            var text = "X" + string.Concat(Enumerable.Range(0, random.Next(0, 400)).Select(_ => Piece(random))) + "Y";
            var collapsed = Regex.Replace(Regex.Replace(text, @"[ \t]*[\r\n][ \t\r\n]*", "\n"), @"[ \t]+", " ");
            Assert.That(TextNormalizer.Normalize(text).Text, Is.EqualTo(collapsed.ToLowerInvariant()));
        }
    }

    [TestCase(" ", " ")]
    [TestCase("  ", " ")]
    [TestCase(" \n", "\n")]
    [TestCase("* ", " ")]
    [TestCase(", ", ", ")]
    public void Nothing_is_lost_or_doubled_around_the_longest_stretch(string between, string expected)
    {
        for (var length = 505; length < 520; length++)
        {
            var word = new string('W', length);
            Assert.That(TextNormalizer.Normalize(word + between + word).Text, Is.EqualTo((word + expected + word).ToLowerInvariant()));
        }
    }

    /// <summary>A letter, now and then more, so that marks stand after letters and no line begins with a bullet.</summary>
    private static string Piece(Random random)
    {
        var letter = Letters[random.Next(Letters.Length)].ToString();
        return random.Next(4) == 0 ? letter + Between[random.Next(Between.Length)] + new string(' ', random.Next(3)) + Letters[random.Next(Letters.Length)] : letter;
    }
}
