using System;
using System.Net;
#if !NETFRAMEWORK
using System.Net.Http;
#endif
using System.Text;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// The proxy of a connection: the one it was given, or the system's. What an address holds of user name and password is taken out of it and
/// signed in with, so that no message that names the proxy can name them.
/// </summary>
internal sealed class ProxyChoice
{
    private ProxyChoice(IWebProxy? proxy, bool isSystems, ICredentials? systemsCredentials)
    {
        Proxy = proxy;
        IsSystems = isSystems;
        SystemsCredentials = systemsCredentials;
    }

    /// <summary>The proxy; null where the system's is used as it is.</summary>
    public IWebProxy? Proxy { get; }

    /// <summary>Whether it is the system's.</summary>
    public bool IsSystems { get; }

    /// <summary>What the system's proxy is signed in with, unless it has its own.</summary>
    public ICredentials? SystemsCredentials { get; }

    // In HTTPS_PROXY and its like on .NET, in the Internet Options on .NET Framework.
#if NETFRAMEWORK
    private static IWebProxy? System => WebRequest.DefaultWebProxy;
#else
    private static IWebProxy System => HttpClient.DefaultProxy;
#endif

    /// <summary>The proxy of a connection.</summary>
    public static ProxyChoice Of(EngineOptions options, Redactor redactor)
    {
        var given = options.ProxyCredential is { } credential ? SignIn(credential, redactor) : null;
        if (options.Proxy is { } address)
        {
            // As in PowerShell's own web cmdlets the sign-in of Windows goes to a proxy that was named only when that is said.
            return new ProxyChoice(
                new WebProxy(Bare(address))
                {
                    Credentials = given ?? SignIn(address, redactor) ?? (options.ProxyUseDefaultCredentials ? CredentialCache.DefaultCredentials : null),
                },
                isSystems: false,
                null);
        }

        // Company proxies often know their users by the Windows sign-in.
        var credentials = given ?? CredentialCache.DefaultCredentials;
        return HoldsSignIn(options.ScimUri) || HoldsSignIn(options.TokenUri)
            ? new ProxyChoice(new BareProxy(System!, given, redactor), isSystems: true, credentials)
            : new ProxyChoice(null, isSystems: true, credentials);
    }

    /// <summary>The address of the proxy that requests to an address go through, or null.</summary>
    public Uri? For(Uri address)
    {
        var proxy = Proxy ?? System;
        return proxy is null || proxy.IsBypassed(address) || proxy.GetProxy(address) is not { } found || found == address ? null : found;
    }

    /// <summary>The address without user name and password.</summary>
    private static Uri Bare(Uri address) =>
        address.UserInfo.Length == 0 ? address : new UriBuilder(address) { UserName = string.Empty, Password = string.Empty }.Uri;

    private static bool HoldsSignIn(Uri target) =>
        System is { } system && !system.IsBypassed(target) && system.GetProxy(target) is { UserInfo.Length: > 0 };

    private static NetworkCredential? SignIn(Uri address, Redactor redactor)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }

        // As it stands in the address, percent signs and all, somebody may repeat it.
        var parts = address.UserInfo.Split([':'], 2);
        redactor.Add(address.UserInfo);
        redactor.Add(parts.Length > 1 ? parts[1] : string.Empty);
        return SignIn(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty, redactor);
    }

    private static NetworkCredential SignIn(NetworkCredential credential, Redactor redactor)
    {
        var user = credential.Domain.Length > 0 ? credential.Domain + "\\" + credential.UserName : credential.UserName;
        SignIn(user, credential.Password, redactor);
        return credential;
    }

    private static NetworkCredential SignIn(string user, string password, Redactor redactor)
    {
        redactor.Add(password);
        redactor.Add(Uri.EscapeDataString(password));
        if (password.Length > 0)
        {
            redactor.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + password)));
        }

        return new NetworkCredential(user, password);
    }

    /// <summary>The system's proxy with bare addresses, and with what stood in them as its credentials.</summary>
    private sealed class BareProxy(IWebProxy system, ICredentials? given, Redactor redactor) : IWebProxy, ICredentials
    {
        private readonly global::System.Collections.Concurrent.ConcurrentDictionary<string, NetworkCredential> _signIns = new(StringComparer.OrdinalIgnoreCase);

        public ICredentials? Credentials
        {
            get => this;
            set => throw new NotSupportedException();
        }

        public Uri? GetProxy(Uri destination)
        {
            if (system.GetProxy(destination) is not { } proxy || proxy == destination)
            {
                return null;
            }

            if (SignIn(proxy, redactor) is { } signIn)
            {
                _signIns[proxy.Authority] = signIn;
            }

            return Bare(proxy);
        }

        public bool IsBypassed(Uri host) => system.IsBypassed(host);

        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            given?.GetCredential(uri, authType)
            ?? (_signIns.TryGetValue(uri.Authority, out var signIn) ? signIn : CredentialCache.DefaultCredentials.GetCredential(uri, authType));
    }
}
