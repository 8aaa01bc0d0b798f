using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What the guard holds back, each decision at its border.</summary>
public class PlanGuardTests
{
    private static readonly ProvisioningRule Loose = Limited(GuardKind.Disable, new GuardLimit { Max = 1000, MaxPercent = 100 });

    private static ProvisioningRule Limited(GuardKind kind, GuardLimit limit) =>
        new("rule") { Guard = new GuardLimits { [kind] = limit, MaxSourceShrinkPercent = 100 } };

    private static (int Held, int Pending) Counts(SyncPlan plan) => (plan.Held.Count, plan.Pending.Count);

    /// <summary>Ten people of whom so many are to be changed in the way that counts as a kind.</summary>
    private static Scene TenWith(GuardKind kind, int changed, GuardLimit limit)
    {
        var scene = new Scene(Limited(kind, limit));
        for (var i = 0; i < 10; i++)
        {
            var changes = i < changed;
            switch (kind)
            {
                case GuardKind.Disable:
                    scene.Staff(1, u => u.Active = true, u => u.Active = !changes, i);
                    break;
                case GuardKind.LicenseLoss:
                    scene.Staff(1, u => u.UserType = "Licensed", u => u.UserType = changes ? "Basic" : "Licensed", i);
                    break;
                case GuardKind.Clear:
                    scene.Staff(1, u => u.Department = "Sales", u => u.Department = changes ? string.Empty : "Sales", i);
                    break;
                case GuardKind.Update:
                    scene.Staff(1, u => u.Department = "Sales", u => u.Department = changes ? "Legal" : "Sales", i);
                    break;
                case GuardKind.Reactivate:
                    scene.Staff(1, u => u.Active = !changes, u => u.Active = true, i);
                    break;
                case GuardKind.GroupLeave:
                    scene.Managed($"p{i}").Groups["g1"] = new LedgerGroup("Sales", IsCertain: true);
                    scene.InSource($"p{i}", null, changes ? [] : ["Sales"]);
                    break;
                case GuardKind.Rename:
                    var entry = scene.Managed($"p{i}");
                    entry.Anchor = $"a{i}";
                    scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = scene.Rule.Guard };
                    scene.InSource(changes ? $"new{i}" : $"p{i}", null, []);
                    scene.Anchor($"a{i}");
                    break;
                case GuardKind.Create:
                    if (changes)
                    {
                        scene.InSource($"joiner{i}");
                    }

                    scene.Staff(1, from: i);
                    break;
                default:
                    if (changes)
                    {
                        scene.Missing(1, $"p{i}");
                    }
                    else
                    {
                        scene.Staff(1, from: i);
                    }

                    break;
            }
        }

