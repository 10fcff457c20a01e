namespace SafetyRegression.Reporting.Html;

/// <summary>How a status looks: a class for the colour, and always a shape and a word of its own.</summary>
internal sealed record StatusLook(string Class, string Word, Markup Icon)
{
    private static readonly StatusLook _regressed = new("reg", "Regression", Path("M8 1l7 7-7 7-7-7z"));
    private static readonly StatusLook _inconclusive = new("inc", "Inconclusive", Path("M3 3h10v10H3z"));
    private static readonly StatusLook _declined = new("dec", "Declined, within tolerance", Path("M1 3h14L8 14z"));
    private static readonly StatusLook _within = new("ok", "Within tolerance", new("<circle cx=\"8\" cy=\"8\" r=\"6\"/>"));
    private static readonly StatusLook _noBreach = _within with { Word = "No breach" };
    private static readonly StatusLook _improved = new("imp", "Improved", Path("M8 2l7 11H1z"));
    private static readonly StatusLook _notShown = new("open", "Within tolerance (not shown)", new("<circle cx=\"8\" cy=\"8\" r=\"5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>"));

    internal static StatusLook Of(Finding finding) => finding.Status == RegressionStatus.WithinTolerance && !finding.Demonstrated ? _notShown : Of(finding.Status, finding.Improved);

    internal static StatusLook Of(RegressionStatus status, bool improved = false) => status switch
    {
        RegressionStatus.Regressed => _regressed,
        RegressionStatus.WithinToleranceDeclined => _declined,
        RegressionStatus.WithinTolerance => improved ? _improved : _within,
        _ => _inconclusive,
    };

    /// <summary>In a zero-tolerance category nothing is within a tolerance: there is a breach or none.</summary>
    internal static StatusLook OfZeroTolerance(RegressionStatus status) => status == RegressionStatus.WithinTolerance ? _noBreach : Of(status);

    internal static StatusLook Of(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => _within with { Word = "Deploy" },
        DeploymentRecommendation.DeployWithMonitoring => _inconclusive with { Word = "Monitor" },
        _ => _regressed with { Word = "Block" },
    };

    internal static IEnumerable<StatusLook> Legend => [_regressed, _inconclusive, _declined, _within, _improved];

    internal Markup Pill() => Markup.Of($"<span class=\"pill {Class}\"><svg class=\"ic\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{Icon}</svg>{Word}</span>");

    /// <summary>The mark of a value in a chart: the same shape as in the pill.</summary>
    internal Markup Mark(double x, double y) => Class switch
    {
        "reg" => Markup.Of($"<path class=\"dot reg\" d=\"M{x} {y - 6.2}l6.2 6.2l-6.2 6.2l-6.2 -6.2z\"/>"),
        "inc" => Markup.Of($"<rect class=\"dot inc\" x=\"{x - 4.4}\" y=\"{y - 4.4}\" width=\"8.8\" height=\"8.8\"/>"),
        "dec" => Markup.Of($"<path class=\"dot dec\" d=\"M{x - 5.6} {y - 4.6}h11.2l-5.6 9.6z\"/>"),
        "imp" => Markup.Of($"<path class=\"dot imp\" d=\"M{x - 5.6} {y + 4.6}h11.2l-5.6 -9.6z\"/>"),
        "open" => Markup.Of($"<circle class=\"dot baseline\" cx=\"{x}\" cy=\"{y}\" r=\"4.4\"/>"),
        _ => Markup.Of($"<circle class=\"dot ok\" cx=\"{x}\" cy=\"{y}\" r=\"4.8\"/>"),
    };

    private static Markup Path(string d) => new($"<path d=\"{d}\"/>");
}
