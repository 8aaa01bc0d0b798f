using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>A bearer token and what is known of it.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan RefreshEarly = TimeSpan.FromMinutes(5);

    public AccessToken(string value, IReadOnlyList<string> scopes, TimeSpan fetchedAt, TimeSpan? lifetime)
    {
        Value = value;
        Scopes = scopes;
        FetchedAt = fetchedAt;
        Lifetime = lifetime;
    }

    /// <summary>The token itself: never shown.</summary>
    public string Value { get; }

    /// <summary>The scopes Zoom named; empty when it named none.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>In terms of <see cref="Contracts.IClock.Elapsed"/>.</summary>
    public TimeSpan FetchedAt { get; }

    /// <summary>How long it is valid; null for a ready token, of which nothing is known.</summary>
    public TimeSpan? Lifetime { get; }

    /// <summary>Whether Zoom has taken it at least once.</summary>
    public bool Accepted { get; set; }

    /// <summary>Whether it was fetched because Zoom rejected the one before.</summary>
    public bool ReplacesRejected { get; set; }

    /// <summary>Whether it can still be used.</summary>
    public bool IsValid(TimeSpan now) => Lifetime is not { } lifetime || now < FetchedAt + lifetime;

    /// <summary>Whether it is time for a new one: five minutes before the end, or less for tokens that live shortly.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (Lifetime is not { } lifetime)
        {
            return false;
        }

        var early = TimeSpan.FromTicks(Math.Min(RefreshEarly.Ticks, lifetime.Ticks / 5));
        return now >= FetchedAt + lifetime - early;
    }

    /// <summary>Never the token.</summary>
    public override string ToString() => "(access token)";
}
