using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A plan as JSON: all that is needed to carry it out later, and its digest, so that one that was edited is refused. Of users
/// with nothing to do it keeps who they are.
/// </summary>
internal static class PlanFile
{
    private const int Format = 1;
    private static readonly string[] Identity = ["id", "userName", "displayName", "active"];

    public static string Write(SyncPlan plan)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, StoredJson.Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.Text("id", PlanDigest.Of(plan));
            writer.Text("account", plan.Account);
            writer.Text("rule", plan.Rule);
            writer.Text("ruleFingerprint", plan.RuleFingerprint);
            writer.Time("createdAt", plan.CreatedAt);
            writer.WriteNumber("sourceCount", plan.SourceCount);
            writer.WriteNumber("outOfScopeCount", plan.OutOfScopeCount);
            writer.WriteNumber("managedCount", plan.ManagedCount);
            writer.WriteStartArray("guard");
            foreach (var finding in plan.Guard)
            {
                writer.WriteStartObject();
                writer.Choice<GuardCheck>("check", finding.Check);
                writer.Flag("holdsRemovals", finding.HoldsRemovals);
                writer.Text("message", finding.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("changes");
            foreach (var change in plan.Changes)
            {
                Write(writer, change);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="ScimStateException">It is none, or was changed by hand.</exception>
    public static SyncPlan Read(string json)
    {
        SyncPlan plan;
        string? id;
        try
        {
            // Editors that cannot do without put a mark in front.
            plan = Parse(Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF')), out id);
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            throw StateErrors.PlanInvalid(exception.Message, exception);
        }

        var read = plan.Identified();
        return string.Equals(read.Id, id, StringComparison.Ordinal)
            ? read
            : throw StateErrors.PlanInvalid("it was changed after it was made.");
    }

    private static void Write(Utf8JsonWriter writer, PlannedChange change)
    {
        writer.WriteStartObject();
        writer.Choice<PlanAction>("action", change.Action);
        writer.Text("userName", change.UserName);
        writer.Text("reason", change.Reason);
        writer.Text("held", change.Held);
        writer.Flag("adopts", change.Adopts);
        writer.Flag("leaves", change.Leaves);
        writer.Text("anchor", change.Anchor);
        writer.Texts("remarks", change.Remarks);
        if (change.ActiveCause != ChangeCause.Unknown)
        {
            writer.Choice<ChangeCause>("activeCause", change.ActiveCause);
        }

        if (change.Changes.Count > 0)
        {
            writer.WriteStartArray("attributes");
            foreach (var attribute in change.Changes)
            {
                writer.WriteStartObject();
                writer.Text("name", attribute.Name);
                writer.Value("old", attribute.OldValue);
                writer.Value("new", attribute.NewValue);
                writer.Flag("oldIsKnown", attribute.OldIsKnown);
                writer.Choice<ChangeCause>("cause", attribute.Cause);
                writer.Value("ledger", attribute.LedgerValue);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (change.GroupChanges.Count > 0)
        {
            writer.WriteStartArray("groups");
            foreach (var group in change.GroupChanges)
            {
                writer.WriteStartObject();
                writer.Text("id", group.GroupId);
                writer.Text("name", group.GroupName);
                writer.Flag("adds", group.Adds);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        var full = change.Action != PlanAction.NoOp;
        if (change.Current is { } current)
        {
            writer.Choice<UserDetail>("currentDetail", current.Detail);
            writer.Value("current", full ? current.Attributes : WhoItIs(current));
        }

        if (full && change.Desired is { } desired)
        {
            Write(writer, desired);
        }

        writer.WriteEndObject();
    }

    private static ScimObject WhoItIs(ScimUser user)
    {
        var who = new ScimObject();
        foreach (var name in Identity.Where(user.Attributes.Has))
        {
            who[name] = user.Attributes[name];
        }

        return who;
    }

    private static void Write(Utf8JsonWriter writer, DesiredUser desired)
    {
        writer.WriteStartObject("desired");
        writer.Text("label", desired.Label);
        writer.Text("zoomId", desired.ZoomId);
        writer.Text("currentUserName", desired.CurrentUserName);
        writer.Text("anchor", desired.Anchor);
        writer.Texts("groups", desired.Groups);
        writer.Texts("warnings", desired.Warnings);
        writer.Flag("activeIsExplicit", desired.ActiveIsExplicit);
        writer.Texts("set", desired.Values.ChangedAttributes);
        writer.Value("values", desired.Values.Attributes);
        writer.WriteEndObject();
    }

    private static SyncPlan Parse(byte[] json, out string? id)
    {
        var reader = StoredJson.Begin(json);
        id = null;
        string account = string.Empty, rule = string.Empty, fingerprint = string.Empty;
        DateTimeOffset createdAt = default;
        int sourceCount = 0, outOfScopeCount = 0, managedCount = 0;
        var guard = new List<GuardFinding>();
        var changes = new List<PlannedChange>();
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "format" when reader.GetInt32() is var format && format != Format:
                    throw new JsonException($"It is of format {format}, which a newer version writes.");
                case "id":
                    id = reader.GetString();
                    break;
                case "account":
                    account = StoredJson.Text(ref reader);
                    break;
                case "rule":
                    rule = StoredJson.Text(ref reader);
                    break;
                case "ruleFingerprint":
                    fingerprint = StoredJson.Text(ref reader);
                    break;
                case "createdAt":
                    createdAt = reader.GetDateTimeOffset();
                    break;
                case "sourceCount":
                    sourceCount = reader.GetInt32();
                    break;
                case "outOfScopeCount":
                    outOfScopeCount = reader.GetInt32();
                    break;
                case "managedCount":
                    managedCount = reader.GetInt32();
                    break;
                case "guard":
                    StoredJson.Require(ref reader, JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        guard.Add(ReadFinding(ref reader));
                    }

                    break;
                case "changes":
                    StoredJson.Require(ref reader, JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        changes.Add(ReadChange(ref reader));
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reader.Read() ? throw new JsonException("There is something after the plan.") : new SyncPlan(changes)
        {
            Account = account,
            Rule = rule,
            RuleFingerprint = fingerprint,
            CreatedAt = createdAt,
            SourceCount = sourceCount,
            OutOfScopeCount = outOfScopeCount,
            ManagedCount = managedCount,
            Guard = guard,
        };
    }

    private static GuardFinding ReadFinding(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        GuardCheck? check = null;
        var holds = false;
        var message = string.Empty;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "check":
                    check = StoredJson.Choice<GuardCheck>(ref reader);
                    break;
                case "holdsRemovals":
                    holds = reader.GetBoolean();
                    break;
                case "message":
                    message = StoredJson.Text(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new GuardFinding(check ?? throw new JsonException("A finding of the guard does not say what it looked at."), holds, message);
    }

    private static PlannedChange ReadChange(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        PlanAction? action = null;
        string? userName = null, reason = null, held = null, anchor = null;
        bool adopts = false, leaves = false;
        var activeCause = ChangeCause.Unknown;
        IReadOnlyList<string> remarks = [];
        var attributes = new List<AttributeChange>();
        var groups = new List<GroupChange>();
        var detail = UserDetail.Read;
        ScimObject? current = null;
        DesiredUser? desired = null;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "action":
                    action = StoredJson.Choice<PlanAction>(ref reader);
                    break;
                case "userName":
                    userName = StoredJson.Text(ref reader);
                    break;
                case "reason":
                    reason = StoredJson.Text(ref reader);
                    break;
                case "held":
                    held = StoredJson.Text(ref reader);
                    break;
                case "adopts":
                    adopts = reader.GetBoolean();
                    break;
                case "leaves":
                    leaves = reader.GetBoolean();
                    break;
                case "anchor":
                    anchor = StoredJson.Text(ref reader);
                    break;
                case "remarks":
                    remarks = StoredJson.Texts(ref reader);
                    break;
                case "activeCause":
                    activeCause = StoredJson.Choice<ChangeCause>(ref reader);
                    break;
                case "attributes":
                    StoredJson.Require(ref reader, JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        attributes.Add(ReadAttribute(ref reader));
                    }

                    break;
                case "groups":
                    StoredJson.Require(ref reader, JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        groups.Add(ReadGroup(ref reader));
                    }

                    break;
                case "currentDetail":
                    detail = StoredJson.Choice<UserDetail>(ref reader);
                    break;
                case "current":
                    current = StoredJson.Resource(ref reader);
                    break;
                case "desired":
                    desired = ReadDesired(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (action is not { } what || userName is null || reason is null)
        {
            throw new JsonException("A change does not say what is to be done, with whom and why.");
        }

        return new PlannedChange(what, userName, reason)
        {
            Held = held,
            Adopts = adopts,
            Leaves = leaves,
            Anchor = anchor,
            Remarks = remarks,
            ActiveCause = activeCause,
            Changes = attributes,
            GroupChanges = groups,
            Current = current is null ? null : new ScimUser(current, detail),
            Desired = desired,
        };
    }

    private static AttributeChange ReadAttribute(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        ZoomAttribute? attribute = null;
        object? old = null, wanted = null, ledger = null;
        var oldIsKnown = false;
        var cause = ChangeCause.Unknown;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "name":
                    var which = StoredJson.Text(ref reader);
                    attribute = ZoomAttributes.Find(which) ?? ZoomExtension.Attribute(which);
                    break;
                case "old":
                    old = StoredJson.Value(ref reader, Known(attribute));
                    break;
                case "new":
                    wanted = StoredJson.Value(ref reader, Known(attribute));
                    break;
                case "oldIsKnown":
                    oldIsKnown = reader.GetBoolean();
                    break;
                case "cause":
                    cause = StoredJson.Choice<ChangeCause>(ref reader);
                    break;
                case "ledger":
                    ledger = StoredJson.Value(ref reader, Known(attribute));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new AttributeChange(Known(attribute), old, wanted, oldIsKnown) { Cause = cause, LedgerValue = ledger };
    }

    private static ZoomAttribute Known(ZoomAttribute? attribute) => attribute ?? throw new JsonException("A change does not begin with its attribute's name.");

    private static GroupChange ReadGroup(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        string? id = null, group = null;
        var adds = false;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "id":
                    id = StoredJson.Text(ref reader);
                    break;
                case "name":
                    group = StoredJson.Text(ref reader);
                    break;
                case "adds":
                    adds = reader.GetBoolean();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new GroupChange(id, group ?? throw new JsonException("A group has no name."), adds);
    }

    private static DesiredUser ReadDesired(ref Utf8JsonReader reader)
    {
        StoredJson.Require(ref reader, JsonTokenType.StartObject);
        string? zoomId = null, currentUserName = null, anchor = null;
        var label = string.Empty;
        IReadOnlyList<string> groups = [], warnings = [], set = [];
        var activeIsExplicit = false;
        ScimObject? values = null;
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "label":
                    label = StoredJson.Text(ref reader);
                    break;
                case "zoomId":
                    zoomId = StoredJson.Text(ref reader);
                    break;
                case "currentUserName":
                    currentUserName = StoredJson.Text(ref reader);
                    break;
                case "anchor":
                    anchor = StoredJson.Text(ref reader);
                    break;
                case "groups":
                    groups = StoredJson.Texts(ref reader);
                    break;
                case "warnings":
                    warnings = StoredJson.Texts(ref reader);
                    break;
                case "activeIsExplicit":
                    activeIsExplicit = reader.GetBoolean();
                    break;
                case "set":
                    set = StoredJson.Texts(ref reader);
                    break;
                case "values":
                    values = StoredJson.Resource(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var user = new ScimUser(values ?? [], UserDetail.None);
        user.Mark(set);
        return new DesiredUser(user)
        {
            Label = label,
            ZoomId = zoomId,
            CurrentUserName = currentUserName,
            Anchor = anchor,
            Groups = groups,
            Warnings = warnings,
            ActiveIsExplicit = activeIsExplicit,
        };
    }
}
