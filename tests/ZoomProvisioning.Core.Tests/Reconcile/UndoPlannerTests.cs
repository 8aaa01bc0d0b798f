using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What goes back when a run is undone: what still is as the run left it, and nothing else.</summary>
public class UndoPlannerTests
{
    private static UndoScene Moved(string? now, string? before = "Sales", ChangeOutcome? outcome = ChangeOutcome.Done) => new UndoScene()
        .Wrote(
            WriteKind.Update,
            "ada",
            before is null ? null : UndoScene.Image("ada", u => u.Department = before),
            u => u.Department = "Legal",
            UndoScene.Image("ada", u => u.Department = "Legal"),
            outcome)
        .Now("ada", u => u.Department = now);

    [Theory]
    [InlineData("Sales", "Legal", PlanAction.Update, "Department=Sales", "Department as before the run")]
    [InlineData("Sales", "Sales", PlanAction.NoOp, "", "as before the run already")]
    [InlineData("Sales", "Research", PlanAction.Blocked, "",
        "Department was changed since the run and stays 'Research' (before the run it was 'Sales').")]
    [InlineData(null, "Legal", PlanAction.Blocked, "", "What Department was before the run is not known, so nothing is sent for it.")]
    [InlineData(null, "Research", PlanAction.Blocked, "", "Department was changed since the run and stays 'Research'.")]
    public void A_value_goes_back_while_it_is_as_the_run_left_it(string? before, string now, PlanAction action, string sent, string reason)
    {
        var change = Moved(now, before).Only();
        Assert.Equal((action, sent, reason), (change.Action, UndoScene.Sent(change), change.Reason));
        Assert.Equal(("ada@example.com", "id-ada", "anchor-ada"), (change.UserName, change.ZoomId, change.Anchor));
    }

