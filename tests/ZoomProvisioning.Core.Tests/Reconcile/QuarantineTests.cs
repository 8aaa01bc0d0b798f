using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A rule whose runs went wrong, and one whose plans people approve: which entries wait, and what is said.</summary>
public class QuarantineTests
{
    private const string OneRun =
        "The rule 'rule' is in quarantine: in its last run it was held back or failed (guard.quarantineAfterRuns), so it only plans until somebody "
        + "has looked. See why with Get-ZoomProvisioningRun; then run it once with -Resume, which goes on within the limits of the rule.";

    private static readonly string ThreeRuns = OneRun.Replace("last run it", "last 3 runs it");

    private static ProvisioningRule Rule(int after = 3, ApprovalRule? approval = null) => new("rule")
    {
        Guard = new GuardLimits { [GuardKind.Disable] = GuardLimit.None, MaxSourceShrinkPercent = 100, QuarantineAfterRuns = after },
        Approval = approval,
    };

    /// <summary>Somebody to be created, somebody who is as wanted, somebody to be disabled, and a record that cannot be used.</summary>
    private static Scene Busy(ProvisioningRule rule, int troubledRuns = 0)
    {
        var scene = new Scene(rule).Staff(1).Missing(1);
        scene.InSource("joiner");
        scene.Unusable("broken", "p0@example.com");
        scene.Ledger.TroubledRuns = troubledRuns;
        return scene;
    }

    private static string Held(SyncPlan plan) => string.Join(", ", plan.Held.Select(c => c.UserName.Split('@')[0]));

    [Theory]
    // After how many runs, and how many went wrong.
    [InlineData(0, 0, null)]
    [InlineData(0, 9, null)]
    [InlineData(1, 0, null)]
    [InlineData(1, 1, OneRun)]
    [InlineData(3, 2, null)]
    [InlineData(3, 3, "three")]
    [InlineData(3, 4, "three")]
    public void After_so_many_troubled_runs_whatever_does_something_waits(int after, int troubled, string? message)
    {
        var plan = Busy(Rule(after), troubled).Plan();
        var expected = message == "three" ? ThreeRuns : message;
        Assert.Equal(expected is null ? string.Empty : "gone0, joiner", Held(plan));
        Assert.Equal(expected is null ? [] : [new GuardFinding(GuardCheck.Quarantined, HoldsRemovals: true, expected)], plan.Guard);
        Assert.All(plan.Held, c => Assert.Equal(expected, c.Held));
    }

    [Fact]
    public void A_plan_that_does_nothing_is_not_held()
    {
        var scene = new Scene(Rule()).Staff(2);
        scene.Ledger.TroubledRuns = 3;
        Assert.Empty(scene.Plan().Guard);
    }

    [Theory]
    [InlineData("resumes")]
    [InlineData("removes")]
    [InlineData("only")]
    [InlineData("approval")]
    [InlineData("")]
    public void What_somebody_looks_at_anyway_is_not_meant(string why)
    {
        var ledger = new Ledger("account", "rule") { TroubledRuns = 3 };
        var message = Quarantine.Message(new PlanInput
        {
            Rule = Rule(approval: why == "approval" ? new ApprovalRule() : null),
            Source = new SourceSnapshot([], [], []),
            Account = new AccountSnapshot([], isComplete: true),
            Ledger = ledger,
            Correlations = [],
            Connection = null!,
            Resumes = why == "resumes",
            RemovesRule = why == "removes",
            Only = why == "only" ? new Selection(["ada@example.com"]) : null,
        });
        Assert.Equal(why.Length == 0 ? ThreeRuns : null, message);
    }

