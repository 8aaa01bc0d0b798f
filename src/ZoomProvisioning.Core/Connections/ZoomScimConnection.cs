using System;
using System.Collections.Generic;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Connections;

/// <summary>Whether a connection may be used for changes.</summary>
public enum ConnectionStatus
{
    /// <summary>Its last test passed.</summary>
    Valid,

    /// <summary>Its last test failed, or it was never tested: reads are tried, changes are refused.</summary>
    Invalid,
}

/// <summary>A connection to one Zoom account, with what it is allowed to do. Holds no readable secret.</summary>
public sealed class ZoomScimConnection
{
    /// <summary>Makes a connection over a service.</summary>
    public ZoomScimConnection(string name, IScimService service)
    {
        Name = name;
        Service = service;
    }

    /// <summary>Makes a connection that tells what it was made with.</summary>
    internal static ZoomScimConnection Over(string name, IScimService service, EngineOptions options, ISimulator? simulator) => new(name, service)
    {
        AccountId = options.AccountId,
        ClientId = options.ClientId,
        ScimUri = options.ScimUri,
        TokenUri = options.TokenUri,
        MaxRequestsPerSecond = options.MaxRequestsPerSecond,
        IsSimulator = simulator is not null,
        Simulator = simulator,
        ConnectedAt = DateTimeOffset.Now,
    };

    /// <summary>The name by which other cmdlets find it.</summary>
    public string Name { get; }

    /// <summary>What it is for, in the admin's words.</summary>
    public string Description { get; internal set; } = string.Empty;

    /// <summary>The Zoom account id; null with a ready access token.</summary>
    public string? AccountId { get; init; }

    /// <summary>The client id of the Zoom app; null with a ready access token.</summary>
    public string? ClientId { get; init; }

    /// <summary>The base of all SCIM requests.</summary>
    public Uri ScimUri { get; init; } = EngineOptions.DefaultScimUri;

    /// <summary>Where tokens are fetched.</summary>
    public Uri TokenUri { get; init; } = EngineOptions.DefaultTokenUri;

    /// <summary>Whether it is the embedded simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Whether it may be used at all; an admin's switch.</summary>
    public bool Enabled { get; internal set; } = true;

    /// <summary>Whether it is the one that is used when a command names none.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether its last test passed.</summary>
    public ConnectionStatus Status { get; internal set; } = ConnectionStatus.Invalid;

    /// <summary>Whether users and groups may be created.</summary>
    public bool AllowCreate { get; internal set; } = true;

    /// <summary>Whether users may be changed and reactivated, and groups and their members changed.</summary>
    public bool AllowUpdate { get; internal set; } = true;

    /// <summary>Whether users may be deactivated.</summary>
    public bool AllowDisable { get; internal set; } = true;

    /// <summary>Whether users and groups may be deleted.</summary>
    public bool AllowDeprovision { get; internal set; } = true;

    /// <summary>What Remove-ZoomScimUser does when it is not told.</summary>
    public RemoveAction RemoveAction { get; internal set; } = RemoveAction.Disable;

    /// <summary>A hard ceiling in requests per second, or null for the governor's own pace.</summary>
    public double? MaxRequestsPerSecond { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When it was last tested; null when never.</summary>
    public DateTimeOffset? TestedAt { get; internal set; }

    /// <summary>The steps of the last test.</summary>
    public IReadOnlyList<ConnectionTestStep> LastTest { get; internal set; } = [];

    /// <summary>The scopes of the current token, as far as Zoom names them.</summary>
    public IReadOnlyList<string> Scopes => Service.Scopes;

    internal IScimService Service { get; }

    /// <summary>The simulated account behind it; null where there is none in this process.</summary>
    internal ISimulator? Simulator { get; init; }

    /// <summary>What users held when this session deactivated them.</summary>
    internal LicenseMemory Licenses { get; } = new();

    /// <summary>The groups seen lately, for completion.</summary>
    internal RecentNames GroupNames { get; } = new(SystemClock.Instance);

    /// <summary>The users seen lately, for completion.</summary>
    internal RecentNames UserNames { get; } = new(SystemClock.Instance);

    /// <summary>Whether it was closed. Scripts may still hold it, but it signs in no more.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>
    /// Where rules keep what they know of a simulated account that is forgotten with the connection: a folder that goes with it.
    /// </summary>
    internal Lazy<string> TemporaryState { get; } = new(
        () => System.IO.Path.Combine(System.IO.Path.GetTempPath(), "ZoomProvisioning-" + Guid.NewGuid().ToString("N")));

    internal void Close()
    {
        IsClosed = true;
        Service.Dispose();
        if (TemporaryState.IsValueCreated && System.IO.Directory.Exists(TemporaryState.Value))
        {
            System.IO.Directory.Delete(TemporaryState.Value, recursive: true);
        }
    }

    /// <summary>Whether a capability is switched on.</summary>
    public bool Allows(Capability capability) => capability switch
    {
        Capability.Create => AllowCreate,
        Capability.Update => AllowUpdate,
        Capability.Disable => AllowDisable,
        _ => AllowDeprovision,
    };

    /// <summary>Why the connection may not do something, in words; null when it may.</summary>
    /// <param name="capability">What is to be done.</param>
    /// <param name="whom">To whom or what: users, or groups.</param>
    internal string? RefusalOf(Capability capability, string whom = "users")
    {
        if (Allows(capability))
        {
            return null;
        }

        var (what, parameter) = capability switch
        {
            Capability.Create => ("creating", nameof(AllowCreate)),
            Capability.Update => ("changing", nameof(AllowUpdate)),
            Capability.Disable => ("deactivating", nameof(AllowDisable)),
            _ => ("deleting", nameof(AllowDeprovision)),
        };
        return $"{what} {whom} is switched off on the connection '{Name}' (Set-ZoomScimConnection -{parameter} $true switches it on)";
    }

    /// <summary>The name and the account.</summary>
    public override string ToString() => IsSimulator ? $"{Name} (simulator)" : $"{Name} ({AccountId ?? ScimUri.Host})";
}
