using System;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Connection;
using ZoomProvisioning.Engine.Ldap;
using ZoomProvisioning.Engine.Notifications;
using ZoomProvisioning.Engine.Profiles;
using ZoomProvisioning.Engine.Programs;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Engine;

/// <summary>The engine's door. The module finds it by name, because it must not refer to this assembly.</summary>
public sealed class EngineFactory : IEngineFactory
{
    /// <inheritdoc/>
    public IScimService Connect(EngineOptions options) => Connect(options, null);

    /// <inheritdoc/>
    public IProfileFormat ProfileFormat { get; } = new ProfileFormat();

    /// <inheritdoc/>
    public IDirectory Directory => new LdapDirectory();

    /// <inheritdoc/>
    public IProgramRunner Programs { get; } = new ProgramRunner(SystemClock.Instance);

    /// <inheritdoc/>
    public INotificationSender Notifications { get; } = new NotificationSender(SystemClock.Instance);

    /// <inheritdoc/>
    public IDisposable OnTermination(Action onTermination) => new TerminationSignal(onTermination);

    /// <summary>As above, with a stand-in for the network of the connection test.</summary>
    internal static IScimService Connect(EngineOptions options, INetworkProbe? probe)
    {
        RequireSafe(options.ScimUri, nameof(options.ScimUri));
        RequireSafe(options.TokenUri, nameof(options.TokenUri));
        RequireProxy(options);
        RequireCredentials(options);
        if (options.MaxRequestsPerSecond is { } rate && !(rate > 0 && rate <= 1000))
        {
            throw new ArgumentException($"{rate} requests per second is not a rate; it must be above 0 and at most 1000.", nameof(options));
        }

        if (options.MaxAttempts < 1)
        {
            throw new ArgumentException("MaxAttempts counts the first attempt, so it is at least 1.", nameof(options));
        }

        return new ScimService(options, probe);
    }

    /// <summary>Secrets and bearer tokens travel in these requests (RFC 6750 section 5.3).</summary>
    private static void RequireSafe(Uri address, string name)
    {
        // A password in it must not be repeated, so this comes first.
        if (address.IsAbsoluteUri && address.UserInfo.Length > 0)
        {
            throw new ArgumentException($"{name} must not hold a user name or password.", name);
        }

        if (!address.IsAbsoluteUri
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new ArgumentException($"{name} is {address}, but must begin with https:// (http:// only for this machine itself).", name);
        }
    }

    private static void RequireProxy(EngineOptions options)
    {
        // The address is not repeated: what is wrong with it may be a password.
        if (options.Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Host.Length == 0))
        {
            throw new ArgumentException("The proxy is no address. It looks like http://proxy.example.com:8080.", nameof(options));
        }

        if (options is { ProxyCredential: not null, ProxyUseDefaultCredentials: true })
        {
            throw new ArgumentException("The proxy can be signed in with a credential or with the Windows account, not with both.", nameof(options));
        }
    }

    private static void RequireCredentials(EngineOptions options)
    {
        if (options.AccessToken is { } token)
        {
            // A line break pasted along would make every request fail with a riddle.
            if (!SecretText.Use(token, bytes => bytes.Length > 0 && Array.TrueForAll(bytes, b => b is > 32 and < 127)))
            {
                throw new ArgumentException("The access token is empty or holds blanks, line breaks or non-ASCII characters.", nameof(options));
            }

            return;
        }

        var missing = string.IsNullOrWhiteSpace(options.AccountId) ? "account id"
            : string.IsNullOrWhiteSpace(options.ClientId) ? "client id"
            : options.ClientSecret is not { Length: > 0 } ? "client secret"
            : null;
        if (missing is not null)
        {
            throw new ArgumentException($"The {missing} of the Server-to-Server OAuth app is missing.", nameof(options));
        }
    }
}
