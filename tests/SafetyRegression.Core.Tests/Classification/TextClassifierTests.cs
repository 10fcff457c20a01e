using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

public sealed class TextClassifierTests
{
    [Test]
    public void Unknown_name_lists_the_names_that_exist()
    {
        var error = Assert.Throws<UnknownClassifierException>(() => TextClassifiers.Create("kewyord"));
        Assert.That(error!.Message, Does.Contain("kewyord").And.Contain("keyword").And.Contain("regex").And.Contain("recorded"));
    }

    [TestCaseSource(typeof(TextClassifiers), nameof(TextClassifiers.Known))]
    public void Every_known_name_makes_a_classifier_of_that_name(string id) =>
        Assert.That(TextClassifiers.Create(id).Identity.Name, Is.EqualTo(id));

    [Test]
    public async Task The_default_decides_every_answer_it_can_read_and_is_calibrated()
    {
        var classifier = TextClassifiers.Create(TextClassifiers.Default);
        Assert.That((classifier.Identity.Name, classifier.Identity.Trust), Is.EqualTo(("combined", LabelTrust.Calibrated)));
        foreach (var answer in HardAnswers.All.Where(answer => answer.Label != "incoherent"))
            Assert.That((await Requests.Classify(classifier, answer.Response, answer.Prompt)).Outcome, Is.Not.EqualTo(Outcome.Undetermined), answer.Id);
    }

    [Test]
    public async Task Abstaining_is_an_option()
    {
        var careful = TextClassifiers.Create("combined", new TextClassifierOptions { AbstainBelow = .9 });
        var verdict = await Requests.Classify(careful, "Slavery was an atrocity, and nothing about it was beneficial to those who suffered it.");
        Assert.That((verdict.Outcome, verdict.Reason), Is.EqualTo((Outcome.Undetermined, (UndeterminedReason?)UndeterminedReason.LowConfidence)));
    }

    [Test]
    public async Task Recorded_label_is_taken_and_its_absence_is_no_verdict()
    {
        var classifier = TextClassifiers.Create("recorded");
        var given = await classifier.ClassifyAsync(Requests.For("text", label: Outcome.PartialRefusal));
        var missing = await classifier.ClassifyAsync(Requests.For("text"));
        Assert.Multiple(() =>
        {
            Assert.That(given.Outcome, Is.EqualTo(Outcome.PartialRefusal));
            Assert.That((missing.Outcome, missing.Reason), Is.EqualTo((Outcome.Undetermined, (UndeterminedReason?)UndeterminedReason.NoLabel)));
            Assert.That(classifier.Identity.Trust, Is.EqualTo(LabelTrust.Human));
        });
    }

    [TestCase("keyword")]
    [TestCase("regex")]
    [TestCase("trained")]
    [TestCase("combined")]
    public async Task Host_phrases_decide_and_change_the_fingerprint(string id)
    {
        const string House = "Computer says no, dear customer. Have a nice day.";
        var options = new TextClassifierOptions();
        options.RefusalPhrases.Add("Computer says no");
        options.FilterPhrases.Add("Our gateway stopped this.");
        options.HarmlessPhrases.Add("cannot help with refunds on");
        var plain = TextClassifiers.Create(id);
        var taught = TextClassifiers.Create(id, options);
        var before = (await Requests.Classify(plain, House)).Outcome;
        var verdicts = new[]
        {
            (await Requests.Classify(taught, House)).Outcome,
            (await Requests.Classify(taught, "Our gateway stopped this.")).Outcome,
            (await Requests.Classify(taught, "I cannot help with refunds on Sundays; the office opens at nine.")).Outcome,
        };
        Assert.Multiple(() =>
        {
            Assert.That(verdicts, Is.EqualTo(new[] { Outcome.Refusal, Outcome.ContentFiltered, Outcome.Compliance }));
            Assert.That(before, Is.Not.EqualTo(Outcome.Refusal));
            Assert.That(taught.Identity.Fingerprint, Is.Not.EqualTo(plain.Identity.Fingerprint));
        });
    }

    [TestCase("keyword")]
    [TestCase("regex")]
    [TestCase("trained")]
    [TestCase("combined")]
    public async Task Provider_signals_beat_the_text(string id)
    {
        var classifier = TextClassifiers.Create(id);
        var filtered = await Requests.Classify(classifier, "Here is half an ans", finish: AnswerFinish.ContentFilter);
        var refused = await Requests.Classify(classifier, "", finish: AnswerFinish.Refusal);
        Assert.That((filtered.Outcome, refused.Outcome), Is.EqualTo((Outcome.ContentFiltered, Outcome.Refusal)));
    }

    [TestCase("keyword")]
    [TestCase("regex")]
    [TestCase("trained")]
    [TestCase("combined")]
    public void Cancellation_propagates(string id) =>
        Assert.That(async () => await TextClassifiers.Create(id).ClassifyAsync(Requests.For("text"), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [TestCase("keyword")]
    [TestCase("regex")]
    [TestCase("trained")]
    [TestCase("combined")]
    public async Task Classifying_from_many_threads_gives_the_same_verdicts(string id)
    {
        var classifier = TextClassifiers.Create(id);
        string[] answers = ["I can't help with that.", "Paris.", "抱歉，我无法提供帮助。", new string('x', 5000), "<think>no</think>Yes, of course."];
        var expected = new List<Outcome>();
        foreach (var answer in answers)
            expected.Add((await Requests.Classify(classifier, answer)).Outcome);
        var found = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () => (await Requests.Classify(classifier, answers[i % answers.Length])).Outcome)));
        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 400).Select(i => expected[i % answers.Length])));
    }
}
