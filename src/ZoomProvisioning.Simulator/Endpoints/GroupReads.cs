using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>GET /scim2/Groups and GET /scim2/Groups/{id} (fact sheet 6.1).</summary>
internal static class GroupReads
{
    public static SimulatedResponse List(RequestContext context)
    {
        var query = FormText.Parse(context.Request.Query);
        if (Paging.Read(query, context.Behaviour) is not { } paging)
        {
            return context.Error(400, ZoomTexts.GroupFilter("count"));
        }

        Filter? filter = null;
        if (query.TryGetValue("filter", out var text) && !string.IsNullOrWhiteSpace(text))
        {
            filter = Filter.Parse(text, context.Behaviour);
            if (filter is null || !filter.Is("displayName"))
            {
                return context.Error(400, ZoomTexts.GroupFilter(text));
            }
        }

        // Groups are few and change in place, so the reply is written under the lock.
        lock (context.Tenant.Gate)
        {
            IReadOnlyList<GroupRecord> matching = context.Tenant.Groups;
            if (filter is not null)
            {
                matching = context.Tenant.FindGroupByName(filter.Value) is { } found ? [found] : [];
            }

            return paging.Reply(matching.Count, matching.Skip(paging.StartIndex - 1).Take(paging.Count).ToArray(), GroupWriter.Write);
        }
    }

    public static SimulatedResponse Get(RequestContext context)
    {
        lock (context.Tenant.Gate)
        {
            return context.Tenant.FindGroup(context.Id) is { } group
                ? Replies.Json(200, json => GroupWriter.Write(json, group))
                : context.GroupMissing();
        }
    }
}
