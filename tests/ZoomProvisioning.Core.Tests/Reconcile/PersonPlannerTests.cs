using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What is done about one person of the source: who is known or a stranger, what is and what is wanted, what may be done.</summary>
public class PersonPlannerTests
{
    private readonly PlanScene _scene = new(Rule());

    private static ProvisioningRule Rule(
        bool create = true, bool adopt = true, bool update = true, bool disable = true, bool adoptInactive = false, bool always = false,
        string? protects = null) =>
        new("rule")
        {
            Guard = PlanScene.Wide,
            AllowCreate = create,
            AllowAdopt = adopt,
            AllowUpdate = update,
            AllowDisable = disable,
            AdoptInactive = adoptInactive,
            ReactivatesAlways = always,
            Protected = protects is null ? new ProtectedUsers() : new ProtectedUsers([protects]),
        };

    private PlannedChange Plan(bool? active = true, Action<ScimUser>? more = null) =>
        Assert.Single(_scene.Plan(PlanScene.Person("ada", null, active, more)).Changes);

    [Theory]
    [InlineData(null, true, PlanAction.Create)]
    [InlineData(true, true, PlanAction.Create)]
    [InlineData(false, true, PlanAction.NoOp)]
    [InlineData(true, false, PlanAction.Blocked)]
    public void Somebody_who_is_not_in_Zoom(bool? active, bool mayCreate, PlanAction expected)
    {
        _scene.Rule = Rule(create: mayCreate);
        var change = Plan(active, u => u.Department = "Sales");

        Assert.Equal(expected, change.Action);
        Assert.Equal(expected == PlanAction.Create ? ["UserName", "Department"] : [], change.Changes.Select(c => c.Name));
        Assert.Equal(!mayCreate, change.Reason.Contains("capabilities.create"));
    }

