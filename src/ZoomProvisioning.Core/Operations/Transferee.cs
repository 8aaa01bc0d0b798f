using System;
using System.Linq;
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
    private const string Name = ZoomExtension.Transferee;

    /// <summary>Adds the transferee to a removal.</summary>
    /// <exception cref="ScimRecordException">The transferee is nobody of the account, deactivated, or the user itself.</exception>
    public static async Task<PlannedChange> AddAsync(PlannedChange plan, string transferee, ManagerDirectory people, ScimCall call)
    {
        if (plan.Action is not (PlanAction.Disable or PlanAction.Delete))
        {
            return plan;
        }

        transferee = transferee.Trim();
        if (string.Equals(transferee, plan.Current?.UserName, StringComparison.OrdinalIgnoreCase))
        {
            throw Unknown($"{plan.UserName}: nobody can be given their own data. Nothing was sent.");
        }

        var heir = (transferee.Length == 0 ? null : await people.FindAsync(transferee, call).ConfigureAwait(false))
            ?? throw Unknown($"{plan.UserName}: '{transferee}' is not a user of this Zoom account and cannot be given the data. Nothing was sent.");
        if (heir.Active == false)
        {
            throw Unusable(
                "Zoom.Record.InactiveTransferee",
                $"{plan.UserName}: '{transferee}' is deactivated in Zoom and cannot sign in, so nobody could get at the data. Nothing was sent.");
        }

        var attribute = ZoomExtension.Attribute(Name);
        return plan.With(
        [
            .. plan.Changes,
            new AttributeChange(attribute, plan.Current?.GetExtension(Name), transferee, oldIsKnown: plan.Current?.Detail != UserDetail.Listed),
        ]);
    }

    /// <summary>Who gets the data of somebody who goes: whom the change names, else whom Zoom was told before; null for nobody.</summary>
    public static string? Of(PlannedChange plan) =>
        (plan.Changes.FirstOrDefault(IsOne) is { } named ? named.NewValue : plan.Current?.GetExtension(Name)) is string { Length: > 0 } heir ? heir : null;

    /// <summary>
    /// What is to be told of somebody who comes back while Zoom still knows a transferee: the name stays with the user, and the next
    /// removal hands over to it again. Null where there is none, or where it is what was wished.
    /// </summary>
    /// <param name="change">The change, which is carried out.</param>
    /// <param name="user">The user as Zoom showed it last.</param>
    public static string? StayedBehind(PlannedChange change, ScimUser user) =>
        change.Action == PlanAction.Reactivate && !change.Changes.Any(IsOne) && change.Desired?.Values.GetExtension(Name) is null
        && (user.GetExtension(Name) ?? change.Current?.GetExtension(Name)) is string { Length: > 0 } heir
            ? $"Zoom still has '{heir}' down as the transferee: whoever deactivates or deletes this user hands the data to '{heir}' again, and what was "
                + "handed over before does not come back by itself. Set-ZoomScimUser -Clear transferee takes the name off."
            : null;

    /// <summary>Whether a change is the one that names who gets the data.</summary>
    public static bool IsOne(AttributeChange change) => string.Equals(change.Name, Name, StringComparison.OrdinalIgnoreCase);

    private static ScimRecordException Unknown(string message) => Unusable("Zoom.Record.UnknownTransferee", message);

    private static ScimRecordException Unusable(string id, string message) => new(id, message)
    {
        Category = "InvalidArgument",
        RecommendedAction = "Name an active colleague of the same account with -Transferee, or leave it out.",
    };
}
