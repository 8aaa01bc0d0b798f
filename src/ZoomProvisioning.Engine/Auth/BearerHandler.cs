using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>Puts the token on every attempt. When Zoom rejects it (401, code 124), one new token is fetched and one replay sent.</summary>
internal sealed class BearerHandler(TokenSource tokens, Pace pace) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(request);
        var token = await tokens.GetAsync(state.Call).ConfigureAwait(false);
        var response = await SendWithAsync(token, request, cancellationToken).ConfigureAwait(false);
        if (!await IsRejectedAsync(response).ConfigureAwait(false))
        {
            token.Accepted = true;
            return response;
        }

        if (await tokens.ReplaceAsync(token, state.Call).ConfigureAwait(false) is not { } fresh)
        {
            return response;
        }

        response.Dispose();
        await pace.TakeAsync(state).ConfigureAwait(false);
        response = await SendWithAsync(fresh, request, cancellationToken).ConfigureAwait(false);
        fresh.Accepted |= !await IsRejectedAsync(response).ConfigureAwait(false);
        return response;
    }

    private Task<HttpResponseMessage> SendWithAsync(AccessToken token, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return base.SendAsync(request, cancellationToken);
    }

    private static async Task<bool> IsRejectedAsync(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => true,
        HttpStatusCode.BadRequest => ErrorReader.CodeOf(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false)) == "124",
        _ => false,
    };
}
