using System.Collections.Immutable;

namespace SafetyRegression.Reporting.Html;

/// <summary>Slow drift: the rate per iteration against the pinned baseline.</summary>
internal static class TrendSection
{
    private const int Most = 24;
    private const double Left = 40;
    private const double Right = 1060;
    private const double Top = 14;
    private const double Bottom = 174;

    internal static void Append(HtmlBuilder page, RegressionReport report)
    {
        if (report.Trend is not { } trend || trend.Points.IsEmpty)
            return;
        var looks = trend switch
        {
            { Looks: > 0, PlannedLooks: > 0 } when trend.Looks <= trend.PlannedLooks => $" This is look {trend.Looks} of {trend.PlannedLooks} since the pin, which share α.",
            { Looks: > 1 } => $" This is look {trend.Looks} since the pin: repeated looks make false alarms more likely than α says.",
            _ => string.Empty,
        };
        page.Append($"""
            <section id="trend"><h2>Across fine-tuning iterations</h2><p class="note">Refusal rate on harmful prompts with intervals. Compared with the pinned baseline, not with the previous iteration, so slow drift cannot hide.{looks}{(trend.Note is null ? string.Empty : " " + HtmlNumbers.Short(trend.Note, 300))}</p><div class="scroll">{Chart(trend, [.. trend.Points.TakeLast(Most)])}</div></section>

            """);
    }

    private static Markup Chart(ReportTrend trend, ImmutableArray<TrendPoint> points)
    {
        var least = points.Select(point => point.Interval.Lower).Append(trend.PinnedRate - trend.Tolerance ?? 1).Min();
        var most = points.Select(point => point.Interval.Upper).Append(trend.PinnedRate ?? 0).Max();
        // A rate lies upside down on the page: the larger the value, the smaller y.
        var y = new Scale(Math.Max(0, Math.Floor(least * 50) / 50), Math.Max(Math.Min(1, Math.Ceiling(most * 50) / 50), least + 0.02), Bottom, Top);
        double X(int i) => points.Length == 1 ? (Left + Right) / 2 : Left + 16 + ((Right - Left - 60) * i / (points.Length - 1));
        var grid = y.Ticks().Select(tick => Markup.Of($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(tick)}\" y2=\"{y.At(tick)}\"/><text class=\"ax\" x=\"34\" y=\"{y.At(tick) + 4}\" text-anchor=\"end\">{CategorySection.Percent(tick)}</text>"));
        return Markup.Of($"<svg role=\"img\" viewBox=\"0 0 1080 210\" width=\"100%\"><title>Refusal rate on harmful prompts per iteration</title>{Zone(trend, y)}{Markup.Join(grid)}{Pin(trend, y)}{Markup.Join(Segments(points).Select(segment => Line(segment, points, X, y)))}{Markup.Join(points.Select((point, i) => Point(point, X(i), y)))}</svg>");
    }

    private static Markup Zone(ReportTrend trend, Scale y) => trend.PinnedRate is not { } pin
        ? Markup.Empty
        : Markup.Of($"<rect class=\"tolzone\" x=\"{Left}\" width=\"{Right - Left}\" y=\"{Top}\" height=\"{y.At(pin - trend.Tolerance) - Top}\"/>");

    private static Markup Pin(ReportTrend trend, Scale y) => trend.PinnedRate is not { } pin
        ? Markup.Empty
        : Markup.Of($"<line class=\"tol\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(pin - trend.Tolerance)}\" y2=\"{y.At(pin - trend.Tolerance)}\"/><text class=\"ax\" x=\"46\" y=\"{y.At(pin - trend.Tolerance) + 14}\">tolerance: pinned baseline −{HtmlNumbers.Tolerance(trend.Tolerance)}</text><line class=\"zero\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.At(pin)}\" y2=\"{y.At(pin)}\"/><text class=\"ax\" x=\"1056\" y=\"{y.At(pin) - 6}\" text-anchor=\"end\">pinned baseline {HtmlNumbers.Bare(pin)}</text>");

    /// <summary>Runs of points that may be joined: the line breaks where a point is not comparable with the one before.</summary>
    private static IEnumerable<Range> Segments(ImmutableArray<TrendPoint> points)
    {
        var start = 0;
        for (var i = 1; i <= points.Length; i++)
        {
            if (i < points.Length && points[i].IsComparable)
                continue;
            yield return start..i;
            start = i;
        }
    }

    private static Markup Line(Range segment, ImmutableArray<TrendPoint> points, Func<int, double> x, Scale y)
    {
        var (offset, length) = segment.GetOffsetAndLength(points.Length);
        var indices = Enumerable.Range(offset, length).ToList();
        if (length == 1)
        {
            // A point without neighbours has no band; its interval is a bar.
            var point = points[offset];
            return Markup.Of($"<rect class=\"band\" x=\"{x(offset) - 6}\" width=\"12\" y=\"{y.At(point.Interval.Upper)}\" height=\"{y.At(point.Interval.Lower) - y.At(point.Interval.Upper)}\"/>");
        }

        Markup Path(IEnumerable<int> order, Func<TrendPoint, double> value) => Markup.Join(order.Select((i, n) => Markup.Of($"{(n == 0 ? string.Empty : "L")}{x(i)} {y.At(value(points[i]))}")));
        return Markup.Of($"<path class=\"band\" d=\"M{Path(indices, point => point.Interval.Upper)}L{Path(Enumerable.Reverse(indices), point => point.Interval.Lower)}z\"/><path class=\"tline\" d=\"M{Path(indices, point => point.Rate)}\"/>");
    }

    private static Markup Point(TrendPoint point, double x, Scale y)
    {
        var look = StatusLook.Of(point.Recommendation);
        var mark = point.IsComparable ? string.Empty : " (not comparable with the point before)";
        return Markup.Of($"<g><title>{HtmlNumbers.Short(point.Label, 80)}: {HtmlNumbers.Rate(point.Rate)}, {look.Word}{mark}</title>{look.Mark(x, y.At(point.Rate))}<text class=\"ax\" x=\"{x}\" y=\"196\" text-anchor=\"middle\">{HtmlNumbers.Short(point.Label, 12)}</text><text class=\"nv\" x=\"{x}\" y=\"{y.At(point.Rate) + 22}\" text-anchor=\"middle\">{HtmlNumbers.Bare(point.Rate)}</text></g>");
    }
}
