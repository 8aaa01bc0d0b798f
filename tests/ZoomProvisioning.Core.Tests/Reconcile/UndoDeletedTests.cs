using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>People and groups that a run deleted, made or moved, when it is undone.</summary>
public class UndoDeletedTests
{
    private static UndoScene Deleted(Action<ScimUser>? more = null, UserDetail? detail = UserDetail.Read) => new UndoScene()
        .Wrote(WriteKind.Delete, "ada", detail is null ? null : UndoScene.Image("ada", more, detail.Value))
        .Gone("ada");

    [Theory]
    [InlineData(UserDetail.Read, null)]
    [InlineData(UserDetail.Listed, "Only what a list tells was known: names, address, type and department.")]
    [InlineData(null, "Nothing but the address is known.")]
    public void Somebody_deleted_is_made_anew_with_what_is_known(UserDetail? detail, string? remark)
    {
        var change = Deleted(u => u.Department = "Sales", detail).Only();
        Assert.Equal((PlanAction.Create, "ada@example.com", "anchor-ada"), (change.Action, change.UserName, change.Anchor));
        Assert.StartsWith("deleted by the run: a new account with what is known of the old one", change.Reason, StringComparison.Ordinal);
        Assert.Equal(detail is null ? null : "Sales", change.Desired!.Values.Department);
        Assert.Equal(remark is null ? [] : [remark], change.Remarks);
        Assert.Empty(change.Unmet);
        Assert.Equal(("anchor-ada", true), (change.Desired.Anchor, change.Desired.ActiveIsExplicit));
        Assert.Contains(change.Changes, c => c.Name == "UserName");
    }

    [Fact]
    public void Who_gets_the_data_is_no_wish_of_the_new_account()
    {
        var change = Deleted(u => u.SetExtension("transferee", "ben@example.com")).Only();
        Assert.DoesNotContain("transferee", change.Desired!.Values.ChangedAttributes);
    }

    [Fact]
    public void A_licence_nobody_had_told_is_named()
    {
        var change = Deleted(u => u.UserType = null).Only();
        Assert.Equal(["Zoom did not tell all licences the user had, so they may have to be given again."], change.Unmet);
    }

    [Fact]
    public void What_was_sent_earlier_fills_in_what_no_read_tells()
    {
        var scene = Deleted(u => u.Department = "Sales");
        var input = scene.Input();
        input.Images["id-ada"].Learn(ZoomAttributes.Title, "Chief");
        input.Images["id-ada"].Learn(ZoomAttributes.Department, "Legal");
        input.Images["id-ada"].Learn(ZoomAttributes.Locale, string.Empty);
        var values = UndoPlanner.Plan(input).Single().Desired!.Values;
        Assert.Equal(("Chief", "Sales"), (values.Title, values.Department));
        Assert.DoesNotContain("Locale", values.ChangedAttributes);
    }