    [Fact]
    public void Somebody_protected_is_not_created()
    {
        _scene.Rule = Rule(protects: "ada@example.com");
        var change = Plan();
        Assert.Equal(PlanAction.Protected, change.Action);
        Assert.StartsWith("not in Zoom, but protected by the rule", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_of_updates_only_is_not_in_a_create_and_one_of_creates_only_is()
    {
        AttributeRule When(ApplyWhen apply) => new(AttributeSource.FromProperty("x")) { Apply = apply };
        _scene.Rule = new ProvisioningRule("rule")
        {
            Guard = PlanScene.Wide,
            Attributes = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase)
            {
                ["Department"] = When(ApplyWhen.OnUpdate),
                ["CostCenter"] = When(ApplyWhen.OnCreate),
                ["Organization"] = When(ApplyWhen.Always),
            },
        };
        void All(ScimUser user) => (user.Department, user.CostCenter, user.Organization) = ("Sales", "42", "Acme");

        Assert.Equal(["CostCenter", "Organization", "UserName"], Plan(more: All).Changes.Select(c => c.Name).OrderBy(n => n, StringComparer.Ordinal));
        _scene.Knows("1", "ada", null);
        Assert.Equal(["Department", "Organization"], Plan(more: All).Changes.Select(c => c.Name).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Theory]
    // What Zoom has, what the source wants, whether something else differs.
    [InlineData(true, null, false, PlanAction.NoOp, "nothing to change")]
    [InlineData(true, true, false, PlanAction.NoOp, "nothing to change")]
    [InlineData(true, true, true, PlanAction.Update, "Department differs")]
    [InlineData(true, null, true, PlanAction.Update, "Department differs")]
    [InlineData(true, false, false, PlanAction.Disable, "active in Zoom, but not active in the source")]
    [InlineData(true, false, true, PlanAction.Disable, "active in Zoom, but not active in the source")]
    [InlineData(false, false, false, PlanAction.NoOp, "deactivated already, as wanted")]
    [InlineData(false, false, true, PlanAction.NoOp, "deactivated already, as wanted; Zoom does not change deactivated users, so Department stays different")]
    [InlineData(false, null, false, PlanAction.NoOp, "deactivated in Zoom, and the source does not say whether it is to be active")]
    [InlineData(false, null, true, PlanAction.NoOp,
        "deactivated in Zoom, and the source does not say whether it is to be active; Zoom does not change deactivated users, so Department stays different")]
    public void Somebody_the_rule_knows(bool isActive, bool? wanted, bool differs, PlanAction expected, string reason)
    {
        _scene.Knows("1", "ada", null, u => (u.Active, u.Department) = (isActive, "Sales"));
        var change = Plan(wanted, u => u.Department = differs ? "Legal" : "Sales");

        Assert.Equal((expected, reason), (change.Action, change.Reason));
        Assert.Equal(differs && expected is PlanAction.Update or PlanAction.Disable && differs ? 1 : 0, change.Changes.Count);
        Assert.False(change.Adopts);
    }

    [Theory]
    [InlineData(true, false, "back in the source after it had left", false)]
    [InlineData(false, false, "active in the source, but deactivated in Zoom by hand since the rule saw the user last", true)]
    [InlineData(false, true, "deactivated in Zoom, but active in the source", false)]
    public void Somebody_who_is_to_be_active_again(bool left, bool always, string reason, bool held)
    {
        _scene.Rule = Rule(always: always);
        var entry = _scene.Knows("1", "ada", null, u => u.Department = "Sales");
        entry.IsRemoved = left;
        _scene.InZoom("1", "ada", u => (u.Active, u.Department) = (false, "Sales"));

        var change = Plan(true, u => u.Department = "Legal");
        Assert.Equal((PlanAction.Reactivate, reason), (change.Action, change.Reason));
        Assert.Equal(held ? AskFirst.Reactivation : null, change.Held);
        Assert.Equal("Department", Assert.Single(change.Changes).Name);
        Assert.Equal(ChangeCause.ZoomChanged, change.ActiveCause);

        // Where nothing may be changed, nobody is activated either.
        _scene.Rule = Rule(update: false, always: always);
        Assert.Equal((PlanAction.Blocked, "the rule may not do that (capabilities.update)"), (Plan().Action, Plan().Reason));
    }

    [Fact]
    public void A_source_that_does_not_speak_of_activity_wants_back_whom_the_rule_removed()
    {
        var entry = _scene.Knows("1", "ada", null);
        _scene.InZoom("1", "ada", u => u.Active = false);
        Assert.Equal(PlanAction.NoOp, Plan(null).Action);
        entry.IsRemoved = true;
        Assert.Equal(PlanAction.Reactivate, Plan(null).Action);
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(false, true, 0)]
    [InlineData(true, false, 0)]
    public void A_leaver_is_disabled_whether_or_not_changes_may_be_sent(bool ruleMayUpdate, bool connectionMayUpdate, int changes)
    {
        _scene.Rule = Rule(update: ruleMayUpdate);
        _scene.Allow = c => c.AllowUpdate = connectionMayUpdate;
        _scene.Knows("1", "ada", null, u => u.Department = "Sales");
        var change = Plan(false, u => u.Department = "Legal");
        Assert.Equal((PlanAction.Disable, changes), (change.Action, change.Changes.Count));
    }

    [Fact]
    public void A_leaver_gets_no_role()
    {
        _scene.Knows("1", "ada", null, u => u.Roles = ["Member"]);
        Assert.Empty(Plan(false, u => u.Roles = ["Admin"]).Changes);
        Assert.Equal("Roles", Assert.Single(Plan(true, u => u.Roles = ["Admin"]).Changes).Name);
    }

    [Fact]
    public void Who_may_not_be_disabled_or_changed_is_blocked_and_the_reason_says_by_what()
    {
        _scene.Knows("1", "ada", null, u => u.Department = "Sales");
        _scene.Rule = Rule(disable: false, update: false);
        Assert.Equal("Blocked ada@example.com: the rule may not do that (capabilities.disable)", Plan(false).ToString());
        Assert.Equal("Blocked ada@example.com: the rule may not do that (capabilities.update)", Plan(true, u => u.Department = "Legal").ToString());
        _scene.Rule = Rule();
        _scene.Allow = c => c.AllowDisable = false;
        Assert.Contains("-AllowDisable", Plan(false).Reason, StringComparison.Ordinal);
    }

    [Theory]
    // Whether strangers may be taken over, whether the stranger is active, and what is wanted.
    [InlineData(true, false, true, true, false, PlanAction.Adopt, true)]
    [InlineData(true, false, true, true, true, PlanAction.Adopt, true)]
    [InlineData(false, false, true, true, true, PlanAction.Blocked, false)]
    [InlineData(true, false, true, false, true, PlanAction.Disable, true)]
    [InlineData(true, false, false, true, true, PlanAction.Blocked, false)]
    [InlineData(true, false, false, false, true, PlanAction.NoOp, false)]
    [InlineData(true, true, false, true, true, PlanAction.Reactivate, true)]
    [InlineData(true, true, false, false, true, PlanAction.Adopt, true)]
    public void Somebody_in_Zoom_whom_the_rule_does_not_know(
        bool adopt, bool inactive, bool isActive, bool wanted, bool differs, PlanAction expected, bool adopts)
    {
        _scene.Rule = Rule(adopt: adopt, adoptInactive: inactive);
        _scene.InZoom("1", "ada", u => (u.Active, u.Department) = (isActive, "Sales"));
        var change = Plan(wanted, u => u.Department = differs ? "Legal" : "Sales");

        Assert.Equal((expected, adopts), (change.Action, change.Adopts));
        var sends = differs && expected is PlanAction.Adopt or PlanAction.Disable or PlanAction.Reactivate && differs && (isActive || wanted);
        Assert.Equal(sends ? 1 : 0, change.Changes.Count);
        Assert.Null(change.Held);
    }

    [Fact]
    public void Taking_somebody_over_needs_no_leave_to_change_and_says_what_stays()
    {
        _scene.Rule = Rule(update: false);
        _scene.InZoom("1", "ada", u => u.Department = "Sales");
        var change = Plan(more: u => u.Department = "Legal");
        Assert.Equal(PlanAction.Adopt, change.Action);
        Assert.Empty(change.Changes);
        Assert.EndsWith("the rule may not do that (capabilities.update), so Department stays different", change.Reason, StringComparison.Ordinal);
        Assert.EndsWith("; has what the source wants", Plan(more: u => u.Department = "Sales").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, PlanAction.NoOp)]
    [InlineData(true, true, PlanAction.Protected)]
    [InlineData(false, false, PlanAction.Protected)]
    public void Somebody_protected_is_left_as_found(bool known, bool differs, PlanAction expected)
    {
        _scene.Rule = Rule(protects: "ada@example.com");
        _ = known ? _scene.Knows("1", "ada", null, u => u.Department = "Sales").Seen : _scene.InZoom("1", "ada", u => u.Department = "Sales");
        var change = Plan(more: u => u.Department = differs ? "Legal" : "Sales");
        Assert.Equal(expected, change.Action);
        Assert.Empty(change.Changes);
        Assert.False(change.Adopts);
    }

    [Fact]
    public void Whose_details_could_not_be_read_is_left_alone()
    {
        var user = _scene.Knows("1", "ada", null).Seen!;
        _scene.Unread["1"] = new ScimServerException("Zoom.Server.Unavailable", "it broke");
        var change = Plan();
        Assert.Equal("Blocked ada@example.com: could not be read: it broke", change.ToString());
        Assert.Equal(user.Id, change.ZoomId);
        Assert.Equal("it broke", change.Problem!.Message);
    }

    [Fact]
    public void A_change_by_hand_is_told_with_its_name()
    {
        _scene.Knows("1", "ada", null, u => (u.Department, u.CostCenter) = ("Sales", "1"));
        _scene.InZoom("1", "ada", u => (u.Department, u.CostCenter) = ("Legal", "1"));
        Assert.Equal(
            "Department, CostCenter differ (Department changed in Zoom by hand)",
            Plan(more: u => (u.Department, u.CostCenter) = ("Sales", "2")).Reason);
    }

    [Theory]
    [InlineData("boss", "boss@example.com")]
    [InlineData("nobody", null)]
    public void A_manager_must_be_somebody_of_the_account(string manager, string? sent)
    {
        _scene.InZoom("9", "boss");
        _scene.Knows("1", "ada", null);
        foreach (var name in new[] { "ada", "joiner" })
        {
            var plan = _scene.Plan(PlanScene.Person(name, null, true, u => u.Manager = $"{manager}@example.com"));
            var change = Assert.Single(plan.Changes, c => c.UserName == $"{name}@example.com");
            Assert.Equal(sent, change.Changes.SingleOrDefault(c => c.Name == "Manager")?.NewValue);
            Assert.Equal(sent is null ? 1 : 0, change.Remarks.Count);
            Assert.Equal(change.Remarks, change.Unmet);
            var words = $"The manager '{manager}@example.com' of {name}@example.com is not a user";
            Assert.All(change.Remarks, r => Assert.Contains(words, r, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_manager_who_is_renamed_in_the_same_run_is_named_by_the_new_address()
    {
        _scene.Rule = new ProvisioningRule("rule") { Guard = PlanScene.Wide, Anchor = "Id" };
        _scene.Ledger.AnchorProperty = "Id";
        _scene.Knows("1", "ada", "a1");
        _scene.Knows("9", "boss", "a9");
        var plan = _scene.Plan(
            PlanScene.Person("ada", "a1", true, u => u.Manager = "boss@example.com"), PlanScene.Person("chief", "a9"));
        Assert.Equal("chief@example.com", plan.Changes.Single(c => c.ZoomId == "1").Changes.Single(c => c.Name == "Manager").NewValue);

        // Who has the new one by Zoom's word already is not changed.
        _scene.Knows("1", "ada", "a1", u => u.Manager = "chief@example.com");
        plan = _scene.Plan(PlanScene.Person("ada", "a1", true, u => u.Manager = "boss@example.com"), PlanScene.Person("chief", "a9"));
        Assert.Empty(plan.Changes.Single(c => c.ZoomId == "1").Changes);
    }

    [Fact]
    public void A_manager_who_is_created_in_the_same_run_counts_unless_nobody_may_be_created()
    {
        PlannedChange Ada() => _scene.Plan(PlanScene.Person("ada", null, true, u => u.Manager = "new@example.com"), PlanScene.Person("new", null)).Changes
            .Single(c => c.UserName == "ada@example.com");
        _scene.Knows("1", "ada", null);
        Assert.Equal("Manager", Assert.Single(Ada().Changes).Name);

        _scene.Rule = Rule(create: false);
        Assert.Empty(Ada().Changes);
        _scene.Rule = Rule(protects: "new@example.com");
        Assert.Empty(Ada().Changes);
        _scene.Rule = Rule();
        _scene.Allow = c => c.AllowCreate = false;
        Assert.Empty(Ada().Changes);
    }

    [Theory]
    [InlineData(true, null, PlanAction.Blocked)]
    [InlineData(true, "Legal", PlanAction.Blocked)]
    [InlineData(false, null, PlanAction.NoOp)]
    [InlineData(false, "Sales", PlanAction.NoOp)]
    public void Whom_another_rule_had_first_keeps_that_ones_values(bool differs, string? department, PlanAction expected)
    {
        _scene.Knows("1", "ada", null, u => (u.Department, u.Active) = ("Sales", !differs || department is not null));
        _scene.Others = new OtherRules(new Dictionary<string, OtherClaim> { ["1"] = new("first", DateTimeOffset.MinValue) }, []);
        _scene.Ledger.Find("1")!.LinkedAt = DateTimeOffset.MinValue.AddDays(1);
        var change = Plan(true, u => u.Department = department ?? "Sales");

        Assert.Equal(expected, change.Action);
        Assert.Empty(change.Changes);
        var left = department is null ? "Active" : "Department";
        Assert.Equal(
            differs ? $"Owned elsewhere: the rule 'first' had this user first, so its values count and {left} stays different" : "nothing to change",
            change.Reason);
    }

    [Fact]
    public void Whom_this_rule_had_first_gets_this_ones_values()
    {
        _scene.Knows("1", "ada", null, u => u.Department = "Sales");
        _scene.Others = new OtherRules(new Dictionary<string, OtherClaim> { ["1"] = new("second", DateTimeOffset.MinValue.AddDays(1)) }, []);
        Assert.Equal(PlanAction.Update, Plan(true, u => u.Department = "Legal").Action);
        Assert.Contains("this rule had them first", Shared(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_of_another_rule_is_adopted_without_a_request_and_what_differs_is_told()
    {
        _scene.InZoom("1", "ada", u => u.Department = "Sales");
        _scene.Others = new OtherRules(new Dictionary<string, OtherClaim> { ["1"] = new("first", default) }, []);
        var change = Plan(true, u => u.Department = "Legal");
        Assert.Equal((PlanAction.Adopt, true, 0), (change.Action, change.Adopts, change.Changes.Count));
        Assert.EndsWith("so its values count and Department stays different.", Assert.Single(change.Unmet), StringComparison.Ordinal);
        Assert.Empty(Plan(true, u => u.Department = "Sales").Unmet);
        Assert.Contains("had them first, so its values count", Shared(), StringComparison.Ordinal);
    }

    private string Shared() => Assert.Single(_scene.Plan(PlanScene.Person("ada", null)).Guard, f => f.Check == GuardCheck.SharedPeople).Message;

    [Fact]
    public void Another_rules_leaver_in_the_source_of_this_one_may_come_back()
    {
        _scene.InZoom("1", "ada", u => u.Active = false);
        Assert.Equal(PlanAction.Blocked, Plan().Action);
        _scene.Others = new OtherRules(new Dictionary<string, OtherClaim>(), []) { Removed = new Dictionary<string, string> { ["1"] = "other" } };
        Assert.Equal(PlanAction.Reactivate, Plan().Action);
    }
}
