using System;
using System.Linq;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>GET /scim2/Users and GET /scim2/Users/{id} (fact sheet section 2).</summary>
internal static class UserReads
{
    public static SimulatedResponse List(RequestContext context)
    {
        var query = FormText.Parse(context.Request.Query);
        if (Paging.Read(query, context.Behaviour) is not { } paging)
        {
            // No text of Zoom's is known for this; the position exists to show that clients never ask for more than 100.
            return context.Error(400, ZoomTexts.UserFilter("count"));
        }

        // An empty filter is no filter (2.1).
        if (query.TryGetValue("filter", out var text) && !string.IsNullOrWhiteSpace(text))
        {
            return Filtered(context, text, paging);
        }

        UserRecord[] page;
        int total;
        lock (context.Tenant.Gate)
        {
            page = context.Tenant.Page(paging.StartIndex, paging.Count);
            total = context.Tenant.UserCount;
        }

        return Reply(context, paging, total, page);
    }

    public static SimulatedResponse Get(RequestContext context)
    {
        UserRecord? user;
        lock (context.Tenant.Gate)
        {
            user = context.Tenant.FindUser(context.Id);
        }

        return user is null || context.Consistency.HidesFromRead(user.Id)
            ? context.UserMissing()
            : Replies.Json(200, json => UserWriter.Write(json, user, Shape.Get, context.Behaviour));
    }

    private static SimulatedResponse Filtered(RequestContext context, string text, Paging paging)
    {
        // An address holds no blank, so an unquoted value with one is an expression Zoom does not know.
        var filter = Filter.Parse(text, context.Behaviour);
        if (filter is null || !(filter.Is("userName") || filter.Is("externalId")) || filter.Value.Any(char.IsWhiteSpace))
        {
            return context.Error(400, ZoomTexts.UserFilter(text));
        }

        UserRecord? user;
        lock (context.Tenant.Gate)
        {
            // externalId means Zoom's own id here (2.2).
            user = filter.Is("externalId") ? context.Tenant.FindUser(filter.Value) : context.Tenant.FindUserByName(filter.Value);
            if (user is null && (context.Tenant.Pending.Contains(filter.Value) || context.Tenant.Foreign.Contains(filter.Value)))
            {
                return context.Error(context.Behaviour.Number(Switches.PendingFilterStatus), ZoomTexts.NotOfThisAccount(filter.Value));
            }
        }

        var found = user is null ? Array.Empty<UserRecord>() : [user];
        return Reply(context, paging, found.Length, found.Skip(paging.StartIndex - 1).Take(paging.Count).ToArray());
    }

    private static SimulatedResponse Reply(RequestContext context, Paging paging, int total, UserRecord[] page) =>
        paging.Reply(total, page, (json, user) => UserWriter.Write(json, user, Shape.List, context.Behaviour));
}
