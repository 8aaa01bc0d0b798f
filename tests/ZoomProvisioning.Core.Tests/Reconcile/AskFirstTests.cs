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

/// <summary>What waits until an admin has looked: another person under the same key, a door that was shut by hand, a stranger's account.</summary>
public class AskFirstTests
{
    private static Scene Known(Action<ScimUser> zoom, Action<ScimUser> wish, string name = "new", bool removed = false)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide });
        var entry = scene.Managed("ada", zoom);
        (entry.Anchor, entry.IsRemoved) = ("7", removed);
        scene.InSource(name, wish);
        scene.Anchor("7");
        return scene;
    }

    private static PlannedChange Of(Scene scene) => scene.Plan().Changes.Single(c => c.ZoomId == "id-ada");

    [Theory]
    [InlineData("Ben", "Baker", "new", true)]
    [InlineData("Ada", "Baker", "new", false)]
    [InlineData("Ben", "Adams", "new", false)]
    [InlineData("ADA", "ADAMS", "new", false)]
    [InlineData("Ben", "Baker", "ada", false)]
    public void Somebody_with_another_address_and_both_names_others_waits(string given, string family, string name, bool waits)
    {
        var change = Of(Known(u => (u.GivenName, u.FamilyName) = ("Ada", "Adams"), u => (u.GivenName, u.FamilyName) = (given, family), name));
        Assert.Equal(waits, change.Held?.StartsWith("The key is the same, but the address and both names are others", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Who_had_no_names_does_not_wait() =>
        Assert.Null(Of(Known(_ => { }, u => (u.GivenName, u.FamilyName) = ("Ben", "Baker"))).Held);

    [Theory]
    [InlineData("new", true)]
    [InlineData("ada", false)]
    public void Somebody_who_would_come_back_under_another_address_waits(string name, bool waits)
    {
        var change = Of(Known(u => u.Active = false, u => u.Active = true, name, removed: true));
        Assert.Equal(PlanAction.Reactivate, change.Action);
        Assert.Equal(waits, change.Held?.Contains("would come back under another address", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void What_waits_for_another_reason_keeps_it()
    {
        var scene = Known(u => u.Active = false, u => u.Active = true);
        scene.Ledger.Find("id-ada")!.DeactivatedByOthers = true;
        Assert.Equal(AskFirst.Reactivation, Of(scene).Held);
    }

    [Theory]
    [InlineData("Ada Adams", "'Ada Adams'")]
    [InlineData(null, "'A. Adams'")]
    public void A_strangers_account_is_told_by_what_is_known_of_it(string? display, string name)
    {
        var user = UndoScene.Image("ada", u =>
        {
            (u.GivenName, u.FamilyName, u.Department, u.EmployeeNumber) = ("A.", "Adams", "Sales", "7");
            u.SetExtension("last_login_time", "2026-01-03");
            if (display is not null)
            {
                u.DisplayName = display;
            }

            u.Attributes["meta"] = new ScimObject { ["created"] = "2020-01-01T10:00:00Z", ["lastModified"] = "2025-02-02T10:00:00Z" };
        });
        Assert.Contains(
            $"{name}, department Sales, employee number 7, created 2020-01-01, last changed 2025-02-02, last login 2026-01-03, id id-ada.",
            AskFirst.Stranger(user),
            StringComparison.Ordinal);
        Assert.Contains("else's: '', id 9.", AskFirst.Stranger(new ScimUser { Id = "9" }), StringComparison.Ordinal);
    }

    // Whether a manager under the new address of somebody may be sent: only when this very run gives that person the address.
    [Theory]
    [InlineData("created", true)]
    [InlineData("renamed", true)]
    [InlineData("not created by the rule", false)]
    [InlineData("not created by the connection", false)]
    [InlineData("inactive", false)]
    [InlineData("protected", false)]
    [InlineData("not renamed by the rule", false)]
    [InlineData("not renamed on updates", false)]
    [InlineData("another's", false)]
    [InlineData("in dispute", false)]
    [InlineData("nobody", false)]
    public void A_manager_is_sent_when_the_run_gives_somebody_the_address(string boss, bool isSent)
    {
        var scene = new Scene(new ProvisioningRule("rule")
        {
            Anchor = "Id",
            Guard = PlanScene.Wide,
            AllowCreate = boss != "not created by the rule",
            Protected = new ProtectedUsers(boss == "protected" ? ["boss@example.com"] : []),
            Attributes = boss == "not renamed on updates"
                ? new Dictionary<string, AttributeRule> { ["Email"] = new(AttributeSource.Preset) { Apply = ApplyWhen.OnCreate } }
                : new Dictionary<string, AttributeRule>(),
        });
        scene.Managed("ada");
        scene.InSource("ada", u => u.Manager = "boss@example.com");
        var isRename = boss is "renamed" or "not renamed by the rule" or "not renamed on updates" or "another's";
        if (isRename)
        {
            scene.Managed("old").Anchor = "7";
        }

        if (boss == "another's")
        {
            scene.Others = new OtherRules(new Dictionary<string, OtherClaim> { ["id-old"] = new("sales", Scene.Now.AddYears(-2)) }, []);
        }

        for (var i = 0; i < (boss == "nobody" ? 0 : boss == "in dispute" ? 2 : 1); i++)
        {
            scene.InSource("boss", u => u.Active = boss != "inactive");
            if (isRename)
            {
                scene.Anchor("7");
            }
        }

        scene.Connection = Wishes.Connection(new FakeZoom(), c => c.AllowCreate = boss != "not created by the connection");
        if (boss == "not renamed by the rule")
        {
            scene.Rule = scene.Rule with { AllowUpdate = false };
            var blocked = scene.Of("ada");
            Assert.Contains(blocked.Remarks, r => r.StartsWith("The manager 'boss@example.com' of ada@example.com is not a user", StringComparison.Ordinal));
            return;
        }

        var change = scene.Of("ada");
        Assert.Equal(isSent, change.Changes.Any(c => c.Attribute == ZoomAttributes.Manager));
        Assert.Equal(
            !isSent,
            change.Remarks.Any(r => r.StartsWith("The manager 'boss@example.com' of ada@example.com is not a user", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_manager_who_gets_another_address_in_this_run_is_sent_under_that_one_and_not_again_when_Zoom_has_it()
    {
        Scene Of(string has)
        {
            var scene = new Scene(new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide });
            scene.Managed("old").Anchor = "7";
            scene.InSource("new");
            scene.Anchor("7");
            scene.Managed("ada", u => u.Manager = has);
            scene.InSource("ada", u => (u.Manager, u.Department) = ("old@example.com", "Sales"));
            return scene;
        }

        var manager = Of("other@example.com").Of("ada").Changes.Single(c => c.Attribute == ZoomAttributes.Manager);
        Assert.Equal(("new@example.com", "other@example.com", true), (manager.NewValue, manager.OldValue, manager.OldIsKnown));
        Assert.NotEqual(ChangeCause.Unknown, manager.Cause);
        Assert.Equal(["Department"], Of("new@example.com").Of("ada").Changes.Select(c => c.Name));
    }

    [Theory]
    [InlineData(true, "Sales", null, PlanAction.ChangeGroups)]
    [InlineData(null, "Sales", null, PlanAction.ChangeGroups)]
    [InlineData(false, "Sales", null, PlanAction.Disable)]
    [InlineData(true, "Sales", "Legal", PlanAction.Update)]
    public void Groups_are_of_active_people(bool? active, string group, string? department, PlanAction action)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = PlanScene.Wide });
        scene.Managed("ada");
        scene.InSource("ada", u =>
        {
            if (active is not null)
            {
                u.Active = active;
            }

            if (department is not null)
            {
                u.Department = department;
            }
        }, group);
        var change = scene.Of("ada");
        Assert.Equal(action, change.Action);
        Assert.Equal(action == PlanAction.Disable ? 0 : 1, change.GroupChanges.Count);
        Assert.True(action != PlanAction.ChangeGroups || change.Reason.StartsWith("groups ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(true, 1)]
    public void Of_somebody_inactive_groups_change_only_with_the_return(bool? active, int groups)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = PlanScene.Wide });
        scene.Managed("ada", u => u.Active = false).IsRemoved = active == true;
        scene.InSource("ada", u =>
        {
            if (active is not null)
            {
                u.Active = active;
            }
        }, "Sales");
        Assert.Equal(groups, scene.Of("ada").GroupChanges.Count);
    }
}
