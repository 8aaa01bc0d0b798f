using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// The approvals of a plan as one: an entry is let go when as many different people as the rule wants have approved it, each as it is
/// planned now, and for no other reason to hold it back than their plan told.
/// </summary>
internal sealed class SignOff : IApproval
{
    private readonly int _people;
    private readonly IReadOnlyList<ProvisioningApproval> _counted;
    private readonly string _why;
    private readonly ProvisioningRule _rule;

    private SignOff(ProvisioningRule rule, SyncPlan plan, IReadOnlyList<ProvisioningApproval> counted, string why)
    {
        (_rule, _people, _counted, _why) = (rule, rule.Approval?.People ?? 1, counted, why);
        (PlanId, ShownAt) = (plan.Id, plan.CreatedAt);
    }

    /// <inheritdoc/>
    public string PlanId { get; }

    /// <inheritdoc/>
    public DateTimeOffset ShownAt { get; }

    /// <inheritdoc/>
    public string By => $"Approved by {string.Join(" and ", _counted.Select(a => a.Who).Distinct(StringComparer.Ordinal))}";

    /// <inheritdoc/>
    public string Left => _people > 1 ? "not approved by two different people" : "not approved";

    /// <summary>The approvals that count.</summary>
    public IReadOnlyList<ProvisioningApproval> Counted => _counted;

    /// <summary>Whether a plan that was saved is let go by approvals only: the rule wants that, or there are some.</summary>
    public static bool IsNeeded(ProvisioningRule rule, SyncPlan plan) => rule.Approval is not null || plan.Approvals.Count > 0;

    /// <summary>Judges the approvals of a plan.</summary>
    /// <exception cref="ScimStateException">One is of another plan, or its signature is not right.</exception>
    public static SignOff Of(ProvisioningRule rule, SyncPlan plan)
    {
        var counted = new List<ProvisioningApproval>();
        var others = new List<string>();
        foreach (var approval in plan.Approvals)
        {
            if (approval.PlanId != plan.Id || approval.Account != plan.Account || approval.PlanMade != plan.CreatedAt)
            {
                throw new ScimStateException(
                    "Zoom.Approval.OtherPlan",
                    $"The approval '{approval.Path}' is of another plan than {plan.ShortId}, or of an earlier one that said the same. Nothing was sent.")
                {
                    Category = "InvalidArgument",
                    RecommendedAction = "Take the file away, look at this plan, and have it approved: Approve-ZoomProvisioningPlan.",
                };
            }

            if (WhyNot(rule.Approval, approval) is { } reason)
            {
                others.Add($"{approval.Who} ({reason})");
            }
            else
            {
                counted.Add(approval);
            }
        }

        return new SignOff(rule, plan, counted, others.Count == 0 ? string.Empty : $" It does not count from {string.Join(", ", others)}.");
    }

    /// <summary>Judges the approvals of a plan that is made anew: what was approved is let go as far as it is planned alike, once.</summary>
    /// <exception cref="ScimStateException">The plan is of another account or rule, too old or used before, or an approval is not to be trusted.</exception>
    public static SignOff Of(ProvisioningRule rule, SyncPlan saved, IRuleState state, DateTimeOffset now)
    {
        var problem = saved.Account != state.Account || saved.RuleFingerprint != rule.Fingerprint
                ? ("Zoom.Plan.OtherRule", "is of another account, or the rule was changed since")
            : PlanValidity.AgeProblem(saved.CreatedAt, rule.PlanMaxAge, now) is { } age ? ("Zoom.Plan.TooOld", age)
            : state.ReadJournal().Any(e => e.Kind == JournalKind.Approved && e.PlanId == saved.Id && e.At >= saved.CreatedAt)
                ? ("Zoom.Approval.Used", "was approved and used before, and an approval lets go once")
            : default;
        return problem is (null, _) ? Of(rule, saved) : throw new ScimStateException(
            problem.Item1, $"The approved plan {saved.ShortId} {problem.Item2}. Nothing was sent.")
        {
            Category = "InvalidOperation",
            RecommendedAction = "Make a new plan, have that approved, and use that.",
        };
    }

    /// <inheritdoc/>
    public bool Covers(PlannedChange change)
    {
        var entry = PlanDigest.OfEntry(change);
        var those = _counted.Where(a => a.Digests.Contains(entry)).ToList();
        return _people > 1 ? those.Exists(a => those.Exists(b => !a.IsBySamePersonAs(b))) : those.Count > 0;
    }

    /// <inheritdoc/>
    public bool Covers(GuardCheck check) => check == GuardCheck.ApprovalRequired || _counted.Any(a => a.Checks.Contains(check.ToString()));

    /// <summary>Refuses a plan of which the approvals let nothing go, so that it stays as it is and can still be approved.</summary>
    /// <exception cref="ScimStateException">They let nothing go.</exception>
    public void Require(SyncPlan plan)
    {
        if (!plan.NeedsSignOff || plan.ApprovedPeople.Count > 0 || !plan.Changes.Any(PlanGuard.Acts))
        {
            return;
        }

        var given = _counted.Count == 0 ? "nobody has"
            : $"there is the approval of {string.Join(" and ", _counted.Select(a => $"{a.Who} ({a.SignedBy})").Distinct(StringComparer.Ordinal))} only";
        throw new ScimStateException(
            "Zoom.Approval.Missing",
            $"The rule '{_rule.Name}' wants {(_rule.Approval ?? new ApprovalRule()).Words} to approve the plan {plan.ShortId} before anything of it is done, "
                + $"and {given}.{_why} Nothing was sent.")
        {
            Category = "PermissionDenied",
            RecommendedAction = "Have it approved with Approve-ZoomProvisioningPlan -Path plan.json; the approval lies beside the plan. Then apply it.",
        };
    }

    private static string? WhyNot(ApprovalRule? rule, ProvisioningApproval approval)
    {
        if (approval.Signature is not { } signature)
        {
            return rule?.NeedsSignature == true ? "not signed, and the rule counts signed ones only" : null;
        }

        if (signature.Kind == ApprovalSignature.OfKey && rule?.KeyVariable is null)
        {
            return "signed with a key, and the rule does not say where the key is (approval.keyVariable)";
        }

        if (!ApprovalSigning.IsValid(approval, rule?.KeyVariable))
        {
            throw ApprovalFile.Damaged(approval.Path, "its signature is not that of what stands in it.");
        }

        return signature.Kind == ApprovalSignature.OfCertificate && rule?.NeedsSignature == true
            && !rule.Certificates.Contains(signature.Thumbprint!, StringComparer.OrdinalIgnoreCase)
                ? $"the certificate {signature.Thumbprint} is not one that the rule names (approval.certificates)"
                : null;
    }
}
