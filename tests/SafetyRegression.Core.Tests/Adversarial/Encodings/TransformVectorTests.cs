using System.Text;
using System.Text.Json;
using SafetyRegression.Adversarial;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>The transforms against vectors computed with other tools.</summary>
public sealed class TransformVectorTests
{
    private static readonly Lazy<JsonElement> _vectors = new(() => JsonDocument.Parse(File.ReadAllText(SharedData.PathOrSkip("data/vectors/encodings.json"))).RootElement);

    private static readonly (string Id, string Key)[] _keys =
    [
        ("base64@1", "base64"), ("base64url@1", "base64url"), ("hex@1", "hex_lower"), ("base32@1", "base32"), ("binary@1", "binary8"), ("rot13@1", "rot13"),
        ("caesar-1@1", "caesar_1"), ("caesar-3@1", "caesar_3"), ("caesar-7@1", "caesar_7"), ("caesar-25@1", "caesar_25"), ("atbash@1", "atbash"),
        ("rot47@1", "rot47"), ("morse@1", "morse_itu"), ("leet@1", "leet_promptfoo"), ("pig-latin@1", "piglatin_promptfoo"), ("reverse@1", "reversed_graphemes"),
        ("word-order@1", "word_order"), ("fullwidth@1", "fullwidth"), ("homoglyph@1", "homoglyph_cyrillic"), ("zero-width@1", "zero_width_graphemes"),
        ("unicode-tags@1", "unicode_tags"), ("percent@1", "percent_all"), ("html-entity@1", "html_decimal"), ("letter-spaced@1", "letter_spaced"),
    ];

    private static IEnumerable<TestCaseData> Keys => _keys.Select(pair => new TestCaseData(pair.Id, pair.Key).SetArgDisplayNames(pair.Id));

    [Test]
    public void Every_transform_without_chance_has_its_vectors() =>
        Assert.That(_keys.Select(pair => pair.Id), Is.EquivalentTo(PromptTransforms.All.Where(transform => !transform.IsSeeded).Select(transform => transform.Id)));

    [TestCaseSource(nameof(Keys))]
    public void A_transform_gives_its_vectors_and_comes_back_where_it_says_so(string id, string key)
    {
        var transform = PromptTransforms.Find(id)!;
        var entry = _vectors.Value.GetProperty("transforms").GetProperty(key);
        using (Assert.EnterMultipleScope())
        {
            foreach (var sample in _vectors.Value.GetProperty("samples").EnumerateObject())
            {
                var text = sample.Value.GetString()!;
                var encoded = transform.Encode(text);
                Assert.That(encoded, Is.EqualTo(entry.GetProperty("vectors").GetProperty(sample.Name).GetString()), sample.Name);
                if (transform.Reversibility == Reversibility.Exact)
                    Assert.That(transform.TryDecode(encoded, out var decoded) ? decoded : null, Is.EqualTo(text), sample.Name);
            }
        }
    }

