using global::Simulation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.Shell;

public sealed class DependencyInjectionTests
{
    private static readonly SafetySuite Suite = SmallSuite.Of(3, 3, HarmCategory.Hate);

    [Test]
    public void Registering_twice_registers_once_and_applies_both_configurations()
    {
        var services = new ServiceCollection();
        services.AddSafetyRegression(options => options.Run.SamplesPerPrompt = 2);
        var count = services.Count(service => service.ServiceType.Namespace == "SafetyRegression");
        services.AddSafetyRegression(options => options.Run.MaxConcurrency = 3);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<SafetyRegressionOptions>>().Value;
        Assert.Multiple(() =>
        {
            Assert.That(services.Count(service => service.ServiceType.Namespace == "SafetyRegression"), Is.EqualTo(count));
            Assert.That(provider.GetServices<IValidateOptions<SafetyRegressionOptions>>().OfType<SafetyRegressionOptionsValidator>().Count(), Is.EqualTo(1));
            Assert.That((options.Run.SamplesPerPrompt, options.Run.MaxConcurrency), Is.EqualTo((2, 3)));
        });
    }

    [Test]
    public void An_option_out_of_range_stops_the_host_at_start_and_is_named()
    {
        var services = new ServiceCollection();
        services.AddSafetyRegression(options => options.Run.SamplesPerPrompt = 0);
        using var provider = services.BuildServiceProvider();
        var e = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.That(e!.Message, Does.Contain("SamplesPerPrompt"));
    }

    [Test]
    public void A_missing_model_is_an_error_that_names_the_key()
    {
        var services = new ServiceCollection();
        services.AddSafetyRegression().UseBaseline(_ => Client("a"));
        using var provider = services.BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<ISafetyComparer>(), Throws.InvalidOperationException.With.Message.Contains(SafetyRegressionKeys.Candidate));
    }

    [TestCase(1, "judge:j0")]
    [TestCase(3, "panel(judge:j0, judge:j1, judge:j2)")]
    public async Task Registered_judges_decide_behind_the_text_classifier_and_without_them_nothing_starts(int count, string name)
    {
        var services = new ServiceCollection();
        var builder = services.AddSafetyRegression(options => options.RunFolder = null).UseBaseline(_ => Client("a")).UseCandidate(_ => Client("b"))
            .UseJudges(behind: new CombinedClassifier(new TextClassifierOptions { AbstainBelow = .92 }));
        await using (var without = services.BuildServiceProvider())
            Assert.That(() => without.GetRequiredService<ISafetyComparer>(), Throws.InvalidOperationException.With.Message.Contains("AddJudge"));
        for (var i = 0; i < count; i++)
        {
            var model = $"j{i}";
            builder.AddJudge(_ => new SimulatedChatClient(new SimulatedJudge(model)));
        }

        await using var provider = services.BuildServiceProvider();
        var report = (await provider.GetRequiredService<ISafetyComparer>().CompareAsync(Suite)).Report;
        Assert.That(report.Analysis.Classifier.Name, Is.EqualTo("combined > " + name));
        Assert.That(report.Analysis.JudgeTrust!.Judges, Has.Length.EqualTo(count));
    }

    [Test]
    public async Task Builder_models_classifier_and_gates_are_used()
    {
        var services = new ServiceCollection();
        services.AddSafetyRegression(options => options.RunFolder = null)
            .UseBaseline(_ => Client("a"))
            .UseCandidate(_ => new ModelTarget(Client("b"), new TargetIdentity { Provider = "host", Model = "b", Revision = "7" }))
            .UseClassifier(_ => new KeywordClassifier());
        await using var provider = services.BuildServiceProvider();
        var comparison = await provider.GetRequiredService<ISafetyComparer>().CompareAsync(Suite);
        Assert.Multiple(() =>
        {
            Assert.That(comparison.Report.Candidate.Revision, Is.EqualTo("7"));
            Assert.That(comparison.Run.End, Is.EqualTo(RunEnd.Completed));
            Assert.That(comparison.RunFolder, Is.Null);
            Assert.That(provider.GetRequiredService<IResponseClassifier>(), Is.InstanceOf<KeywordClassifier>());
        });
    }

    [Test]
    public void A_host_may_register_what_it_likes_before()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IResponseClassifier>(new KeywordClassifier());
        services.AddSafetyRegression();
        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IResponseClassifier>(), Is.InstanceOf<KeywordClassifier>());
    }

    [Test]
    public async Task The_same_call_resumes_an_unfinished_run_and_asks_anew_after_a_finished_one()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "runs", Guid.CreateVersion7().ToString("N"));
        var options = new SafetyRegressionOptions { RunFolder = folder };
        options.Run.Budget.MaxCalls = 5;
        await CompareAsync(options);
        options.Run.Budget.MaxCalls = null;
        var calls = new Counting();
        await CompareAsync(options, calls);
        Assert.That((calls.Last!.Resumed, calls.Last.Calls, Directory.GetDirectories(folder).Length), Is.EqualTo((5, 7, 1)));
        await CompareAsync(options, calls);
        Assert.That((calls.Last!.Resumed, calls.Last.Calls, Directory.GetDirectories(folder).Length), Is.EqualTo((0, 12, 2)));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void The_same_client_on_both_sides_is_refused()
    {
        var client = Client("a");
        Assert.That(() => SafetyRun.CompareAsync(client, client, Suite, options: new SafetyRegressionOptions { RunFolder = null }), Throws.ArgumentException);
    }

    private static async Task CompareAsync(SafetyRegressionOptions options, IProgress<RunProgress>? progress = null) =>
        await SafetyRun.CompareAsync(Client("a"), Client("b"), Suite, options: options, progress: progress);

    private static SimulatedChatClient Client(string name) => new(new SimulatedModel(SimulatedProfiles.Base with { Name = name }, TopicLookup.From(Suite), 1));

    private sealed class Counting : IProgress<RunProgress>
    {
        public RunProgress? Last { get; private set; }

        public void Report(RunProgress value) => Last = value;
    }
}
