using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Connection;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>
/// Looks at a server from the bottom up: its name, its port, its certificate. LDAP libraries know one word for all that can go
/// wrong there.
/// </summary>
internal sealed class LdapProbe
{
    // Longer is nobody's patience where another server may be asked.
    private static readonly TimeSpan MostForPort = TimeSpan.FromSeconds(10);

    // An extended request of the name 1.3.6.1.4.1.1466.20037 (RFC 4511 section 4.14).
    private static readonly byte[] StartTlsRequest =
        [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];

    private readonly DirectoryServer _server;
    private readonly DirectoryOptions _options;

    public LdapProbe(DirectoryServer server, DirectoryOptions options)
    {
        _server = server;
        _options = options;
    }

    /// <summary>Resolves the name.</summary>
    public IPAddress[] Resolve(CancellationToken stop)
    {
        try
        {
            var found = Waiting.For(() => Dns.GetHostAddresses(_server.Host), _options.Patience, stop);
            return found.Length > 0 ? found : throw DirectoryErrors.NameNotFound(_server, new SocketException((int)SocketError.HostNotFound));
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw DirectoryErrors.NameNotFound(_server, exception);
        }
        catch (TimeoutException)
        {
            throw DirectoryErrors.Slow(_server, "looking up its name", _options.Patience);
        }
    }

    /// <summary>Opens a connection and closes it again.</summary>
    /// <returns>Where it went.</returns>
    public string Reach(CancellationToken stop)
    {
        using var client = Open(Resolve(stop), stop);
        return client.Client.RemoteEndPoint?.ToString() ?? _server.Host;
    }

    /// <summary>Makes an encrypted connection, as the library will, and says what it found.</summary>
    public (string Tls, string Certificate, DateTime ValidUntil) Secure(CancellationToken stop)
    {
        using var client = Open(Resolve(stop), stop);
        client.ReceiveTimeout = client.SendTimeout = (int)_options.Patience.TotalMilliseconds;
        var stream = client.GetStream();
        if (_server.Security == DirectorySecurity.StartTls)
        {
            StartTls(stream);
        }

        ServerCertificate? shown = null;
        ScimConnectionException? trouble = null;
        using var secure = new SslStream(stream, leaveInnerStreamOpen: true, (_, certificate, chain, errors) =>
        {
            shown = ServerCertificate.Of(certificate, chain, errors);
            trouble = certificate is null ? null : TroubleWith(certificate, chain, errors);
            return trouble is null;
        });
        try
        {
            Waiting.For(
                () => { secure.AuthenticateAsClient(_server.Host, null, SslProtocols.None, checkCertificateRevocation: false); return true; },
                _options.Patience,
                stop);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or SocketException)
        {
            throw trouble ?? DirectoryErrors.Tls(_server, Innermost(exception).Message, exception);
        }
        catch (TimeoutException)
        {
            throw DirectoryErrors.Slow(_server, "agreeing on encryption", _options.Patience);
        }

        return (Reached.NameOf(secure.SslProtocol), shown!.ToString(), shown.ValidUntil);
    }

    /// <summary>The file of roots that the library will use: that of the rule, else the environment's.</summary>
    public static string? RootsFile(DirectoryOptions options) => options.Certificate
        ?? (Environment.GetEnvironmentVariable("LDAPTLS_CACERT") is { Length: > 0 } file && Path.DirectorySeparatorChar == '/' && File.Exists(file)
            ? file
            : null);

    private ScimConnectionException? TroubleWith(X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var full = new X509Certificate2(certificate);
        var words = $"certificate {DirectoryErrors.Words(full.Subject)}";
        using var own = new X509Chain();
        var isSigned = RootsFile(_options) is { } file
            ? CertificateRoots.In(file).Signs(full, own)
            : !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        var now = DateTime.UtcNow;
        return now > full.NotAfter.ToUniversalTime() || now < full.NotBefore.ToUniversalTime()
            ? DirectoryErrors.NotValidNow(_server, words, full.NotBefore.ToUniversalTime(), full.NotAfter.ToUniversalTime(), null)
            : !isSigned ? DirectoryErrors.Untrusted(_server, words, DirectoryErrors.Words(full.Issuer), null)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? DirectoryErrors.WrongName(_server, words, NamesOf(full), null)
            : null;
    }

    private static string NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.Cast<X509Extension>().FirstOrDefault(e => e.Oid?.Value == "2.5.29.17") is { } names
            ? DirectoryErrors.Words(names.Format(multiLine: false))
            : DirectoryErrors.Words(certificate.Subject);

    private TcpClient Open(IPAddress[] addresses, CancellationToken stop)
    {
        var limit = _options.Patience < MostForPort ? _options.Patience : MostForPort;
        SocketException? refused = null;
        foreach (var address in addresses)
        {
            var client = new TcpClient(address.AddressFamily);
            try
            {
                Waiting.For(() => { client.Connect(address, _server.Port); return true; }, limit, stop);
                return client;
            }
            catch (SocketException exception)
            {
                refused = exception;
                client.Dispose();
            }
            catch (TimeoutException)
            {
                refused ??= new SocketException((int)SocketError.TimedOut);
                client.Dispose();
            }
            catch (OperationCanceledException)
            {
                client.Dispose();
                throw;
            }
        }

        throw DirectoryErrors.PortClosed(_server, refused!.Message, refused);
    }

    private void StartTls(NetworkStream stream)
    {
        try
        {
            stream.Write(StartTlsRequest, 0, StartTlsRequest.Length);
            var reply = new byte[512];
            var count = stream.Read(reply, 0, reply.Length);
            // The reply is [APPLICATION 24], and its first part the result code, an ENUMERATED of one byte.
            var code = Enumerable.Range(0, Math.Max(0, count - 4))
                .Where(i => reply[i] == 0x78)
                .Select(i => Array.IndexOf(reply, (byte)0x0a, i, count - i))
                .Where(i => i > 0 && i + 2 < count)
                .Select(i => (int?)reply[i + 2])
                .FirstOrDefault();
            if (code != 0)
            {
                throw DirectoryErrors.NoStartTls(_server, code is null ? "it answers something else" : $"result {code}", null);
            }
        }
        catch (IOException exception)
        {
            throw DirectoryErrors.NoStartTls(_server, exception.Message, exception);
        }
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
