using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomProvisioning.Plans;
using static ZoomProvisioning.Engine.State.Contracts.StateJsonContext;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>
/// The members of a plan's file, in their order. Each is a window onto the plan's own property, so that a member is one line here:
/// <c>public T? Name { get =&gt; Of.Name; set =&gt; Of = Of with { Name = value }; }</c>. A plan with a member that nobody here knows is
/// refused: what it was to say would not be done.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class PlanBody
{
    private const int Newest = 1;

    [JsonIgnore]
    public SyncPlan Of { get; set; } = new([]);

    [JsonRequired]
    public int Format { get; set => Formats.Require(field = value, Newest); } = Newest;

    public string? Id { get; set; }

    public string? Account { get => Of.Account; set => Of = Of with { Account = value ?? string.Empty }; }

    public string? Rule { get => Of.Rule; set => Of = Of with { Rule = value ?? string.Empty }; }

    public string? RuleFingerprint { get => Of.RuleFingerprint; set => Of = Of with { RuleFingerprint = value ?? string.Empty }; }

    public DateTimeOffset CreatedAt { get => Of.CreatedAt; set => Of = Of with { CreatedAt = value }; }

    public int SourceCount { get => Of.SourceCount; set => Of = Of with { SourceCount = value }; }

    public int OutOfScopeCount { get => Of.OutOfScopeCount; set => Of = Of with { OutOfScopeCount = value }; }

    public int ManagedCount { get => Of.ManagedCount; set => Of = Of with { ManagedCount = value }; }

    public DateTimeOffset? RunBefore { get => Of.RunBefore; set => Of = Of with { RunBefore = value }; }

    public DateTimeOffset? ExpiresAt { get => Of.ExpiresAt; set => Of = Of with { ExpiresAt = value }; }

    public string? ApprovedPlan { get => Of.ApprovedPlan; set => Of = Of with { ApprovedPlan = value }; }

    public string? Undoes { get => Of.Undoes; set => Of = Of with { Undoes = value }; }

    public IReadOnlyList<string>? ApprovedPeople { get => Some(Of.ApprovedPeople); set => Of = Of with { ApprovedPeople = value ?? [] }; }

    public IEnumerable<FindingBody> Guard
    {
        get => Of.Guard.Select(f => new FindingBody { Of = f });
        set => Of = Of with { Guard = Whole(value).Select(f => f.Of).ToList() };
    }

    public IEnumerable<ChangeBody> Changes
    {
        get => Of.Changes.Select(c => new ChangeBody { Of = c });
        set => Of = Of with { Changes = Whole(value).Select(c => c.Of).ToList() };
    }

    /// <summary>The hash of all members before it, also of those that are no part of the plan's id; null in a plan of 0.1.0.</summary>
    public string? Seal { get; set; }
}

/// <summary>Something the guard has to say.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class FindingBody
{
    [JsonIgnore]
    public GuardFinding Of { get; set; } = new(default, HoldsRemovals: false, string.Empty);

    [JsonRequired]
    public GuardCheck Check { get => Of.Check; set => Of = Of with { Check = value }; }

    public bool? HoldsRemovals { get => Flag(Of.HoldsRemovals); set => Of = Of with { HoldsRemovals = value == true }; }

    public string Message { get => Of.Message; set => Of = Of with { Message = value }; }
}

/// <summary>An entry of a plan. Of a user with nothing to do it keeps who that is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ChangeBody
{
    private static readonly string[] Identity = ["id", "userName", "displayName", "active"];

    [JsonIgnore]
    public PlannedChange Of { get; set; } = new(PlanAction.NoOp, string.Empty, string.Empty);

    [JsonRequired]
    public PlanAction Action { get => Of.Action; set => Of = Of with { Action = value }; }

    [JsonRequired]
    public string UserName { get => Of.UserName; set => Of = Of with { UserName = value }; }

    [JsonRequired]
    public string Reason { get => Of.Reason; set => Of = Of with { Reason = value }; }

    public string? Held { get => Of.Held; set => Of = Of with { Held = value }; }

    public bool? Adopts { get => Flag(Of.Adopts); set => Of = Of with { Adopts = value == true }; }

    public string? Next { get => Of.Next; set => Of = Of with { Next = value }; }

    public string? Exception { get => Of.Exception; set => Of = Of with { Exception = value }; }

    public IReadOnlyList<string>? Unmet { get => Some(Of.Unmet); set => Of = Of with { Unmet = value ?? [] }; }

    public bool? Leaves { get => Flag(Of.Leaves); set => Of = Of with { Leaves = value == true }; }

    public string? Anchor { get => Of.Anchor; set => Of = Of with { Anchor = value }; }

    public string? LedgerState { get => Of.LedgerState; set => Of = Of with { LedgerState = value }; }

    public IReadOnlyList<string>? Remarks { get => Some(Of.Remarks); set => Of = Of with { Remarks = value ?? [] }; }

    public ChangeCause? ActiveCause
    {
        get => Of.ActiveCause == ChangeCause.Unknown ? null : Of.ActiveCause;
        set => Of = Of with { ActiveCause = value ?? ChangeCause.Unknown };
    }

    public IReadOnlyList<AttributeBody>? Attributes
    {
        get => Some(Of.Changes.Select(a => new AttributeBody { Of = a }).ToList());
        set => Of = Of with { Changes = Whole(value).Select(a => a.Of).ToList() };
    }

    public IReadOnlyList<GroupBody>? Groups
    {
        get => Some(Of.GroupChanges.Select(g => new GroupBody { Of = g }).ToList());
        set => Of = Of with { GroupChanges = Whole(value).Select(g => g.Of).ToList() };
    }

    public UserDetail? CurrentDetail
    {
        get => Of.Current?.Detail;
        set => Of = Of with { Current = value is { } detail ? new ScimUser(Of.Current?.Attributes ?? [], detail) : null };
    }

    public ScimObject? Current
    {
        get => IsFull ? Of.Current?.Attributes : WhoItIs(Of.Current);
        set => Of = Of with { Current = value is { } user ? new ScimUser(user, Of.Current?.Detail ?? UserDetail.Read) : null };
    }

    public DesiredBody? Desired
    {
        get => IsFull && Of.Desired is { } desired ? new DesiredBody { Of = desired } : null;
        set => Of = Of with { Desired = value?.Of };
    }

    private bool IsFull => Of.Action != PlanAction.NoOp;

    private static ScimObject? WhoItIs(ScimUser? user)
    {
        if (user is null)
        {
            return null;
        }

        var who = new ScimObject();
        foreach (var name in Identity.Where(user.Attributes.Has))
        {
            who[name] = user.Attributes[name];
        }

        return who;
    }
}

