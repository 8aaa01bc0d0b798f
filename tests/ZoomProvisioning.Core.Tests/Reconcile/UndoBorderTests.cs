using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>The borders of an undo: the form of what is sent, what nobody can see, groups, names, and the order of things.</summary>
public class UndoBorderTests
{
    private static UndoScene Updated(Action<ScimUser> before, Action<ScimUser> sent, Action<ScimUser> now) =>
        new UndoScene().Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", before), sent).Now("ada", now);

    private static Action<ScimUser> With(string name, object? value) => u =>
    {
        if (value is not null)
        {
            u.Attributes[ScimSchemas.ZoomUser] = new ScimObject { [name] = value };
        }
    };

    public static TheoryData<string, object?, object, object> Values => new()
    {
        // The attribute, how it was, what the run gave, and what is sent to bring the first back.
        { "pronouns", "they", "it", "they" },
        { "pronouns", null, "it", string.Empty },
        { "zoomIQ", true, false, true },
        { "zoomIQ", false, true, false },
        { "zoomIQ", null, true, false },
        { "zoomUnited", "123", "456", "123" },
        { "zoomUnited", 123L, "456", "123" },
        { "zoomUnited", "0", "456", "none" },
        { "zoomUnited", null, "456", "none" },
        { "zoomOneEdu", "none", "456", "0" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_goes_back_in_the_form_that_Zoom_takes(string name, object? before, object given, object sent)
    {
        var change = Assert.Single(Updated(With(name, before), With(name, given), With(name, given)).Only().Changes);
        Assert.Equal((name, given, sent, true), (change.Name, change.OldValue, change.NewValue, change.OldIsKnown));
    }

    [Theory]
    [InlineData("Basic", "Licensed")]
    [InlineData("Licensed", "Basic")]
    public void A_type_goes_back_as_it_was(string before, string given)
    {
        var change = Assert.Single(Updated(u => u.UserType = before, u => u.UserType = given, u => u.UserType = given).Only().Changes);
        Assert.Equal((given, before), (change.OldValue, change.NewValue));
    }

    [Fact]
    public void Roles_and_texts_there_were_none_of_are_taken_off()
    {
        void Given(ScimUser user) => (user.Roles, user.CostCenter) = (["Admin"], "0");
        var changes = Updated(_ => { }, Given, Given).Only().Changes;
        Assert.Equal(["Roles", "CostCenter"], changes.Select(c => c.Name));
        Assert.Equal([Array.Empty<string>(), string.Empty], changes.Select(c => c.NewValue!));
        Assert.Equal("CostCenter=0", UndoScene.Sent(Updated(u => u.CostCenter = "0", u => u.CostCenter = "1", u => u.CostCenter = "1").Only()));
    }

    [Fact]
    public void Of_a_licence_that_was_taken_the_present_one_is_shown()
    {
        var scene = new UndoScene().Wrote(WriteKind.Deactivate, "ada", UndoScene.Image("ada", u => u.UserType = "Licensed")).Now("ada", u => u.Active = false);
        var change = Assert.Single(scene.Only().Changes);
        Assert.Equal(("Basic", "Licensed"), (change.OldValue, change.NewValue));
    }

    [Fact]
    public void What_the_admin_cannot_see_is_told_and_what_can_be_seen_is_not()
    {
        var seen = Updated(u => u.Department = "Sales", u => u.Department = "Legal", u => u.Department = "Legal").Only();
        Assert.Empty(seen.Remarks);
        Assert.Equal(("Legal", true), (seen.Changes[0].OldValue, seen.Changes[0].OldIsKnown));

        // A title in an old image is no answer of Zoom's, and a type that Zoom keeps silent about is not gone.
        var title = Updated(u => u.Title = "Clerk", u => u.Title = "Chief", u => u.Title = "Other").Only();
        Assert.Equal(("Chief", "Clerk", false), (title.Changes[0].OldValue, title.Changes[0].NewValue, title.Changes[0].OldIsKnown));
        var type = Updated(u => u.UserType = "Basic", u => u.UserType = "Licensed", u => u.UserType = null).Only();
        Assert.Equal(("Licensed", "Basic", false), (type.Changes[0].OldValue, type.Changes[0].NewValue, type.Changes[0].OldIsKnown));
        Assert.Equal(["Zoom does not tell UserType, so nobody can see whether somebody changed it by hand since."], type.Remarks);
    }

    [Fact]
    public void What_was_taken_off_without_a_look_is_not_as_before_already()
    {
        var scene = new UndoScene().Wrote(WriteKind.Update, "ada", null, u => u.Department = string.Empty).Now("ada");
        Assert.Equal("What Department was before the run is not known, so nothing is sent for it.", scene.Only().Reason);
    }

    [Fact]
    public void Whoever_is_deactivated_again_gets_back_what_is_no_licence()
    {
        var before = UndoScene.Image("ada", u =>
        {
            (u.Active, u.UserType, u.Department) = (false, "Licensed", "Sales");
            u.Attributes[ScimSchemas.ZoomUser] = new ScimObject { ["pronouns"] = "they", ["zoomIQ"] = false, ["zoomDocs"] = true };
        });
        void Given(ScimUser user)
        {
            (user.UserType, user.Department) = ("Basic", "Legal");
            user.Attributes[ScimSchemas.ZoomUser] = new ScimObject { ["pronouns"] = "it", ["zoomIQ"] = true, ["zoomDocs"] = false };
        }

        var change = new UndoScene().Wrote(WriteKind.Activate, "ada", before).Wrote(WriteKind.Update, "ada", before, Given).Now("ada", Given).Only();
        Assert.Equal((PlanAction.Disable, "Department=Sales, pronouns=they"), (change.Action, UndoScene.Sent(change)));
    }

    [Fact]
    public void Whoever_is_reactivated_comes_back_into_the_groups_in_their_order()
    {
        var scene = new UndoScene()
            .Wrote(UndoScene.Membership(WriteKind.RemoveFromGroup, "g1", "Sales", "ada"))
            .Wrote(UndoScene.Membership(WriteKind.RemoveFromGroup, "g2", "Legal", "ada"))
            .Wrote(WriteKind.Deactivate, "ada", UndoScene.Image("ada"))
            .Now("ada", u => u.Active = false);
        scene.Groups.AddRange([UndoScene.Group("g1", "Sales"), UndoScene.Group("g2", "Legal")]);
        var change = scene.Only();
        Assert.Equal(PlanAction.Reactivate, change.Action);
        Assert.Equal([new GroupChange("g2", "Legal", Adds: true), new GroupChange("g1", "Sales", Adds: true)], change.GroupChanges);
    }

    [Fact]
    public void A_group_is_known_by_its_id_before_its_name()
    {
        var scene = new UndoScene().Wrote(UndoScene.Membership(WriteKind.RemoveFromGroup, "g1", "Sales", "ada")).Now("ada");
        scene.Groups.AddRange([UndoScene.Group("g2", "Sales"), UndoScene.Group("g1", "Vendors")]);
        Assert.Equal("g1", Assert.Single(scene.Only().GroupChanges).GroupId);
    }

    [Fact]
    public void Whoever_the_run_made_leaves_the_groups_it_was_put_into_and_comes_into_none()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Create, "ada", null, u => u.Department = "Legal")
            .Wrote(UndoScene.Membership(WriteKind.AddToGroup, "g1", "Sales", "ada"))
            .Wrote(UndoScene.Membership(WriteKind.RemoveFromGroup, "g2", "Legal", "ada"))
            .Now("ada");
        scene.Groups.AddRange([UndoScene.Group("g1", "Sales"), UndoScene.Group("g2", "Legal")]);
        Assert.Equal([new GroupChange("g1", "Sales", Adds: false)], scene.Only().GroupChanges);
        Assert.Equal(PlanAction.Disable, scene.Only().Action);
    }

