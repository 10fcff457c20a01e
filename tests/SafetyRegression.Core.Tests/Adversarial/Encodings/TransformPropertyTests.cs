using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SafetyRegression.Adversarial;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>What holds for every transform and any text.</summary>
public sealed class TransformPropertyTests
{
    private static IEnumerable<string> Exact => PromptTransforms.All.Where(transform => transform.Reversibility == Reversibility.Exact).Select(transform => transform.Id);

    private static IEnumerable<string> All => PromptTransforms.All.Select(transform => transform.Id);

    /// <summary>Any code points, from a few pages often and from everywhere sometimes; never half of a surrogate pair.</summary>
    private static Arbitrary<string> AnyText => Arb.From(
        Gen.Choose(0, 5).SelectMany(page => page switch
        {
            0 => Gen.Choose(0x20, 0x7E),
            1 => Gen.Choose(0x300, 0x370),
            2 => Gen.Choose(0x590, 0x6FF),
            3 => Gen.Elements(0x200B, 0x200D, 0xFE0F, 0x1F468, 0x1F469, 0x1F467, 0x1F3FD, 0x0D, 0x0A, 0x09, 0xFF21, 0x430),
            4 => Gen.Choose(0x4E00, 0x4E80),
            _ => Gen.Choose(1, 0x10FFFF),
        })
        .Select(value => value is >= 0xD800 and <= 0xDFFF ? 'x' : value)
        .ListOf().Select(values => string.Concat(values.Select(value => new Rune(value).ToString()))));

    [TestCaseSource(nameof(Exact))]
    public void What_an_exact_transform_encodes_comes_back_to_the_character(string id)
    {
        var transform = PromptTransforms.Find(id)!;
        Prop.ForAll(AnyText, text =>
        {
            string encoded;
            try
            {
                encoded = transform.Encode(text);
            }
            catch (UnencodableTextException)
            {
                // Permitted only where the text holds what the encoding itself is made of, or does not survive being reversed.
                return id is "homoglyph@1" or "zero-width@1" or "unicode-tags@1" or "reverse@1";
            }

            return transform.TryDecode(encoded, out var decoded) && decoded == text;
        }).QuickCheckThrowOnFailure();
    }

    [TestCaseSource(nameof(Exact))]
    public void Difficult_but_ordinary_texts_are_encoded_and_come_back(string id)
    {
        var transform = PromptTransforms.Find(id)!;
        string[] texts = [string.Empty, "Hi 👨‍👩‍👧 👋🏽!", "שלום עולם", "سلام", "re\u0301sume\u0301", "a\r\nb\tc", "1 < 2 & \"3\"", "100% &#65;", "日本語のテキスト", "  two  spaces  "];
        using (Assert.EnterMultipleScope())
        {
            foreach (var text in texts)
                Assert.That(transform.TryDecode(transform.Encode(text), out var decoded) ? decoded : null, Is.EqualTo(text));
        }
    }

    [TestCaseSource(nameof(All))]
    public void Half_a_surrogate_pair_is_refused_with_its_position_and_without_the_text(string id)
    {
        var transform = PromptTransforms.Find(id)!;
        using (Assert.EnterMultipleScope())
        {
            foreach (var (text, position) in new[] { ("secret \uD83D", 7), ("\uDE00 secret", 0), ("secret \uD83D\uD83D\uDE00", 7) })
            {
                var error = Assert.Throws<UnencodableTextException>(() => transform.Encode(text))!;
                Assert.That((error.TransformId, error.Position), Is.EqualTo((id, position)));
                Assert.That(error.Message, Does.Not.Contain("secret").And.Contain(id).And.Contain("surrogate"));
            }
        }
    }

    [TestCaseSource(nameof(All))]
    public void The_empty_text_stays_empty(string id) => Assert.That(PromptTransforms.Find(id)!.Encode(string.Empty), Is.Empty);

    [TestCaseSource(nameof(All))]
    public void Decoding_anything_never_throws(string id)
    {
        var transform = PromptTransforms.Find(id)!;
        Prop.ForAll(AnyText, text => transform.TryDecode(text, out var decoded) == decoded is not null).QuickCheckThrowOnFailure();
    }
}