    [Fact]
    public void Whose_address_another_has_by_now_or_who_is_there_is_not_made_anew()
    {
        var scene = Deleted();
        scene.Successors["ADA@example.com"] = UndoScene.Image("other");
        Assert.Equal(
            (PlanAction.Blocked, "deleted by the run; another user has the address by now (id id-other)"),
            (scene.Only().Action, scene.Only().Reason));
        Assert.Equal((PlanAction.NoOp, "the run was to delete the user, who is in Zoom"), (scene.Now("ada").Only().Action, scene.Only().Reason));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void An_account_is_made_only_where_the_connection_may(bool allowed, bool isMade)
    {
        var scene = Deleted();
        scene.Allow = c => c.AllowCreate = allowed;
        Assert.Equal(isMade ? PlanAction.Create : PlanAction.Blocked, scene.Only().Action);
    }

    [Theory]
    [InlineData(1, "does")]
    [InlineData(2, "do")]
    public void Whoever_was_inactive_comes_back_inactive_without_manager_and_groups(int groups, string verb)
    {
        var scene = Deleted(u => (u.Active, u.Manager) = (false, "boss@example.com"));
        scene.FormerGroups["id-ada"] = new Dictionary<string, string> { ["g1"] = "Sales", ["g2"] = "Legal" }
            .Take(groups)
            .ToDictionary(g => g.Key, g => g.Value);
        scene.Groups.AddRange([UndoScene.Group("g1", "Sales"), UndoScene.Group("g2", "Legal")]);
        var change = scene.Only();
        Assert.Equal((false, 0), (change.Desired!.Values.Active, change.GroupChanges.Count));
        Assert.DoesNotContain("Manager", change.Desired.Values.ChangedAttributes);
        Assert.Equal(
            [
                "Zoom changes active users only, so the manager 'boss@example.com' does not come back.",
                $"Only active users are put into groups, so {(groups == 1 ? "'Sales'" : "'Legal', 'Sales'")} {verb} not come back.",
            ],
            change.Unmet);
    }

    [Fact]
    public void Whoever_was_active_comes_back_with_manager_and_into_the_groups_there_are()
    {
        var scene = Deleted(u =>
        {
            u.Manager = "boss@example.com";
            u.Attributes["groups"] = new System.Collections.ArrayList { new ScimObject { ["value"] = "g1", ["display"] = "Sales" } };
        });
        scene.FormerGroups["id-ada"] = new Dictionary<string, string> { ["g1"] = "Sales", ["old"] = "Legal", ["gone"] = "Gone" };
        scene.Groups.AddRange([UndoScene.Group("g1", "Sales"), UndoScene.Group("g2", "legal")]);
        var change = scene.Only();
        Assert.Equal(["g2", "g1"], change.GroupChanges.Select(g => g.GroupId!));
        Assert.All(change.GroupChanges, g => Assert.True(g.Adds));
        Assert.Equal("boss@example.com", change.Desired!.Values.Manager);
        Assert.Empty(change.Unmet);
    }

    private static UndoScene Moved(WriteKind request, bool groupIsThere = true)
    {
        var scene = new UndoScene().Wrote(UndoScene.Membership(request, "g1", "Sales", "ada", "ben")).Now("ada").Now("ben", u => u.Active = false);
        if (groupIsThere)
        {
            scene.Groups.Add(UndoScene.Group("g1", "Sales"));
        }

        return scene;
    }

    [Theory]
    [InlineData(WriteKind.AddToGroup, "ada", PlanAction.ChangeGroups, false)]
    [InlineData(WriteKind.RemoveFromGroup, "ada", PlanAction.ChangeGroups, true)]
    [InlineData(WriteKind.AddToGroup, "ben", PlanAction.ChangeGroups, false)]
    [InlineData(WriteKind.RemoveFromGroup, "ben", PlanAction.Blocked, true)]
    public void Members_go_out_again_and_active_ones_come_in_again(WriteKind request, string who, PlanAction action, bool adds)
    {
        var change = Moved(request).Plan().Single(c => c.ZoomId == $"id-{who}");
        Assert.Equal(action, change.Action);
        if (action == PlanAction.Blocked)
        {
            Assert.Equal("Only active users are put into groups, so the membership in 'Sales' does not come back.", change.Reason);
        }
        else
        {
            Assert.Equal(("g1", adds), (Assert.Single(change.GroupChanges).GroupId, change.GroupChanges[0].Adds));
        }
    }

    [Theory]
    [InlineData(WriteKind.RemoveFromGroup, PlanAction.Blocked, "The group 'Sales' is not there any more.")]
    [InlineData(WriteKind.AddToGroup, PlanAction.NoOp, "as before the run already")]
    public void A_group_that_is_gone_takes_nobody_and_has_nobody(WriteKind request, PlanAction action, string reason)
    {
        var change = Moved(request, groupIsThere: false).Plan().Single(c => c.ZoomId == "id-ada");
        Assert.Equal((action, reason), (change.Action, change.Reason));
    }

    [Fact]
    public void Whoever_was_moved_since_stays_where_they_are()
    {
        var scene = Moved(WriteKind.AddToGroup).Since(UndoScene.Membership(WriteKind.RemoveFromGroup, "g1", "Sales", "ada"));
        var (ada, ben) = (scene.Plan().Single(c => c.ZoomId == "id-ada"), scene.Plan().Single(c => c.ZoomId == "id-ben"));
        Assert.Equal(
            (PlanAction.Blocked, "The membership in 'Sales' was changed again since the run and stays as it is."), (ada.Action, ada.Reason));
        Assert.Equal(PlanAction.ChangeGroups, ben.Action);
    }

    [Fact]
    public void Of_several_moves_in_one_run_the_first_says_how_it_was()
    {
        var scene = Moved(WriteKind.AddToGroup).Wrote(UndoScene.Membership(WriteKind.RemoveFromGroup, "g1", "Sales", "ada"));
        Assert.False(Assert.Single(scene.Plan().Single(c => c.ZoomId == "id-ada").GroupChanges).Adds);
    }

    [Fact]
    public void A_group_the_run_deleted_is_made_anew_with_the_members_it_took_out()
    {
        var scene = Moved(WriteKind.RemoveFromGroup, groupIsThere: false)
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.DeleteGroup, GroupId = "g1", GroupName = "Sales" });
        var group = Assert.Single(scene.Plan().Single(c => c.ZoomId == "id-ada").GroupChanges);
        Assert.Equal((null, "Sales", true), (group.GroupId, group.GroupName, group.Adds));
        var undo = Assert.Single(UndoGroups.Plan(scene.Input()).Undo);
        Assert.Equal((WriteKind.CreateGroup, null, "Sales"), (undo.Request, undo.Group, undo.Name));

