using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;
using static ZoomProvisioning.Tests.Reconcile.PlanScene;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who somebody is when anchor and address do not say the same: nobody is locked out by a guess, and nobody is given another's account.</summary>
public class IdentityTests
{
    private readonly PlanScene _scene = new();

    [Theory]
    // A contractor becomes an employee.
    [InlineData("C-77", "E90001", "Relink ada (held)")]
    // Excel took the zeros, or put them back.
    [InlineData("000012", "12", "Relink ada (held)")]
    [InlineData("12", "000012", "Relink ada (held)")]
    [InlineData("e12", "E12", "Relink ada (held)")]
    // The same in another spelling.
    [InlineData("{12EFCDAB-3456-7890-abcd-ef1234567890}", "q83vElY0kHirze8SNFZ4kA==", "NoOp ada")]
    [InlineData(" E12 ", "E12", "NoOp ada")]
    // A lost anchor, or none so far.
    [InlineData("E12", null, "NoOp ada")]
    [InlineData(null, "E12", "NoOp ada")]
    public void Under_the_same_address_with_another_anchor(string? before, string? now, string story)
    {
        _scene.Knows("1", "ada", before);
        Assert.Equal(story, Story(_scene.Plan(Person("ada", now))));
    }

    [Fact]
    public void A_number_without_its_zeros_under_another_address_is_not_two_people()
    {
        _scene.Knows("1", "ada", "000012");
        var change = Assert.Single(_scene.Plan(Person("ada.married", "12")).Changes);
        Assert.Equal((PlanAction.Relink, "1", "12"), (change.Action, change.ZoomId, change.Anchor));
        Assert.Equal("known as '000012' of the source, and now it is '12'", change.Reason);
    }

    [Fact]
    public void A_number_whose_twin_is_in_the_source_too_is_nobody()
    {
        _scene.Knows("1", "ada", "000012");
        Assert.Equal("NoOp ada; Blocked ben", Story(_scene.Plan(Person("ada", "000012"), Person("ben", "12"))));
        Assert.Equal("Blocked cid; Blocked dot", Story(new PlanScene().Plan(Person("cid", "007"), Person("dot", "7"))));
    }

    [Fact]
    public void Whom_the_ledger_knows_by_both_numbers_are_two_people()
    {
        _scene.Knows("1", "ada", "000012");
        _scene.Knows("2", "ben", "12");
        Assert.Equal("NoOp ada; NoOp ben", Story(_scene.Plan(Person("ada", "000012"), Person("ben", "12"))));
    }

    [Fact]
    public void Letters_in_another_case_may_be_somebody_else()
    {
        _scene.Knows("1", "ada", "0035x");
        Assert.Equal("NoOp ada; Create ben", Story(_scene.Plan(Person("ada", "0035x"), Person("ben", "0035X"))));
    }

    [Fact]
    public void Whoever_is_inactive_in_the_source_is_not_kept_signed_in_by_a_changed_anchor()
    {
        _scene.Knows("1", "ada", "C-77");
        var change = Assert.Single(_scene.Plan(Person("ada", "E1", active: false)).Changes);
        Assert.Equal((PlanAction.Disable, null, "C-77"), (change.Action, change.Held, change.Anchor));
    }

    [Fact]
    public void One_persons_anchor_with_anothers_address_is_neither_and_both_are_kept()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ben", "E2");
        var change = Assert.Single(_scene.Plan(Person("ben", "E1")).Changes);
        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains(
            "its anchor is that of 'ada@example.com' ('E1' of the source), but its address that of 'ben@example.com' ('E2' of the source)",
            change.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_with_a_damaged_anchor()
    {
        _scene.Knows("1", "ada", "001");
        _scene.Knows("2", "ben", "002");
        var change = Assert.Single(_scene.Plan(Person("ben", "1")).Changes);
        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains("nearly that of 'ada@example.com'", change.Reason, StringComparison.Ordinal);
        Assert.Contains("address that of 'ben@example.com'", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_with_a_Zoom_id()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ben", "E2");
        var person = Person("ben", "E1");
        Assert.Equal("Blocked ada", Story(_scene.Plan(new DesiredUser(Person("ada", "E1").Values) { Anchor = "E1", ZoomId = "2", Label = "ada" })));
        Assert.Equal("Blocked ben", Story(_scene.Plan(new DesiredUser(person.Values) { ZoomId = "1", Label = "ben" })));
    }

    [Fact]
    public void Numbers_moved_by_one_row_change_nobody()
    {
        for (var i = 0; i < 5; i++)
        {
            _scene.Knows($"{i}", $"p{i}", $"E{i}");
        }

        var plan = _scene.Plan([.. Enumerable.Range(0, 5).Select(i => Person($"p{i}", $"E{(i + 1) % 5}"))]);
        Assert.All(plan.Changes, c => Assert.Equal(PlanAction.Blocked, c.Action));
        plan = _scene.Plan([.. Enumerable.Range(0, 4).Select(i => Person($"p{i + 1}", $"E{i}"))]);
        Assert.All(plan.Changes, c => Assert.Equal(PlanAction.Blocked, c.Action));
        Assert.Equal(4, plan.Changes.Count);
    }

    [Fact]
    public void An_address_that_is_given_up_in_the_same_source_passes_on()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ben", "E2");
        Assert.Equal("Update ada; Update ben", Story(_scene.Plan(Person("ben", "E1"), Person("ben.new", "E2"))));
    }

    [Fact]
    public void A_joiner_under_a_leavers_address_gets_neither_the_account_nor_is_the_leaver_locked_out_by_a_guess()
    {
        _scene.Knows("1", "john", "E1").IsRemoved = true;
        _scene.InZoom("1", "john", u => u.Active = false);
        var change = Assert.Single(_scene.Plan(Person("john", "E500")).Changes);
        Assert.Equal(PlanAction.Relink, change.Action);
        Assert.NotNull(change.Held);
    }

    [Fact]
    public void Somebody_renamed_in_Zoom_by_hand_whose_anchor_changed_is_no_leaver()
    {
        _scene.Knows("1", "ada", "C-77");
        _scene.InZoom("1", "countess");
        Assert.Equal("Relink countess (held)", Story(_scene.Plan(Person("ada", "E1"))));
    }

    [Theory]
    [InlineData("ada", "E9")]
    [InlineData("ada", null)]
    [InlineData(null, "{E1}")]
    [InlineData(null, "E1")]
    public void A_record_that_cannot_be_used_keeps_whom_it_names(string? name, string? anchor)
    {
        _scene.Knows("1", "ada", anchor ?? "E1");
        var plan = _scene.Plan(new SourceSnapshot([], [], [Broken(name, anchor)]));
        Assert.DoesNotContain(plan.Changes, c => c.IsRemoval);
    }

    [Fact]
    public void The_anchors_of_another_property_say_nothing()
    {
        _scene.Knows("1", "ada", "1");
        _scene.Knows("2", "ben", "2");
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "RowNumber", Guard = Wide };
        Assert.Equal("NoOp ada; NoOp ben", Story(_scene.Plan(Person("ben", "1"), Person("ada", "2"))));
    }