/// <summary>One attribute that is to change. Its name comes first, for it says what kind of values these are.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class AttributeBody
{
    [JsonIgnore]
    public AttributeChange Of { get; set; } = new(null!, null, null, oldIsKnown: false);

    [JsonRequired]
    public string Name
    {
        get => Of.Name;
        set => Of = Of with { Attribute = ZoomAttributes.Find(value) ?? ZoomExtension.Attribute(value) };
    }

    [JsonConverter(typeof(ValueConverter))]
    public object? Old { get => Of.OldValue; set => Of = Of with { OldValue = InItsKind(value) }; }

    [JsonConverter(typeof(ValueConverter))]
    public object? New { get => Of.NewValue; set => Of = Of with { NewValue = InItsKind(value) }; }

    public bool? OldIsKnown { get => Flag(Of.OldIsKnown); set => Of = Of with { OldIsKnown = value == true }; }

    public ChangeCause Cause { get => Of.Cause; set => Of = Of with { Cause = value }; }

    [JsonConverter(typeof(ValueConverter))]
    public object? Ledger { get => Of.LedgerValue; set => Of = Of with { LedgerValue = InItsKind(value) }; }

    /// <summary>A list of names is an array of texts, as <see cref="ScimUser.Roles"/> has it.</summary>
    private object? InItsKind(object? value)
    {
        var attribute = Of.Attribute ?? throw new JsonException("A change does not begin with its attribute's name.");
        return value is System.Collections.ArrayList names && attribute.Kind == AttributeKind.Names ? names.ToArray(typeof(string)) : value;
    }
}

/// <summary>A membership that is to change.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class GroupBody
{
    [JsonIgnore]
    public GroupChange Of { get; set; } = new(null, string.Empty, Adds: false);

    public string? Id { get => Of.GroupId; set => Of = Of with { GroupId = value }; }

    [JsonRequired]
    public string Name { get => Of.GroupName; set => Of = Of with { GroupName = value }; }

    public bool? Adds { get => Flag(Of.Adds); set => Of = Of with { Adds = value == true }; }
}

/// <summary>What the source wants a user to be.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class DesiredBody
{
    [JsonIgnore]
    public DesiredUser Of { get; set; } = new(new ScimUser());

    public string? Label { get => Of.Label; set => Of = Of with { Label = value ?? string.Empty }; }

    public string? ZoomId { get => Of.ZoomId; set => Of = Of with { ZoomId = value }; }

    public string? CurrentUserName { get => Of.CurrentUserName; set => Of = Of with { CurrentUserName = value }; }

    public string? Anchor { get => Of.Anchor; set => Of = Of with { Anchor = value }; }

    public IReadOnlyList<string>? Groups { get => Some(Of.Groups); set => Of = Of with { Groups = value ?? [] }; }

    public IReadOnlyList<string>? Warnings { get => Some(Of.Warnings); set => Of = Of with { Warnings = value ?? [] }; }

    public bool? ActiveIsExplicit { get => Flag(Of.ActiveIsExplicit); set => Of = Of with { ActiveIsExplicit = value == true }; }

    /// <summary>Which of the values count.</summary>
    public IReadOnlyList<string>? Set { get => Some(Of.Values.ChangedAttributes.ToList()); set => Of.Values.Mark(value ?? []); }

    public ScimObject Values
    {
        get => Of.Values.Attributes;
        set
        {
            var user = new ScimUser(value, UserDetail.None);
            user.Mark(Of.Values.ChangedAttributes);
            Of = Of with { Values = user };
        }
    }
}

/// <summary>The formats of files.</summary>
internal static class Formats
{
    /// <summary>Refuses a file of a format that is not known yet.</summary>
    public static void Require(int format, int newest)
    {
        if (format < 1 || format > newest)
        {
            throw new JsonException($"It is of format {format}, which a newer version writes.");
        }
    }
}
