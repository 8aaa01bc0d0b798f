using System;
using System.Net;
using System.Net.Http;
using System.Security;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Connections;

/// <summary>What the engine needs in order to talk to one Zoom account.</summary>
public sealed class EngineOptions
{
    /// <summary>Zoom's SCIM2 address (Zoom's SCIM2 OpenAPI; the same default as Ping's provisioner).</summary>
    public static readonly Uri DefaultScimUri = new("https://api.zoom.us/scim2");

    /// <summary>Zoom's OAuth token address.</summary>
    public static readonly Uri DefaultTokenUri = new("https://zoom.us/oauth/token");

    /// <summary>The base of all SCIM requests; https, loopback excepted.</summary>
    public Uri ScimUri { get; init; } = DefaultScimUri;

    /// <summary>Where tokens are fetched; https, loopback excepted.</summary>
    public Uri TokenUri { get; init; } = DefaultTokenUri;

    /// <summary>The Zoom account id of the Server-to-Server OAuth app. Not needed with <see cref="AccessToken"/>.</summary>
    public string? AccountId { get; init; }

    /// <summary>The app's client id. Not needed with <see cref="AccessToken"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The app's client secret. Not needed with <see cref="AccessToken"/>.</summary>
    public SecureString? ClientSecret { get; init; }

    /// <summary>A ready access token, used as it is and never renewed.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>A hard ceiling in requests per second over all workers; null leaves the pace to the governor.</summary>
    public double? MaxRequestsPerSecond { get; init; }

    /// <summary>An HTTP proxy; null uses the system's. A user name and password in it are signed in with and shown to nobody.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What the proxy is signed in with, before anything its address holds.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Whether a proxy of <see cref="Proxy"/> is signed in with the Windows account that runs this. The system's always may be.</summary>
    public bool ProxyUseDefaultCredentials { get; init; }

    /// <summary>How long one attempt may take before it counts as failed.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is tried in all; 1 never retries.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>The longest wait before a retry. A Retry-After beyond it ends the call with an error that says so.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The transport under all handlers; null opens sockets. The embedded simulator and tests put theirs here. Not disposed by the engine.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>The clock for waits, expiry and rates.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}
