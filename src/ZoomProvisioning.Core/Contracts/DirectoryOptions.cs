using System;
using System.Security;

namespace ZoomProvisioning.Contracts;

/// <summary>How somebody signs in to a directory.</summary>
public enum DirectoryBindMethod
{
    /// <summary>With the ticket or the account this program runs under: Kerberos, or Negotiate on Windows.</summary>
    Negotiate,

    /// <summary>With a name and a password.</summary>
    Simple,

    /// <summary>As nobody.</summary>
    Anonymous,
}

/// <summary>How to connect to a directory.</summary>
public sealed class DirectoryOptions
{
    /// <summary>How to sign in.</summary>
    public DirectoryBindMethod Method { get; init; }

    /// <summary>The name to sign in with: a DN, <c>reader@example.com</c> or <c>EXAMPLE\reader</c>.</summary>
    public string? User { get; init; }

    /// <summary>The password.</summary>
    public SecureString? Password { get; init; }

    /// <summary>A file of certificates (PEM) that sign the server's; null for those this machine trusts.</summary>
    public string? Certificate { get; init; }

    /// <summary>How long a connection, and one page, may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
