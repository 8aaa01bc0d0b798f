using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who has left and who has not, in what words, and whom nobody can tell.</summary>
public class LeaverBorderTests
{
    private static readonly GuardLimits Wide = new()
    {
        [GuardKind.Disable] = GuardLimit.None,
        [GuardKind.Delete] = GuardLimit.None,
        MaxSourceShrinkPercent = 100,
    };

    private static ProvisioningRule Rule(
        LeaverSettings? leavers = null, RemoveAction action = RemoveAction.Disable, string? anchor = null, ProtectedUsers? protect = null,
        bool mayDisable = true) =>
        new("rule")
        {
            Leavers = leavers ?? new LeaverSettings(),
            RemoveAction = action,
            Anchor = anchor,
            Guard = Wide,
            Protected = protect ?? new ProtectedUsers(),
            AllowDisable = mayDisable,
        };

    private static Scene Missing(ProvisioningRule rule, Action<LedgerEntry> more, Action<ScimUser>? zoom = null)
    {
        var scene = new Scene(rule).Staff(2);
        more(scene.Managed("gone", zoom));
        return scene;
    }

    [Fact]
    public void Whoever_is_gone_from_Zoom_is_let_go_of_in_the_order_of_the_ids()
    {
        var scene = new Scene(Rule()).Staff(1);
        foreach (var id in new[] { "c", "a", "b" })
        {
            scene.Ledger.Put(new LedgerEntry(id, $"{id}@example.com", LedgerOrigin.Created, default) { Anchor = $"anchor-{id}" });
        }

        Assert.Equal(["a", "b", "c"], scene.Plan().Gone.Select(g => g.ZoomId));
        Assert.DoesNotContain(scene.Plan().Changes, c => c.IsRemoval);
    }

    [Fact]
    public void Whom_another_rule_manages_is_let_go_of_in_the_order_of_the_ids_and_not_locked_out()
    {
        var scene = new Scene(Rule()).Staff(1);
        foreach (var name in new[] { "c", "a", "b" })
        {
            scene.Managed(name).Anchor = "anchor";
        }

        scene.OutOfScope("b");
        scene.Others = new OtherRules(
            new[] { "a", "b", "c" }.ToDictionary(n => $"id-{n}", _ => new OtherClaim("sales", Scene.Now)), []);
        var plan = scene.Plan();
        Assert.Equal(["id-a", "id-b", "id-c"], plan.Released.Select(r => r.ZoomId));
        Assert.All(plan.Changes.Where(c => c.Leaves), c => Assert.Equal((PlanAction.Protected, "anchor"), (c.Action, c.Anchor)));
        Assert.Equal(
            [
                "no longer in the source, but the rule 'sales' manages this user too, so this rule lets go of the user",
                "no longer in the rule's scope, but the rule 'sales' manages this user too, so this rule lets go of the user",
                "no longer in the source, but the rule 'sales' manages this user too, so this rule lets go of the user",
            ],
            plan.Changes.Where(c => c.Leaves).Select(c => c.Reason));
    }

    [Fact]
    public void Who_could_not_be_read_is_blocked_with_the_reason()
    {
        var scene = Missing(Rule(), e => e.Anchor = "7");
        scene.Unread["id-gone"] = new ScimRecordException("Zoom.Some", "no answer");
        var change = scene.Of("gone");
        Assert.Equal(
            (PlanAction.Blocked, "could not be read: no answer", "7", "id-gone", "Zoom.Some"),
            (change.Action, change.Reason, change.Anchor, change.ZoomId, change.Problem?.ErrorId));
    }

    [Fact]
    public void Who_is_missed_is_counted_in_the_order_of_the_ids()
    {
        var scene = new Scene(Rule(new LeaverSettings { MissingRuns = 2 })).Staff(1).Missing(1, "c").Missing(1, "a").Missing(1, "b");
        Assert.Equal(["id-a0", "id-b0", "id-c0"], scene.Plan().Missed);
    }

    [Theory]
    [InlineData(1, 0.0, false)]
    [InlineData(2, 0.0, true)]
    [InlineData(1, 0.5, true)]
    public void Runs_are_counted_where_the_rule_has_stages(int runs, double days, bool counts) =>
        Assert.Equal(counts, Missing(Rule(new LeaverSettings { MissingRuns = runs, MissingDays = days }), _ => { }).Plan().Missed.Count == 1);

