using System.Collections.Concurrent;
using System.Net.Http;
using System.Runtime.CompilerServices;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// One governor for each account and host in the process. It outlives the connections on purpose: Zoom does not forget what
/// was sent when somebody disconnects.
/// </summary>
internal static class RateGovernorRegistry
{
    private static readonly ConcurrentDictionary<Key, RateGovernor> OfSockets = new();

    // A transport of its own is a world of its own: all simulated accounts have the same id, and one that was slow must not
    // hold up the next.
    private static readonly ConditionalWeakTable<HttpMessageHandler, ConcurrentDictionary<Key, RateGovernor>> OfTransports = new();

    /// <summary>The governor of a connection's account.</summary>
    public static RateGovernor For(EngineOptions options) => options.AccountId is { Length: > 0 } account
        ? Known(options).GetOrAdd(
            new Key(account, options.ScimUri.Authority.ToUpperInvariant(), options.Clock),
            key => new RateGovernor(key.Clock))
        // A ready token does not say whose it is.
        : new RateGovernor(options.Clock);

    private static ConcurrentDictionary<Key, RateGovernor> Known(EngineOptions options) =>
        options.Transport is { } transport ? OfTransports.GetValue(transport, _ => new ConcurrentDictionary<Key, RateGovernor>()) : OfSockets;

    /// <summary>Times of different clocks cannot be compared, so the clock is part of the key.</summary>
    private sealed record Key(string Account, string Host, IClock Clock);
}