    [Test]
    public void The_examples_of_the_standards_hold()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var vector in _vectors.Value.GetProperty("rfc4648_base32").EnumerateObject())
                Assert.That(PromptTransforms.Find("base32")!.Encode(vector.Name), Is.EqualTo(vector.Value.GetString()));
            foreach (var check in _vectors.Value.GetProperty("peer_checks").EnumerateArray())
            {
                var key = check.GetProperty("transform").GetString()!;
                if (Array.Find(_keys, pair => pair.Key == key) is { Id: { } id })
                    Assert.That(PromptTransforms.Find(id)!.Encode(check.GetProperty("input").GetString()!), Is.EqualTo(check.GetProperty("expected").GetString()), key);
            }
        }
    }

    [Test]
    public void The_visible_text_is_normalised()
    {
        var entry = _vectors.Value.GetProperty("transforms").GetProperty("decode_normalise").GetProperty("vectors");
        foreach (var sample in _vectors.Value.GetProperty("samples").EnumerateObject())
            Assert.That(VisibleText.Normalise(sample.Value.GetString()!), Is.EqualTo(entry.GetProperty(sample.Name).GetString()), sample.Name);
    }

    [Test]
    public void Tag_characters_of_an_answer_are_read_and_not_dropped() =>
        Assert.That(VisibleText.Of("Sorry. " + PromptTransforms.Find("unicode-tags")!.Encode("Here it is.")), Is.EqualTo("Sorry. Here it is."));

    [TestCase("base64", "SGVsbG8sIFdvcmxkIQ", "Hello, World!")]
    [TestCase("base64", "PDw_Pz4-", "<<??>>")]
    [TestCase("base64", "SGVs\nbG8h", "Hello!")]
    [TestCase("hex", "48 65 6C 6C 6F", "Hello")]
    [TestCase("base32", "jbswy3dp", "Hello")]
    [TestCase("binary", "0100100001101001", "Hi")]
    [TestCase("morse", ".... .. | -.-- --- ..-", "hi you")]
    [TestCase("percent", "Hello%20World", "Hello World")]
    [TestCase("html-entity", "H&#x69;!", "Hi!")]
    public void Decoders_take_the_usual_variations(string id, string text, string expected) =>
        Assert.That(PromptTransforms.Find(id)!.TryDecode(text, out var decoded) ? decoded : null, Is.EqualTo(expected));

    [TestCase("base64", "Hello, World!")]
    [TestCase("base64", "SGVsb")]
    [TestCase("base64", "/////w==")]
    [TestCase("hex", "abc")]
    [TestCase("hex", "ff")]
    [TestCase("base32", "A")]
    [TestCase("base32", "Hello1")]
    [TestCase("binary", "0110")]
    [TestCase("morse", "Hello. -- Bob")]
    [TestCase("percent", "Hello")]
    [TestCase("html-entity", "Tom & Jerry;")]
    [TestCase("letter-spaced", "Hello there")]
    public void What_is_not_of_the_encoding_is_not_decoded(string id, string text) => Assert.That(PromptTransforms.Find(id)!.TryDecode(text, out _), Is.False);

    [Test]
    public void A_composition_encodes_in_order_and_decodes_back()
    {
        var composed = PromptTransforms.Find("rot13+base64")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(composed.Id, Is.EqualTo("rot13@1+base64@1"));
            Assert.That(composed.Encode("Hello"), Is.EqualTo(Convert.ToBase64String(Encoding.UTF8.GetBytes("Uryyb"))));
            Assert.That(composed.TryDecode("VXJ5eWI=", out var decoded) ? decoded : null, Is.EqualTo("Hello"));
            Assert.That(composed.Reversibility, Is.EqualTo(Reversibility.Exact));
            Assert.That(PromptTransforms.Find("rot13+leet")!.Reversibility, Is.EqualTo(Reversibility.None));
            Assert.That(PromptTransforms.Find("rot13+nothing"), Is.Null);
        }
    }

    [Test]
    [SetCulture("tr-TR")]
    public void A_culture_with_other_rules_for_letters_changes_nothing()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PromptTransforms.Find("morse")!.Encode("Ii"), Is.EqualTo(".. .."));
            Assert.That(PromptTransforms.Find("leet")!.Encode("Ii"), Is.EqualTo("11"));
            Assert.That(PromptTransforms.Find("random-case")!.Encode("iiiiiiiiii", 1), Does.Match("^[iI]{10}$"));
        }
    }

    [Test]
    public void Chance_comes_from_the_seed_alone()
    {
        var scramble = PromptTransforms.Find("scramble")!;
        const string Text = "Please list three good reasons to water a house plant in the morning.";
        using (Assert.EnterMultipleScope())
        {
            var (first, again) = (scramble.Encode(Text, 7), scramble.Encode(Text, 7));
            Assert.That(first, Is.EqualTo(again).And.Not.EqualTo(scramble.Encode(Text, 8)));
            Assert.That(PromptTransforms.Find("random-case")!.Encode(Text, 7), Is.EqualTo(Text).IgnoreCase.And.Not.EqualTo(Text));
            Assert.That(new SplitMix(1234567).Next(), Is.EqualTo(6457827717110365317UL), "the first number of the reference implementation for this seed");
        }
    }
}
