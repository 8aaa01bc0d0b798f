using System;
using System.Collections.Generic;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What a plan to undo a run rests on.</summary>
internal sealed class UndoInput
{
    /// <summary>What the run did, and what was done since.</summary>
    public RunTrace Trace { get; init; } = null!;

    /// <summary>What the run made of each person, by Zoom id.</summary>
    public IReadOnlyDictionary<string, UndoImage> Images { get; init; } = new Dictionary<string, UndoImage>();

    /// <summary>The people as Zoom has them now, read in full, by Zoom id; null for who is gone.</summary>
    public IReadOnlyDictionary<string, ScimUser?> Now { get; init; } = new Dictionary<string, ScimUser?>();

    /// <summary>Who could not be read, and why.</summary>
    public IReadOnlyDictionary<string, ScimException> Unread { get; init; } = new Dictionary<string, ScimException>();

    /// <summary>Who has the address of a deleted person by now, by that address.</summary>
    public IReadOnlyDictionary<string, ScimUser> Successors { get; init; } = new Dictionary<string, ScimUser>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The groups that people whom the run deleted had been put into, by the person's id: the group's id and name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> FormerGroups { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The groups there are.</summary>
    public IReadOnlyList<ScimGroup> Groups { get; init; } = [];

    /// <summary>What the connection allows.</summary>
    public ZoomScimConnection Connection { get; init; } = null!;

    /// <summary>The rule whose run it was; null for a command without one.</summary>
    public ProvisioningRule? Rule { get; init; }

    /// <summary>Whether people and groups that the run made are deleted; else people are deactivated, and groups stay.</summary>
    public bool DeletesCreated { get; init; }

    /// <summary>The names or ids of the people it is about; null for everybody.</summary>
    public IReadOnlyList<NamePattern>? User { get; init; }
}
