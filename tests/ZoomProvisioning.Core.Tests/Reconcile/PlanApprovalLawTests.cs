using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>The law of approvals, over any two plans.</summary>
public class PlanApprovalLawTests
{
    private static readonly GuardFinding TooMany = new(GuardCheck.TooManyDisables, HoldsRemovals: true, "Too many.");

    /// <summary>Of plans over ten people with any actions: nobody is let go who was not held alike in the plan that was looked at.</summary>
    [Fact]
    public void An_approval_never_lets_anybody_else_go() => Prop.ForAll(
        (from shown in Entries() from now in Entries() select (shown, now)).ToArbitrary(),
        pair =>
        {
            var shown = PlanApprovalTests.Plan(pair.shown);
            var now = PlanApprovalTests.Plan(
                pair.now,
                TooMany,
                new GuardFinding(GuardCheck.TooManyReactivations, HoldsRemovals: pair.now.Count % 2 == 0, "Reactivations."));
            var approved = PlanApproval.Apply(now, HeldPlan.Of(shown));
            Assert.All(now.Changes.Zip(approved.Changes, (first, second) => (First: first, Second: second)), both =>
            {
                if (both.First.Held is not null && both.Second.Held is null)
                {
                    var before = Assert.Single(shown.Changes, c => c.Key == both.First.Key);
                    Assert.NotNull(before.Held);
                    Assert.Equal(PlanDigest.OfEntry(before), PlanDigest.OfEntry(both.First));
                }

                Assert.Equal(both.First with { Held = null } is var plain ? PlanDigest.OfEntry(plain) : null, PlanDigest.OfEntry(both.Second));
                Assert.False(both.First.Held is null && both.Second.Held is not null);
            });
        }).Check(Law.Times(300));

    private static Gen<List<PlannedChange>> Entries() =>
        from actions in Gen.Elements(PlanAction.NoOp, PlanAction.Disable, PlanAction.Delete, PlanAction.Update, PlanAction.Reactivate).ArrayOf(10)
        from held in Gen.Elements(true, false).ArrayOf(10)
        from departments in Gen.Elements<string?>(null, "Legal", "IT").ArrayOf(10)
        from present in Gen.Elements(true, true, false).ArrayOf(10)
        select Enumerable.Range(0, 10).Where(i => present[i])
            .Select(i => PlanApprovalTests.Entry($"p{i}", actions[i], held[i] && actions[i] != PlanAction.NoOp ? "Too many." : null, departments[i])).ToList();
}
