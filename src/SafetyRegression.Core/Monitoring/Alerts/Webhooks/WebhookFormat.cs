using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// What one kind of receiver wants and how it says that it has got it: receivers differ in data, not in code. A template is JSON whose strings may hold
/// <c>{title}</c>, <c>{summary}</c>, <c>{severity}</c> (critical, error, warning, info), <c>{action}</c> (trigger, resolve), <c>{dedup}</c>, <c>{id}</c>,
/// <c>{time}</c>, <c>{lineage}</c>, <c>{suite}</c>, <c>{candidate}</c>, <c>{report}</c> (empty without an address), <c>{evidence}</c> (the head, empty without evidence; it is among the facts too) and <c>{key}</c> (the routing key), each with
/// an optional limit in characters as in <c>{title:150}</c>. An object with <c>"$each": "facts"</c> is repeated for every fact with <c>{fact}</c> and
/// <c>{value}</c>; one with <c>"$map": "facts"</c> becomes an object of facts; one with <c>"$if": "report"</c> is left out when that value is empty.
/// </summary>
public sealed record WebhookFormat
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The template; <see langword="null"/> sends the alert in this library's own versioned JSON.</summary>
    public string? Template { get; init; }

    /// <summary>How names are escaped.</summary>
    public WebhookEscape Escape { get; init; }

    /// <summary>The statuses that mean success; empty for any from 200 to 299.</summary>
    public ImmutableArray<int> Success { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What the body of a success says; an empty body is a success too. <see langword="null"/> when nothing in particular.</summary>
    public string? SuccessBody { get; init; }

    /// <summary>Slack incoming webhooks.</summary>
    public static WebhookFormat Slack { get; } = new()
    {
        Name = "slack",
        Escape = WebhookEscape.Slack,
        SuccessBody = "ok",
        Template = """
            {
              "text": "{title:150}",
              "blocks": [
                { "type": "header", "text": { "type": "plain_text", "text": "{title:150}" } },
                { "type": "section", "text": { "type": "mrkdwn", "text": "{summary:3000}" }, "fields": [ { "$each": "facts", "type": "mrkdwn", "text": "*{fact}*\n{value:1800}" } ] },
                { "type": "context", "elements": [ { "type": "mrkdwn", "text": "{severity} · {time} · {dedup:200}" } ] },
                { "$if": "report", "type": "actions", "elements": [ { "type": "button", "text": { "type": "plain_text", "text": "Report" }, "url": "{report}" } ] }
              ]
            }
            """,
    };

    /// <summary>Teams Workflows ("when a Teams webhook request is received"): an Adaptive Card.</summary>
    public static WebhookFormat TeamsWorkflows { get; } = new()
    {
        Name = "teams",
        Escape = WebhookEscape.Markdown,
        Template = """
            {
              "type": "message",
              "attachments": [
                {
                  "contentType": "application/vnd.microsoft.card.adaptive",
                  "contentUrl": null,
                  "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": [
                      { "type": "TextBlock", "size": "Large", "weight": "Bolder", "wrap": true, "text": "{title:200}" },
                      { "type": "TextBlock", "wrap": true, "text": "{summary:3000}" },
                      { "type": "FactSet", "facts": [ { "$each": "facts", "title": "{fact}", "value": "{value:1000}" } ] },
                      { "type": "TextBlock", "isSubtle": true, "wrap": true, "text": "{severity} · {time} · {dedup:200}" }
                    ],
                    "actions": [ { "$if": "report", "type": "Action.OpenUrl", "title": "Report", "url": "{report}" } ]
                  }
                }
              ]
            }
            """,
    };

    /// <summary>PagerDuty Events API v2.</summary>
    public static WebhookFormat PagerDuty { get; } = new()
    {
        Name = "pagerduty",
        Template = """
            {
              "routing_key": "{key}",
              "event_action": "{action}",
              "dedup_key": "{dedup:255}",
              "client": "SafetyRegression.Core",
              "payload": {
                "summary": "{title:200}. {summary:800}",
                "source": "{lineage}",
                "severity": "{severity}",
                "timestamp": "{time}",
                "component": "{candidate}",
                "group": "{suite}",
                "class": "model safety",
                "custom_details": { "$map": "facts" }
              },
              "links": [ { "$if": "report", "href": "{report}", "text": "Report" } ]
            }
            """,
    };

    /// <summary>Any receiver of this library's own JSON; sign it.</summary>
    public static WebhookFormat Generic { get; } = new() { Name = "webhook" };
}
