using System;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Words for the ways a host cannot be reached.</summary>
internal static class ConnectionErrors
{
    /// <summary>The error for a transport failure on the way to an address.</summary>
    public static ScimConnectionException From(Exception cause, Uri address, Redactor redactor)
    {
        var kind = TransportFailure.KindOf(cause);
        return new ScimConnectionException(
            "Zoom.Connection." + kind,
            $"{Headline(kind, address)}: {redactor.Shown(Innermost(cause).Message, 500)}",
            redactor.Clean(cause))
        {
            Category = kind switch
            {
                TransportFailureKind.Timeout => "OperationTimeout",
                TransportFailureKind.ProxySignIn => "AuthenticationError",
                TransportFailureKind.TooLarge => "InvalidResult",
                _ => "ConnectionError",
            },
            RecommendedAction = Remedy(kind, address),
        };
    }

    /// <summary>What to do about it.</summary>
    public static string Remedy(TransportFailureKind kind, Uri address) => kind switch
    {
        TransportFailureKind.NameResolution =>
            $"Check the spelling of {address.Host} and this machine's DNS (Resolve-DnsName {address.Host}). "
                + "Where names are resolved by a proxy only, connect with -Proxy.",
        TransportFailureKind.Connect =>
            $"Allow outgoing TCP connections to {address.Host} port {address.Port} in the firewall, or connect with -Proxy if this network needs one.",
        TransportFailureKind.Tls =>
            $"The certificate of {address.Host} was not trusted or no TLS version was shared. If a proxy inspects TLS, its root certificate must be "
                + "in this machine's store; check the machine's clock too.",
        TransportFailureKind.Proxy =>
            $"The proxy did not let the connection to {address.Host} through. Check the -Proxy address, whether the proxy asks for a sign-in, "
                + "and its list of allowed hosts.",
        TransportFailureKind.ProxySignIn => ZoomErrorCatalog.ProxySignInAdvice,
        TransportFailureKind.Timeout =>
            $"{address.Host} did not answer in time. Check the network and https://status.zoom.us, then try again.",
        TransportFailureKind.TooLarge =>
            "Check the SCIM address (https://api.zoom.us/scim2 by default) and whether a proxy or another server answers in Zoom's place.",
        _ =>
            $"The connection to {address.Host} broke. Check the network, the proxy and https://status.zoom.us, then try again.",
    };

    private static string Headline(TransportFailureKind kind, Uri address) => kind switch
    {
        TransportFailureKind.NameResolution => $"The name {address.Host} could not be resolved",
        TransportFailureKind.Connect => $"{address.Host} port {address.Port} could not be reached",
        TransportFailureKind.Tls => $"No secure connection to {address.Host} could be made",
        TransportFailureKind.Proxy => $"The proxy refused the connection to {address.Host}",
        TransportFailureKind.ProxySignIn => $"The proxy on the way to {address.Host} asks for a sign-in and has not got one that it takes (407)",
        TransportFailureKind.Timeout => $"{address.Host} did not answer in time",
        TransportFailureKind.TooLarge => $"What {address.Host} answers is larger than Zoom's replies are",
        _ => $"The connection to {address.Host} broke",
    };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
