using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>
/// PATCH /scim2/Groups/{id}: the five documented kinds of operation (fact sheet 6.2). Everything is checked before anything
/// is changed, so a malformed request leaves the group as it was.
/// </summary>
internal static class GroupUpdate
{
    private const string AliasKey = Schemas.ZoomGroup + ":emailAlias";

    private static readonly Regex OneMember = new("^members\\[value eq \"(?<id>[^\"]+)\"\\]$", RegexOptions.CultureInvariant);

    public static SimulatedResponse Handle(RequestContext context)
    {
        lock (context.Tenant.Gate)
        {
            if (context.Tenant.FindGroup(context.Id) is not { } group)
            {
                return context.GroupMissing();
            }

            if (!context.HasDocumentedSchema("urn:ietf:params:scim:api:messages:2.0:PatchOp")
                || !context.Body.TryGetProperty("Operations", out var operations)
                || operations.ValueKind != JsonValueKind.Array
                || operations.GetArrayLength() == 0)
            {
                return context.Error(400, ZoomTexts.InvalidOperations);
            }

            var steps = new List<Action>();
            foreach (var operation in operations.EnumerateArray())
            {
                if (Plan(context, group, operation, steps) is { } refusal)
                {
                    return refusal;
                }
            }

            steps.ForEach(step => step());
            group.LastModified = context.Now;
        }

        return Replies.NoContent();
    }

    private static SimulatedResponse? Plan(RequestContext context, GroupRecord group, JsonElement operation, List<Action> steps)
    {
        if (operation.ValueKind != JsonValueKind.Object)
        {
            return context.Error(400, ZoomTexts.InvalidOperations);
        }

        var path = Text(operation, "path");
        var hasValue = operation.TryGetProperty("value", out var value);
        return (Text(operation, "op"), path) switch
        {
            ("replace", null) when hasValue && value.ValueKind == JsonValueKind.Object => PlanProperties(context, group, value, steps),
            ("add", "members") when hasValue && value.ValueKind == JsonValueKind.Array => PlanMembers(context, group, value, false, steps),
            ("replace", "members") when hasValue && value.ValueKind == JsonValueKind.Array => PlanMembers(context, group, value, true, steps),
            ("remove", not null) when OneMember.Match(path) is { Success: true } match => PlanRemoval(context, group, match.Groups["id"].Value, steps),
            _ => context.Error(400, ZoomTexts.InvalidOperations),
        };
    }

    private static SimulatedResponse? PlanProperties(RequestContext context, GroupRecord group, JsonElement value, List<Action> steps)
    {
        var name = Text(value, "displayName")?.Trim();
        var alias = Text(value, AliasKey);
        if (string.IsNullOrEmpty(name) && alias is null)
        {
            return context.Error(400, ZoomTexts.InvalidOperations);
        }

        if (!string.IsNullOrEmpty(name))
        {
            if (context.Tenant.FindGroupByName(name!) is { } other && other != group)
            {
                return context.Error(context.Behaviour.Number(Switches.GroupRenameConflict), ZoomTexts.GroupExists(name!));
            }

            steps.Add(() => group.DisplayName = name!);
        }

        if (alias is not null)
        {
            steps.Add(() => group.EmailAlias = alias.Length == 0 ? null : alias);
        }

        return null;
    }

    private static SimulatedResponse? PlanMembers(RequestContext context, GroupRecord group, JsonElement value, bool replaces, List<Action> steps)
    {
        var limit = context.Behaviour.Number(Switches.MembersPerPatch);
        if (limit > 0 && value.GetArrayLength() > limit)
        {
            return context.Error(400, ZoomTexts.InvalidOperations);
        }

        var wanted = new List<string>();
        foreach (var member in value.EnumerateArray())
        {
            if (member.ValueKind != JsonValueKind.Object || Text(member, "value") is not { Length: > 0 } id)
            {
                return context.Error(400, ZoomTexts.InvalidOperations);
            }

            if (context.Tenant.FindUser(id) is not { } user)
            {
                if (RefuseUnknown(context) is { } refusal)
                {
                    return refusal;
                }

                continue;
            }

            if (user.Active || context.Behaviour.Is(Switches.InactiveMember, "accepted"))
            {
                wanted.Add(id);
            }
        }

        steps.Add(() =>
        {
            if (replaces)
            {
                foreach (var id in group.MemberIds.Except(wanted).ToArray())
                {
                    context.Tenant.RemoveMember(group, context.Tenant.FindUser(id)!);
                }
            }

            foreach (var id in wanted)
            {
                context.Tenant.AddMember(group, context.Tenant.FindUser(id)!);
            }
        });
        return null;
    }

    private static SimulatedResponse? PlanRemoval(RequestContext context, GroupRecord group, string id, List<Action> steps)
    {
        if (context.Tenant.FindUser(id) is null)
        {
            return RefuseUnknown(context);
        }

        steps.Add(() => context.Tenant.RemoveMember(group, context.Tenant.FindUser(id)!));
        return null;
    }

    private static SimulatedResponse? RefuseUnknown(RequestContext context) => context.Behaviour.Text(Switches.UnknownMember) switch
    {
        "400" => context.Error(400, ZoomTexts.InvalidOperations),
        "404" => context.Error(404, ZoomTexts.UserMissing),
        _ => null,
    };

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
