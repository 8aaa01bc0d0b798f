using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>The guard's doubts about a source and an account, each from both sides of its border, and what it says of them.</summary>
public class PlanGuardBorderTests
{
    private static readonly GuardLimits Wide = new()
    {
        [GuardKind.Disable] = GuardLimit.None,
        [GuardKind.Rename] = GuardLimit.None,
        MaxSourceShrinkPercent = 100,
    };

    private static ProvisioningRule Rule(GuardLimits? limits = null, SourceRequirements? source = null) =>
        new("rule") { Anchor = "Id", Guard = limits ?? Wide, Source = source ?? new SourceRequirements() };

    private static string Checks(SyncPlan plan) => string.Join(", ", plan.Guard.Select(f => f.Check + (f.HoldsRemovals ? " holds" : string.Empty)));

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "DuplicatesInSource")]
    public void People_named_more_than_once_are_reported_and_hold_nobody_else(int records, string checks)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Staff(1).Missing(1);
        for (var i = 0; i < records; i++)
        {
            scene.InSource("twin");
        }

        var plan = scene.Plan();
        Assert.Equal(checks, Checks(plan));
        Assert.Equal("gone0@example.com", Assert.Single(plan.Changes, c => c.Action == PlanAction.Disable && c.Held is null).UserName);
        Assert.All(plan.Guard, f => Assert.StartsWith("1 person is named more than once", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(GuardCheck.MissingProperty, PlanAction.Disable, null, false, true)]
    [InlineData(GuardCheck.MissingProperty, PlanAction.Update, "the finding", false, true)]
    [InlineData(GuardCheck.MissingProperty, PlanAction.Update, "another finding", false, false)]
    [InlineData(GuardCheck.MissingProperty, PlanAction.Create, null, false, false)]
    [InlineData(GuardCheck.StateOlderThanZoom, PlanAction.Delete, null, false, true)]
    [InlineData(GuardCheck.StateOlderThanZoom, PlanAction.Adopt, null, true, true)]
    [InlineData(GuardCheck.StateOlderThanZoom, PlanAction.Create, null, false, false)]
    [InlineData(GuardCheck.TooManyCreates, PlanAction.Create, null, false, true)]
    [InlineData(GuardCheck.TooManyCreates, PlanAction.Disable, null, false, false)]
    [InlineData(GuardCheck.TooManyDisables, PlanAction.Disable, null, false, true)]
    [InlineData(GuardCheck.TooManyDisables, PlanAction.Delete, null, false, false)]
    [InlineData(GuardCheck.TooManyDeletes, PlanAction.Delete, null, false, true)]
    [InlineData(GuardCheck.TooManyReactivations, PlanAction.Reactivate, null, false, true)]
    [InlineData(GuardCheck.TooManyRenames, PlanAction.Create, null, false, true)]
    [InlineData(GuardCheck.TooManyRenames, PlanAction.Disable, null, false, false)]
    [InlineData(GuardCheck.TooManyUpdates, PlanAction.Create, null, false, false)]
    [InlineData(GuardCheck.EmptySource, PlanAction.Disable, null, false, true)]
    [InlineData(GuardCheck.EmptySource, PlanAction.Adopt, null, true, false)]
    public void A_finding_concerns_what_it_is_about(GuardCheck check, PlanAction action, string? held, bool adopts, bool concerns)
    {
        var change = new PlannedChange(action, "ada@example.com", "reason") { Held = held, Adopts = adopts };
        Assert.Equal(concerns, PlanGuard.Concerns(new GuardFinding(check, HoldsRemovals: true, "the finding"), change));
    }

    [Fact]
    public void Who_is_held_for_one_reason_keeps_it_when_there_is_a_second()
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Reactivate] = new GuardLimit { Max = 1 } }));
        foreach (var name in new[] { "a", "b", "c" })
        {
            var entry = scene.Managed(name, u => u.Active = false);
            (entry.IsRemoved, entry.LeftUnder) = (true, name == "a" ? "disable;of another scope" : null);
            scene.InSource(name, u => u.Active = true);
        }

        Assert.Contains("scope or anchor was changed", scene.Of("a").Held, StringComparison.Ordinal);
        Assert.StartsWith("2 of 3 people would be reactivated", scene.Of("b").Held, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_was_approved_goes_whatever_others_have_done_since()
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Disable] = new GuardLimit { Max = 3, PerDay = 4 }, MaxSourceShrinkPercent = 100 }))
            .Staff(7).Missing(3);
        var plan = scene.Plan();
        var approved = plan with { ApprovedPlan = "0123456789ab", ApprovedPeople = [plan.Pending[0].Key] };
        var again = PlanGuard.CheckAgain(approved, scene.Rule, scene.Ledger, () => PlanGuardTests.History(GuardKind.Disable, 3));
        Assert.Equal(plan.Pending[0].UserName, Assert.Single(again.Pending).UserName);
        Assert.Equal(2, again.Held.Count);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Where_renames_are_held_a_leaver_is_disabled_under_the_old_address(int renames, bool keepsAddress)
    {
        var scene = new Scene(Rule(new GuardLimits
        {
            [GuardKind.Disable] = GuardLimit.None,
            [GuardKind.Rename] = new GuardLimit { Max = 2 },
            MaxSourceShrinkPercent = 100,
        }));
        for (var i = 0; i < renames; i++)
        {
            Renamed(scene, $"p{i}");
        }

        Renamed(scene, "leaver", u => u.Active = false);
        scene.Staff(5, from: 20);
        var leaver = scene.Of("leaver");
        Assert.Equal((PlanAction.Disable, null), (leaver.Action, leaver.Held));
        Assert.Equal(keepsAddress, AddressOrder.NewAddress(leaver) is null);
        Assert.Equal(
            keepsAddress ? ["The address stays as it is: too many others would be renamed."] : [],
            leaver.Remarks);
        Assert.Equal(keepsAddress ? renames : 0, scene.Plan().Held.Count);
    }

    [Theory]
    [InlineData(GuardKind.Disable, 1)]
    [InlineData(GuardKind.Create, 1)]
    public void Where_other_things_are_held_a_leaver_gets_the_new_address(GuardKind kind, int joiners)
    {
        var scene = new Scene(Rule(new GuardLimits { [kind] = new GuardLimit { Max = 0 }, MaxSourceShrinkPercent = 100 })).Staff(5);
        Renamed(scene, "leaver", u => u.Active = false);
        for (var i = 0; i < joiners; i++)
        {
            scene.InSource($"joiner{i}");
        }

        Assert.NotNull(AddressOrder.NewAddress(scene.Of("leaver")));
        Assert.Equal(kind == GuardKind.Disable, scene.Of("leaver").Held is not null);
    }

    // Anchors that are all of somebody else: p0's is p1's under p0's address, and so on.
    [Theory]
    [InlineData(2, 2, true, false)]
    [InlineData(2, 3, true, true)]
    [InlineData(2, 3, false, false)]
    public void Where_so_many_cannot_be_told_nobody_is_created_or_renamed(int allowed, int unclear, bool manages, bool holds)
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Rename] = new GuardLimit { Max = allowed }, MaxSourceShrinkPercent = 100 }));
        scene.Ledger.AnchorProperty = "Id";
        for (var i = 0; i < unclear; i++)
        {
            if (manages)
            {
                scene.Managed($"p{i}").Anchor = $"a{i}";
                scene.InSource($"p{i}");
                scene.Anchor($"z{i}");
            }
            else
            {
                scene.InSource($"p{i}");
                scene.InSource($"p{i}");
            }
        }

        scene.InSource("joiner");
        scene.Anchor("joiner");
        var plan = scene.Plan();
        var joiner = plan.Changes.Single(c => c.UserName == "joiner@example.com");
        Assert.Equal(holds, joiner.Held is not null);
        Assert.Equal(holds, plan.Guard.Any(f => f is { Check: GuardCheck.TooManyRenames, HoldsRemovals: true }));
        if (holds)
        {
            Assert.StartsWith("Of 3 people the source does not say clearly who they are", joiner.Held, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(1, 2, true)]
    public void People_in_dispute_and_people_under_new_anchors_count_together(int disputed, int relinked, bool holds)
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Rename] = new GuardLimit { Max = 2 }, MaxSourceShrinkPercent = 100 }));
        scene.Ledger.AnchorProperty = "Id";
        for (var i = 0; i < disputed; i++)
        {
            scene.InSource($"twin{i}");
            scene.InSource($"twin{i}");
        }

        for (var i = 0; i < relinked; i++)
        {
            scene.Managed($"p{i}").Anchor = $"a{i}";
            scene.InSource($"p{i}");
            scene.Anchor($"z{i}");
        }

        Assert.DoesNotContain(scene.Plan().Guard, f => f.Check == GuardCheck.TooManyRenames);
        scene.InSource("joiner");
        scene.Anchor("joiner");
        Assert.Equal(holds, scene.Of("joiner").Held is not null);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "ShrunkenSource holds")]
    public void A_source_that_shrank_matters_when_somebody_would_be_removed(int missing, string checks)
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Disable] = GuardLimit.None, MaxSourceShrinkPercent = 20 })).Staff(3).Missing(missing);
        scene.Ledger.LastSourceCount = 10;
        Assert.Equal(checks, Checks(scene.Plan()));
    }

    [Theory]
    [InlineData(0, "EmptySource")]
    [InlineData(1, "EmptySource holds")]
    public void An_empty_source_is_said_to_be_empty_and_nothing_else(int missing, string checks)
    {
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Disable] = GuardLimit.None, MaxSourceShrinkPercent = 20 })).Missing(missing);
        scene.Ledger.LastSourceCount = 10;
        Assert.Equal(checks, Checks(scene.Plan()));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void A_source_may_be_of_the_next_hour_and_no_later(int minutes, bool holds)
    {
        var scene = new Scene(Rule(source: new SourceRequirements { MaximumAgeHours = 24 })).Staff(1).Missing(1);
        scene.Look = s => s with { WrittenAt = Scene.Now.AddMinutes(minutes) };
        var plan = scene.Plan();
        Assert.Equal(holds ? "SourceTooOld holds" : string.Empty, Checks(plan));
        Assert.Equal(holds ? 1 : 0, plan.Held.Count);
        Assert.All(plan.Guard, f => Assert.Contains("2026-06-15 13:01:00Z, which is yet to come", f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_age_is_told_in_whole_hours()
    {
        var scene = new Scene(Rule(source: new SourceRequirements { MaximumAgeHours = 24 })).Staff(1).Missing(1);
        scene.Look = s => s with { WrittenAt = Scene.Now.AddHours(-26.9) };
        Assert.Contains(" 26 hours ago, and may be 24 hours old", Assert.Single(scene.Plan().Guard).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "(a, b, c)")]
    [InlineData(4, "(a, b, c, …)")]
    public void Of_records_that_may_be_anybody_the_first_three_are_named(int records, string names)
    {
        var scene = new Scene(Rule()).Staff(1).Missing(1);
        foreach (var label in new[] { "d", "c", "b", "a" }.Skip(4 - records))
        {
            scene.Unusable(label);
        }

        var finding = Assert.Single(scene.Plan().Guard);
        Assert.Equal(GuardCheck.UnreadableSource, finding.Check);
        Assert.Contains(names, finding.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{records} records", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "OtherRuleUnreadable holds")]
    public void Another_rule_nobody_can_read_matters_when_somebody_would_be_removed(int missing, string checks)
    {
        var scene = new Scene(Rule()).Staff(1).Missing(missing);
        scene.Others = new OtherRules(new Dictionary<string, OtherClaim>(), ["'sales' (its ledger is damaged)", "'legal' (locked)"]);
        var plan = scene.Plan();
        Assert.Equal(checks, Checks(plan));
        Assert.Equal(missing, plan.Held.Count);
        Assert.All(plan.Guard, f => Assert.Contains("'sales' (its ledger is damaged); 'legal' (locked)", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(GuardKind.LicenseLoss, 1, "1 of 3 people would lose a licence; the rule allows 0 in one run (0).")]
    [InlineData(GuardKind.LicenseLoss, 2, "2 of 3 people would lose their licence; the rule allows 0 in one run (0).")]
    [InlineData(GuardKind.Clear, 2, "2 of 3 people would lose a value; the rule allows 0 in one run (0).")]
    [InlineData(GuardKind.Create, 2, "2 of 5 people would be created; the rule allows 0 in one run (0).")]
    [InlineData(GuardKind.Update, 1, "1 of 3 people would be changed; the rule allows 0 in one run (0).")]
    [InlineData(GuardKind.Disable, 1, "1 of 3 people would be disabled; the rule allows 0 in one run (0).")]
    public void What_is_too_much_is_said_with_its_numbers(GuardKind kind, int number, string message)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = new GuardLimits { [kind] = new GuardLimit { Max = 0 }, MaxSourceShrinkPercent = 100 } });
        for (var i = 0; i < 3; i++)
        {
            var changes = i < number;
            scene.Staff(
                1,
                u => (u.UserType, u.Department) = ("Licensed", "Sales"),
                u =>
                {
                    u.UserType = kind == GuardKind.LicenseLoss && changes ? "Basic" : "Licensed";
                    u.Department = !changes ? "Sales" : kind == GuardKind.Clear ? string.Empty : kind == GuardKind.Update ? "Legal" : "Sales";
                    u.Active = kind != GuardKind.Disable || !changes;
                },
                i);
            if (kind == GuardKind.Create && changes)
            {
                scene.InSource($"joiner{i}");
            }
        }

        Assert.Equal(message, Assert.Single(scene.Plan().Guard).Message);
    }

    [Theory]
    [InlineData(5, null, null, null, "10 of 20")]
    [InlineData(5, null, 7, null, "7 of 20")]
    [InlineData(null, 25.0, null, null, "10 of 20")]
    [InlineData(null, 25.0, null, 30.0, "6 of 20")]
    public void What_is_too_much_for_a_day_is_said_with_where_the_number_comes_from(
        int? max, double? percent, int? perDay, double? perDayPercent, string allows)
    {
        var limit = new GuardLimit { Max = max, MaxPercent = percent, PerDay = perDay, PerDayPercent = perDayPercent };
        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Update] = limit })).Staff(19);
        scene.Staff(1, u => u.Department = "Sales", u => u.Department = "Legal", 19);
        scene.Recent = PlanGuardTests.History(GuardKind.Update, 20);
        var origin = max is not null ? $"({perDay ?? 2 * max})" : $"({perDayPercent ?? 2 * percent} %)";
        Assert.Equal(
            $"1 person would be changed, and 20 did in the 24 hours before; the rule allows {allows} in any 24 hours {origin}.",
            Assert.Single(scene.Plan().Guard).Message);
    }

    [Fact]
    public void The_day_before_is_read_once_and_only_when_a_limit_asks_for_it()
    {
        var reads = 0;
        RecentChanges Read()
        {
            reads++;
            return RecentChanges.None;
        }

        var scene = new Scene(Rule(new GuardLimits { [GuardKind.Disable] = new GuardLimit { Max = 5 }, [GuardKind.Create] = new GuardLimit { Max = 5 } }));
        scene.Staff(4).Missing(1).InSource("joiner");
        var plan = scene.Plan();
        PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, Read);
        Assert.Equal(1, reads);
        PlanGuard.CheckAgain(plan, Rule(), scene.Ledger, Read);
        Assert.Equal(1, reads);
    }

    [Fact]
    public void Whoever_left_in_the_day_may_come_back_and_counts_once()
    {
        // Ten of the ledger, of whom none is managed by now: 20 % of ten in a day are two, and of eighteen they would be four.
        var limit = new GuardLimit { MaxPercent = 50, PerDayPercent = 20 };
        var scene = new Scene(new ProvisioningRule("rule") { Guard = new GuardLimits { [GuardKind.Reactivate] = limit, MaxSourceShrinkPercent = 100 } });
        foreach (var i in Enumerable.Range(0, 10))
        {
            scene.Managed($"p{i}", u => u.Active = false).IsRemoved = true;
        }

        foreach (var i in Enumerable.Range(0, 3))
        {
            scene.InSource($"p{i}", u => u.Active = true);
        }

        scene.Recent = PlanGuardTests.History(GuardKind.Disable, 8, isRemoval: true);
        Assert.Equal(3, scene.Plan().Held.Count);
    }

    private static void Renamed(Scene scene, string name, Action<ScimUser>? wish = null)
    {
        scene.Managed(name).Anchor = name;
        scene.InSource($"new-{name}", wish);
        scene.Anchor(name);
    }
}
