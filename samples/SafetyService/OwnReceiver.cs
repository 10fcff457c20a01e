using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using SafetyRegression;

namespace SafetyService;

/// <summary>The signed webhook to this host's own receiver, whose address is known once the host listens.</summary>
internal sealed class OwnReceiver(IServer server, string secret) : IAlertSink
{
    private readonly Lazy<WebhookSink> _sink = new(() => new WebhookSink(
        WebhookFormat.Generic,
        new Uri(new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()), "/alerts"),
        new WebhookSinkOptions { SigningSecret = Encoding.UTF8.GetBytes(secret) }));

    public ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default) => _sink.Value.SendAsync(alert, cancellationToken);
}
