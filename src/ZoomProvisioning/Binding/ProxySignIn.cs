using System;
using System.Management.Automation;
using System.Net;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Binding;

/// <summary>What the three proxy parameters say together, with the meaning they have in PowerShell's own web cmdlets.</summary>
internal static class ProxySignIn
{
    /// <summary>Takes user name and password out of the address; a credential of its own goes before them.</summary>
    /// <returns>The bare address, and what to sign in with.</returns>
    /// <exception cref="ScimNotConnectedException">Two ways to sign in were given.</exception>
    public static (Uri? Proxy, PSCredential? SignIn) TakenFrom(Uri? proxy, PSCredential? credential, bool useDefaultCredentials)
    {
        var isSignedIn = proxy is { IsAbsoluteUri: true, UserInfo.Length: > 0 };
        if (useDefaultCredentials && (credential is not null || isSignedIn))
        {
            throw new ScimNotConnectedException(
                "Zoom.Connection.ProxyCredentialConflict",
                "The proxy can be signed in with a user name and password or with the Windows account, not with both.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Use either -ProxyCredential (or a user name and password in -Proxy) or -ProxyUseDefaultCredentials.",
            };
        }

        if (!isSignedIn)
        {
            return (proxy, credential);
        }

        var parts = proxy!.UserInfo.Split([':'], 2);
        var bare = new UriBuilder(proxy) { UserName = string.Empty, Password = string.Empty }.Uri;
        return (bare, credential ?? new PSCredential(Uri.UnescapeDataString(parts[0]), Password(parts.Length > 1 ? parts[1] : string.Empty)));
    }

    /// <summary>For the engine.</summary>
    public static NetworkCredential? ToNetwork(PSCredential? credential) =>
        credential is null || credential == PSCredential.Empty ? null : credential.GetNetworkCredential();

    private static System.Security.SecureString Password(string escaped) => ProfileSecret.Secure(Uri.UnescapeDataString(escaped));
}
