using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>The stages of somebody who leaves, each at its border.</summary>
public class LeaverPlannerTests
{
    private static readonly GuardLimits Wide = new()
    {
        MaxDisable = 1000,
        MaxDisablePercent = 100,
        MaxDelete = 1000,
        MaxDeletePercent = 100,
        MaxSourceShrinkPercent = 100,
    };

    private static ProvisioningRule Rule(LeaverSettings leavers, RemoveAction action = RemoveAction.Disable, bool mayDisable = true) =>
        new("rule") { Leavers = leavers, RemoveAction = action, Guard = Wide, AllowDisable = mayDisable };

    /// <summary>Somebody missing, who was missed so often before and since then.</summary>
    private static Scene Missing(
        ProvisioningRule rule,
        int runs = 0,
        double days = 0,
        bool active = true,
        bool removed = false,
        double removedDays = 0,
        string? leftUnder = "same")
    {
        var scene = new Scene(rule).Staff(3);
        var entry = scene.Managed("gone", u =>
        {
            u.Active = active;
            u.Manager = "p0@example.com";
        });
        entry.MissingRuns = runs;
        entry.MissingSince = runs > 0 ? Scene.Now.AddDays(-days) : null;
        entry.IsRemoved = removed;
        entry.RemovedAt = removed ? Scene.Now.AddDays(-removedDays) : null;
        entry.LeftUnder = !removed ? null : leftUnder == "same" ? LeaverPolicy.Of(rule).ToString() : leftUnder;
        return scene;
    }

    [Theory]
    [InlineData(null, 0, PlanAction.Disable)]
    [InlineData(1, 0, PlanAction.Disable)]
    [InlineData(2, 0, PlanAction.NoOp)]
    [InlineData(2, 1, PlanAction.Disable)]
    [InlineData(3, 1, PlanAction.NoOp)]
    [InlineData(3, 2, PlanAction.Disable)]
    public void Somebody_is_disabled_by_the_run_that_completes_the_number(int? needed, int before, PlanAction action)
    {
        var change = Missing(Rule(new LeaverSettings { MissingRuns = needed }), before).Of("gone");
        Assert.Equal((action, true), (change.Action, change.Leaves));
        Assert.Equal(action == PlanAction.NoOp, change.Next is not null);
    }

    [Theory]
    [InlineData(6.9, PlanAction.NoOp)]
    [InlineData(7, PlanAction.Disable)]
    public void Days_are_waited_for_as_well(double missingFor, PlanAction action) =>
        Assert.Equal(action, Missing(Rule(new LeaverSettings { MissingRuns = 2, MissingDays = 7 }), 5, missingFor).Of("gone").Action);

    [Fact]
    public void The_first_day_of_seven_is_the_day_of_the_first_run()
    {
        var change = Missing(Rule(new LeaverSettings { MissingDays = 7 })).Of("gone");
        Assert.Equal(PlanAction.NoOp, change.Action);
        Assert.Equal("disabled by the first run after 2026-06-22 that misses the user", change.Next);
    }

    [Fact]
    public void What_comes_next_is_said_with_where_somebody_stands()
    {
        var change = Missing(Rule(new LeaverSettings { MissingRuns = 3 }), 1, 1).Of("gone");
        Assert.Equal("no longer in the source since 2026-06-14", change.Reason);
        Assert.Equal("missed in 2 of 3 runs, and disabled by the next run that misses the user", change.Next);
    }

    [Theory]
    // Without a word of the rule one run disables and the next deletes.
    [InlineData(null, 0, true, PlanAction.Disable)]
    [InlineData(null, 1, false, PlanAction.Delete)]
    // The rule says one run itself.
    [InlineData(1, 0, true, PlanAction.Delete)]
    [InlineData(2, 0, true, PlanAction.NoOp)]
    [InlineData(2, 1, true, PlanAction.Disable)]
    [InlineData(2, 2, false, PlanAction.Delete)]
    public void Nobody_is_deleted_on_one_missing_run_unless_the_rule_says_so(int? needed, int before, bool active, PlanAction action) =>
        Assert.Equal(action, Missing(Rule(
            new LeaverSettings { MissingRuns = needed },
            RemoveAction.Delete), before, 1, active, removed: !active, removedDays: 0.1).Of("gone").Action);

