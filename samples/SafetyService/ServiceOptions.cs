using System.ComponentModel.DataAnnotations;

namespace SafetyService;

/// <summary>What the host watches and whom it tells: the configuration section <c>Service</c>. Secrets come from the environment in a real deployment.</summary>
internal sealed class ServiceOptions
{
    [Required]
    public string Lineage { get; set; } = "clinic-assist";

    /// <summary>Where baselines, histories and runs are kept.</summary>
    [Required]
    public string Folder { get; set; } = ".safety";

    /// <summary>The time between two checks; zero checks on request only.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>The simulated model that is deployed.</summary>
    [Required]
    public string Model { get; set; } = "sim-tuned-unchanged";

    /// <summary>The secret shared with the receiver of the signed webhook.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "a-secret-for-the-offline-sample";

    public Uri? Slack { get; set; }

    public Uri? Teams { get; set; }

    public Uri? PagerDuty { get; set; }

    public string? PagerDutyKey { get; set; }
}
