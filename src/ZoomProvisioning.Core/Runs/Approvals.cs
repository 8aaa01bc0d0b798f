using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Approvals by the id of a plan that was shown: kept when it is shown, asked for when it is approved. Each lets go what that
/// plan held, once, within a day.
/// </summary>
internal sealed class Approvals
{
    /// <summary>How many digits of a plan's id are shown, and are enough.</summary>
    public const int Digits = 12;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ProvisioningRule _rule;
    private readonly IRuleState _state;
    private readonly IClock _clock;
    private readonly string? _asked;

    /// <summary>Makes a desk for one run.</summary>
    /// <param name="rule">The rule, which may want more than an approval by id.</param>
    /// <param name="state">Where what was shown is kept.</param>
    /// <param name="asked">The id given as an approval; null for none.</param>
    /// <param name="clock">The time.</param>
    public Approvals(ProvisioningRule rule, IRuleState state, string? asked, IClock clock)
    {
        _rule = rule;
        _state = state;
        _clock = clock;
        _asked = asked?.Trim().ToLowerInvariant();
    }

    /// <summary>What is wrong with the form of an approval, as a sentence; null when nothing is.</summary>
    public static string? MistakeIn(string asked)
    {
        var id = asked.Trim();
        return id.Length is >= Digits and <= 64 && id.All(Uri.IsHexDigit) ? null
            : id.Length > 0 && id.All(char.IsDigit) ? $"'{id}' is a number, and a number approves whoever is in the list by then. "
                + "Approve a plan that was looked at, by its id: the twelve digits shown where entries are held."
            : $"'{id}' is no plan's id. Give the twelve digits shown where entries are held, such as 3f0c91d2ab45.";
    }

    /// <summary>The approval asked for; null when none is.</summary>
    /// <exception cref="ScimStateException">It cannot be used: no such plan, too old, or used before.</exception>
    public IApproval? Find(Func<IEnumerable<JournalEntry>> journal)
    {
        if (_asked is null)
        {
            return null;
        }

        RequireForm();
        return Usable(_state.FindHeld(_asked) ?? throw Refused("Zoom.Approval.Unknown",
            $"No plan of the rule '{_state.Rule}' with the id {_asked} that held anything back was shown here in the last day. Nothing was sent."), journal);
    }

    /// <summary>The approval asked for, of a plan that is carried out as it was saved; null when none is.</summary>
    /// <exception cref="ScimStateException">It cannot be used: it names another plan, or was used before.</exception>
    public IApproval? FindFor(SyncPlan plan, Func<IEnumerable<JournalEntry>> journal)
    {
        if (_asked is null)
        {
            return null;
        }

        RequireForm();
        return plan.Id.StartsWith(_asked, StringComparison.Ordinal)
            ? Usable(HeldPlan.Of(plan), journal)
            : throw Refused("Zoom.Approval.OtherPlan", $"The approval is of the plan {_asked}, and this is the plan {plan.ShortId}. Nothing was sent.");
    }

    /// <summary>Refuses a plan that was made with an approval which cannot be used any more.</summary>
    /// <exception cref="ScimStateException">The approval is too old, or was used before.</exception>
    public void RequireUsable(SyncPlan plan, Func<IEnumerable<JournalEntry>> journal)
    {
        if (plan.ApprovedPlan is { } approved)
        {
            Usable(approved, plan.CreatedAt, journal);
        }
    }

    /// <summary>Keeps what a plan holds back, so that it can be approved.</summary>
    /// <returns>The plan; with a word about it where it could not be kept.</returns>
    public SyncPlan Remember(SyncPlan plan)
    {
        if (!plan.NeedsApproval || plan.NeedsSignOff)
        {
            return plan;
        }

        try
        {
            _state.Remember(HeldPlan.Of(plan));
            return plan;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return plan.With(plan.Changes, [.. plan.Guard, new GuardFinding(
                GuardCheck.ApprovalIncomplete,
                HoldsRemovals: false,
                $"What was held back cannot be kept for an approval ({exception.Message}); plan again with rights to the rule's state folder.")]).Identified();
        }
    }

    private void RequireForm()
    {
        if (_rule.Approval is { } wanted)
        {
            throw new ScimStateException(
                "Zoom.Approval.NotEnough",
                $"The rule '{_rule.Name}' wants {wanted.Words} to approve a plan, and -Approve says of nobody who that was. Nothing was sent.")
            {
                Category = "PermissionDenied",
                RecommendedAction = "Save the plan with Export-ZoomProvisioningPlan, have it approved with Approve-ZoomProvisioningPlan, and apply it "
                    + "with Invoke-ZoomProvisioningPlan.",
            };
        }

        if (MistakeIn(_asked!) is { } mistake)
        {
            throw Refused("Zoom.Approval.NotAPlan", $"{mistake} Nothing was sent.");
        }
    }

    private IApproval Usable(IApproval approval, Func<IEnumerable<JournalEntry>> journal)
    {
        Usable(approval.PlanId, approval.ShownAt, journal);
        return approval;
    }

    private void Usable(string planId, DateTimeOffset shownAt, Func<IEnumerable<JournalEntry>> journal)
    {
        var shown = IdText.Short(planId);
        if (YetToCome.Is(shownAt, _clock.UtcNow))
        {
            throw Refused("Zoom.Approval.Expired",
                $"The plan {shown} was shown {shownAt.UtcDateTime:u}, which is yet to come by the clock of this machine ({_clock.UtcNow.UtcDateTime:u}), "
                    + "and an approval holds for a day. Nothing was sent.");
        }

        if (_clock.UtcNow - shownAt > Lifetime)
        {
            throw Refused("Zoom.Approval.Expired", $"The plan {shown} was shown {shownAt.UtcDateTime:u}, and an approval holds for a day. Nothing was sent.");
        }

        // The very same plan may be shown again, when what was approved could not be carried out.
        if (journal().FirstOrDefault(e => e.Kind == JournalKind.Approved && e.PlanId == planId && e.At >= shownAt) is { } used)
        {
            throw Refused(
                "Zoom.Approval.Used",
                $"The plan {shown} was approved before, {used.At.UtcDateTime:u} by {used.Actor}, and an approval lets go once. Nothing was sent.");
        }
    }

    private static ScimStateException Refused(string id, string message) => new(id, message)
    {
        Category = "InvalidArgument",
        RecommendedAction = "Look at a new plan (New-ZoomProvisioningPlan, or Sync-ZoomScimUser -WhatIf), and approve it by the id it "
            + "shows: -Approve followed by its twelve digits.",
    };
}
