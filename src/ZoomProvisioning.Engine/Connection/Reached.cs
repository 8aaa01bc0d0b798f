using System;
using System.Globalization;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>A connection that the network probe opened, and closed again.</summary>
/// <param name="endPoint">The address and port at the far end, or the proxy's.</param>
internal sealed class Reached(string endPoint)
{
    /// <summary>The address and port at the far end, or the proxy's.</summary>
    public string EndPoint => endPoint;

    /// <summary>The TLS version; null where TLS was not spoken.</summary>
    public string? Tls { get; init; }

    /// <summary>Who the far end says it is.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Why TLS was not tried, in words.</summary>
    public string? Note { get; init; }

    /// <summary>The usual name of a protocol. .NET Framework 4.7.2 does not know the newest.</summary>
    public static string NameOf(SslProtocols protocol) => (int)protocol switch
    {
        192 => "TLS 1.0",
        768 => "TLS 1.1",
        3072 => "TLS 1.2",
        12288 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}

/// <summary>The certificate a server showed, in words.</summary>
internal sealed class ServerCertificate
{
    private ServerCertificate(string subject, string issuer, DateTime validUntil, string? trouble)
    {
        Subject = subject;
        Issuer = issuer;
        ValidUntil = validUntil;
        Trouble = trouble;
    }

    public string Subject { get; }

    public string Issuer { get; }

    /// <summary>In UTC.</summary>
    public DateTime ValidUntil { get; }

    /// <summary>Why it is not trusted; null when it is.</summary>
    public string? Trouble { get; }

    /// <summary>Reads it as it comes in the handshake.</summary>
    public static ServerCertificate? Of(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return null;
        }

        // Made from the bytes: the one of the handshake is gone with it.
        using var full = new X509Certificate2(certificate);
        return new ServerCertificate(
            VisibleText.OneLine(full.Subject, 300),
            VisibleText.OneLine(full.Issuer, 300),
            full.NotAfter.ToUniversalTime(),
            TroubleOf(chain, errors));
    }

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "certificate {0}, issued by {1}, valid until {2:yyyy-MM-dd}", Subject, Issuer, ValidUntil);

    private static string? TroubleOf(X509Chain? chain, SslPolicyErrors errors)
    {
        var troubles = new[]
        {
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "there is none" : null,
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is for another host name" : null,
            errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
                ? "its chain is not trusted: " + string.Join(", ", (chain?.ChainStatus ?? []).Select(s => s.Status.ToString()).Distinct())
                : null,
        }.Where(t => t is not null).ToList();
        return troubles.Count == 0 ? null : string.Join("; ", troubles);
    }
}
