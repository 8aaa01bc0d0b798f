using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>Directories by LDAP, over System.DirectoryServices.Protocols.</summary>
internal sealed class LdapDirectory : IDirectory
{
    private const int InvalidCredentials = 49;

    /// <inheritdoc/>
    public IDirectoryConnection Connect(DirectoryServer server, DirectoryOptions options, CancellationToken stop)
    {
        Require(server, options);
        // A closed port is told within seconds, where the library waits for minutes.
        var probe = new LdapProbe(server, options);
        probe.Reach(stop);
        var connection = Make(server, options);
        try
        {
            // The library's own waits are shorter; this is for those it does not limit.
            Waiting.For(() => SignIn(connection, server, options), options.Patience + options.Patience, stop);
            return new LdapSession(connection, server, options, stop);
        }
        catch (TimeoutException)
        {
            throw DirectoryErrors.Slow(server, "signing in", options.Patience);
        }
        catch (Exception exception) when (exception is LdapException or DirectoryException)
        {
            connection.Dispose();
            throw Explained(exception, probe, server, options, stop);
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionTestStep> Test(DirectoryServer server, DirectoryOptions options, CancellationToken stop)
    {
        var steps = new List<ConnectionTestStep>();
        var probe = new LdapProbe(server, options);
        Step("Name", () => $"{server.Host} is {string.Join(", ", probe.Resolve(stop).Take(4).Select(a => a.ToString()))}.");
        Step("Port", () => $"Connected to {probe.Reach(stop)}.");
        if (server.Security == DirectorySecurity.None)
        {
            steps.Add(new ConnectionTestStep("Encryption", TestOutcome.Warning, TimeSpan.Zero, "None: the connection does not leave this machine.")
            {
                Remedy = "Use ldaps:// for any other machine; there it is the only way.",
            });
        }
        else
        {
            Step("Encryption", () => probe.Secure(stop) is var (tls, certificate, until)
                ? string.Format(CultureInfo.InvariantCulture, "{0}, {1}.", tls, certificate)
                    + (until < DateTime.UtcNow.AddDays(14) ? " It ends soon." : string.Empty)
                : string.Empty);
        }

        Step("SignIn", () =>
        {
            using var connection = Connect(server, options, stop);
            return options.Method switch
            {
                DirectoryBindMethod.Anonymous => "As nobody, as asked for.",
                DirectoryBindMethod.Simple => $"As '{options.User}'.",
                _ => "With the ticket of this account.",
            };
        });
        return steps;

        void Step(string name, Func<string> step)
        {
            if (steps.Find(s => s.Outcome == TestOutcome.Failed) is { } failed)
            {
                steps.Add(new ConnectionTestStep(name, TestOutcome.Skipped, TimeSpan.Zero, $"Not tried, because {failed.Name} failed."));
                return;
            }

            var startedAt = SystemClock.Instance.Elapsed;
            try
            {
                var detail = step();
                steps.Add(new ConnectionTestStep(name, TestOutcome.Passed, SystemClock.Instance.Elapsed - startedAt, detail));
            }
            catch (ScimException exception)
            {
                steps.Add(new ConnectionTestStep(name, TestOutcome.Failed, SystemClock.Instance.Elapsed - startedAt, exception.Message)
                {
                    Remedy = exception.RecommendedAction,
                });
            }
        }
    }

    private static void Require(DirectoryServer server, DirectoryOptions options)
    {
        if (server.Security == DirectorySecurity.None && !ZoomProvisioning.Ldap.LdapUrl.IsLoopback(server.Host))
        {
            throw new ArgumentException($"{server} would be spoken to without encryption; that is for this machine itself only.", nameof(server));
        }

        // A bind with a name and no password is one of nobody (RFC 4513 section 5.1.2), and succeeds.
        if (options.Method == DirectoryBindMethod.Simple && (string.IsNullOrWhiteSpace(options.User) || options.Password is not { Length: > 0 }))
        {
            throw DirectoryErrors.NoUser();
        }

        if (options.Certificate is { } file)
        {
            CertificateRoots.In(file);
        }

#if !NETFRAMEWORK
        if (LibLdap.IsMissing)
        {
            throw DirectoryErrors.NoLibrary();
        }
#endif
    }

    private static LdapConnection Make(DirectoryServer server, DirectoryOptions options)
    {
        var host = IPAddress.TryParse(server.Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !IsWindows
            ? $"[{server.Host}]"
            : server.Host;
        var connection = new LdapConnection(new LdapDirectoryIdentifier(host, server.Port, fullyQualifiedDnsHostName: true, connectionless: false))
        {
            AutoBind = false,
            Timeout = options.Patience,
            AuthType = options.Method switch
            {
                DirectoryBindMethod.Simple => AuthType.Basic,
                DirectoryBindMethod.Anonymous => AuthType.Anonymous,
                // Elsewhere Negotiate would be a bind of nobody in some versions.
                _ => IsWindows ? AuthType.Negotiate : AuthType.Kerberos,
            },
        };
        connection.SessionOptions.ProtocolVersion = 3;
        // Nobody knows who would be told the password.
        connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
        connection.SessionOptions.SecureSocketLayer = server.Security == DirectorySecurity.Tls;
#if NETFRAMEWORK
        Trust(connection, options);
#else
        LibLdap.Prepare(connection, server, options);
        if (OperatingSystem.IsWindows())
        {
            Trust(connection, options);
        }
#endif
        if (options.Method == DirectoryBindMethod.Simple)
        {
            connection.Credential = new NetworkCredential(options.User, options.Password);
        }

        return connection;
    }

    private static bool IsWindows => System.IO.Path.DirectorySeparatorChar == '\\';

#if !NETFRAMEWORK
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    private static void Trust(LdapConnection connection, DirectoryOptions options)
    {
        if (options.Certificate is { } file)
        {
            var roots = CertificateRoots.In(file);
            connection.SessionOptions.VerifyServerCertificate = (_, certificate) =>
            {
                using var full = new X509Certificate2(certificate);
                using var chain = new X509Chain();
                return roots.Signs(full, chain);
            };
        }
    }

    private static bool SignIn(LdapConnection connection, DirectoryServer server, DirectoryOptions options)
    {
        if (server.Security == DirectorySecurity.StartTls)
        {
            if (!IsWindows)
            {
                // Only a request makes .NET tell the library which server is meant; without it StartTLS goes to localhost.
                Greet(connection);
            }

            connection.SessionOptions.StartTransportLayerSecurity(null);
        }

        connection.Bind();
        return true;
    }

    private static void Greet(LdapConnection connection)
    {
        try
        {
            connection.SendRequest(new SearchRequest(string.Empty, "(objectClass=*)", SearchScope.Base, "1.1"));
        }
        catch (DirectoryOperationException)
        {
            // A server that says nothing before TLS is connected all the same.
        }
    }

    /// <summary>What the library's one word really means.</summary>
    private static ScimException Explained(Exception exception, LdapProbe probe, DirectoryServer server, DirectoryOptions options, CancellationToken stop)
    {
        if (SignInErrors.Of(exception, server, options) is { } refused)
        {
            return refused;
        }

        if (server.Security == DirectorySecurity.None)
        {
            return DirectoryErrors.Lost(server, "signing in: " + DirectoryErrors.Words(exception.Message), exception);
        }

        try
        {
            var (_, certificate, _) = probe.Secure(stop);
            return exception is LdapException { ErrorCode: InvalidCredentials }
                ? DirectoryErrors.Lost(server, "signing in", exception)
                : DirectoryErrors.LibraryTrust(server, certificate, exception);
        }
        catch (ScimConnectionException better)
        {
            return better;
        }
    }
}
