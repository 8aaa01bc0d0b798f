using System;
using System.Collections.Generic;
using System.Threading;

namespace ZoomProvisioning.Contracts;

/// <summary>What Core needs of a directory that speaks LDAP. One thread uses a connection at a time.</summary>
public interface IDirectory
{
    /// <summary>Connects to one server and signs in.</summary>
    /// <exception cref="ScimConnectionException">It cannot be reached, or its certificate is not trusted.</exception>
    /// <exception cref="ScimAuthenticationException">It does not let this account in.
    /// No other server is to be tried: each refusal counts towards a lock.</exception>
    /// <exception cref="ScimNotConnectedException">This machine lacks what is needed.</exception>
    IDirectoryConnection Connect(DirectoryServer server, DirectoryOptions options, CancellationToken stop);

    /// <summary>
    /// Tries name, port, encryption and sign-in, each as a step; after the first that failed the others are skipped.
    /// </summary>
    IReadOnlyList<ConnectionTestStep> Test(DirectoryServer server, DirectoryOptions options, CancellationToken stop);
}

/// <summary>A connection to one server of a directory, signed in.</summary>
public interface IDirectoryConnection : IDisposable
{
    /// <summary>The server.</summary>
    DirectoryServer Server { get; }

    /// <summary>What the server says of itself (RFC 4512 section 5.1).</summary>
    DirectoryEntry Root { get; }

    /// <summary>Reads all entries that fit, in pages, with every value of every attribute asked for. Referrals are not followed.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="found">Takes each entry.</param>
    /// <param name="stop">Ends it between two pages.</param>
    DirectoryEnd Search(DirectorySearch search, Action<DirectoryEntry> found, CancellationToken stop);
}

/// <summary>How a connection is kept from others' eyes.</summary>
public enum DirectorySecurity
{
    /// <summary>TLS from the first byte: ldaps.</summary>
    Tls,

    /// <summary>TLS by StartTLS, before anything else is said.</summary>
    StartTls,

    /// <summary>None, on this machine itself.</summary>
    None,
}

/// <summary>A server of a directory.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is kept from others' eyes.</param>
public sealed record DirectoryServer(string Host, int Port, DirectorySecurity Security)
{
    /// <summary>As an address, such as <c>ldaps://dc1.example.com:636</c>.</summary>
    public override string ToString() =>
        $"{(Security == DirectorySecurity.Tls ? "ldaps" : "ldap")}://{(Host.IndexOf(':') >= 0 ? $"[{Host}]" : Host)}:"
        + Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
