using System.Collections.Concurrent;
using System.Net.Http;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// One governor for each account and host in the process. It outlives the connections on purpose: Zoom does not forget what
/// was sent when somebody disconnects.
/// </summary>
internal static class RateGovernorRegistry
{
    private static readonly ConcurrentDictionary<Key, RateGovernor> Governors = new();

    /// <summary>The governor of a connection's account.</summary>
    public static RateGovernor For(EngineOptions options) => options.AccountId is { Length: > 0 } account
        ? Governors.GetOrAdd(
            new Key(account, options.ScimUri.Authority.ToUpperInvariant(), options.Clock, options.Transport),
            key => new RateGovernor(key.Clock))
        // A ready token does not say whose it is.
        : new RateGovernor(options.Clock);

    /// <summary>
    /// Times of different clocks cannot be compared, and what lies behind a transport of its own is another Zoom: all embedded
    /// simulators have the same account id.
    /// </summary>
    private sealed record Key(string Account, string Host, IClock Clock, HttpMessageHandler? Transport);
}
