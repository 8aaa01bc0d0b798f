using System;
using System.Net.Http;
using System.Threading.Tasks;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Sends one request through the handlers and turns every way that can end without a reply into the one error that says
/// whether Zoom can have carried the request out.
/// </summary>
internal static class Exchange
{
    /// <summary>Sends it.</summary>
    /// <param name="http">The handlers.</param>
    /// <param name="request">The request, with its state attached.</param>
    /// <param name="state">That state.</param>
    /// <param name="redactor">Cleans what the transport says.</param>
    public static async Task<Reply> SendAsync(HttpMessageInvoker http, HttpRequestMessage request, RequestState state, Redactor redactor)
    {
        try
        {
            using var response = await http.SendAsync(request, state.Call.Abort).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            if (state.Call.Stop.IsCancellationRequested && RetryHandler.IsTransient(status))
            {
                // It would have been tried again.
                throw Stopped(request, state, null);
            }

            var reply = new Reply
            {
                Status = status,
                ReasonPhrase = response.ReasonPhrase ?? string.Empty,
                Body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false),
                Parsed = state.Parsed,
                MediaType = response.Content.Headers.ContentType?.MediaType,
                Location = status is >= 300 and < 400 ? response.Headers.Location : null,
                TrackingId = TrackingId.Of(response, redactor),
                RetryAfter = state.RetryAfter,
                OutcomeOpen = state.OutcomeOpen,
            };
            return reply;
        }
        catch (OperationCanceledException exception)
        {
            throw Stopped(request, state, redactor.Clean(exception));
        }
        catch (ObjectDisposedException exception)
        {
            // The connection was closed under the call.
            throw Stopped(request, state, redactor.Clean(exception));
        }
        catch (Exception exception) when (TransportFailure.Is(exception))
        {
            throw NoReply(request, state, exception, redactor);
        }
    }

    private static ScimException Stopped(HttpRequestMessage request, RequestState state, Exception? cause)
    {
        if (state.IsRead || !state.OutcomeOpen)
        {
            return new ScimNotSentException($"{request.Method} {request.RequestUri!.AbsolutePath} was stopped. Nothing was changed in Zoom by it.", cause);
        }

        return Unknown(request, "was stopped after it had been sent and before Zoom's answer was read", "OperationStopped", cause);
    }

    private static ScimException NoReply(HttpRequestMessage request, RequestState state, Exception cause, Redactor redactor)
    {
        if (!state.IsRead && state.OutcomeOpen)
        {
            return Unknown(request, $"was sent and no answer could be read ({redactor.Shown(cause.Message, 500)})", "ConnectionError", redactor.Clean(cause));
        }

        return ConnectionErrors.From(cause, request.RequestUri!, redactor);
    }

    private static ScimOutcomeUnknownException Unknown(HttpRequestMessage request, string what, string category, Exception? cause) =>
        new($"{request.Method} {request.RequestUri!.AbsolutePath} {what}. Zoom may or may not have carried it out.", cause)
        {
            Category = category,
            RecommendedAction = "Read the user before you repeat the change.",
        };
}
