using System;
using System.Collections.Generic;
using System.Collections.Specialized;

namespace ZoomProvisioning.Connections;

/// <summary>What a simulated Zoom account is like at one moment. Holds no secret.</summary>
public sealed class ZoomScimSimulator
{
    /// <summary>The connection it belongs to.</summary>
    public ZoomScimConnection Connection { get; init; } = null!;

    /// <summary>Where it believes its SCIM2 API lives.</summary>
    public Uri ScimUri { get; init; } = null!;

    /// <summary>Where it believes its token endpoint lives.</summary>
    public Uri TokenUri { get; init; } = null!;

    /// <summary>Its account id.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The client id that gets a token.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>How many users it has.</summary>
    public int UserCount { get; init; }

    /// <summary>How many groups it has.</summary>
    public int GroupCount { get; init; }

    /// <summary>How many requests are in its log.</summary>
    public int RequestCount { get; init; }

    /// <summary>Every behaviour with its value.</summary>
    public OrderedDictionary Behaviours { get; init; } = [];

    /// <summary>Those behaviours that are not as they are by default.</summary>
    public OrderedDictionary ChangedBehaviours { get; init; } = [];

    /// <summary>The faults still to come, in the form that Set-ZoomScimSimulator takes them.</summary>
    public IReadOnlyList<OrderedDictionary> Faults { get; init; } = [];

    /// <summary>The connection's name and the number of users.</summary>
    public override string ToString() => $"{Connection?.Name} ({Counted.Of(UserCount, "user", "users")})";
}
