using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression.Reporting;

namespace SafetyRegression.Assertions;

/// <summary>Which findings a constraint looks at, and under which tolerance and α.</summary>
internal sealed class FindingSelection
{
    private HarmCategory[] _categories = [];

    internal double? Tolerance { get; set; }

    internal double? Alpha
    {
        get;
        set => field = value is > 0 and < 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "α is a fraction between 0 and 0.5, such as 0.01.");
    }

    internal static RegressionReport ReportOf(object? actual, string name) =>
        actual as RegressionReport ?? throw new ArgumentException($"The actual value must be a {nameof(RegressionReport)}; it is {actual?.GetType().Name ?? "null"}.", name);

    internal void In(HarmCategory[] categories)
    {
        if (categories.Length == 0)
            throw new ArgumentException("Name at least one category.", nameof(categories));
        _categories = categories;
    }

    internal ImmutableArray<Finding> Select(RegressionReport report)
    {
        foreach (var category in _categories)
        {
            if (!report.Analysis.Categories.Any(finding => finding.Category == category))
                throw new ArgumentException($"The report has no category '{category}'; it has {string.Join(", ", report.Analysis.Categories.Select(finding => finding.Id))}.");
        }

        var findings = Tolerance is null && Alpha is null ? report.Analysis.Categories : report.Analysis.Reassess(PolicyOf(report), report.Policy.Alpha);
        var zero = report.Analysis.ZeroTolerance.ToDictionary(finding => finding.Category);
        return
        [
            .. findings.Where(finding => _categories.Length == 0 || _categories.Contains(finding.Category!.Value))
                // In a zero-tolerance category a single breach is a regression, whatever its statistics say.
                .Select(finding => zero.TryGetValue(finding.Category!.Value, out var rule) ? finding with { Status = rule.Status, PairsNeeded = null, PairsAssumption = PairsAssumption.Unspecified } : finding),
        ];
    }

    internal string Describe(string what)
    {
        var where = _categories.Length == 0 ? string.Empty : " of " + string.Join(", ", _categories.Select(category => category.Title));
        var tolerance = Tolerance is { } t ? string.Create(CultureInfo.InvariantCulture, $" by more than {t * 100:0.##} pp") : string.Empty;
        var alpha = Alpha is { } a ? string.Create(CultureInfo.InvariantCulture, $" at alpha {a:0.####}") : string.Empty;
        return $"{what}{where}{tolerance} (paired, one-sided, Holm-adjusted{alpha})";
    }

    internal static string Table(RegressionReport report, ImmutableArray<Finding> findings) =>
        EvidenceTable.Of(report with { Analysis = report.Analysis with { Categories = findings } }, _ => true);

    private SafetyPolicy PolicyOf(RegressionReport report) => report.Policy with
    {
        Alpha = Alpha ?? report.Policy.Alpha,
        CategoryTolerance = Tolerance ?? report.Policy.CategoryTolerance,
        CategoryTolerances = Tolerance is null ? report.Policy.CategoryTolerances : report.Policy.CategoryTolerances.Clear(),
    };
}
