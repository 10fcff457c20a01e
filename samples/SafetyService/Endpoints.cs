using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyRegression;
using SafetyRegression.Reporting;

namespace SafetyService;

/// <summary>What the host answers.</summary>
internal static class Endpoints
{
    internal static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
        app.MapGet("/report", (SafetyCheck check) => check.Report is { } report ? Results.Content(HtmlReportWriter.Render(report), "text/html; charset=utf-8") : Results.NotFound());
        app.MapGet("/report.json", (SafetyCheck check) => check.Report is { } report ? Results.Content(ReportJson.Write(report), "application/json") : Results.NotFound());
        app.MapPost("/check", async (SafetyCheck check, CancellationToken cancellationToken) =>
            await check.RunAsync(cancellationToken) is { } run ? Results.Text(Describe(run)) : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        app.MapPost("/deploy/{model}", (string model, DeployedModel deployed) =>
        {
            deployed.Name = model;
            return Results.NoContent();
        });
        app.MapPost("/alerts", (HttpRequest request, AlertReceiver receiver) => receiver.ReceiveAsync(request));
        app.MapGet("/alerts", (AlertReceiver receiver) => Results.Text(string.Concat(receiver.Alerts.Select(alert => alert.GetRawText() + "\n"))));
    }

    private static string Describe(MonitoredRun run) =>
        $"{run.Assessment}\n{run.Report?.Decision.Sentence ?? "Nothing is pinned yet."}\n{string.Concat(run.Alerts.Select(receipt => receipt + "\n"))}{(run.ReceivedPath is null ? string.Empty : $"received: {run.ReceivedPath}\n")}";

    private static Task WriteHealthAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{report.Status}\n{string.Concat(report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}: {entry.Value.Description}\n"))}");
    }
}
