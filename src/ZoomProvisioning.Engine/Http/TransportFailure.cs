using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly.Timeout;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Why no reply arrived.</summary>
internal enum TransportFailureKind
{
    /// <summary>The host's name could not be resolved.</summary>
    NameResolution,

    /// <summary>No connection could be made.</summary>
    Connect,

    /// <summary>The TLS handshake failed, most often over the certificate.</summary>
    Tls,

    /// <summary>The proxy refused the tunnel.</summary>
    Proxy,

    /// <summary>The proxy wants a sign-in, or another one (407).</summary>
    ProxySignIn,

    /// <summary>The reply did not come in time.</summary>
    Timeout,

    /// <summary>The reply has more bytes than any of Zoom's.</summary>
    TooLarge,

    /// <summary>The connection broke during the exchange.</summary>
    Broken,
}

/// <summary>Sorts the exceptions of both frameworks' HTTP stacks.</summary>
internal static class TransportFailure
{
    /// <summary>Whether an exception means that the transport failed, as opposed to a verdict of one of our own handlers.</summary>
    public static bool Is(Exception exception) =>
        exception is HttpRequestException or IOException or TimeoutRejectedException or SocketException or WebException;

    /// <summary>Whether the connection failed before the request could leave this machine, so that repeating it is safe.</summary>
    public static bool NothingWasSent(Exception exception) => KindOf(exception)
        is TransportFailureKind.NameResolution or TransportFailureKind.Connect or TransportFailureKind.Tls
        or TransportFailureKind.Proxy or TransportFailureKind.ProxySignIn;

    /// <summary>What failed. When in doubt it is <see cref="TransportFailureKind.Broken"/>, which promises nothing.</summary>
    public static TransportFailureKind KindOf(Exception exception)
    {
        foreach (var cause in Chain(exception))
        {
            if (OneKind(cause) is { } kind)
            {
                return kind;
            }
        }

        return TransportFailureKind.Broken;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = (Exception?)exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static TransportFailureKind? OneKind(Exception exception) => exception switch
    {
        TimeoutRejectedException => TransportFailureKind.Timeout,
        ReplyTooLargeException => TransportFailureKind.TooLarge,
        AuthenticationException => TransportFailureKind.Tls,
        WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } } => TransportFailureKind.ProxySignIn,
        WebException web => KindOf(web.Status),
        SocketException socket => KindOf(socket.SocketErrorCode),
#if !NETFRAMEWORK
        // The status is in the runtime's words only, which are English everywhere.
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel when tunnel.Message.Contains("'407'", StringComparison.Ordinal) =>
            TransportFailureKind.ProxySignIn,
        HttpRequestException http => KindOf(http.HttpRequestError),
#endif
        _ => null,
    };

#if !NETFRAMEWORK
    private static TransportFailureKind? KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => TransportFailureKind.NameResolution,
        HttpRequestError.ConnectionError => TransportFailureKind.Connect,
        HttpRequestError.SecureConnectionError => TransportFailureKind.Tls,
        HttpRequestError.ProxyTunnelError => TransportFailureKind.Proxy,
        HttpRequestError.Unknown => null,
        _ => TransportFailureKind.Broken,
    };
#endif

    private static TransportFailureKind? KindOf(WebExceptionStatus status) => status switch
    {
        WebExceptionStatus.NameResolutionFailure => TransportFailureKind.NameResolution,
        WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.RequestProhibitedByProxy => TransportFailureKind.Proxy,
        WebExceptionStatus.ConnectFailure => TransportFailureKind.Connect,
        WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure => TransportFailureKind.Tls,
        WebExceptionStatus.Timeout => TransportFailureKind.Timeout,
        WebExceptionStatus.UnknownError => null,
        _ => TransportFailureKind.Broken,
    };

    private static TransportFailureKind? KindOf(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => TransportFailureKind.NameResolution,
        SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown
            => TransportFailureKind.Connect,
        _ => TransportFailureKind.Broken,
    };
}
