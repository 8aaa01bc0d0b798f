using System;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A plan applies once, in time, and each entry only while the ledger says of the person what it said then.</summary>
public class PlanValidityTests
{
    private static readonly DateTimeOffset Made = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Ledger _ledger = new("account", "rule");

    private static PlannedChange Entry(PlanAction action = PlanAction.Update, string? id = "1", string? anchor = null, bool adopts = false) =>
        new(action, "ada@example.com", "because")
        {
            Current = id is null ? null : new ScimUser(new ScimUser { Id = id, UserName = "ada@example.com" }.Attributes, UserDetail.Read),
            Anchor = anchor,
            Adopts = adopts,
        };

    private static SyncPlan Plan(params PlannedChange[] changes) => new SyncPlan(changes) { Rule = "rule", CreatedAt = Made }.Identified();

    private LedgerEntry Knows(string id = "1", string? anchor = null, bool isRemoved = false)
    {
        var entry = new LedgerEntry(id, "ada@example.com", LedgerOrigin.Created, default) { Anchor = anchor, IsRemoved = isRemoved };
        _ledger.Put(entry);
        return entry;
    }

    private string? Why(PlannedChange entry) => Assert.Single(PlanValidity.Confirm(PlanValidity.Remember(Plan(entry), _ledger), _ledger).Changes).Stale;

    private string? WhyAfter(PlannedChange entry, Action meanwhile)
    {
        var plan = PlanValidity.Remember(Plan(entry), _ledger);
        meanwhile();
        return Assert.Single(PlanValidity.Confirm(plan, _ledger).Changes).Stale;
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(24.001, true)]
    [InlineData(-1, false)]
    public void A_plan_is_good_for_so_long(double hours, bool isRefused)
    {
        void Require() => PlanValidity.Require(Plan(), _ledger, TimeSpan.FromHours(24), Made.AddHours(hours));
        if (isRefused)
        {
            var error = Assert.Throws<ScimStateException>(Require);
            Assert.Equal("Zoom.Plan.TooOld", error.ErrorId);
            Assert.Contains("the last 24 hours only", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(" Nothing was sent.", error.Message, StringComparison.Ordinal);
            Assert.Equal("InvalidOperation", error.Category);
            Assert.NotEmpty(error.RecommendedAction);
        }
        else
        {
            Require();
        }
    }

    [Fact]
    public void A_plan_applies_once_and_that_is_said_first()
    {
        var plan = Plan(Entry());
        _ledger.AppliedPlans[plan.Id] = Made.AddHours(1);
        var error = Assert.Throws<ScimStateException>(() => PlanValidity.Require(plan, _ledger, TimeSpan.FromHours(24), Made.AddDays(9)));
        Assert.Equal("Zoom.Plan.AppliedBefore", error.ErrorId);
        PlanValidity.Require(Plan(Entry(id: "2")), _ledger, TimeSpan.FromHours(24), Made);
    }

    [Theory]
    [InlineData(PlanAction.Update, true)]
    [InlineData(PlanAction.Relink, true)]
    [InlineData(PlanAction.NoOp, false)]
    [InlineData(PlanAction.Blocked, false)]
    [InlineData(PlanAction.Protected, false)]
    public void What_the_ledger_says_is_remembered_of_whom_something_is_done_about(PlanAction action, bool isRemembered)
    {
        Knows(anchor: "a1");
        var entry = Assert.Single(PlanValidity.Remember(Plan(Entry(action)), _ledger).Changes);
        Assert.Equal(isRemembered ? "managed ada@example.com (a1)" : null, entry.LedgerState);
    }

    [Fact]
    public void Of_a_stranger_there_is_nothing_to_remember()
    {
        Assert.Null(Assert.Single(PlanValidity.Remember(Plan(Entry()), _ledger).Changes).LedgerState);
        Assert.Null(Assert.Single(PlanValidity.Remember(Plan(Entry(PlanAction.Create, id: null)), _ledger).Changes).LedgerState);
    }

    [Fact]
    public void An_entry_stays_good_while_the_ledger_says_the_same()
    {
        Knows();
        Assert.Null(Why(Entry()));
        Assert.Null(Why(Entry(PlanAction.Create, id: null, anchor: "a2")));
    }

    [Fact]
    public void What_the_ledger_says_otherwise_makes_an_entry_stale()
    {
        var entry = Knows();
        Assert.Equal(
            "changed since the plan was made: the ledger said 'managed ada@example.com' and says 'removed ada@example.com'",
            WhyAfter(Entry(), () => entry.IsRemoved = true));
        Assert.Equal(
            "changed since the plan was made: the ledger said 'removed ada@example.com' and says 'removed ada@example.com (a1)'",
            WhyAfter(Entry(), () => entry.Anchor = "a1"));
        Assert.Equal("changed since the plan was made: the rule does not know the person any more", WhyAfter(Entry(), () => _ledger.Drop("1")));
    }

    [Theory]
    [InlineData("a1", false, true)]
    [InlineData("A1", false, false)]
    [InlineData("a1", true, false)]
    [InlineData(null, false, false)]
    public void Whoever_came_under_the_rule_meanwhile_is_not_created_again(string? anchor, bool isRemoved, bool isStale)
    {
        Knows("other", anchor, isRemoved);
        Assert.Equal(
            isStale ? "changed since the plan was made: the person is under the rule by now" : null,
            Why(Entry(PlanAction.Create, id: null, anchor: "a1")));
        Assert.Null(Why(Entry(PlanAction.Update, id: "2", anchor: "a1")));
    }

    [Fact]
    public void Nor_taken_over_again()
    {
        var plan = Plan(Entry(PlanAction.Adopt, adopts: true));
        Assert.Null(Assert.Single(PlanValidity.Confirm(plan, _ledger).Changes).Stale);
        Knows();
        Assert.Equal("changed since the plan was made: the person is under the rule by now", Assert.Single(PlanValidity.Confirm(plan, _ledger).Changes).Stale);
    }

    [Theory]
    [InlineData(-1, false, false)]
    [InlineData(0, false, false)]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    public void After_a_later_run_only_what_it_left_undone_is_done(int hours, bool wasLeft, bool isStale)
    {
        Knows();
        _ledger.LastStartedAt = Made.AddHours(hours);
        if (wasLeft)
        {
            _ledger.Undone.Add(new UndoneChange(UndoneChange.KeyOf("1", null, "ada@example.com"), PlanAction.Update, ChangeOutcome.Failed, null, null));
        }

        Assert.Equal(isStale, Why(Entry())?.Contains("the run of 2026-06-01 13:00:00Z has seen the person") == true);
        Assert.Equal(hours > 0, Why(Entry(PlanAction.Disable)) is not null);
    }

    [Fact]
    public void What_is_not_acted_upon_never_gets_stale()
    {
        Knows();
        _ledger.LastStartedAt = Made.AddHours(1);
        Assert.Null(Why(Entry(PlanAction.NoOp)));
        Assert.Null(Why(Entry(PlanAction.Blocked)));
    }
}
