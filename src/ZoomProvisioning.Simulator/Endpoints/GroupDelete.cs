using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>DELETE /scim2/Groups/{id} (fact sheet 6.1).</summary>
internal static class GroupDelete
{
    public static SimulatedResponse Handle(RequestContext context)
    {
        lock (context.Tenant.Gate)
        {
            if (context.Tenant.FindGroup(context.Id) is not { } group)
            {
                return context.GroupMissing();
            }

            if (group == context.Tenant.DefaultGroup)
            {
                return context.Error(400, ZoomTexts.DefaultGroup);
            }

            context.Tenant.RemoveGroup(group);
        }

        return Replies.NoContent();
    }
}
