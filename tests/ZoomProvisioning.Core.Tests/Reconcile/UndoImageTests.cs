using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What a run made of one person, as its journal tells: state, licences, and each value of before and after.</summary>
public class UndoImageTests
{
    private static UndoImage Of(UndoScene scene) => scene.Input().Images["id-ada"];

    private static ScimUser? Was(bool? active) => active is null ? null : UndoScene.Image("ada", u => u.Active = active);

    private static string Values(UndoImage image) =>
        string.Join(", ", image.Attributes.Select(a => $"{a.Name}: {Shown(image.Before(a))} → {Shown(image.Given(a))}"));

    private static string Shown((bool IsKnown, object? Value) before) => before.IsKnown ? Shown(before.Value) : "?";

    private static string Shown(object? value) => value == UndoImage.Taken ? "taken" : $"'{ZoomAttribute.Display(value)}'";

    [Theory]
    // What the run did, how it was before each time (null: not read), and how that reads.
    [InlineData(WriteKind.Activate, false, null, null, false, true)]
    [InlineData(WriteKind.Activate, true, null, null, true, true)]
    [InlineData(WriteKind.Activate, null, null, null, false, true)]
    [InlineData(WriteKind.Deactivate, true, null, null, true, false)]
    [InlineData(WriteKind.Deactivate, false, null, null, false, false)]
    [InlineData(WriteKind.Deactivate, null, null, null, true, false)]
    [InlineData(WriteKind.Deactivate, true, WriteKind.Activate, false, true, true)]
    [InlineData(WriteKind.Activate, false, WriteKind.Deactivate, true, false, false)]
    [InlineData(WriteKind.Create, null, null, null, null, true)]
    [InlineData(WriteKind.Create, null, WriteKind.Deactivate, true, true, false)]
    [InlineData(WriteKind.Update, true, null, null, null, null)]
    public void The_first_request_says_whether_somebody_was_active_and_the_last_whether_is(
        WriteKind first, bool? before, WriteKind? then, bool? beforeThat, bool? was, bool? isActive)
    {
        var scene = new UndoScene().Wrote(first, "ada", Was(before), u => u.Department = "Legal");
        if (then is { } second)
        {
            scene.Wrote(second, "ada", Was(beforeThat));
        }

        Assert.Equal((was, isActive), (Of(scene).WasActive, Of(scene).IsActive));
        Assert.Equal(first == WriteKind.Create, Of(scene).IsCreated);
    }

    [Theory]
    // The user type that was told before each of two requests: '-' where the user was not read.
    [InlineData(WriteKind.Deactivate, "Basic", WriteKind.Delete, "Basic", false)]
    [InlineData(WriteKind.Deactivate, "", WriteKind.Delete, "Basic", true)]
    [InlineData(WriteKind.Deactivate, "-", WriteKind.Delete, "Basic", true)]
    [InlineData(WriteKind.Deactivate, "Basic", WriteKind.Delete, "", true)]
    [InlineData(WriteKind.Deactivate, "Basic", WriteKind.Delete, "-", false)]
    [InlineData(WriteKind.Deactivate, "", WriteKind.Delete, "", true)]
    [InlineData(WriteKind.Deactivate, "-", WriteKind.Deactivate, "-", true)]
    [InlineData(WriteKind.Deactivate, "", WriteKind.Deactivate, "Basic", true)]
    public void Licences_that_were_once_not_known_stay_so(WriteKind first, string type, WriteKind then, string thenType, bool isUnknown)
    {
        ScimUser? Typed(string told) => told == "-" ? null : UndoScene.Image("ada", u => u.UserType = told.Length == 0 ? null : told);
        var scene = new UndoScene().Wrote(first, "ada", Typed(type)).Wrote(then, "ada", Typed(thenType));
        Assert.Equal(isUnknown, Of(scene).IsLicenseUnknown);
    }

    [Fact]
    public void Of_somebody_who_was_not_read_no_licence_is_known_to_have_been_taken() =>
        Assert.Empty(Of(new UndoScene().Wrote(WriteKind.Deactivate, "ada")).Attributes);

    [Fact]
    public void A_deactivation_takes_the_licences_that_were_held_and_no_others()
    {
        var before = UndoScene.Image("ada", u =>
        {
            u.UserType = "Licensed";
            u.SetExtension("zoomUnited", "123");
            u.SetExtension("zoomOneEdu", "0");
            u.SetExtension("zoomFrontline", "none");
            u.SetExtension("zoomIQ", true);
            u.SetExtension("zoomDocs", false);
            u.SetExtension("pronouns", "they");
        });
        Assert.Equal("zoomUnited: '123' → taken, zoomIQ: 'true' → taken, UserType: 'Licensed' → taken", Values(Of(new UndoScene()
            .Wrote(WriteKind.Deactivate, "ada", before))));
    }

    [Theory]
    // What was sent, what the reply shows, and what counts as given.
    [InlineData("legal", "Legal", "Department: 'Sales' → 'Legal'")]
    [InlineData("Legal", null, "Department: 'Sales' → 'Legal'")]
    [InlineData("", "Sales", "Department: 'Sales' → ''")]
    [InlineData("Sales", "Sales", "")]
    public void What_the_reply_shows_counts_unless_the_value_was_taken_off(string sent, string? shown, string values)
    {
        var scene = new UndoScene().Wrote(
            WriteKind.Update,
            "ada",
            UndoScene.Image("ada", u => u.Department = "Sales"),
            u => u.Department = sent,
            shown is null ? null : UndoScene.Image("ada", u => u.Department = shown));
        Assert.Equal(values, Values(Of(scene)));
    }

