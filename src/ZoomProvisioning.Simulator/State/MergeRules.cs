using System;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.State;

/// <summary>How what is sent meets what is there; every member is a question the evidence leaves open (fact sheet section 10).</summary>
internal sealed record MergeRules
{
    /// <summary>Loading a saved state: everything is taken as it is, even what no client could set.</summary>
    public static readonly MergeRules Load = new() { IsLoad = true, StoreUnknownManager = true };

    public bool IsLoad { get; init; }

    public bool EmptyClears { get; init; } = true;

    public bool NullClears { get; init; }

    public bool ArraysAdd { get; init; }

    public bool NamesOnlyIfEmpty { get; init; }

    public bool IgnoreDisplayName { get; init; }

    public bool PlanZeroRemoves { get; init; }

    public bool StoreUnknownManager { get; init; }

    public bool IgnoreDuplicateEmployeeNumber { get; init; }

    /// <summary>Makes the groups that a user names and that there are not.</summary>
    public bool CreateGroups { get; init; }

    /// <summary>Gives the groups it makes ids that break clients.</summary>
    public bool HostileIds { get; init; }

    /// <summary>Leaves out what the documentation has for PUT only.</summary>
    public bool IgnorePutOnly { get; init; }

    /// <summary>How many phone numbers are kept; 0 is all.</summary>
    public int PhoneLimit { get; init; }

    public DateTimeOffset Now { get; init; }

    public static MergeRules ForPost(Behaviour behaviour, DateTimeOffset now) => new()
    {
        Now = now,
        CreateGroups = behaviour.Is(Switches.UnknownGroup, "created"),
        HostileIds = behaviour.Is(Switches.Ids, "hostile"),
        IgnorePutOnly = behaviour.Is(Switches.PostPutOnly, "ignored"),
        PhoneLimit = behaviour.Number(Switches.PhoneLimit),
        PlanZeroRemoves = behaviour.Is(Switches.PlanZero, "removes"),
        StoreUnknownManager = behaviour.Is(Switches.UnknownManager, "stored"),
        IgnoreDuplicateEmployeeNumber = behaviour.Is(Switches.DuplicateEmployeeNumber, "ignored"),
    };

    public static MergeRules ForPut(Behaviour behaviour, DateTimeOffset now) => ForPost(behaviour, now) with
    {
        IgnorePutOnly = false,
        EmptyClears = behaviour.Is(Switches.PutEmpty, "clears"),
        NullClears = behaviour.Is(Switches.PutNull, "clears"),
        ArraysAdd = behaviour.Is(Switches.PutArrays, "merge"),
        NamesOnlyIfEmpty = behaviour.Is(Switches.PutNames, "only-if-empty"),
        IgnoreDisplayName = behaviour.Is(Switches.PutDisplayName, "ignored"),
    };
}
