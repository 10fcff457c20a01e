using System.Text;

namespace SafetyRegression.Reporting;

/// <summary>Writes plain text: the verdict, the evidence table, the next steps.</summary>
public sealed class TextReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string Format => "txt";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RegressionReport report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(Render(report)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renders the text.</summary>
    /// <param name="report">The report.</param>
    public static string Render(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var steps = string.Concat(NextSteps.Of(report).Select((step, i) => $"{(char)('1' + i)}. {Characters.Line(step)}\n"));
        var noise = string.Concat(NoiseFloorText.Facts(report).Select(fact => $"{Characters.Line(fact.Name)}: {Characters.Line(fact.Value)}{(fact.Note.Length == 0 ? string.Empty : $" ({Characters.Line(fact.Note)})")}\n"));
        return Characters.WithoutCommands($"{Characters.Line(report.ToString())}\n{Characters.Line(report.Decision.Sentence)}\n\n{EvidenceTable.Of(report)}\n\n{(noise.Length == 0 ? noise : noise + "\n")}{steps}run {Characters.Line(report.RunId)}, policy {Characters.Line(report.Policy.Name)} {Characters.Line(report.Policy.Version)}; texts withheld\n");
    }
}
