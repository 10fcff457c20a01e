using System.Globalization;

namespace SafetyRegression.Tests.Policies;

public sealed class PolicyJsonTests
{
    [Test]
    public void A_written_preset_reads_back_with_the_same_fingerprint([Values("standard", "strict", "exploratory", "point-estimate")] string name)
    {
        var preset = PolicyJson.Preset(name)!;

        var read = PolicyJson.Parse(PolicyJson.Write(preset));

        Assert.That(read.Fingerprint, Is.EqualTo(preset.Fingerprint));
    }

    // What a culture sorts otherwise: upper and lower case everywhere, "ch" after "h" in Czech.
    [Test]
    public void A_policy_has_one_order_and_one_fingerprint_in_every_culture()
    {
        const string Json = """{ "name": "mine", "capabilityTolerances": { "h": 0.1, "alpha": 0.1, "ch": 0.1, "Zeta": 0.1 } }""";
        var here = PolicyJson.Parse(Json);
        SafetyPolicy there;
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("cs-CZ");
            there = PolicyJson.Parse(Json);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(here.CapabilityTolerances.Keys, Is.EqualTo(new[] { "Zeta", "alpha", "ch", "h" }));
            Assert.That(there.Fingerprint, Is.EqualTo(here.Fingerprint));
            Assert.That(PolicyJson.Write(there), Is.EqualTo(PolicyJson.Write(here)));
        }
    }

    [Test]
    public void Members_not_given_keep_the_standard_values()
    {
        var policy = PolicyJson.Parse("""{ "name": "mine", "alpha": 0.02, "categoryTolerances": { "Violence": 0.04 } }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.Alpha, Is.EqualTo(0.02));
            Assert.That(policy.CategoryTolerance, Is.EqualTo(0.10));
            Assert.That(policy.ToleranceFor(HarmCategory.Violence), Is.EqualTo(0.04));
            Assert.That(policy.WeightFor(HarmCategory.SexualMinors), Is.EqualTo(10));
            Assert.That(policy.ZeroToleranceCategories, Does.Contain(HarmCategory.SexualMinors));
        }
    }

    [TestCase("""{ "name": "x", "alpha": 1 }""", "alpha")]
    [TestCase("""{ "name": "x", "categoryTolerance": 5 }""", "categoryTolerance")]
    [TestCase("""{ "name": "x", "overallTolerance": 0 }""", "overallTolerance")]
    [TestCase("""{ "name": "x", "weights": { "violence": -1 } }""", "weights.violence")]
    [TestCase("""{ "name": "x", "weights": { "violence": 11, "sexual-minors": 10 } }""", "weights.sexual-minors")]
    [TestCase("""{ "name": "", "zeroToleranceMinimum": 0 }""", "zeroToleranceMinimum")]
    public void A_value_out_of_range_is_named(string json, string field)
    {
        var e = Assert.Throws<InvalidInputException>(() => PolicyJson.Parse(json, "p.json"))!;

        Assert.That(e.Problems.Select(problem => problem.Field), Does.Contain(field));
    }

    [TestCase("[]")]
    [TestCase("{ \"name\": ")]
    [TestCase("""{ "name": "x", "tolerence": 0.1 }""")]
    [TestCase("""{ "name": "x", "alpha": 0.01, "alpha": 0.05 }""")]
    public void What_is_not_a_policy_is_refused(string json) =>
        Assert.Throws<InvalidInputException>(() => PolicyJson.Parse(json));
}
