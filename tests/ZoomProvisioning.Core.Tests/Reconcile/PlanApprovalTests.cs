using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>An approval lets go what was looked at, and nobody else.</summary>
public class PlanApprovalTests
{
    private static readonly GuardFinding TooMany = new(GuardCheck.TooManyDisables, HoldsRemovals: true, "Too many.");

    internal static PlannedChange Entry(string name, PlanAction action = PlanAction.Disable, string? held = "Too many.", string? department = null) =>
        new(action, $"{name}@example.com", "because")
        {
            Held = held,
            Current = new ScimUser(new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com" }.Attributes, UserDetail.Read),
            Changes = department is null ? [] : [new AttributeChange(ZoomAttributes.Department, "Sales", department, oldIsKnown: true)],
        };

    internal static SyncPlan Plan(IEnumerable<PlannedChange> changes, params GuardFinding[] findings) =>
        new SyncPlan(changes.ToList()) { Guard = findings.Length == 0 ? [TooMany] : findings, CreatedAt = Scene.Now }.Identified();

    private static IEnumerable<string> Released(SyncPlan plan) => plan.ApprovedPeople;

    [Fact]
    public void Exactly_what_was_held_goes_and_the_finding_only_reports()
    {
        var shown = Plan([Entry("a"), Entry("b"), Entry("c", PlanAction.Update, held: null)]);
        var approved = PlanApproval.Apply(shown, HeldPlan.Of(shown));
        Assert.Empty(approved.Held);
        Assert.Equal(["id-a", "id-b"], Released(approved));
        Assert.Equal(shown.Id, approved.ApprovedPlan);
        Assert.Equal($"Too many. Approved by -Approve {shown.ShortId} (2 people).", Assert.Single(approved.Guard).Message);
        Assert.False(approved.NeedsApproval);
    }

    [Fact]
    public void Whoever_was_not_in_the_list_stays_and_is_named()
    {
        var shown = Plan([Entry("a"), Entry("b")]);
        var approved = PlanApproval.Apply(Plan([Entry("a"), Entry("other")]), HeldPlan.Of(shown));
        Assert.Equal("other@example.com", Assert.Single(approved.Held).UserName);
        Assert.True(Assert.Single(approved.Guard, f => f.Check == GuardCheck.TooManyDisables).HoldsRemovals);
        Assert.Contains("other@example.com", Assert.Single(approved.Guard, f => f.Check == GuardCheck.ApprovalIncomplete).Message, StringComparison.Ordinal);
        Assert.True(approved.NeedsApproval);
    }

    [Fact]
    public void Others_only_is_no_approval_at_all()
    {
        var shown = Plan([Entry("a"), Entry("b")]);
        var now = Plan([Entry("c"), Entry("d")]);
        Assert.Same(now, PlanApproval.Apply(now, HeldPlan.Of(shown)));
    }

    [Theory]
    [InlineData(PlanAction.Delete, null)]
    [InlineData(PlanAction.Disable, "Legal")]
    public void Somebody_who_is_planned_otherwise_needs_another_look(PlanAction action, string? department)
    {
        var shown = Plan([Entry("a"), Entry("b")]);
        var approved = PlanApproval.Apply(Plan([Entry("a"), Entry("b", action, department: department)]), HeldPlan.Of(shown));
        Assert.Equal(["id-a"], Released(approved));
    }

    [Fact]
    public void The_words_of_a_reason_and_its_numbers_may_change()
    {
        var shown = Plan([Entry("a"), Entry("b")]);
        var now = Plan([new PlannedChange(PlanAction.Disable, "a@example.com", "no longer in the source since yesterday")
        {
            Held = "3 too many",
            Current = Entry("a").Current,
        }], TooMany with { Message = "3 too many" });
        Assert.Equal(["id-a"], Released(PlanApproval.Apply(now, HeldPlan.Of(shown))));
    }

    [Fact]
    public void A_reason_that_was_not_told_then_is_not_approved()
    {
        var shown = Plan([Entry("a")]);
        var cut = new GuardFinding(GuardCheck.SourceUnfinished, HoldsRemovals: true, "Cut.");
        var now = Plan([Entry("a", held: "Cut.")], cut, TooMany);
        Assert.Empty(Released(PlanApproval.Apply(now, HeldPlan.Of(shown))));
        Assert.Equal(["id-a"], Released(PlanApproval.Apply(now, HeldPlan.Of(now))));
    }

    [Fact]
    public void An_empty_source_is_never_approved_but_what_else_is_held_is()
    {
        var empty = new GuardFinding(GuardCheck.EmptySource, HoldsRemovals: true, "Empty.");
        var shown = Plan([Entry("a", held: "Empty."), Entry("b", PlanAction.Relink, held: "Another anchor.")], empty);
        Assert.Equal(["id-b"], Released(PlanApproval.Apply(shown, HeldPlan.Of(shown))));
    }

    [Fact]
    public void Whoever_is_held_without_the_guard_is_covered_too()
    {
        var shown = Plan(
            [Entry("a", PlanAction.Reactivate, held: "deactivated by hand")],
            new GuardFinding(GuardCheck.DuplicatesInSource, HoldsRemovals: false, "Two."));
        Assert.Equal(["id-a"], Released(PlanApproval.Apply(shown, HeldPlan.Of(shown))));
    }

    [Fact]
    public void A_finding_that_holds_nobody_now_is_settled_by_an_approval_of_it()
    {
        var missing = new GuardFinding(GuardCheck.MissingProperty, HoldsRemovals: true, "No record has the property.");
        var shown = Plan([Entry("a", PlanAction.NoOp, held: null)], missing);
        var approved = PlanApproval.Apply(shown, HeldPlan.Of(shown));
        Assert.False(approved.NeedsApproval);
        Assert.False(Assert.Single(approved.Guard).DoubtsSource);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("0")]
    [InlineData("100000")]
    public void A_number_is_told_what_to_give_instead(string number) => Assert.Contains("by its id", Approvals.MistakeIn(number), StringComparison.Ordinal);

    [Theory]
    [InlineData("3f0c91d2ab45", true)]
    [InlineData("123456789012", true)]
    [InlineData(" 3F0C91D2AB45 ", true)]
    [InlineData("3f0c91d2ab4", false)]
    [InlineData("3f0c91d2ab4g", false)]
    [InlineData("", false)]
    public void An_id_has_twelve_digits_or_more(string id, bool isOne) => Assert.Equal(isOne, Approvals.MistakeIn(id) is null);

    [Theory]
    [InlineData(1, "1 more stays held, not what was looked at: ", "o0@example.com.")]
    [InlineData(2, "2 more stay held, not what was looked at: ", "o0@example.com, o1@example.com.")]
    [InlineData(5, "5 more stay held, not what was looked at: ", "o0@example.com, o1@example.com, o2@example.com, o3@example.com, o4@example.com.")]
    [InlineData(6, "6 more stay held, not what was looked at: ", "o0@example.com, o1@example.com, o2@example.com, o3@example.com, o4@example.com, ….")]
    public void Of_those_who_stay_held_the_first_five_are_named(int others, string number, string names)
    {
        var shown = Plan([Entry("a")]);
        var approved = PlanApproval.Apply(Plan([Entry("a"), .. Enumerable.Range(0, others).Select(i => Entry($"o{i}"))]), HeldPlan.Of(shown));
        var finding = Assert.Single(approved.Guard, f => f.Check == GuardCheck.ApprovalIncomplete);
        Assert.False(finding.HoldsRemovals);
        Assert.StartsWith($"The approval of the plan {shown.ShortId} lets 1 go. {number}", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith($": {names}", finding.Message, StringComparison.Ordinal);
    }
}
