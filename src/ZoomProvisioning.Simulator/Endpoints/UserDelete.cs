using ZoomProvisioning.Simulator.Http;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>DELETE /scim2/Users/{id} (fact sheet 4.5): the user is gone for good.</summary>
internal static class UserDelete
{
    public static SimulatedResponse Handle(RequestContext context)
    {
        lock (context.Tenant.Gate)
        {
            if (context.Tenant.FindUser(context.Id) is not { } user)
            {
                return context.UserMissing();
            }

            if (user.IsAdmin)
            {
                return context.Error(400, ZoomTexts.AdminDelete);
            }

            UserRules.RecordTransfer(context, user, "delete");
            context.Tenant.Remove(user);
        }

        return Replies.NoContent();
    }
}
