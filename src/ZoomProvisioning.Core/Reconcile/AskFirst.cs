using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What is not done before an admin has looked at it: who somebody is, and whom to open a door again that was shut by hand.</summary>
internal static class AskFirst
{
    /// <summary>Why a changed anchor waits.</summary>
    public const string Relink =
        "Whether this is still the same person has to be approved; until then the user is kept as it is. "
        + "If it is somebody else, rename or delete that user in Zoom.";

    /// <summary>Why somebody who was deactivated by hand is not activated.</summary>
    public const string Reactivation =
        "Whoever deactivated the user in Zoom may have had a reason, so activating it again has to be approved (reactivate: ask).";

    /// <summary>Why somebody of whom nothing is left but the key waits.</summary>
    private const string SomebodyElse =
        "The key is the same, but the address and both names are others: a number that was given on to somebody else looks like this. "
        + "That it is the same person has to be approved; until then the user is kept as it is.";

    /// <summary>Why somebody who comes back under another address waits.</summary>
    private const string BackAsAnother =
        "The user is deactivated, and would come back under another address: a number that was given on, or is in the wrong row, looks like this. "
        + "That it is the same person has to be approved; until then the user is kept as it is.";

    /// <summary>Whether somebody who had both names gets others for both.</summary>
    public static bool TakesName(IReadOnlyCollection<AttributeChange> changes)
    {
        return IsOther(ZoomAttributes.GivenName) && IsOther(ZoomAttributes.FamilyName);

        bool IsOther(ZoomAttribute name) => changes.Any(c => c.Attribute == name && c.OldValue is string { Length: > 0 } old
            && !string.Equals(old, c.NewValue as string, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The change, held where it would make another person of a user by the same key.</summary>
    public static PlannedChange AboutAnother(PlannedChange change) =>
        change.Held is not null || AddressOrder.NewAddress(change) is null ? change
        : change.Action == PlanAction.Reactivate ? change.HeldBack(BackAsAnother)
        : change.Action is PlanAction.Update or PlanAction.Adopt && TakesName(change.Changes) ? change.HeldBack(SomebodyElse)
        : change;

    /// <summary>The change, held where it would bring back somebody who left under another scope or anchor.</summary>
    public static PlannedChange AboutOldLeavers(PlanInput input, PlannedChange change) =>
        change is { Action: PlanAction.Reactivate, Held: null, ZoomId: { } id } && input.Ledger.Find(id) is { IsRemoved: true } entry
        && LeaverPolicy.Parse(entry.LeftUnder) is { } left && left.Who != LeaverPolicy.Of(input.Rule).Who
            ? change.HeldBack("left before the rule's scope or anchor was changed, and stays as it is until somebody approves")
            : change;

    /// <summary>Whether somebody who is deactivated now was so by others after the rule had seen the user active.</summary>
    public static bool IsDeactivatedByHand(LedgerEntry entry) => !entry.IsRemoved && (entry.DeactivatedByOthers || entry.Seen?.Active != false);

    /// <summary>Why somebody is not deactivated who is inactive by one record and active by another.</summary>
    public const string ActiveElsewhere =
        "this record is not active, but another record of the source has the address the user has in Zoom, and is; "
        + "correct the source, since nobody can say which of them is the user";

    /// <summary>Why a stranger's account is not taken over.</summary>
    public static string Stranger(ScimUser user) =>
        $"the Zoom user of this address is deactivated and was never this rule's, so it may be somebody else's: {WhatIsKnownOf(user)}. "
        + "If it is the same person, let the rule take over deactivated users (adoptInactive) or activate the user in Zoom; "
        + "else rename or delete that user";

    /// <summary>What there is to know a stranger's account by.</summary>
    private static string WhatIsKnownOf(ScimUser user)
    {
        var facts = new List<string> { $"'{user.DisplayName ?? $"{user.GivenName} {user.FamilyName}".Trim()}'" };
        Add("department", user.Department);
        Add("employee number", user.EmployeeNumber);
        Add("created", user.Created?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("last changed", user.LastModified?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("last login", LastLogin.Select(user.GetExtension).FirstOrDefault(v => v is not null)?.ToString());
        Add("id", user.Id);
        return string.Join(", ", facts);

        void Add(string what, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                facts.Add($"{what} {value}");
            }
        }
    }

    // Zoom's contract has none of these; some accounts tell one all the same.
    private static readonly string[] LastLogin = ["lastLoginTime", "last_login_time", "lastLogin"];
}