    [Fact]
    public void Somebody_others_had_deactivated_is_not_deleted_on_one_missing_run_either()
    {
        var rule = Rule(new LeaverSettings(), RemoveAction.Delete);
        var first = Missing(rule, 0, active: false).Of("gone");
        Assert.Equal((PlanAction.NoOp, "deleted by the next run that misses the user"), (first.Action, first.Next));
        Assert.Equal(PlanAction.Delete, Missing(rule, 1, active: false).Of("gone").Action);
    }

    [Fact]
    public void A_rule_that_may_not_deactivate_deletes_by_the_second_run()
    {
        var rule = Rule(new LeaverSettings(), RemoveAction.Delete, mayDisable: false);
        Assert.Equal(PlanAction.NoOp, Missing(rule).Of("gone").Action);
        Assert.Equal(PlanAction.Delete, Missing(rule, 1).Of("gone").Action);
    }

    [Theory]
    [InlineData(29.9, PlanAction.NoOp)]
    [InlineData(30, PlanAction.Delete)]
    public void Somebody_disabled_is_deleted_after_so_many_days(double disabledFor, PlanAction action)
    {
        var change = Missing(Rule(new LeaverSettings { DeleteAfterDays = 30 }), 5, 40, active: false, removed: true, removedDays: disabledFor).Of("gone");
        Assert.Equal(action, change.Action);
        Assert.Null(change.Held);
        Assert.Contains("disabled on", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_nobody_disabled_is_in_the_plan_any_more() =>
        Assert.DoesNotContain(Missing(Rule(new LeaverSettings()), active: false, removed: true).Plan().Changes, c => c.UserName == "gone@example.com");

    [Theory]
    [InlineData("delete;whoever", false)]
    [InlineData("disable;whoever", true)]
    [InlineData("deleteLater;whoever", true)]
    [InlineData(null, true)]
    public void Whoever_left_when_the_rule_did_not_delete_stays_until_approved(string? leftUnder, bool isHeld)
    {
        var change = Missing(Rule(
            new LeaverSettings(),
            RemoveAction.Delete), 3, 3, active: false, removed: true, removedDays: 3, leftUnder: leftUnder).Of("gone");
        Assert.Equal(PlanAction.Delete, change.Action);
        Assert.Equal(isHeld, change.Held is not null);
    }

    [Theory]
    [InlineData("same", false)]
    [InlineData("disable;of another scope", true)]
    [InlineData(null, false)]
    public void Whoever_left_another_scope_comes_back_when_approved(string? leftUnder, bool isHeld)
    {
        var scene = Missing(Rule(new LeaverSettings()), active: false, removed: true, leftUnder: leftUnder);
        scene.InSource("gone");
        var change = scene.Of("gone");
        Assert.Equal(PlanAction.Reactivate, change.Action);
        Assert.Equal(isHeld, change.Held is not null);
    }

    [Theory]
    [InlineData("p1@example.com", "p1@example.com")]
    [InlineData("manager", "p0@example.com")]
    public void The_data_goes_to_whom_the_rule_says_with_the_deletion(string to, string heir)
    {
        var scene = Missing(Rule(new LeaverSettings { MissingRuns = 1, TransferTo = to }, RemoveAction.Delete));
        var change = scene.Of("gone");
        Assert.Equal((PlanAction.Delete, "transferee", heir), (change.Action, Assert.Single(change.Changes).Name, change.Changes[0].NewValue));
        Assert.Empty(Missing(Rule(new LeaverSettings { TransferTo = to }, RemoveAction.Delete)).Of("gone").Changes);
    }

    [Theory]
    [InlineData("nobody@example.com", "no active user")]
    [InlineData("gone@example.com", "their own")]
    public void Where_nobody_can_get_the_data_nobody_is_deleted(string to, string words)
    {
        var change = Missing(Rule(new LeaverSettings { MissingRuns = 1, TransferTo = to }, RemoveAction.Delete)).Of("gone");
        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains(words, change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_who_is_deactivated_gets_the_data()
    {
        var scene = Missing(Rule(new LeaverSettings { MissingRuns = 1, TransferTo = "left@example.com" }, RemoveAction.Delete));
        scene.Managed("left", u => u.Active = false).IsRemoved = true;
        Assert.Equal(PlanAction.Blocked, scene.Of("gone").Action);
        Assert.Contains("'left@example.com' is no active user", scene.Of("gone").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "deleted")]
    [InlineData(2, "disabled")]
    public void Nobody_who_goes_by_the_same_run_gets_the_data(int runs, string what)
    {
        var rule = Rule(new LeaverSettings { MissingRuns = runs, TransferTo = LeaverSettings.Manager }, RemoveAction.Delete);
        var scene = Missing(rule);
        var boss = scene.Managed("boss", u => u.Manager = "p0@example.com");
        boss.MissingRuns = runs - 1;
        var report = scene.Managed("report", u =>
        {
            u.Manager = "boss@example.com";
            u.Active = runs == 1;
        });
        report.MissingRuns = runs > 1 ? runs : 0;
        (report.IsRemoved, report.RemovedAt, report.LeftUnder) = (runs > 1, Scene.Now.AddDays(-9), LeaverPolicy.Of(rule).ToString());
        var change = scene.Of("report");
        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Empty(change.Changes);
        Assert.Contains($"'boss@example.com' is to be {what} by this run too", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_missed_is_counted_as_long_as_it_matters()
    {
        Assert.Empty(Missing(Rule(new LeaverSettings())).Plan().Missed);
        Assert.Equal(["id-gone"], Missing(Rule(new LeaverSettings { MissingRuns = 2 })).Plan().Missed);
        Assert.Equal(["id-gone"], Missing(Rule(new LeaverSettings { MissingRuns = 2 }), 2).Plan().Missed);
        Assert.Empty(Missing(Rule(new LeaverSettings { MissingRuns = 2 }), 3).Plan().Missed);
        Assert.Equal(["id-gone"], Missing(Rule(new LeaverSettings(), RemoveAction.Delete)).Plan().Missed);
    }

    [Fact]
    public void Whoever_is_back_is_said_to_be()
    {
        var scene = Missing(Rule(new LeaverSettings { MissingRuns = 2 }), 1, 1);
        scene.InSource("gone");
        var plan = scene.Plan();
        Assert.Equal(["id-gone"], plan.Present);
        Assert.Empty(plan.Missed);
        Assert.Equal(PlanAction.NoOp, plan.Changes.Single(c => c.UserName == "gone@example.com").Action);
    }

    [Fact]
    public void Who_is_not_active_in_the_source_is_disabled_at_once()
    {
        var scene = Missing(Rule(new LeaverSettings { MissingRuns = 5, MissingDays = 30 }));
        scene.InSource("gone", u => u.Active = false);
        Assert.Equal(PlanAction.Disable, scene.Of("gone").Action);
    }

    [Fact]
    public void Who_is_protected_or_an_exception_is_left_alone()
    {
        var rule = new ProvisioningRule("rule") { Guard = Wide, Exceptions = [new ExceptedUser("gone@*", "on parental leave", null)] };
        var change = Missing(rule).Of("gone");
        Assert.Equal((PlanAction.Protected, "left alone on purpose: on parental leave", true), (change.Action, change.Exception, change.Leaves));
    }

    [Theory]
    [InlineData("2026-06-15", true)]
    [InlineData("2026-06-14", false)]
    public void An_exception_holds_to_the_end_of_its_last_day(string until, bool holds)
    {
        var day = DateTime.ParseExact(until, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var change = Missing(new ProvisioningRule("rule") { Guard = Wide, Exceptions = [new ExceptedUser("id-gone", "x", day)] }).Of("gone");
        Assert.Equal(holds ? PlanAction.Protected : PlanAction.Disable, change.Action);
        Assert.Equal(holds, change.Exception is not null);
    }

    [Fact]
    public void An_exception_with_nothing_to_do_has_nothing_to_say()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide, Exceptions = [new ExceptedUser("*", "x", null)] }).Staff(2);
        Assert.All(scene.Plan().Changes, c => Assert.Equal((PlanAction.NoOp, null), (c.Action, c.Exception)));
    }

    [Fact]
    public void A_rule_that_is_removed_takes_everybody_along_at_once()
    {
        var scene = Missing(Rule(new LeaverSettings { MissingRuns = 5, TransferTo = null }, RemoveAction.Delete));
        scene.RemovesRule = true;
        Assert.Equal(PlanAction.Delete, scene.Of("gone").Action);
    }
}
