using System;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>
/// The colleague who gets the data of a user who goes. Zoom must be told while the user is active; a deletion activates whoever is
/// not for a moment.
/// </summary>
internal static class Transferee
{
    /// <summary>Adds the transferee to a removal.</summary>
    /// <exception cref="ScimRecordException">The transferee is nobody of the account, or the user itself.</exception>
    public static async Task<PlannedChange> AddAsync(PlannedChange plan, string transferee, ManagerDirectory people, ScimCall call)
    {
        if (plan.Action is not (PlanAction.Disable or PlanAction.Delete))
        {
            return plan;
        }

        if (string.Equals(transferee, plan.Current?.UserName, StringComparison.OrdinalIgnoreCase))
        {
            throw Unknown($"{plan.UserName}: nobody can be given their own data. Nothing was sent.");
        }

        if (!await people.HasAsync(transferee, call).ConfigureAwait(false))
        {
            throw Unknown($"{plan.UserName}: '{transferee}' is not a user of this Zoom account and cannot be given the data. Nothing was sent.");
        }

        var attribute = ZoomExtension.Attribute("transferee");
        return plan.With(
        [
            .. plan.Changes,
            new AttributeChange(attribute, plan.Current?.GetExtension("transferee"), transferee, oldIsKnown: plan.Current?.Detail != UserDetail.Listed),
        ]);
    }

    private static ScimRecordException Unknown(string message) => new("Zoom.Record.UnknownTransferee", message)
    {
        Category = "InvalidArgument",
        RecommendedAction = "Name an active colleague of the same account with -Transferee, or leave it out.",
    };
}