    [Fact]
    public void What_was_not_known_is_changed_even_where_nothing_was_given() =>
        Assert.Equal("Department: ? → ''", Values(Of(new UndoScene().Wrote(WriteKind.Update, "ada", null, u => u.Department = string.Empty))));

    [Fact]
    public void One_role_of_two_is_not_the_same_as_both()
    {
        var before = UndoScene.Image("ada", u => u.Roles = ["Admin", "Member"]);
        Assert.Equal(
            "Roles: 'Admin; Member' → 'Member'",
            Values(Of(new UndoScene().Wrote(WriteKind.Update, "ada", before, u => u.Roles = ["Member"]))));
        Assert.True(UndoImage.Same(ZoomAttributes.Roles, new[] { "Admin", "Member" }, new[] { "member", "admin" }));
        Assert.False(UndoImage.Same(ZoomAttributes.Roles, new[] { "Admin" }, new[] { "Admin", "Member" }));
        Assert.False(UndoImage.Same(ZoomAttributes.Roles, new[] { "Admin", "Member" }, new[] { "Admin" }));
    }

    [Theory]
    // Whether a plan was sent, whether the user was read before and told after, and what changed.
    [InlineData(true, true, true, "zoomUnited: '' → '123', UserType: 'Basic' → 'Licensed'")]
    [InlineData(true, false, true, "zoomUnited: ? → '123'")]
    [InlineData(true, true, false, "zoomUnited: '' → '123'")]
    [InlineData(false, true, true, "pronouns: '' → '123'")]
    public void The_type_goes_with_a_plan_and_with_nothing_else(bool sendsPlan, bool isRead, bool isTold, string values)
    {
        var name = sendsPlan ? "zoomUnited" : "pronouns";
        var scene = new UndoScene().Wrote(
            WriteKind.Update,
            "ada",
            isRead ? UndoScene.Image("ada") : null,
            u => u.SetExtension(name, "123"),
            !isTold ? null : UndoScene.Image("ada", u =>
            {
                u.UserType = "Licensed";
                u.SetExtension(name, "123");
            }));
        Assert.Equal(values, Values(Of(scene)));
    }

    [Fact]
    public void How_the_run_left_somebody_is_what_the_last_answer_shows()
    {
        var scene = new UndoScene()
            .Wrote(WriteKind.Create, "ada", null, u => u.Department = "Legal", UndoScene.Image("ada", u => u.Department = "Legal"));
        Assert.Equal("Legal", Of(scene).Left?.Department);
        scene.Wrote(WriteKind.Update, "ada", null, u => u.Department = "Board", UndoScene.Image("ada", u => u.Department = "Board"));
        Assert.Equal("Board", Of(scene).Left?.Department);
        scene.Wrote(WriteKind.Update, "ada", null, u => u.Department = "Board", outcome: ChangeOutcome.Unknown);
        Assert.Equal("Board", Of(scene).Left?.Department);
    }

    [Fact]
    public void Who_was_refused_once_and_changed_once_was_changed()
    {
        var before = UndoScene.Image("ada", u => (u.Department, u.Organization) = ("Sales", "Acme"));
        var scene = new UndoScene()
            .Wrote(WriteKind.Update, "ada", before, u => u.Organization = "Other", outcome: ChangeOutcome.Failed)
            .Wrote(WriteKind.Update, "ada", before, u => u.Department = "Legal");
        Assert.Equal("Department: 'Sales' → 'Legal'", Values(Of(scene)));
    }

    [Theory]
    [InlineData("intent", "outcome", "intent")]
    [InlineData(null, "outcome", "outcome")]
    [InlineData(null, null, "")]
    public void The_name_is_the_one_asked_with_else_the_one_answered(string? asked, string? answered, string name)
    {
        var intent = new JournalEntry(JournalKind.Intent) { Request = WriteKind.Deactivate, ZoomId = "id-ada", UserName = asked };
        Assert.Equal(name, Of(new UndoScene().Wrote(intent, answer: o => o with { UserName = answered })).UserName);
    }

    [Fact]
    public void What_was_sent_earlier_fills_in_what_was_not_known_and_nothing_else()
    {
        var image = Of(new UndoScene().Wrote(
            WriteKind.Update,
            "ada",
            UndoScene.Image("ada", u => u.Department = "Sales"),
            u => (u.Department, u.Title) = ("Legal", "Chief")));
        Assert.Equal("Title: ? → 'Chief', Department: 'Sales' → 'Legal'", Values(image));
        image.Learn(ZoomAttributes.Title, "Clerk");
        image.Learn(ZoomAttributes.Department, "Other");
        image.Learn(ZoomAttributes.Locale, "Here");
        Assert.Equal("Title: 'Clerk' → 'Chief', Department: 'Sales' → 'Legal'", Values(image));
        Assert.Empty(image.Earlier);
    }

    [Fact]
    public void Of_somebody_deleted_only_what_no_read_tells_is_taken_from_earlier()
    {
        var image = Of(new UndoScene().Wrote(WriteKind.Delete, "ada", UndoScene.Image("ada")));
        image.Learn(ZoomAttributes.Title, "Chief");
        image.Learn(ZoomAttributes.Department, "Sales");
        Assert.Equal([new KeyValuePair<ZoomAttribute, object?>(ZoomAttributes.Title, "Chief")], image.Earlier);
    }
}