    [Theory]
    [InlineData(false, false, "no longer in the source")]
    [InlineData(true, false, "no longer in the rule's scope")]
    [InlineData(false, true, "the rule is being removed")]
    [InlineData(true, true, "the rule is being removed")]
    public void Why_somebody_left_is_said(bool outOfScope, bool removesRule, string reason)
    {
        var scene = new Scene(Rule()) { RemovesRule = removesRule };
        scene.Managed("gone");
        if (outOfScope)
        {
            scene.OutOfScope("gone");
        }
        else
        {
            scene.Staff(1);
        }

        Assert.Equal(reason, scene.Of("gone").Reason);
    }

    [Theory]
    [InlineData("gone", null, "a1")]
    [InlineData("gone", "a2", "a1")]
    [InlineData("gone", "a2", null)]
    [InlineData("new", "a1", "a1")]
    public void Whoever_is_in_the_source_out_of_scope_is_known_by_anchor_or_by_address(string name, string? anchor, string? known)
    {
        var scene = new Scene(Rule(anchor: "Id")).Staff(1);
        scene.Managed("gone").Anchor = known;
        scene.Look = s => s with { OutOfScope = [new DesiredUser(new ScimUser { UserName = $"{name}@example.com" }) { Anchor = anchor }] };
        Assert.Equal("no longer in the rule's scope", scene.Of("gone").Reason);
    }

