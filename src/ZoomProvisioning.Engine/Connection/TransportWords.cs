using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>An address to connect to, and the proxy on the way.</summary>
internal sealed record Hop(Uri Address, Uri? Proxy)
{
    /// <summary>The address in words.</summary>
    public string Name => string.Format(CultureInfo.InvariantCulture, "{0} port {1}", Address.Host, Address.Port)
        + (Proxy is null ? string.Empty : $" through the proxy {Proxy.Authority}");
}

/// <summary>What the network probe found, as the sentences and the parts of the step TcpAndTls.</summary>
internal static class TransportWords
{
    // Certificates are renewed weeks before their end, so this late it has been forgotten.
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(7);

    /// <summary>One sentence on a connection that was made.</summary>
    public static string Sentence(Hop hop, Reached reached) =>
        $"Connected to {hop.Name}"
        + (reached.Tls is { } tls ? $" with {tls}; certificate issued by {reached.Certificate?.Issuer}" : string.Empty)
        + (reached.Note is { } note ? $" ({note})" : string.Empty)
        + ".";

    /// <summary>The parts, when all connections were made.</summary>
    public static IReadOnlyList<ConnectionTestStep> Parts(IReadOnlyList<(Hop Hop, Reached Reached)> reached, DateTimeOffset now)
    {
        var expiring = reached.FirstOrDefault(r => r.Reached.Certificate is { } certificate
            && certificate.ValidUntil - now.UtcDateTime < SoonExpired).Reached?.Certificate;
        return
        [
            Proxy(reached.Select(r => r.Hop)),
            Part("Tcp", TestOutcome.Passed, Tcp(reached)),
            reached.All(r => r.Reached.Tls is null)
                ? Part("Tls", TestOutcome.Skipped, reached.Select(r => r.Reached.Note).FirstOrDefault(n => n is not null) is { } note
                    ? $"Not looked at: {note}."
                    : "Not used: plain http on this machine.")
                : Part(
                    "Tls",
                    expiring is null ? TestOutcome.Passed : TestOutcome.Warning,
                    Tls(reached),
                    expiring is null
                        ? null
                        : "The certificate ends soon. If it is Zoom's, Zoom will renew it; if it is of a proxy that inspects TLS, tell who runs that."),
        ];
    }

    /// <summary>The parts, when a connection failed.</summary>
    public static IReadOnlyList<ConnectionTestStep> PartsOfFailure(
        IReadOnlyList<(Hop Hop, Reached Reached)> reached, Hop failed, bool inTls, string detail, string remedy) => inTls
        ?
        [
            Proxy(reached.Select(r => r.Hop).Append(failed)),
            Part("Tcp", TestOutcome.Passed, $"Connected to {failed.Name}."),
            Part("Tls", TestOutcome.Failed, detail, remedy),
        ]
        :
        [
            Proxy(reached.Select(r => r.Hop).Append(failed)),
            Part("Tcp", TestOutcome.Failed, detail, remedy),
            Part("Tls", TestOutcome.Skipped, "Not tried, because Tcp failed."),
        ];

    private static ConnectionTestStep Proxy(IEnumerable<Hop> hops)
    {
        var used = hops.Where(h => h.Proxy is not null).Select(h => $"{h.Proxy!.Scheme}://{h.Proxy.Authority} to {h.Address.Host}").ToList();
        return Part("Proxy", TestOutcome.Passed, used.Count == 0 ? "None in use." : string.Join("; ", used) + ".");
    }

    private static string Tcp(IEnumerable<(Hop Hop, Reached Reached)> reached) =>
        string.Join("; ", reached.Select(r => $"{r.Hop.Name} at {r.Reached.EndPoint}")) + ".";

    private static string Tls(IEnumerable<(Hop Hop, Reached Reached)> reached) =>
        string.Join("; ", reached.Where(r => r.Reached.Tls is not null).Select(r => $"{r.Hop.Address.Host}: {r.Reached.Tls}, {r.Reached.Certificate}")) + ".";

    private static ConnectionTestStep Part(string name, TestOutcome outcome, string detail, string? remedy = null) =>
        new(name, outcome, TimeSpan.Zero, detail) { Remedy = remedy };
}
