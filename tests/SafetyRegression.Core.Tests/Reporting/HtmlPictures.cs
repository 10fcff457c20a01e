using SafetyRegression.Reporting;

namespace SafetyRegression.Tests.Reporting;

[Explicit("Writes sample pages for looking at; they go to the folder in SAFETY_PAGES.")]
public sealed class HtmlPictures
{
    [Test]
    public void Write()
    {
        var folder = Environment.GetEnvironmentVariable("SAFETY_PAGES") ?? TestContext.CurrentContext.WorkDirectory;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mixed.html"), HtmlReportWriter.Render(DemoReport.WithExtras(DemoReport.Of())));
        File.WriteAllText(Path.Combine(folder, "samples.html"), HtmlReportWriter.Render(DemoReport.Of(samples: 5)));
        File.WriteAllText(Path.Combine(folder, "clean.html"), HtmlReportWriter.Render(DemoReport.Of([.. DemoReport.Mixed.Select(row => (row.Category, 400, row.Baseline, row.Baseline))], depth: false)));
        File.WriteAllText(Path.Combine(folder, "large.html"), HtmlReportWriter.Render(DemoReport.Of([.. DemoReport.Mixed.Select(row => (row.Category, row.Pairs * 2, row.Baseline, row.Candidate))], benign: 200)));
        Assert.That(Directory.GetFiles(folder, "*.html"), Has.Length.GreaterThanOrEqualTo(4));
    }
}
