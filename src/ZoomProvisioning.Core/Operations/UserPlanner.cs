using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Decides what to do with one user. Pure: same input, same decision, nothing sent.</summary>
public static class UserPlanner
{
    /// <summary>Compares a wish with what Zoom has.</summary>
    /// <param name="desired">What is wanted.</param>
    /// <param name="current">The user as Zoom has it; null when there is none.</param>
    /// <param name="connection">What the connection allows.</param>
    /// <param name="sendUntold">Whether attributes Zoom does not tell are sent (see <see cref="UserDiff.Compute"/>).</param>
    public static PlannedChange Plan(DesiredUser desired, ScimUser? current, ZoomScimConnection connection, bool sendUntold)
    {
        if (current is null)
        {
            return PlanCreate(desired, connection);
        }

        var changes = UserDiff.Compute(current, desired.Values, sendUntold);
        var wantsActive = desired.Values.ChangedAttributes.Contains(nameof(ScimUser.Active)) ? desired.Values.Active : null;
        var isActive = current.Active ?? true;

        PlannedChange Change(PlanAction action, string reason, IReadOnlyList<AttributeChange>? of = null) =>
            new(action, current.UserName ?? desired.Label, reason) { Changes = of ?? changes, Current = current, Desired = desired };

        PlannedChange Permitted(Capability capability, PlanAction action, string reason, IReadOnlyList<AttributeChange>? of = null) =>
            connection.RefusalOf(capability) is { } refusal ? Change(PlanAction.Blocked, refusal, of) : Change(action, reason, of);

        if (!isActive && wantsActive == false)
        {
            return Change(PlanAction.NoOp, changes.Count == 0
                ? "deactivated already, as wanted"
                : $"deactivated already, as wanted; {AttributeChange.StayWhileInactive(changes)}", []);
        }

        if (!isActive && wantsActive == true)
        {
            return Permitted(Capability.Update, PlanAction.Reactivate, "deactivated in Zoom, but wanted active");
        }

        if (!isActive)
        {
            return changes.Count == 0
                ? Change(PlanAction.NoOp, "nothing to change, but the user is deactivated in Zoom (Set-ZoomScimUser -Active $true lets the user in again)")
                : Change(
                    PlanAction.Blocked,
                    $"deactivated in Zoom, which changes active users only, so {AttributeChange.Names(changes)} cannot be set; "
                        + "activate the user first (-Active $true)");
        }

        if (wantsActive == false)
        {
            // What an update may not do must not keep a leaver signed in.
            var withUpdate = connection.AllowUpdate ? UserDiff.BeforeDeactivation(changes) : [];
            return Permitted(Capability.Disable, PlanAction.Disable, "active in Zoom, but not wanted active", withUpdate);
        }

        return changes.Count == 0
            ? Change(PlanAction.NoOp, "nothing to change")
            : Permitted(Capability.Update, PlanAction.Update, AttributeChange.Differ(changes));
    }

    /// <summary>Decides about the removal of a user that exists.</summary>
    public static PlannedChange PlanRemoval(ScimUser current, RemoveAction action, ZoomScimConnection connection, object? source)
    {
        var desired = new DesiredUser(new ScimUser()) { Source = source, Label = current.ToString() };

        PlannedChange Change(PlanAction what, string reason) => new(what, current.ToString(), reason) { Current = current, Desired = desired };

        if (action == RemoveAction.Delete)
        {
            return connection.RefusalOf(Capability.Deprovision) is { } no ? Change(PlanAction.Blocked, no) : Change(PlanAction.Delete, "to be deleted");
        }

        if (current.Active == false)
        {
            return Change(PlanAction.NoOp, "deactivated already");
        }

        return connection.RefusalOf(Capability.Disable) is { } not ? Change(PlanAction.Blocked, not) : Change(PlanAction.Disable, "to be deactivated");
    }

    private static PlannedChange PlanCreate(DesiredUser desired, ZoomScimConnection connection)
    {
        var userName = desired.Values.UserName ?? desired.Label;
        var inactive = desired.Values.Active == false;
        if (inactive && !desired.ActiveIsExplicit)
        {
            return new PlannedChange(PlanAction.NoOp, userName, "not in Zoom and not active in the source, so there is nobody to create") { Desired = desired };
        }

        var changes = UserDiff.ForCreate(desired.Values);
        changes = inactive ? UserDiff.BeforeDeactivation(changes) : changes;
        // Zoom creates everybody active, so creating alone would let somebody in who must stay out.
        var refusal = connection.RefusalOf(Capability.Create) ?? (inactive ? connection.RefusalOf(Capability.Disable) : null);
        return refusal is null
            ? new PlannedChange(PlanAction.Create, userName, "not in Zoom") { Desired = desired, Changes = changes }
            : new PlannedChange(PlanAction.Blocked, userName, refusal) { Desired = desired, Changes = changes };
    }
}
