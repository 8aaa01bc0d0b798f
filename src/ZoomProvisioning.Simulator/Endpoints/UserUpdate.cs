using System;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>
/// PUT /scim2/Users/{id} (fact sheet 4.2). Merges what is sent; ignores userName; the first e-mail address changes both the
/// address and the user name; a display name is not rebuilt when names change.
/// </summary>
internal static class UserUpdate
{
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

            var body = context.Body;
            var active = body.TryGetProperty("active", out var sent) && sent.ValueKind is JsonValueKind.True or JsonValueKind.False ? sent.GetBoolean() : (bool?)null;
            var start = user;
            if (!user.Active)
            {
                if (user.IsForceInactive || active != true || !context.Behaviour.Is(Switches.PutActiveOnInactive, "reactivates"))
                {
                    return context.Error(400, ZoomTexts.UserInactive);
                }

                start = user with { Active = true };
            }

            if (RefuseAddress(context, user, out var address) is { } refusal)
            {
                return refusal;
            }

            if (UserRules.RefuseTypeWithPlan(context) is { } clash)
            {
                return clash;
            }

            if (context.Behaviour.Is(Switches.PutSemantics, "replace"))
            {
                start = Blank(start);
            }

            updated = new UserMerge(tenant, MergeRules.ForPut(context.Behaviour)).Apply(start, body) with { UserName = address, LastModified = context.Now };
            if (user.IsRoom && updated.UserType == UserTypes.Basic)
            {
                return context.Error(400, ZoomTexts.RoomToFree);
            }

            if (HasFlag(updated, ZoomAttributes.Whiteboard) && HasFlag(updated, ZoomAttributes.WhiteboardPlus) && SendsWhiteboard(body))
            {
                return context.Error(400, ZoomTexts.BothWhiteboards);
            }

            if (active == false && context.Behaviour.Is(Switches.PutActive, "applied"))
            {
                if (user.IsAdmin || user.IsRoom)
                {
                    return context.Error(400, ZoomTexts.AdminOrRoomState);
                }

                updated = UserRules.Deactivate(context, updated);
            }

            if (UserRules.RefuseLicence(context, user, updated) is { } noSeat)
            {
                return noSeat;
            }

            tenant.Replace(user, updated);
            updated = tenant.FindUser(user.Id)!;
        }

        return Replies.Json(200, json => UserWriter.Write(json, updated, Shape.Put, context.Behaviour));
    }

    private static SimulatedResponse? RefuseAddress(RequestContext context, UserRecord user, out string address)
    {
        address = user.UserName;
        if (!context.Body.TryGetProperty("emails", out var emails)
            || emails.ValueKind != JsonValueKind.Array
            || emails.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } first
            || !first.TryGetProperty("value", out var value)
            || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { Length: > 0 } wanted
            || string.Equals(wanted, user.UserName, StringComparison.Ordinal))
        {
            return null;
        }

        var isOtherCase = string.Equals(wanted, user.UserName, StringComparison.OrdinalIgnoreCase);
        if (user.IsAdmin && !isOtherCase)
        {
            return context.Error(400, ZoomTexts.AdminEmail);
        }

        if (!isOtherCase && context.Tenant.IsTaken(wanted))
        {
            return context.Error(409, ZoomTexts.EmailUsed(wanted));
        }

        if (!UserRules.IsAddress(wanted) || !context.Tenant.Account.HasDomain(wanted))
        {
            return context.Error(409, ZoomTexts.ForeignDomain);
        }

        address = wanted;
        return null;
    }

    // What RFC 7644 would have PUT do: everything not sent is gone.
    private static UserRecord Blank(UserRecord user) => user with
    {
        GivenName = null,
        FamilyName = null,
        DisplayName = null,
        UserType = UserTypes.Basic,
        Title = null,
        Locale = null,
        PhoneNumbers = [],
        Department = null,
        Organization = null,
        CostCenter = null,
        EmployeeNumber = null,
        Manager = null,
        Extension = UserRecord.NoExtension,
    };

    private static bool HasFlag(UserRecord user, string name) => user.Extension.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static bool SendsWhiteboard(JsonElement body) =>
        body.TryGetProperty(Schemas.ZoomUser, out var zoom)
        && zoom.ValueKind == JsonValueKind.Object
        && (zoom.TryGetProperty(ZoomAttributes.Whiteboard, out _) || zoom.TryGetProperty(ZoomAttributes.WhiteboardPlus, out _));
}