    private static UndoScene Deleted(Action<ScimUser>? more = null) =>
        new UndoScene().Wrote(WriteKind.Delete, "ada", UndoScene.Image("ada", more)).Gone("ada");

    [Fact]
    public void A_deleted_person_comes_into_every_group_once_by_id_or_by_name()
    {
        var scene = Deleted(u => u.Attributes["groups"] = new System.Collections.ArrayList
        {
            "Sales", "Board",
        });
        scene.FormerGroups["id-ada"] = new Dictionary<string, string> { ["g1"] = "Sales", ["g5"] = "Sales", ["g9"] = "Old" };
        scene.Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.DeleteGroup, GroupId = "g9", GroupName = "Old" });
        scene.Groups.AddRange([UndoScene.Group("g1", "Sales"), UndoScene.Group("g5", "Sales"), UndoScene.Group("g3", "Board")]);
        Assert.Equal(
            [
                new GroupChange("g3", "Board", true), new GroupChange(null, "Old", true),
                new GroupChange("g1", "Sales", true), new GroupChange("g5", "Sales", true),
            ],
            scene.Only().GroupChanges);
    }

    [Fact]
    public void A_deleted_person_gets_plans_as_text_and_everything_else_as_it_was()
    {
        var change = Deleted(u =>
        {
            u.UserName = "whole@example.com";
            u.Roles = ["Admin"];
            u.Attributes[ScimSchemas.ZoomUser] = new ScimObject { ["zoomUnited"] = 123L, ["zoomIQ"] = true };
        }).Only();
        var values = change.Desired!.Values;
        Assert.Equal(("123", true), (values.GetExtension("zoomUnited"), values.GetExtension("zoomIQ")));
        Assert.Equal(["Admin"], values.Roles);
        Assert.Equal(("whole@example.com", "whole@example.com"), (change.UserName, values.UserName));
    }

    [Fact]
    public void Of_somebody_inactive_without_manager_and_groups_nothing_is_missed() =>
        Assert.Empty(Deleted(u => u.Active = false).Only().Unmet);

    private static UndoScene Two() => new UndoScene()
        .Wrote(WriteKind.Update, "eva", UndoScene.Image("eva"), u => u.Department = "Legal").Now("eva", u => u.Department = "Legal")
        .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada"), u => u.Department = "Legal").Now("ada", u => u.Department = "Legal");

    [Fact]
    public void Two_of_one_name_come_in_the_order_of_their_ids()
    {
        var scene = Two().Now("eva", u => (u.UserName, u.Department) = ("ADA@example.com", "Legal"));
        Assert.Equal(["id-ada", "id-eva"], scene.Plan().Select(c => c.ZoomId!));
    }

    [Fact]
    public void Who_is_asked_for_is_each_of_those_named()
    {
        var scene = Two();
        scene.Asked = ["id-eva", "ada@example.com"];
        Assert.Equal(["ada@example.com", "eva@example.com"], scene.Plan().Select(c => c.UserName));
        scene.Asked = ["id-eva", "nobody@example.org"];
        Assert.Equal(
            "It was about ada@example.com, eva@example.com. Give a user name, an anchor or a Zoom id, with wildcards.",
            Assert.Throws<ScimRecordException>(() => scene.Plan()).RecommendedAction);
    }

    [Fact]
    public void A_run_that_was_about_no_person_says_so()
    {
        var scene = new UndoScene { Asked = ["ada@example.com"] };
        Assert.Equal(
            "It was about nobody. Leave the names out to undo what it did with groups.",
            Assert.Throws<ScimRecordException>(() => scene.Plan()).RecommendedAction);
    }

    [Fact]
    public void Somebody_is_called_as_Zoom_has_them_now()
    {
        var scene = Two().Now("ada", u => u.UserName = "zora@example.com");
        scene.Rule = new ProvisioningRule("rule") { Protected = new ProtectedUsers(["zora@example.com"]) };
        var change = scene.Plan()[1];
        Assert.Equal((PlanAction.Protected, "zora@example.com"), (change.Action, change.UserName));
    }

    private static (IReadOnlyList<GroupUndo> Undo, IReadOnlyList<string> Notes) Group(ScimObject before, ScimObject given, ScimGroup now)
    {
        var scene = new UndoScene().Wrote(new JournalEntry(JournalKind.Intent)
        {
            Request = WriteKind.UpdateGroup,
            GroupId = "g1",
            Before = before,
            Body = given,
        });
        scene.Groups.Add(now);
        return UndoGroups.Plan(scene.Input());
    }

    [Theory]
    // The mail a group had, what the run gave it, what it has now, and whether that is undone or said to be changed since.
    [InlineData("old@x", "new@x", "new@x", true, false)]
    [InlineData("old@x", "new@x", "other@x", false, true)]
    [InlineData("old@x", "new@x", "old@x", false, false)]
    [InlineData("old@x", null, "other@x", false, false)]
    [InlineData(null, "new@x", "other@x", false, false)]
    [InlineData("old@x", "old@x", "other@x", false, false)]
    public void The_mail_of_a_group_goes_back_when_the_run_gave_another(string? before, string? given, string now, bool isUndone, bool isNoted)
    {
        var (undo, notes) = Group(
            new ScimObject { ["displayName"] = "Sales", ["emailAlias"] = before },
            given is null ? new ScimObject { ["displayName"] = "Sales" } : new ScimObject { ["emailAlias"] = given },
            UndoScene.Group("g1", "Sales", now));
        Assert.Equal(isUndone ? ["The group 'Sales' is called 'Sales' with the e-mail 'old@x' again."] : [], undo.Select(u => u.Sentence));
        Assert.Equal(isNoted ? ["The group 'Sales' was changed since the run and stays as it is."] : [], notes);
    }

    [Fact]
    public void A_group_that_was_renamed_and_perhaps_deleted_is_not_renamed()
    {
        var scene = new UndoScene()
            .Wrote(new JournalEntry(JournalKind.Intent)
            {
                Request = WriteKind.UpdateGroup,
                GroupId = "g1",
                Before = new ScimObject { ["displayName"] = "Sales" },
                Body = new ScimObject { ["displayName"] = "Vendors" },
            })
            .Wrote(new JournalEntry(JournalKind.Intent) { Request = WriteKind.DeleteGroup, GroupId = "g1", GroupName = "Vendors" }, outcome: null);
        scene.Groups.Add(UndoScene.Group("g1", "Vendors"));
        var (undo, notes) = UndoGroups.Plan(scene.Input());
        Assert.Empty(undo);
        Assert.Equal(["The group 'Vendors', which the run deleted, is not made anew: there is one of this name."], notes);
    }
}