    [Fact]
    public void A_saved_plan_is_held_by_what_went_wrong_since_unless_somebody_resumes()
    {
        var scene = Busy(Rule());
        var plan = scene.Plan();
        Assert.Same(plan, PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => RecentChanges.None));
        scene.Ledger.TroubledRuns = 3;
        var again = PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => RecentChanges.None);
        Assert.Equal("gone0, joiner", Held(again));
        Assert.Equal(ThreeRuns, Quarantine.Error(again).Message);
        Assert.Equal("Zoom.Rule.Quarantined", Quarantine.Error(again).ErrorId);
        Assert.Same(plan, PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => RecentChanges.None, resumes: true));

        // Looked at once more, it says the same once.
        Assert.Equal(again.Guard, PlanGuard.CheckAgain(again, scene.Rule, scene.Ledger, () => RecentChanges.None).Guard);
    }

    [Fact]
    public void The_error_says_what_the_finding_says_and_no_other()
    {
        var other = new GuardFinding(GuardCheck.DuplicatesInSource, HoldsRemovals: false, "Two.");
        var plan = new SyncPlan([]) { Guard = [other, new GuardFinding(GuardCheck.Quarantined, HoldsRemovals: true, OneRun)] };
        Assert.Equal(OneRun, Quarantine.Error(plan).Message);
    }

    [Fact]
    public void Once_somebody_resumes_all_goes_but_what_is_held_for_another_reason()
    {
        PlannedChange Entry(string name, string? held) => new(PlanAction.Disable, $"{name}@example.com", "because") { Held = held };
        var other = new GuardFinding(GuardCheck.ShrunkenSource, HoldsRemovals: true, "Shrunken.");
        var plan = new SyncPlan([Entry("a", OneRun), Entry("b", "Shrunken."), Entry("c", null)])
        {
            Guard = [new GuardFinding(GuardCheck.Quarantined, HoldsRemovals: true, OneRun), other],
        };
        var lifted = Quarantine.Lift(plan);
        Assert.Equal([null, "Shrunken.", null], lifted.Changes.Select(c => c.Held));
        Assert.Equal([other], lifted.Guard);
        Assert.Same(lifted, Quarantine.Lift(lifted));
    }

    [Theory]
    [InlineData(1, "The rule 'rule' wants somebody to approve a plan before anything of it is done (approval: required).")]
    [InlineData(2, "The rule 'rule' wants two different people to approve a plan before anything of it is done (approval: two).")]
    public void Where_plans_are_approved_whatever_does_something_waits_for_that(int people, string message)
    {
        var scene = Busy(Rule(approval: new ApprovalRule { People = people }), troubledRuns: 3);
        var plan = scene.Plan();
        Assert.Equal("gone0, joiner", Held(plan));
        var finding = new GuardFinding(GuardCheck.ApprovalRequired, HoldsRemovals: true, message);
        Assert.Equal([finding], plan.Guard);
        Assert.Equal([finding], PlanGuard.CheckAgain(Busy(Rule()).Plan(), scene.Rule, scene.Ledger, () => RecentChanges.None).Guard);
        Assert.Empty(new Scene(scene.Rule).Staff(2).Plan().Guard);
    }

    [Fact]
    public void Of_a_saved_plan_with_approvals_only_what_was_approved_is_done()
    {
        var scene = Busy(Rule());
        var plan = scene.Plan() with { Approvals = [new ProvisioningApproval()] };
        var again = PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => RecentChanges.None);
        var finding = new GuardFinding(
            GuardCheck.ApprovalRequired, HoldsRemovals: true, "There are approvals of this plan, so only what was approved is done.");
        Assert.Equal([finding], again.Guard);
        Assert.Equal("gone0, joiner", Held(again));
    }

    [Theory]
    [InlineData(GuardCheck.ApprovalRequired)]
    [InlineData(GuardCheck.Quarantined)]
    public void Both_concern_every_entry_that_does_something(GuardCheck check)
    {
        var acting = new HashSet<PlanAction>
        {
            PlanAction.Create, PlanAction.Adopt, PlanAction.Update, PlanAction.ChangeGroups, PlanAction.Relink, PlanAction.Reactivate,
            PlanAction.Disable, PlanAction.Delete,
        };
        for (var action = PlanAction.NoOp; action <= PlanAction.Protected; action++)
        {
            var change = new PlannedChange(action, "ada@example.com", "because");
            Assert.Equal((action, acting.Contains(action)), (action, PlanGuard.Concerns(new GuardFinding(check, HoldsRemovals: true, "why"), change)));
        }
    }
}
