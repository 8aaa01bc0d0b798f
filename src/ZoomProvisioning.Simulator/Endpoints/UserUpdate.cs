using System;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

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
            var active = body.TryGetProperty("active", out var sent) && sent.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? sent.GetBoolean()
                : (bool?)null;
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

            updated = new UserMerge(tenant, MergeRules.ForPut(context.Behaviour, context.Now)).Apply(start, body) with
            {
                UserName = address,
                LastModified = context.Now,
            };
            if (user.IsRoom && updated.UserType == UserTypes.Basic)
            {
                return context.Error(400, ZoomTexts.RoomToFree);
            }

            if (HasFlag(updated, ExtensionAttributes.Whiteboard) && HasFlag(updated, ExtensionAttributes.WhiteboardPlus) && SendsWhiteboard(body))
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

            if ((UserRules.RefuseProfile(context, user, updated) ?? UserRules.RefuseLicence(context, user, updated)) is { } noSeat)
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
        var wanted = UserRules.FirstEmail(context.Body);
        if (wanted is null && context.Behaviour.Is(Switches.PutUserName, "applied")
            && context.Body.TryGetProperty("userName", out var userName) && userName.ValueKind == JsonValueKind.String)
        {
            wanted = userName.GetString();
        }

        if (string.IsNullOrEmpty(wanted) || string.Equals(wanted, user.UserName, StringComparison.Ordinal))
        {
            return null;
        }

        var isOtherCase = string.Equals(wanted, user.UserName, StringComparison.OrdinalIgnoreCase);
        if (context.Behaviour.Is(Switches.EmailChange, "administrator-only"))
        {
            return context.Error(400, ZoomTexts.OnlyAdministratorChangesEmail);
        }

        if (user.IsAdmin && !isOtherCase)
        {
            return context.Error(400, context.Behaviour.Is(Switches.AdminEmailText, "v2") ? ZoomTexts.OtherAdminEmail : ZoomTexts.AdminEmail);
        }

        if (!isOtherCase && context.Tenant.IsTaken(wanted!))
        {
            return context.Error(409, ZoomTexts.EmailUsed(wanted!));
        }

        if (!UserRules.IsAddress(wanted!) || !context.Tenant.Account.HasDomain(wanted!))
        {
            return UserRules.ForeignDomain(context);
        }

        address = wanted!;
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
        && (zoom.TryGetProperty(ExtensionAttributes.Whiteboard, out _) || zoom.TryGetProperty(ExtensionAttributes.WhiteboardPlus, out _));
}