        scene.User = "id-ada".Equals;
        Assert.Equal("The group 'Sales' is not there any more.", scene.Only().Reason);
    }

    private static UndoScene Renamed(string now, string? alias = "old@example.com", ChangeOutcome outcome = ChangeOutcome.Done)
    {
        var scene = new UndoScene().Wrote(
            new JournalEntry(JournalKind.Intent)
            {
                Request = WriteKind.UpdateGroup,
                GroupId = "g1",
                GroupName = "Sales",
                Before = new ScimObject { ["displayName"] = "Sales", ["emailAlias"] = "old@example.com" },
                Body = new ScimObject { ["displayName"] = "Vendors" },
            },
            outcome);
        scene.Groups.Add(UndoScene.Group("g1", now, alias));
        return scene;
    }

    [Theory]
    [InlineData("Vendors", "The group 'Vendors' is called 'Sales' again.", null)]
    [InlineData("Sales", null, null)]
    [InlineData("Others", null, "The group 'Others' was changed since the run and stays as it is.")]
    public void A_group_that_was_renamed_gets_its_name_back_while_it_has_the_runs(string now, string? sentence, string? note)
    {
        var (undo, notes) = UndoGroups.Plan(Renamed(now).Input());
        Assert.Equal(sentence is null ? [] : [sentence], undo.Select(u => u.Sentence));
        Assert.Equal(note is null ? [] : [note], notes);
        Assert.All(undo, u => Assert.Equal((WriteKind.UpdateGroup, "g1", "Sales", null), (u.Request, u.Group?.Id, u.Name, u.EmailAlias)));
    }

    [Fact]
    public void Of_two_changes_of_a_group_the_first_says_how_it_was_and_both_what_was_given()
    {
        var scene = Renamed("Vendors", "new@example.com").Wrote(new JournalEntry(JournalKind.Intent)
        {
            Request = WriteKind.UpdateGroup,
            GroupId = "g1",
            Before = new ScimObject { ["displayName"] = "Vendors", ["emailAlias"] = "middle@example.com" },
            Body = new ScimObject { ["emailAlias"] = "new@example.com" },
        });
        Assert.Equal(
            "The group 'Vendors' is called 'Sales' with the e-mail 'old@example.com' again.",
            Assert.Single(UndoGroups.Plan(scene.Input()).Undo).Sentence);
    }

    [Fact]
    public void What_a_group_was_refused_is_not_undone() =>
        Assert.Empty(UndoGroups.Plan(Renamed("Vendors", outcome: ChangeOutcome.Failed).Input()).Undo);

    [Theory]
    [InlineData(true, "The group 'New', which the run made, is deleted.")]
    [InlineData(false, "The group 'New', which the run made, stays; -DeleteCreated deletes it.")]
    public void A_group_the_run_made_is_deleted_when_asked_for(bool deletes, string words)
    {
        var scene = new UndoScene { DeletesCreated = deletes }
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.CreateGroup, GroupName = "New" }, answer: o => o with { GroupId = "g9" });
        Assert.Empty(UndoGroups.Plan(scene.Input()).Notes);
        scene.Groups.Add(UndoScene.Group("g9", "New"));
        var (undo, notes) = UndoGroups.Plan(scene.Input());
        Assert.Equal(deletes ? [words] : [], undo.Select(u => u.Sentence));
        Assert.Equal(deletes ? [] : [words], notes);
        Assert.All(undo, u => Assert.Equal((WriteKind.DeleteGroup, "g9"), (u.Request, u.Group?.Id)));
    }

    [Fact]
    public void A_group_the_run_made_and_deleted_is_nothing_to_undo_and_one_made_and_renamed_is_not_renamed()
    {
        var scene = new UndoScene()
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.CreateGroup, GroupName = "New" }, answer: o => o with { GroupId = "g1" })
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.DeleteGroup, GroupId = "g1", GroupName = "New" });
        Assert.Empty(UndoGroups.Plan(scene.Input()).Undo);

        var renamed = Renamed("Vendors")
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.CreateGroup, GroupName = "New" }, answer: o => o with { GroupId = "g1" });
        Assert.Empty(UndoGroups.Plan(renamed.Input()).Undo);
    }

    [Theory]
    [InlineData("Sales", true)]
    [InlineData("SALES", true)]
    [InlineData("Legal", false)]
    public void A_group_of_the_same_name_stands_for_the_deleted_one(string there, bool isThere)
    {
        var scene = new UndoScene().Wrote(new JournalEntry(JournalKind.Intent)
        {
            Request = WriteKind.DeleteGroup,
            GroupId = "g1",
            GroupName = "another",
            Before = new ScimObject { ["displayName"] = "Sales", ["emailAlias"] = "sales@example.com" },
        });
        scene.Groups.Add(UndoScene.Group("g2", there));
        var (undo, notes) = UndoGroups.Plan(scene.Input());
        Assert.Equal(isThere ? ["The group 'Sales', which the run deleted, is not made anew: there is one of this name."] : [], notes);
        Assert.Equal(isThere ? [] : ["sales@example.com"], undo.Select(u => u.EmailAlias));
    }
}