    [Fact]
    public void Of_two_Zoom_users_with_one_address_neither_is_chosen()
    {
        _scene.InZoom("1", "ada");
        _scene.InZoom("2", "Ada", u => u.Active = false);
        var change = Assert.Single(_scene.Plan(Person("ada", "E1")).Changes);
        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains("Zoom has 2 users of the address 'ada@example.com': 1, 2 (deactivated)", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_one_the_ledger_knows_by_its_id_was_chosen_before()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.InZoom("2", "ada", u => u.Active = false);
        Assert.Equal("1", Assert.Single(_scene.Plan(Person("ada", "E1")).Changes, c => c.Action == PlanAction.NoOp).ZoomId);
    }

    [Theory]
    [InlineData(true, PlanAction.Blocked, PlanAction.Reactivate)]
    [InlineData(null, PlanAction.Blocked, PlanAction.Adopt)]
    [InlineData(false, PlanAction.NoOp, PlanAction.Adopt)]
    public void A_strangers_deactivated_account_is_not_given_to_a_joiner(bool? active, PlanAction without, PlanAction adopting)
    {
        _scene.InZoom("old", "john", u =>
        {
            u.Active = false;
            u.Department = "Sales";
            u.Attributes["displayName"] = "John Smith (left 2021)";
            u.Attributes["meta"] = new ScimObject { ["created"] = "2019-03-01T08:00:00Z" };
        });
        var change = Assert.Single(_scene.Plan(Person("john", "E500", active)).Changes);
        Assert.Equal((without, false), (change.Action, change.Adopts));
        if (without == PlanAction.Blocked)
        {
            Assert.Contains("'John Smith (left 2021)', department Sales, created 2019-03-01, id old", change.Reason, StringComparison.Ordinal);
        }

        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide, AdoptInactive = true };
        Assert.Equal((adopting, true), (Assert.Single(_scene.Plan(Person("john", "E500", active)).Changes).Action, true));
    }

    [Fact]
    public void Whom_another_rule_deactivated_because_they_had_left_it_is_no_stranger()
    {
        _scene.InZoom("1", "ada", u => u.Active = false);
        _scene.Others = new OtherRules(new System.Collections.Generic.Dictionary<string, OtherClaim>(), [])
        {
            Removed = new System.Collections.Generic.Dictionary<string, string> { ["1"] = "staff" },
        };
        Assert.Equal("Reactivate ada", Story(_scene.Plan(Person("ada", "E1"))));
    }

    [Theory]
    [InlineData(false, false, "Reactivate ada (held)")]
    [InlineData(true, false, "Reactivate ada")]
    [InlineData(false, true, "Reactivate ada")]
    public void Somebody_deactivated_by_hand_stays_so_until_approved(bool always, bool removedByRule, string story)
    {
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide, ReactivatesAlways = always };
        _scene.Knows("1", "ada", "E1").IsRemoved = removedByRule;
        _scene.InZoom("1", "ada", u => u.Active = false);
        Assert.Equal(story, Story(_scene.Plan(Person("ada", "E1"))));
    }

    [Fact]
    public void Whom_the_rule_deactivated_on_the_sources_word_comes_back()
    {
        _scene.Knows("1", "ada", "E1", u => u.Active = false);
        Assert.Equal("Reactivate ada", Story(_scene.Plan(Person("ada", "E1"))));
        _scene.Ledger.Find("1")!.DeactivatedByOthers = true;
        Assert.Equal("Reactivate ada (held)", Story(_scene.Plan(Person("ada", "E1"))));
    }
}