    [Theory]
    [InlineData(ChangeOutcome.Done, true)]
    [InlineData(ChangeOutcome.NoChange, true)]
    [InlineData(ChangeOutcome.Unknown, true)]
    [InlineData(null, true)]
    [InlineData(ChangeOutcome.Failed, false)]
    [InlineData(ChangeOutcome.NotSent, false)]
    public void What_was_refused_is_not_undone_and_what_may_have_happened_is(ChangeOutcome? outcome, bool isUndone)
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Department = "Sales"), u => u.Department = "Legal", null, outcome)
            .Now("ada", u => u.Department = "Legal");
        Assert.Equal(isUndone ? [PlanAction.Update] : [], scene.Plan().Select(c => c.Action));
    }

    [Fact]
    public void What_Zoom_took_away_beside_a_refusal_is_given_back()
    {
        var lost = new ScimUser { Organization = "Example" };
        var scene = new UndoScene()
            .Wrote(
                WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Organization = "Example"), u => u.Department = "Legal", UndoScene.Image("ada"),
                ChangeOutcome.Failed, o => o with { Body = lost.Attributes })
            .Now("ada");
        Assert.Equal("Organization=Example", UndoScene.Sent(scene.Only()));
    }

    [Fact]
    public void Of_two_changes_the_first_says_how_it_was_and_the_last_what_the_run_left()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Department = "Sales"), u => u.Department = "Legal")
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Department = "Legal"), u => u.Department = "Board")
            .Now("ada", u => u.Department = "Board");
        Assert.Equal("Department=Sales", UndoScene.Sent(scene.Only()));
        scene.Now("ada", u => u.Department = "Legal");
        Assert.Equal(PlanAction.Blocked, scene.Only().Action);
    }

    [Fact]
    public void What_the_run_set_back_itself_is_nothing_to_undo()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Department = "Sales"), u => u.Department = "Legal")
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Department = "Legal"), u => u.Department = "Sales")
            .Now("ada", u => u.Department = "Board");
        Assert.Equal(PlanAction.NoOp, scene.Only().Action);
    }

    [Theory]
    [InlineData(null, false, PlanAction.Blocked, "", "What Title was before the run is not known, so nothing is sent for it.")]
    [InlineData("Clerk", false, PlanAction.Update, "Title=Clerk", "Title as before the run")]
    [InlineData("Clerk", true, PlanAction.Blocked, "", "Title was set again since the run and stays as it is.")]
    public void What_no_read_tells_goes_back_unless_somebody_set_it_since(string? before, bool setSince, PlanAction action, string sent, string reason)
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada", u => u.Title = before), u => u.Title = "Chief")
            .Now("ada");
        if (setSince)
        {
            var body = new ScimUser { Title = "Director" };
            scene.Since(new JournalEntry(JournalKind.Intent) { Request = WriteKind.Update, ZoomId = "id-ada", Body = body.Attributes }, byAnother: true);
        }

        var change = scene.Only();
        Assert.Equal((action, sent, reason), (change.Action, UndoScene.Sent(change), change.Reason));
        Assert.Equal(
            action == PlanAction.Update ? ["Zoom does not tell Title, so nobody can see whether somebody changed it by hand since."] : [],
            change.Remarks);
    }

    [Fact]
    public void What_is_unknown_of_several_values_is_one_sentence()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", null, u => (u.Department, u.Organization) = ("Legal", "Example"))
            .Now("ada", u => (u.Department, u.Organization) = ("Legal", "Example"));
        Assert.Equal("What Department, Organization were before the run is not known, so nothing is sent for them.", scene.Only().Reason);
    }

    [Fact]
    public void A_value_there_was_none_of_is_cleared_where_Zoom_clears_it()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", UndoScene.Image("ada"), u => (u.Department, u.GivenName) = ("Legal", "Ada"))
            .Now("ada", u => (u.Department, u.GivenName) = ("Legal", "Ada"));
        var change = scene.Only();
        Assert.Equal("Department=", UndoScene.Sent(change));
        Assert.Equal(["What GivenName was before the run is not known, so nothing is sent for it."], change.Unmet);
    }

    [Fact]
    public void Whoever_is_inactive_by_now_is_not_changed()
    {
        var scene = Moved("Legal").Now("ada", u => (u.Department, u.Active) = ("Legal", false));
        Assert.Equal((PlanAction.Blocked, "Zoom changes active users only, so Department stays different."), (scene.Only().Action, scene.Only().Reason));
    }

    [Theory]
    [InlineData(null, false, false, PlanAction.Disable, "made by the run; -DeleteCreated deletes the user")]
    [InlineData(null, false, true, PlanAction.Delete, "made by the run")]
    [InlineData("Board", false, false, PlanAction.Blocked,
        "made by the run and changed since, so somebody wants it: Department was 'Legal' and is 'Board'")]
    [InlineData("Board", false, true, PlanAction.Blocked,
        "made by the run and changed since, so somebody wants it: Department was 'Legal' and is 'Board'")]
    [InlineData(null, true, false, PlanAction.NoOp, "the run made the user, who is deactivated already")]
    public void Whoever_the_run_made_is_disabled_or_deleted_while_unchanged(string? changed, bool isInactive, bool deletes, PlanAction action, string reason)
    {
        var scene = new UndoScene { DeletesCreated = deletes }
            .Wrote(WriteKind.Create, "ada", null, u => u.Department = "Legal", UndoScene.Image("ada", u => u.Department = "Legal"))
            .Now("ada", u => (u.Department, u.Active) = (changed ?? "Legal", !isInactive));
        Assert.Equal((action, reason), (scene.Only().Action, scene.Only().Reason));
        Assert.Equal("anchor-ada", scene.Only().Anchor);
    }

    [Fact]
    public void Whoever_the_run_made_and_left_inactive_is_deleted_when_asked_for()
    {
        var scene = new UndoScene { DeletesCreated = true }
            .Wrote(WriteKind.Create, "ada", null, u => u.Department = "Legal")
            .Now("ada", u => u.Active = false);
        Assert.Equal(PlanAction.Delete, scene.Only().Action);
    }

    [Fact]
    public void Whoever_the_run_may_have_made_is_for_somebody_to_look_at()
    {
        var scene = new UndoScene().Wrote(WriteKind.Create, "ada", null, u => u.Department = "Legal", outcome: null, idIsKnown: false);
        Assert.Equal(
            (PlanAction.Blocked, "nobody knows whether the run made the user; look with Get-ZoomScimUser"),
            (scene.Only().Action, scene.Only().Reason));
    }

    [Theory]
    [InlineData(WriteKind.Create, PlanAction.NoOp, "the run made the user, who is gone from Zoom by now")]
    [InlineData(WriteKind.Update, PlanAction.Blocked, "gone from Zoom since the run")]
    public void Whoever_is_gone_since_stays_gone(WriteKind request, PlanAction action, string reason)
    {
        var change = new UndoScene().Wrote(request, "ada", null, u => u.Department = "Legal").Gone("ada").Only();
        Assert.Equal((action, reason, "ada@example.com"), (change.Action, change.Reason, change.UserName));
    }

    [Theory]
    [InlineData(true, true, PlanAction.Reactivate, "active before the run; as before the run")]
    [InlineData(false, true, PlanAction.NoOp, "as before the run already")]
    public void Whoever_the_run_deactivated_is_reactivated(bool wasActive, bool isInactive, PlanAction action, string reason)
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Deactivate, "ada", UndoScene.Image("ada", u => u.Active = wasActive))
            .Now("ada", u => u.Active = !isInactive);
        Assert.Equal((action, reason), (scene.Only().Action, scene.Only().Reason));
        scene.Now("ada");
        Assert.Equal(PlanAction.NoOp, scene.Only().Action);
    }

    [Fact]
    public void Whoever_the_run_activated_is_deactivated_and_loses_what_was_given()
    {
        var before = UndoScene.Image("ada", u => (u.Active, u.Department) = (false, "Sales"));
        var scene = new UndoScene()
            .Wrote(WriteKind.Activate, "ada", before)
            .Wrote(WriteKind.Update, "ada", before, u => (u.UserType, u.Department) = ("Licensed", "Legal"))
            .Now("ada", u => (u.UserType, u.Department) = ("Licensed", "Legal"));
        var change = scene.Only();
        Assert.Equal((PlanAction.Disable, "deactivated before the run"), (change.Action, change.Reason));
        Assert.Contains("Department=Sales", UndoScene.Sent(change), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Licensed", UserDetail.Read, "UserType=Licensed", false)]
    [InlineData("Basic", UserDetail.Read, "", false)]
    [InlineData("Licensed", UserDetail.Listed, "UserType=Licensed", true)]
    [InlineData(null, UserDetail.Read, "", true)]
    public void A_licence_that_went_with_the_deactivation_comes_back_as_far_as_it_is_known(string? type, UserDetail detail, string sent, bool isUnknown)
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Deactivate, "ada", UndoScene.Image("ada", u => u.UserType = type, detail))
            .Now("ada", u => u.Active = false);
        var change = scene.Only();
        Assert.Equal((PlanAction.Reactivate, sent), (change.Action, UndoScene.Sent(change)));
        Assert.Equal(isUnknown ? ["Zoom did not tell all licences the user had, so they may have to be given again."] : [], change.Unmet);
    }

    [Fact]
    public void A_plan_and_an_add_on_come_back_and_one_that_was_not_held_does_not()
    {
        var (plan, addOn) = (ZoomExtension.Known.First(a => a.Kind == AttributeKind.Code), ZoomExtension.Known.First(a => a.Kind == AttributeKind.Flag));
        var before = UndoScene.Image("ada", u =>
        {
            u.UserType = "Licensed";
            plan.Set(u, "123");
            addOn.Set(u, true);
            ZoomExtension.Known.Last(a => a.Kind == AttributeKind.Code).Set(u, "0");
            ZoomExtension.Known.Last(a => a.Kind == AttributeKind.Flag).Set(u, false);
        });
        var scene = new UndoScene().Wrote(WriteKind.Deactivate, "ada", before).Now("ada", u => u.Active = false);
        var change = scene.Only();
        Assert.Contains(change.Changes, c => c.Name == plan.Name && Equals(c.NewValue, "123"));
        Assert.Contains(change.Changes, c => c.Name == addOn.Name && Equals(c.NewValue, true));
        Assert.DoesNotContain(change.Changes, c => c.Name == ZoomExtension.Known.Last(a => a.Kind == AttributeKind.Flag).Name);
    }

    [Theory]
    [InlineData(WriteKind.Update, PlanAction.Update)]
    [InlineData(WriteKind.Deactivate, PlanAction.Reactivate)]
    [InlineData(WriteKind.Activate, PlanAction.Disable)]
    [InlineData(WriteKind.Create, PlanAction.Disable)]
    public void What_the_connection_may_not_do_is_blocked_and_sends_nothing(WriteKind request, PlanAction action)
    {
        UndoScene Make() => new UndoScene()
            .Wrote(
                request,
                "ada",
                request == WriteKind.Create ? null : UndoScene.Image("ada", u => (u.Department, u.Active) = ("Sales", request != WriteKind.Activate)),
                request == WriteKind.Update ? u => u.Department = "Legal" : null)
            .Now("ada", u => (u.Department, u.Active) = (request == WriteKind.Update ? "Legal" : "Sales", request != WriteKind.Deactivate));

        Assert.Equal(action, Make().Only().Action);
        var refused = Make();
        refused.Allow = c => (c.AllowUpdate, c.AllowDisable) = (action == PlanAction.Disable, action != PlanAction.Disable);
        var change = refused.Only();
        Assert.Equal((PlanAction.Blocked, 0, 0), (change.Action, change.Changes.Count, change.GroupChanges.Count));
    }

    [Fact]
    public void Whoever_is_protected_or_cannot_be_read_is_left_alone()
    {
        var scene = Moved("Legal");
        scene.Rule = new ProvisioningRule("rule") { Protected = new ProtectedUsers(["ada@example.com"]) };
        Assert.Equal((PlanAction.Protected, "id-ada", "anchor-ada"), (scene.Only().Action, scene.Only().ZoomId, scene.Only().Anchor));
        scene.Unread["id-ada"] = new ScimRecordException("Zoom.Some", "no answer");
        Assert.Equal((PlanAction.Blocked, "cannot be read: no answer"), (scene.Only().Action, scene.Only().Reason));
    }

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("id-ada")]
    [InlineData("anchor-ada")]
    public void Somebody_asked_for_is_found_by_name_id_or_anchor(string asked)
    {
        var scene = Moved("Legal").Wrote(WriteKind.Update, "ben", UndoScene.Image("ben"), u => u.Department = "Legal").Now("ben", u => u.Department = "Legal");
        Assert.Equal(["ada@example.com", "ben@example.com"], scene.Plan().Select(c => c.UserName));
        scene.User = asked.Equals;
        Assert.Equal("ada@example.com", scene.Only().UserName);
    }

    [Theory]
    [InlineData("aga@example.com", "did nothing with anybody called 'aga@example.com' (did you mean 'ada@example.com'?)")]
    [InlineData("Ada Love", "did nothing with anybody called 'Ada Love' (did you mean 'ada@example.com'?)")]
    [InlineData("Adele Love", "did nothing with anybody called 'Adele Love' (did you mean 'ada@example.com'?)")]
    [InlineData("Love, Adele", "did nothing with anybody called 'Love, Adele' (did you mean 'ada@example.com'?)")]
    [InlineData("nobody@example.org", "did nothing with anybody called 'nobody@example.org'. Nothing was sent.")]
    public void Somebody_the_run_was_not_about_is_told_and_nothing_is_planned(string asked, string said)
    {
        var scene = Moved("Legal").Now("ada", u => (u.DisplayName, u.GivenName, u.FamilyName, u.Department) = ("Ada Love", "Adele", "Love", "Legal"));
        scene.Asked = ["ada@example.com", asked];
        var refusal = Assert.Throws<ScimRecordException>(() => scene.Plan());
        Assert.Equal("Zoom.History.NobodyInRun", refusal.ErrorId);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("It was about ada@example.com.", refusal.RecommendedAction, StringComparison.Ordinal);
    }
}
