using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Reconcile;

public class UserPlannerTests
{
    private static ScimUser User(string userName, string id, bool active = true) =>
        new(new ScimUser { Id = id, UserName = userName, Email = userName, Active = active }.Attributes, UserDetail.Read);

    private static PlannedChange One(DesiredUser wish, ScimUser? current, Action<ZoomScimConnection>? switches = null) =>
        UserPlanner.Plan(wish, current, Wishes.Connection(new FakeZoom(), switches), sendUntold: false);

    [Fact]
    public void Somebody_inactive_in_the_source_is_not_created_unless_it_was_asked_for()
    {
        Assert.Equal(PlanAction.NoOp, One(Wishes.For("a@example.com", u => u.Active = false), null).Action);
        Assert.Equal(PlanAction.Create, One(Wishes.For("a@example.com", u => u.Active = false, activeIsExplicit: true), null).Action);
    }

    [Fact]
    public void Nobody_is_created_active_because_deactivating_is_switched_off()
    {
        var change = One(Wishes.For("a@example.com", u => u.Active = false, activeIsExplicit: true), null, c => c.AllowDisable = false);

        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains("-AllowDisable", change.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, false, PlanAction.NoOp)]
    [InlineData(true, true, false, PlanAction.NoOp)]
    [InlineData(true, null, true, PlanAction.Update)]
    [InlineData(true, false, false, PlanAction.Disable)]
    [InlineData(true, false, true, PlanAction.Disable)]
    [InlineData(false, null, false, PlanAction.NoOp)]
    [InlineData(false, null, true, PlanAction.Blocked)]
    [InlineData(false, true, false, PlanAction.Reactivate)]
    [InlineData(false, true, true, PlanAction.Reactivate)]
    [InlineData(false, false, true, PlanAction.NoOp)]
    public void What_is_done_follows_from_what_is_and_what_is_wanted(bool isActive, bool? wantsActive, bool differs, PlanAction expected)
    {
        var wish = Wishes.For("a@example.com", u =>
        {
            if (wantsActive is not null)
            {
                u.Active = wantsActive;
            }

            if (differs)
            {
                u.Department = "Sales";
            }
        });

        var change = One(wish, User("a@example.com", "id1", isActive));

        Assert.Equal(expected, change.Action);
        Assert.NotEmpty(change.Reason);
    }

    [Fact]
    public void A_difference_that_stays_on_a_deactivated_user_is_told()
    {
        Assert.Contains(
            "Department",
            One(Wishes.For("a@example.com", u => { u.Active = false; u.Department = "Sales"; }), User("a@example.com", "id1", false)).Reason,
            StringComparison.Ordinal);
        Assert.Contains(
            "-Active $true",
            One(Wishes.For("a@example.com", u => u.Department = "Sales"), User("a@example.com", "id1", false)).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaver_is_disabled_without_changes_where_updating_is_switched_off()
    {
        var change = One(
            Wishes.For("a@example.com", u => { u.Active = false; u.Department = "Sales"; }),
            User("a@example.com", "id1"),
            c => c.AllowUpdate = false);

        Assert.Equal(PlanAction.Disable, change.Action);
        Assert.Empty(change.Changes);
    }

    [Theory]
    [InlineData("Admin", false)]
    [InlineData("Helpdesk", false)]
    [InlineData("member", true)]
    public void A_leaver_gets_no_role_because_Zoom_deactivates_no_admin(string role, bool isSent)
    {
        var wish = Wishes.For("a@example.com", u => { u.Active = false; u.Department = "Sales"; u.Roles = [role]; }, activeIsExplicit: true);
        string[] expected = isSent ? ["Roles", "Department"] : ["Department"];
        var current = User("a@example.com", "id1");
        current.Roles = ["Other"];

        Assert.Equal(expected, One(wish, new ScimUser(current.Attributes, UserDetail.Read)).Changes.Select(c => c.Name));
        Assert.Equal(["UserName", .. expected], One(wish, null).Changes.Select(c => c.Name));
    }

    [Theory]
    [InlineData(Capability.Create, "-AllowCreate")]
    [InlineData(Capability.Update, "-AllowUpdate")]
    [InlineData(Capability.Disable, "-AllowDisable")]
    public void A_blocked_change_names_the_connection_and_the_switch(Capability capability, string parameter)
    {
        var wish = Wishes.For("a@example.com", u => { u.Active = capability != Capability.Disable; u.Department = "Sales"; });

        var change = One(wish, capability == Capability.Create ? null : User("a@example.com", "id1"), c =>
        {
            c.AllowCreate = capability != Capability.Create;
            c.AllowUpdate = capability != Capability.Update;
            c.AllowDisable = capability != Capability.Disable;
        });

        Assert.Equal(PlanAction.Blocked, change.Action);
        Assert.Contains(parameter, change.Reason, StringComparison.Ordinal);
        Assert.Contains("'test'", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Removal_follows_the_action_the_state_and_the_switches()
    {
        PlanAction Removal(RemoveAction action, bool active, Action<ZoomScimConnection>? switches = null) =>
            UserPlanner.PlanRemoval(User("a@example.com", "id1", active), action, Wishes.Connection(new FakeZoom(), switches), null).Action;

        Assert.Equal(PlanAction.Disable, Removal(RemoveAction.Disable, true));
        Assert.Equal(PlanAction.NoOp, Removal(RemoveAction.Disable, false));
        Assert.Equal(PlanAction.Delete, Removal(RemoveAction.Delete, true));
        Assert.Equal(PlanAction.Delete, Removal(RemoveAction.Delete, false));
        Assert.Equal(PlanAction.Blocked, Removal(RemoveAction.Disable, true, c => c.AllowDisable = false));
        Assert.Equal(PlanAction.Blocked, Removal(RemoveAction.Delete, true, c => c.AllowDeprovision = false));
        Assert.Equal(PlanAction.Delete, Removal(RemoveAction.Delete, true, c => c.AllowDisable = false));
    }

    [Fact]
    public void A_prompt_shows_the_persons_name_beside_the_address()
    {
        var current = User("a@example.com", "id1");
        current.DisplayName = "Jill Chill";

        Assert.Equal("Jill Chill <a@example.com>", One(Wishes.For("a@example.com"), current).FriendlyName);
        Assert.Equal(
            "Jill O'Brien <b@example.com>",
            One(Wishes.For("b@example.com", u => { u.GivenName = "Jill"; u.FamilyName = "O'Brien"; }), null).FriendlyName);
        Assert.Equal("c@example.com", One(Wishes.For("c@example.com"), null).FriendlyName);
    }
}
