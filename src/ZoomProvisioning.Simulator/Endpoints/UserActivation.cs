using System;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>PATCH /scim2/Users/{id}: activates and deactivates, and does nothing else (fact sheet 4.3).</summary>
internal static class UserActivation
{
    // What Zoom's documentation has there, where RFC 7644 has PatchOp (10.17).
    private const string ListResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    public static SimulatedResponse Handle(RequestContext context)
    {
        UserRecord updated;
        var tenant = context.Tenant;
        lock (tenant.Gate)
        {
            if (tenant.FindUser(context.Id) is not { } user)
            {
                return context.UserMissing();
            }

            if (WantedState(context) is not { } active)
            {
                return context.Error(400, ZoomTexts.NoActiveField);
            }

            if (user.IsAdmin || user.IsRoom)
            {
                return context.Error(400, ZoomTexts.AdminOrRoomState);
            }

            if (user.IsForceInactive)
            {
                return context.Error(400, ZoomTexts.UserForceInactive);
            }

            updated = user;
            if (active != user.Active)
            {
                updated = active ? user with { Active = true, LastModified = context.Now } : UserRules.Deactivate(context, user);
                if (tenant.MissingSeat(user, updated) is { } pool)
                {
                    return pool == Licences.BasicPool
                        ? context.Error(400, ZoomTexts.BasicLimitOnActivate(tenant.Account.MaxBasicUsers))
                        : context.Error(context.Behaviour.Number(Switches.ActivationWithoutSeat), Licences.TextFor(pool));
                }

                tenant.Replace(user, updated);
                updated = tenant.FindUser(user.Id)!;
            }
        }

        return Replies.Json(200, json => UserWriter.Write(json, updated, Shape.Patch, context.Behaviour));
    }

    // Spelled "Operations" and nothing else: "operations" earns the misleading complaint about active (4.3). Of several
    // operations the first one counts, without a path, its active a boolean.
    private static bool? WantedState(RequestContext context)
    {
        if (!context.HasDocumentedSchema(ListResponse)
            || !context.Body.TryGetProperty("Operations", out var operations)
            || operations.ValueKind != JsonValueKind.Array
            || operations.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } first
            || !first.TryGetProperty("op", out var op)
            || op.ValueKind != JsonValueKind.String
            || !IsReplace(op.GetString()!, context.Behaviour)
            || !first.TryGetProperty("value", out var value)
            || value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("active", out var active))
        {
            return null;
        }

        return active.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when context.Behaviour.Is(Switches.PatchActiveText, "accepted") && bool.TryParse(active.GetString(), out var text) => text,
            _ => null,
        };
    }

    private static bool IsReplace(string op, Behaviour behaviour) =>
        string.Equals(op, "replace", behaviour.Is(Switches.PatchOpCase, "any") ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
