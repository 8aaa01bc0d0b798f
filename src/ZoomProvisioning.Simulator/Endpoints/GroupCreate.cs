using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>POST /scim2/Groups (fact sheet 6.1). Members in the body are passed over: they come by PATCH.</summary>
internal static class GroupCreate
{
    public static SimulatedResponse Handle(RequestContext context)
    {
        var name = context.Body.TryGetProperty("displayName", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString()!.Trim() : "";
        if (name.Length == 0)
        {
            return context.Error(400, ZoomTexts.InvalidDisplayName);
        }

        lock (context.Tenant.Gate)
        {
            if (context.Tenant.FindGroupByName(name) is not null)
            {
                return context.Error(409, ZoomTexts.GroupExists(name));
            }

            if (context.Tenant.Groups.Count >= context.Behaviour.Number(Switches.MaximumGroups))
            {
                return context.Error(400, ZoomTexts.GroupCreateFailed);
            }

            var group = new GroupRecord(context.Tenant.NewId("group", context.Behaviour.Is(Switches.Ids, "hostile")))
            {
                DisplayName = name,
                EmailAlias = context.Body.TryGetProperty(Schemas.ZoomGroup, out var zoom)
                    && zoom.ValueKind == JsonValueKind.Object
                    && zoom.TryGetProperty("emailAlias", out var alias)
                    && alias.ValueKind == JsonValueKind.String ? alias.GetString() : null,
                Created = context.Now,
                LastModified = context.Now,
            };
            context.Tenant.AddGroup(group);
            return Replies.Json(201, json => GroupWriter.Write(json, group));
        }
    }
}