        return scene;
    }

    public static TheoryData<GuardKind, GuardCheck> Kinds => new()
    {
        { GuardKind.Disable, GuardCheck.TooManyDisables },
        { GuardKind.LicenseLoss, GuardCheck.TooManyLicenseLosses },
        { GuardKind.GroupLeave, GuardCheck.TooManyGroupLeaves },
        { GuardKind.Reactivate, GuardCheck.TooManyReactivations },
        { GuardKind.Rename, GuardCheck.TooManyRenames },
        { GuardKind.Clear, GuardCheck.TooManyClears },
        { GuardKind.Create, GuardCheck.TooManyCreates },
        { GuardKind.Update, GuardCheck.TooManyUpdates },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_many_as_the_limit_go_and_one_more_holds_all_of_them(GuardKind kind, GuardCheck check)
    {
        Assert.Equal((0, 3), Counts(TenWith(kind, 3, new GuardLimit { Max = 3 }).Plan()));

        var plan = TenWith(kind, 4, new GuardLimit { Max = 3 }).Plan();
        Assert.Equal((4, 0), Counts(plan));
        var finding = Assert.Single(plan.Guard);
        Assert.Equal((check, true), (finding.Check, finding.HoldsRemovals));
        Assert.All(plan.Held, c => Assert.Equal(finding.Message, c.Held));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_share_is_rounded_up_and_the_smaller_of_both_holds(GuardKind kind, GuardCheck check)
    {
        Assert.Empty(TenWith(kind, 2, new GuardLimit { Max = 100, MaxPercent = 11 }).Plan().Held);
        var plan = TenWith(kind, 3, new GuardLimit { Max = 100, MaxPercent = kind == GuardKind.Create ? 15 : 20 }).Plan();
        Assert.Equal(3, plan.Held.Count);
        Assert.Equal(check, Assert.Single(plan.Guard).Check);
        Assert.Single(TenWith(kind, 1, new GuardLimit { Max = 100, MaxPercent = 0 }).Plan().Held);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_day_before_has_used_up_is_not_there_any_more(GuardKind kind, GuardCheck check)
    {
        var scene = TenWith(kind, 2, new GuardLimit { Max = 3, PerDay = 5 });
        scene.Recent = History(kind, 3);
        Assert.Empty(scene.Plan().Held);

        scene.Recent = History(kind, 4);
        var plan = scene.Plan();
        Assert.Equal(2, plan.Held.Count);
        Assert.Equal(check, Assert.Single(plan.Guard).Check);
        Assert.Contains("24 hours", plan.Guard[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_may_have_twice_what_a_run_may_unless_the_rule_says_otherwise()
    {
        var limit = new GuardLimit { Max = 3, MaxPercent = 11 };
        Assert.Equal((2, 4), (limit.RunAllowance(10), limit.DayAllowance(10)));
        Assert.Equal((3, 6), (limit.RunAllowance(1000), limit.DayAllowance(1000)));
        Assert.Equal(5, (limit with { PerDay = 5 }).DayAllowance(1000));
        Assert.Equal(1, (limit with { PerDayPercent = 1 }).DayAllowance(10));
        Assert.Equal(4, new GuardLimit { PerDayPercent = 31 }.DayAllowance(10));
        Assert.Null(GuardLimit.None.RunAllowance(10));
        Assert.Null(GuardLimit.None.DayAllowance(10));
        Assert.Equal(int.MaxValue, new GuardLimit { Max = int.MaxValue }.DayAllowance(10));
    }

    [Fact]
    public void Whoever_left_within_the_day_counts_to_the_people_of_which_a_share_is_taken()
    {
        // 82 are left of 100, of whom 18 went in the day: 20 % of 100 are 20, of 82 they would be 18.
        var scene = new Scene(Limited(GuardKind.Disable, new GuardLimit { Max = 50, MaxPercent = 10 })).Staff(79).Missing(2);
        scene.Recent = History(GuardKind.Disable, 18, isRemoval: true);
        Assert.Empty(scene.Plan().Held);
        Assert.Equal(3, scene.Missing(1, "more").Plan().Held.Count);
    }

    [Fact]
    public void A_kind_that_is_held_holds_nothing_else()
    {
        var scene = TenWith(GuardKind.LicenseLoss, 4, new GuardLimit { Max = 3 });
        scene.InSource("joiner");
        scene.Staff(1, null, u => u.Department = "Legal", 20);
        Assert.Equal(["joiner@example.com", "p20@example.com"], scene.Plan().Pending.Select(c => c.UserName));
    }

    [Fact]
    public void What_somebody_else_holds_counts_for_nobody()
    {
        var scene = new Scene(Limited(GuardKind.Reactivate, new GuardLimit { Max = 1 }));
        foreach (var name in new[] { "a", "b" })
        {
            var entry = scene.Managed(name, u => u.Active = false);
            (entry.IsRemoved, entry.LeftUnder) = (true, name == "a" ? "disable;of another scope" : null);
            scene.InSource(name, u => u.Active = true);
        }

        var plan = scene.Plan();
        Assert.Equal("a@example.com", Assert.Single(plan.Held).UserName);
        Assert.Contains("scope or anchor was changed", plan.Held[0].Held, StringComparison.Ordinal);
        Assert.Empty(plan.Guard);
        Assert.Equal("b@example.com", Assert.Single(plan.Pending).UserName);
    }

    [Theory]
    [InlineData("Licensed", "Basic", null, null, true)]
    [InlineData("On-Prem", "Basic", null, null, true)]
    [InlineData("Licensed", "On-Prem", null, null, false)]
    [InlineData("Basic", "Licensed", null, null, false)]
    [InlineData("Basic", "Basic", "123", "", true)]
    [InlineData("Basic", "Basic", "123", "0", true)]
    [InlineData("Basic", "Basic", "123", "456", false)]
    [InlineData("Basic", "Basic", "0", "", false)]
    public void A_licence_is_lost_where_a_paid_one_becomes_an_unpaid_one(string type, string wantedType, string? plan, string? wantedPlan, bool isLost)
    {
        void Set(ScimUser user, string userType, string? code)
        {
            user.UserType = userType;
            if (code is not null)
            {
                ZoomExtension.Known.First(a => a.Kind == AttributeKind.Code).Set(user, code);
            }
        }

        var scene = new Scene(Limited(GuardKind.LicenseLoss, new GuardLimit { Max = 0 })).Staff(
            1, u => Set(u, type, plan), u => Set(u, wantedType, wantedPlan));
        Assert.Equal(isLost ? 1 : 0, scene.Plan().Held.Count);
    }

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 0)]
    public void An_add_on_that_is_taken_is_a_licence_lost(bool has, bool wants, int held)
    {
        var addOn = ZoomExtension.Known.First(a => a.Kind == AttributeKind.Flag);
        var scene = new Scene(Limited(GuardKind.LicenseLoss, new GuardLimit { Max = 0 })).Staff(1, u => addOn.Set(u, has), u => addOn.Set(u, wants));
        Assert.Equal(held, scene.Plan().Held.Count);
    }

    [Fact]
    public void An_empty_source_holds_removals_for_good_and_only_reports_where_there_is_none()
    {
        var held = new Scene(Loose).Missing(2).Plan();
        Assert.Equal(2, held.Held.Count);
        Assert.False(Assert.Single(held.Guard).MayBeApproved);
        Assert.False(held.MayBeApproved);

        var nobody = new Scene(Loose).Plan();
        Assert.Equal((GuardCheck.EmptySource, false), (nobody.Guard[0].Check, nobody.Guard[0].HoldsRemovals));
        Assert.False(nobody.NeedsApproval);
    }

    [Theory]
    [InlineData(10, 8, false)]
    [InlineData(10, 7, true)]
    public void A_source_may_shrink_by_so_much(int before, int now, bool holds)
    {
        var scene = new Scene(new ProvisioningRule("rule")
        {
            Guard = new GuardLimits { MaxDisable = 100, MaxDisablePercent = 100, MaxSourceShrinkPercent = 20 },
        }).Staff(now).Missing(before - now);
        scene.Ledger.LastSourceCount = before;
        var plan = scene.Plan();
        Assert.Equal(holds ? before - now : 0, plan.Held.Count);
        Assert.Equal(holds, plan.Guard.Any(f => f is { Check: GuardCheck.ShrunkenSource, DoubtsSource: true }));
    }

    [Fact]
    public void A_source_that_was_not_written_to_its_end_holds_removals_and_needs_a_look_also_without_any()
    {
        SourceSnapshot Cut(SourceSnapshot source) => source with { Incomplete = "It ends in the middle of line 95." };
        var scene = new Scene(Loose).Staff(2).Missing(1);
        scene.InSource("joiner");
        scene.Look = Cut;
        var plan = scene.Plan();
        Assert.Equal((1, 1), Counts(plan));
        Assert.Equal(GuardCheck.SourceUnfinished, Assert.Single(plan.Guard).Check);
        Assert.Contains("middle of line 95", plan.Guard[0].Message, StringComparison.Ordinal);

        var quiet = new Scene(Loose) { Look = Cut }.Staff(2).Plan();
        Assert.True(quiet.NeedsApproval);
        Assert.Empty(quiet.Held);
    }

    [Theory]
    [InlineData(3, 3, false)]
    [InlineData(4, 3, true)]
    public void A_source_has_as_many_records_as_its_owner_says(int least, int records, bool holds)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Source = new SourceRequirements { MinimumRecords = least }, Guard = Loose.Guard })
            .Staff(records)
            .Missing(1);
        Assert.Equal(holds ? 1 : 0, scene.Plan().Held.Count);
    }

    [Theory]
    [InlineData(24.0, false)]
    [InlineData(24.1, true)]
    [InlineData(null, true)]
    public void A_source_is_not_older_than_its_owner_says(double? hours, bool holds)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Source = new SourceRequirements { MaximumAgeHours = 24 }, Guard = Loose.Guard })
            .Staff(3)
            .Missing(1);
        scene.Look = s => s with { WrittenAt = hours is { } age ? Scene.Now.AddHours(-age) : null };
        Assert.Equal(holds ? 1 : 0, scene.Plan().Held.Count);
    }

    [Fact]
    public void State_older_than_Zoom_holds_removals_and_adoptions()
    {
        var scene = new Scene(Loose).Staff(1).Missing(1);
        scene.InZoom("stranger");
        scene.InSource("stranger");
        scene.InSource("joiner");
        scene.StateDoubt = "The ledger is of Monday, and Zoom shows changes of Tuesday.";
        var plan = scene.Plan();
        Assert.Equal(["gone0@example.com", "stranger@example.com"], plan.Held.Select(c => c.UserName));
        Assert.Equal("joiner@example.com", Assert.Single(plan.Pending).UserName);
        Assert.True(Assert.Single(plan.Guard).DoubtsMissing);
    }

    [Fact]
    public void A_list_that_is_not_complete_and_records_that_may_be_anybody_hold_removals()
    {
        var incomplete = new Scene(Loose) { ListsAll = false }.Staff(1).Missing(1).Plan();
        Assert.Equal((GuardCheck.IncompleteListing, 1), (Assert.Single(incomplete.Guard).Check, incomplete.Held.Count));

        var scene = new Scene(Loose).Staff(1).Missing(1);
        scene.Unusable("record 3");
        var unreadable = scene.Plan();
        Assert.Equal((GuardCheck.UnreadableSource, 1), (Assert.Single(unreadable.Guard).Check, unreadable.Held.Count));
        Assert.Contains("record 3", unreadable.Guard[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_being_removed_asks_the_limits_and_not_the_source()
    {
        var scene = new Scene(Limited(GuardKind.Disable, new GuardLimit { Max = 2 })) { RemovesRule = true }.Missing(2);
        Assert.Equal((0, 2), Counts(scene.Plan()));
        Assert.Equal(GuardCheck.TooManyDisables, Assert.Single(scene.Missing(1, "more").Plan().Guard).Check);
    }

    [Fact]
    public void A_plan_that_was_made_before_is_held_by_what_others_have_done_since()
    {
        var scene = new Scene(Limited(GuardKind.Disable, new GuardLimit { Max = 3, PerDay = 4 })).Staff(7).Missing(3);
        var plan = scene.Plan();
        Assert.Equal(3, plan.Pending.Count);
        Assert.Same(plan, PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => History(GuardKind.Disable, 1)));
        Assert.Equal(3, PlanGuard.CheckAgain(plan, scene.Rule, scene.Ledger, () => History(GuardKind.Disable, 2)).Held.Count);

        var approved = plan with { ApprovedPlan = "0123456789ab", ApprovedPeople = plan.Pending.Select(c => c.Key).ToList() };
        Assert.Same(approved, PlanGuard.CheckAgain(approved, scene.Rule, scene.Ledger, () => History(GuardKind.Disable, 2)));
    }

    internal static RecentChanges History(GuardKind kind, int number, bool isRemoval = false)
    {
        var (request, action) = kind switch
        {
            GuardKind.Disable => (WriteKind.Deactivate, PlanAction.Disable),
            GuardKind.Delete => (WriteKind.Delete, PlanAction.Delete),
            GuardKind.Reactivate => (WriteKind.Activate, PlanAction.Reactivate),
            GuardKind.Create => (WriteKind.Create, PlanAction.Create),
            GuardKind.GroupLeave => (WriteKind.RemoveFromGroup, PlanAction.Update),
            _ => (WriteKind.Update, PlanAction.Update),
        };
        return RecentChanges.Read(Enumerable.Range(1, number).SelectMany(i => new[]
        {
            new JournalEntry(JournalKind.Intent)
            {
                Number = 2 * i,
                At = Scene.Now.AddHours(-2),
                RunId = "run",
                ZoomId = $"z{i}",
                Request = request,
                Action = action,
                IsRemoval = isRemoval ? true : null,
                Kinds = request == WriteKind.Update ? [kind.ToString()] : null,
            },
            new JournalEntry(JournalKind.Outcome)
            {
                Number = (2 * i) + 1,
                At = Scene.Now.AddHours(-2),
                RunId = "run",
                Answers = 2 * i,
                Outcome = ChangeOutcome.Done,
            },
        }), Scene.Now, TimeSpan.FromDays(1));
    }
}
