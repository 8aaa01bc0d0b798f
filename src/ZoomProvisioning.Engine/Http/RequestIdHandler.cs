using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Outermost: says who is calling and numbers the request, so that all its attempts can be told together.</summary>
internal sealed class RequestIdHandler : DelegatingHandler
{
    private static readonly string UserAgent =
        "ZoomProvisioning/" + typeof(RequestIdHandler).Assembly.GetName().Version?.ToString(3);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("X-Request-Id", RequestState.Of(request).RequestId);
        return base.SendAsync(request, cancellationToken);
    }
}