    [Theory]
    [InlineData(false, RemoveAction.Disable, false, PlanAction.NoOp)]
    [InlineData(false, RemoveAction.Disable, true, null)]
    [InlineData(true, RemoveAction.Disable, false, PlanAction.NoOp)]
    [InlineData(true, RemoveAction.Disable, true, null)]
    [InlineData(true, RemoveAction.Delete, false, PlanAction.Delete)]
    [InlineData(true, RemoveAction.Delete, true, PlanAction.Delete)]
    public void Who_is_inactive_already_has_nothing_more_to_lose_but_the_account(
        bool removesRule, RemoveAction action, bool byTheRule, PlanAction? expected)
    {
        var scene = new Scene(Rule(action: action)) { RemovesRule = removesRule };
        if (!removesRule)
        {
            scene.Staff(1);
        }

        scene.Managed("gone", u => u.Active = false).IsRemoved = byTheRule;
        var change = scene.Plan().Changes.SingleOrDefault(c => c.UserName == "gone@example.com");
        Assert.Equal(expected, change?.Action);
        Assert.True(expected != PlanAction.NoOp || change!.Reason.EndsWith(", and deactivated already", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seen@example.com", "protected by the rule (a pattern that fits 'gone@example.com')", "gone@*")]
    [InlineData("now@example.com", "protected by the rule ('now@example.com')", "now@example.com")]
    public void Who_is_protected_under_the_name_of_before_or_of_now_is_left_alone(string name, string reason, string protect)
    {
        var scene = new Scene(Rule(protect: new ProtectedUsers([protect]))).Staff(1);
        scene.Managed("gone", u => u.UserName = name).UserName = "gone@example.com";
        var change = scene.Plan().Changes.Single(c => c.ZoomId == "id-gone");
        Assert.Equal((PlanAction.Protected, $"no longer in the source, but {reason}"), (change.Action, change.Reason));
    }

    [Fact]
    public void Who_was_activated_again_by_hand_is_disabled_again_and_it_is_said()
    {
        var change = Missing(Rule(), e => (e.IsRemoved, e.RemovedAt) = (true, Scene.Now.AddDays(-2))).Of("gone");
        Assert.Equal(
            (PlanAction.Disable, "no longer in the source, and was activated again in Zoom by hand since 2026-06-13, disabled on 2026-06-13"),
            (change.Action, change.Reason));
    }

    [Fact]
    public void A_rule_that_may_not_disable_blocks()
    {
        var change = Missing(Rule(mayDisable: false), _ => { }).Of("gone");
        Assert.Equal((PlanAction.Blocked, "no longer in the source, but the rule may not do that (capabilities.disable)"), (change.Action, change.Reason));
    }

    [Theory]
    [InlineData(RemoveAction.Disable, null, null)]
    [InlineData(RemoveAction.Delete, null, "deleted by the next run that misses the user")]
    [InlineData(RemoveAction.Disable, 30.0, "deleted 30 days after the user was disabled")]
    [InlineData(RemoveAction.Disable, 0.5, "deleted 0.5 days after the user was disabled")]
    public void What_comes_after_the_deactivation_is_said(RemoveAction action, double? days, string? next)
    {
        var change = Missing(Rule(new LeaverSettings { DeleteAfterDays = days }, action), _ => { }).Of("gone");
        Assert.Equal((PlanAction.Disable, next), (change.Action, change.Next));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_made_somebody_inactive_is_told_with_the_deactivation_alone(bool seenActive)
    {
        void Seen(LedgerEntry entry) =>
            entry.Seen = new ScimUser(new ScimObject { ["id"] = "id-gone", ["active"] = seenActive }, UserDetail.Read);
        var scene = Missing(Rule(), Seen);
        var cause = LedgerDiff.CauseOf(ZoomAttributes.Active, old: true, wanted: false, scene.Ledger.Find("id-gone"));
        Assert.NotEqual(ChangeCause.Unknown, cause);
        Assert.Equal((PlanAction.Disable, cause), (scene.Of("gone").Action, scene.Of("gone").ActiveCause));
        Assert.Equal(ChangeCause.Unknown, Missing(Rule(mayDisable: false), Seen).Of("gone").ActiveCause);
    }

    [Theory]
    [InlineData(RemoveAction.Disable, 3, 0.0, 0, "missed in 1 of 3 runs, and disabled after 2 more that miss the user")]
    [InlineData(RemoveAction.Disable, 3, 0.0, 1, "missed in 2 of 3 runs, and disabled by the next run that misses the user")]
    [InlineData(RemoveAction.Disable, 3, 7.0, 1, "missed in 2 of 3 runs, and disabled by the next run that misses the user, from 2026-06-21 on")]
    [InlineData(RemoveAction.Delete, 1, 7.0, 1, "deleted by the first run after 2026-06-21 that misses the user")]
    [InlineData(RemoveAction.Delete, 2, 7.0, 1, "disabled by the first run after 2026-06-21 that misses the user")]
    public void What_somebody_waits_for_is_said(RemoveAction action, int runs, double days, int before, string next)
    {
        var change = Missing(Rule(new LeaverSettings { MissingRuns = runs, MissingDays = days }, action),
            e => (e.MissingRuns, e.MissingSince) = (before, before == 0 ? null : Scene.Now.AddDays(-1))).Of("gone");
        Assert.Equal((PlanAction.NoOp, next), (change.Action, change.Next));
    }

    [Fact]
    public void The_days_until_the_deletion_are_counted_from_the_deactivation_or_where_nobody_knows_it_from_the_first_run_that_missed()
    {
        PlannedChange After(double days) => Missing(
            Rule(new LeaverSettings { DeleteAfterDays = 30 }),
            e => (e.MissingRuns, e.MissingSince) = (5, Scene.Now.AddDays(-days)),
            u => u.Active = false).Of("gone");
        Assert.Equal((PlanAction.NoOp, "deleted by the first run after 2026-06-16 that misses the user"), (After(29).Action, After(29).Next));
        Assert.Equal((PlanAction.Delete, "no longer in the source since 2026-05-16"), (After(30).Action, After(30).Reason));
    }

    [Theory]
    [InlineData("zoom", "p0@example.com", null)]
    [InlineData("seen", "p0@example.com", null)]
    [InlineData("untold", "p0@example.com", null)]
    [InlineData("nowhere", null, "nobody knows the user's manager (leavers.transferTo)")]
    public void The_manager_who_gets_the_data_is_found_in_Zoom_in_what_was_seen_or_in_what_was_sent(string where, string? heir, string? mistake)
    {
        var scene = Missing(
            Rule(new LeaverSettings { MissingRuns = 1, TransferTo = "Manager" }, RemoveAction.Delete),
            e =>
            {
                e.Seen = UndoScene.Image("gone", u => u.Manager = where == "seen" ? "p0@example.com" : null);
                if (where == "untold")
                {
                    e.Untold["Manager"] = "p0@example.com";
                }
            },
            u => u.Manager = where == "zoom" ? "p0@example.com" : null);
        var change = scene.Of("gone");
        Assert.Equal(heir, change.Changes.SingleOrDefault()?.NewValue);
        Assert.Equal(heir is not null, change.Changes.SingleOrDefault()?.OldIsKnown == true);
        Assert.Equal(mistake is null ? "no longer in the source" : $"no longer in the source, but the data would be lost: {mistake}", change.Reason);
    }

    // A record that cannot be used may be about a leaver under a new name, as far as nothing else tells.
    [Theory]
    [InlineData(null, null, "Id", "a1", true)]
    [InlineData("x@example.com", null, null, null, false)]
    [InlineData("x@example.com", null, "Id", "a1", true)]
    [InlineData("x@example.com", "z9", "Id", "a1", false)]
    [InlineData("x@example.com", "z9", "Id", null, true)]
    public void A_record_that_may_be_about_a_leaver_holds_the_leavers(string? userName, string? anchor, string? property, string? known, bool holds)
    {
        var scene = Missing(Rule(anchor: property), e => e.Anchor = known);
        scene.Look = s => s with { Problems = [new SourceProblem("record 1", userName, anchor, new ScimRecordException("Zoom.Some", "broken"), null)] };
        Assert.Equal(holds, scene.Of("gone").Held is not null);
    }

    [Fact]
    public void A_key_beside_the_address_makes_a_record_without_it_one_that_may_be_about_anybody()
    {
        var rule = new ProvisioningRule("rule") { Guard = Wide, Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber] };
        var scene = Missing(rule, _ => { });
        scene.Unusable("record 1", "x@example.com");
        Assert.NotNull(scene.Of("gone").Held);
    }

    [Theory]
    [InlineData("record", true)]
    [InlineData("id", true)]
    [InlineData("dispute", true)]
    [InlineData("nothing", false)]
    public void Nobody_has_left_of_whom_the_source_says_something_that_cannot_be_used(string what, bool stays)
    {
        var scene = Missing(Rule(), _ => { });
        if (what == "dispute")
        {
            scene.InSource("gone");
            scene.InSource("gone");
        }

        scene.Look = s => what is "record" or "id" ? s with
        {
            Problems = [new SourceProblem(
                "x", what == "record" ? "gone@example.com" : "y@example.com", null, new ScimRecordException("Zoom.Some", "broken"), null)
            {
                ZoomId = what == "id" ? "id-gone" : null,
            }],
        }
        : s;
        Assert.Equal(stays, !scene.Plan().Changes.Any(c => c.IsRemoval));
    }

    [Fact]
    public void A_mark_of_what_the_rule_says_tells_scope_and_anchor_apart_and_what_becomes_of_leavers()
    {
        static string Mark(ProvisioningRule rule) => LeaverPolicy.Of(rule).ToString();
        Assert.Equal("disable", LeaverPolicy.Of(Rule()).Then);
        Assert.Equal("delete", LeaverPolicy.Of(Rule(action: RemoveAction.Delete)).Then);
        Assert.Equal("deleteLater", LeaverPolicy.Of(Rule(new LeaverSettings { DeleteAfterDays = 1 })).Then);
        Assert.Equal(Mark(Rule(anchor: "id")), Mark(Rule(anchor: "ID")));
        Assert.NotEqual(Mark(Rule(anchor: "id")), Mark(Rule()));
        Assert.Matches("^disable;[0-9a-f]{8}$", Mark(Rule()));
        Assert.Equal(LeaverPolicy.Of(Rule()), LeaverPolicy.Parse(Mark(Rule())));
        Assert.Null(LeaverPolicy.Parse(null));
        Assert.Null(LeaverPolicy.Parse("disable"));
        Assert.Null(LeaverPolicy.Parse("a;b;c"));
    }

    [Fact]
    public void People_are_called_as_Zoom_has_them_now()
    {
        var scene = new Scene(Rule()).Staff(1);
        scene.Managed("left", u => u.UserName = "left.new@example.com").UserName = "left@example.com";
        scene.Managed("moved", u => u.UserName = "moved.new@example.com").UserName = "moved@example.com";
        scene.Others = new OtherRules(new[] { "id-moved" }.ToDictionary(id => id, _ => new OtherClaim("sales", Scene.Now)), []);
        Assert.Equal(["left.new@example.com", "moved.new@example.com"], scene.Plan().Changes.Where(c => c.Leaves).Select(c => c.UserName));
    }

    [Theory]
    [InlineData(true, "now@example.com", "now@example.com")]
    [InlineData(true, "gone@example.com,now@example.com", "gone@example.com")]
    [InlineData(false, "now@example.com", "now@example.com")]
    public void Who_is_protected_as_seen_before_or_as_found_now_stays(bool wasSeen, string protect, string because)
    {
        var scene = new Scene(Rule(protect: new ProtectedUsers(protect.Split(',')))).Staff(1);
        var entry = scene.Managed("gone", u => u.UserName = "now@example.com");
        (entry.UserName, entry.Seen) = ("gone@example.com", wasSeen ? UndoScene.Image("gone") : null);
        var change = scene.Plan().Changes.Single(c => c.ZoomId == "id-gone");
        Assert.Equal((PlanAction.Protected, $"no longer in the source, but protected by the rule ('{because}')"), (change.Action, change.Reason));
    }

    [Fact]
    public void Who_is_active_by_Zooms_silence_is_disabled() =>
        Assert.Equal(PlanAction.Disable, Missing(Rule(), _ => { }, u => u.Active = null).Of("gone").Action);

    [Fact]
    public void A_rule_that_keeps_who_is_absent_doubts_no_record()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide, KeepsAbsent = true, Anchor = "Id" }).Staff(1, wish: u => u.Active = false);
        scene.Unusable("record 1");
        Assert.Equal((PlanAction.Disable, null), (scene.Of("p0").Action, scene.Of("p0").Held));
    }

