namespace SafetyRegression;

/// <summary>How text is kept from being read as markup.</summary>
public enum WebhookEscape
{
    /// <summary>Plain text.</summary>
    None = 0,

    /// <summary>Slack's <c>mrkdwn</c>: <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c>, so that no name mentions a user or links away.</summary>
    Slack = 1,

    /// <summary>Markdown: brackets, stars, underscores, backticks, tildes and bars.</summary>
    Markdown = 2,
}
