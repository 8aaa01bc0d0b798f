using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Notifications;

/// <summary>Carries notifications over the network.</summary>
internal sealed class NotificationSender(IClock clock) : INotificationSender
{
    private readonly WebhookSender _webhooks = new(clock);

    /// <inheritdoc/>
    public Task PostAsync(WebhookRequest request, Notification notification, CancellationToken stop) =>
        _webhooks.PostAsync(request, NotificationBody.Write(notification, request.Format), stop);

    /// <inheritdoc/>
    public Task MailAsync(MailRequest request, Notification notification, CancellationToken stop) => MailSender.SendAsync(request, notification, null, stop);

    /// <inheritdoc/>
    public string ToJson(Notification notification) => NotificationBody.Write(notification, WebhookFormat.Json);
}
