using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>POST /scim2/Users (fact sheet 4.1). Only userName is read for the address, and the user is active at once.</summary>
internal static class UserCreate
{
    public static SimulatedResponse Handle(RequestContext context)
    {
        var userName = context.Body.TryGetProperty("userName", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString()! : "";
        if (context.Behaviour.Is(Switches.PostEmails, "applied") && UserRules.FirstEmail(context.Body) is { } email)
        {
            userName = email;
        }

        if (!UserRules.IsAddress(userName))
        {
            return context.Error(400, ZoomTexts.InvalidUserName);
        }

        UserRecord added;
        var tenant = context.Tenant;
        lock (tenant.Gate)
        {
            // A duplicate is 400 here where RFC 7644 has 409 (4.1).
            if (tenant.IsTaken(userName))
            {
                return context.Error(context.Behaviour.Is(Switches.DuplicateStatus, "409") ? 409 : 400, ZoomTexts.EmailInUse(userName));
            }

            if (!tenant.Account.HasDomain(userName))
            {
                return UserRules.ForeignDomain(context);
            }

            if (UserRules.RefuseTypeWithPlan(context) is { } clash)
            {
                return clash;
            }

            var blank = new UserRecord { UserName = userName, Created = context.Now, LastModified = context.Now };
            var user = new UserMerge(tenant, MergeRules.ForPost(context.Behaviour, context.Now)).Apply(blank, context.Body);
            if (user.DisplayName is null)
            {
                var built = $"{user.GivenName} {user.FamilyName}".Trim();
                user = user with { DisplayName = built.Length == 0 ? userName : built };
            }

            if (user.Groups.Count == 0 && tenant.DefaultGroup is { } group)
            {
                user = user with { Groups = [group] };
            }

            if ((UserRules.RefuseProfile(context, null, user) ?? UserRules.RefuseLicence(context, null, user)) is { } refusal)
            {
                return refusal;
            }

            added = tenant.Add(user with { Id = tenant.NewId("user", context.Behaviour.Is(Switches.Ids, "hostile")) });
            context.Consistency.Begin(added.Id, context.Behaviour.Number(Switches.ConsistencyReads));
        }

        return Replies.Json(201, json => UserWriter.Write(json, added, Shape.Post, context.Behaviour));
    }
}
