using System;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Rates;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>DELETE /scim2/Users/{id} (fact sheet 4.5): the user is gone for good.</summary>
internal static class UserDelete
{
    public static SimulatedResponse Handle(RequestContext context)
    {
        lock (context.Tenant.Gate)
        {
            if (context.Deletions.IsUnderWay(context.Id, context.Now))
            {
                return RateReply.TooManyConcurrent(context.Behaviour);
            }

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
            if (context.Behaviour.Is(Switches.DeleteMeans, "disassociate"))
            {
                context.Tenant.Foreign.Add(user.UserName);
            }

            var milliseconds = Math.Max(context.Behaviour.Number(Switches.DeleteLock), context.Behaviour.Number(Switches.Latency));
            context.Deletions.Begin(user.Id, context.Now, TimeSpan.FromMilliseconds(milliseconds));
        }

        return Replies.NoContent();
    }
}
