using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Notifications;

/// <summary>
/// Posts to webhooks: three attempts, a few seconds apart, where the server or the network had trouble; what the server refuses is refused.
/// A redirect is not followed, since it would carry the message and its token to wherever it points.
/// </summary>
internal sealed class WebhookSender
{
    /// <summary>How often it is tried in all.</summary>
    public const int Attempts = 3;

    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IClock _clock;
    private readonly Func<HttpMessageHandler> _transport;

    /// <summary>Makes one.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="transport">Makes what sends; null opens sockets, by the system's proxy.</param>
    public WebhookSender(IClock clock, Func<HttpMessageHandler>? transport = null)
    {
        _clock = clock;
        _transport = transport ?? (() => SocketTransport.Create(ProxyChoice.Of(new EngineOptions(), new Redactor())));
    }

    /// <summary>Posts.</summary>
    /// <exception cref="ScimException">It did not arrive.</exception>
    public async Task PostAsync(WebhookRequest request, string body, CancellationToken stop)
    {
        using var client = new HttpMessageInvoker(_transport());
        for (var attempt = 1; ; attempt++)
        {
            var (failure, wait) = await OnceAsync(client, request, body, stop).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            if (wait is not { } least || attempt == Attempts || least > LongestWait)
            {
                throw failure;
            }

            var usual = Waits[attempt - 1];
            await _clock.Delay(least > usual ? least : usual, stop).ConfigureAwait(false);
        }
    }

    /// <summary>One attempt.</summary>
    /// <returns>Why it failed, null when it did not; and how long to wait before the next, null when there is no use in one.</returns>
    private async Task<(ScimException? Failure, TimeSpan? Wait)> OnceAsync(
        HttpMessageInvoker client, WebhookRequest request, string body, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var late = _clock.Delay(AttemptTimeout, limit.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, request.Address)
            {
                Content = new StringContent(body, new UTF8Encoding(false), "application/json"),
            };
            if (request.Token is { } token)
            {
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            var sending = client.SendAsync(message, limit.Token);
            if (await Task.WhenAny(sending, late).ConfigureAwait(false) != sending)
            {
                stop.ThrowIfCancellationRequested();
                limit.Cancel();
                sending.Abandon();
                // It may have taken the message, and nobody wants it twice.
                return (Failure(request, "did not answer in time", "OperationTimeout"), null);
            }

            using var response = await sending.ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return status is >= 200 and < 300 ? (null, null)
                : status == 429 || status >= 500 ? (Refused(request, response), RetryAfter.Read(response, _clock.UtcNow) ?? TimeSpan.Zero)
                : (Refused(request, response), null);
        }
        catch (Exception exception) when (TransportFailure.Is(exception))
        {
            // What the exception says may hold the address, so that only its kind is told.
            var kind = TransportFailure.KindOf(exception);
            return (Failure(request, Words(kind), "ConnectionError"), kind == TransportFailureKind.Tls ? null : TimeSpan.Zero);
        }
        finally
        {
            limit.Cancel();
        }
    }

    private static ScimException Refused(WebhookRequest request, HttpResponseMessage response) => new(
        "Zoom.Notification.Refused",
        $"The webhook at {request.Address.Host} answered with status {(int)response.StatusCode}.")
    {
        Category = "InvalidResult",
        RecommendedAction = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone
            ? "Make the webhook anew where it was made, and put its address (and token) into the rule's variables."
            : (int)response.StatusCode is >= 300 and < 400
                ? "Put the address into the variable to which the webhook really belongs: a redirect is not followed."
                : "Look whether the format in the rule (notify.webhook.format) is the one that the webhook takes; else try again later.",
    };

    private static ScimException Failure(WebhookRequest request, string what, string category) => new(
        "Zoom.Notification.Unreachable",
        $"The webhook at {request.Address.Host} {what}.")
    {
        Category = category,
        RecommendedAction = $"Look whether {request.Address.Host} can be reached from here, by the system's proxy where there is one, and whether its "
            + "certificate is trusted.",
    };

    private static string Words(TransportFailureKind kind) => kind switch
    {
        TransportFailureKind.NameResolution => "is not known: its name could not be resolved",
        TransportFailureKind.Connect => "could not be reached",
        TransportFailureKind.Tls => "showed a certificate that is not trusted, or shares no version of TLS",
        TransportFailureKind.Proxy => "could not be reached: the proxy refused the connection",
        TransportFailureKind.ProxySignIn => "could not be reached: the proxy asks for a sign-in",
        TransportFailureKind.Timeout => "did not answer in time",
        _ => "broke the connection",
    };
}