    [Theory]
    [InlineData(false, "the rule is being removed, and deactivated already")]
    [InlineData(true, null)]
    public void A_rule_that_is_removed_deletes_nobody_because_leavers_would_be_deleted_some_day(bool byTheRule, string? reason)
    {
        var scene = new Scene(Rule(new LeaverSettings { DeleteAfterDays = 1 })) { RemovesRule = true };
        scene.Managed("gone", u => u.Active = false).IsRemoved = byTheRule;
        Assert.Equal(reason, scene.Plan().Changes.SingleOrDefault()?.Reason);
        Assert.Empty(scene.Plan().Missed);
    }

    [Theory]
    // Whether the rule is removed, whether it deactivated the user, what it said then, and whether the deletion waits for a look.
    [InlineData(false, true, null, true)]
    [InlineData(false, true, "delete", false)]
    [InlineData(false, true, "disable", true)]
    [InlineData(false, false, null, false)]
    [InlineData(true, true, "disable", false)]
    [InlineData(true, false, null, false)]
    public void Who_left_under_another_rule_is_deleted_once_somebody_has_looked(bool removesRule, bool isRemoved, string? then, bool waits)
    {
        var scene = new Scene(Rule(new LeaverSettings { MissingRuns = 1 }, RemoveAction.Delete)) { RemovesRule = removesRule }.Staff(removesRule ? 0 : 1);
        var entry = scene.Managed("gone", u => u.Active = false);
        entry.IsRemoved = isRemoved;
        entry.LeftUnder = then is null ? null : $"{then};{LeaverPolicy.Of(scene.Rule).Who}";
        Assert.Equal((PlanAction.Delete, waits), (scene.Of("gone").Action, scene.Of("gone").Held is not null));
    }

    [Fact]
    public void Since_when_somebody_is_missing_and_was_disabled_is_told()
    {
        var change = Missing(
            Rule(new LeaverSettings { DeleteAfterDays = 30 }),
            e => (e.MissingRuns, e.MissingSince, e.IsRemoved, e.RemovedAt) = (5, Scene.Now.AddDays(-10), true, Scene.Now.AddDays(-3)),
            u => u.Active = false).Of("gone");
        Assert.Equal("no longer in the source since 2026-06-05, disabled on 2026-06-12", change.Reason);
    }
}
