using System;
using System.Collections;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Reconcile;

public class UserDiffTests
{
    private static ScimUser Current(Action<ScimUser>? more = null, UserDetail detail = UserDetail.Read)
    {
        var user = new ScimUser
        {
            Id = "id&1",
            UserName = "jill@example.com",
            Email = "jill@example.com",
            GivenName = "Jill",
            FamilyName = "Chill",
            DisplayName = "Jill Chill",
            Active = true,
            UserType = "Basic",
        };
        more?.Invoke(user);
        return new ScimUser(user.Attributes, detail);
    }

    private static string[] Diff(ScimUser current, Action<ScimUser> wish, bool sendUntold = false) =>
        UserDiff.Compute(current, Wishes.For("jill@example.com", wish).Values, sendUntold).Select(c => c.Name).ToArray();

    private static ScimObject Body(ScimUser current, Action<ScimUser> wish, string address = "jill@example.com") =>
        UserDiff.ToBody(UserDiff.Compute(current, Wishes.For(address, wish).Values, sendUntold: true), current);

    [Fact]
    public void What_is_not_wanted_does_not_differ() => Assert.Empty(Diff(Current(), _ => { }));

    [Fact]
    public void The_same_name_written_with_other_characters_does_not_differ()
    {
        Assert.Empty(Diff(Current(u => u.FamilyName = "M\u00FCller"), u => u.FamilyName = "Mu\u0308ller"));
        Assert.Empty(Diff(Current(u => u.FamilyName = "Chill "), u => u.FamilyName = "Chill"));
        Assert.Equal(["FamilyName", "DisplayName"], Diff(Current(), u => u.FamilyName = "chill"));
    }

    [Fact]
    public void A_text_that_is_no_valid_Unicode_is_compared_and_does_not_throw()
    {
        Assert.Equal(["Department"], Diff(Current(), u => u.Department = "cut \uD83D"));
        Assert.Empty(Diff(Current(u => u.Department = "cut \uD83D"), u => u.Department = "cut \uD83D"));
    }

    [Fact]
    public void An_address_in_another_case_does_not_differ()
    {
        Assert.Empty(UserDiff.Compute(Current(), Wishes.For("JILL@Example.COM").Values, true));
        Assert.Equal(["Email"], UserDiff.Compute(Current(), Wishes.For("jill.new@example.com").Values, false).Select(c => c.Name));
    }

    [Fact]
    public void A_phone_number_in_another_spelling_does_not_differ()
    {
        Assert.Empty(Diff(Current(u => u.PhoneNumbers = [new("+15125550123", "office")]), u => u.Phone = "+1 5125550123"));
        Assert.Equal(["Phone"], Diff(Current(u => u.PhoneNumbers = [new("+15125550123", "mobile")]), u => u.Phone = "+1 5125550123"));
    }

    [Fact]
    public void A_role_among_those_shown_does_not_differ_and_another_does()
    {
        Assert.Empty(Diff(Current(u => u.Roles = ["Member", "Room Admin"]), u => u.Roles = ["room admin"]));
        Assert.Equal(["Roles"], Diff(Current(u => u.Roles = ["Member"]), u => u.Roles = ["Admin"]));
    }

    [Fact]
    public void What_Zoom_does_not_tell_is_sent_by_a_command_and_not_by_a_sync()
    {
        Assert.Empty(Diff(Current(), u => u.Title = "CEO"));
        Assert.Equal(["Title", "Locale"], Diff(Current(), u => { u.Title = "CEO"; u.Locale = "San Jose"; }, sendUntold: true));
        Assert.Empty(Diff(Current(u => u.Title = "CEO", UserDetail.Updated), u => u.Title = "CEO", sendUntold: true));
        Assert.Equal(["Title"], Diff(Current(u => u.Title = "CTO"), u => u.Title = "CEO"));
    }

    [Fact]
    public void A_listed_user_is_not_thought_to_have_no_phone() =>
        Assert.Empty(Diff(Current(null, UserDetail.Listed), u => { u.Phone = "+1 5125550123"; u.Organization = "Example"; }));

    [Fact]
    public void A_change_tells_what_was_and_what_will_be()
    {
        var changes = UserDiff.Compute(
            Current(u => u.Department = "Sales"),
            Wishes.For("jill@example.com", u => { u.Department = "Research"; u.Title = "CEO"; }).Values,
            true);

        Assert.Equal("Department: 'Sales' → 'Research'", changes.Single(c => c.Name == "Department").ToString());
        Assert.Equal("Title: (not told by Zoom) → 'CEO'", changes.Single(c => c.Name == "Title").ToString());
    }

    [Fact]
    public void Half_a_rename_sends_the_whole_name_and_the_display_name()
    {
        var body = Body(Current(), u => u.FamilyName = "O'Brien");

        Assert.Equal(["schemas", "name", "displayName"], body.Names);
        Assert.Equal("Jill", body.Complex("name")!.Text("givenName"));
        Assert.Equal("O'Brien", body.Complex("name")!.Text("familyName"));
        Assert.Equal("Jill O'Brien", body.Text("displayName"));
    }

    [Fact]
    public void A_wanted_display_name_is_sent_again_with_a_rename_although_it_is_the_same()
    {
        var body = Body(Current(u => u.DisplayName = "Jill (Sales)"), u => { u.FamilyName = "O'Brien"; u.DisplayName = "Jill (Sales)"; });

        Assert.Equal("Jill (Sales)", body.Text("displayName"));
    }

    [Fact]
    public void What_is_only_sent_again_does_not_read_like_a_difference()
    {
        var changes = UserDiff.Compute(
            Current(u => u.DisplayName = "Jill (Sales)"),
            Wishes.For("jill@example.com", u => { u.FamilyName = "O'Brien"; u.DisplayName = "Jill (Sales)"; }).Values,
            sendUntold: false);

        Assert.Equal("FamilyName differs", AttributeChange.Differ(changes));
        Assert.Contains("DisplayName: 'Jill (Sales)' (as it is; sent along)", changes.Select(c => c.ToString()));
    }

    [Fact]
    public void A_display_name_chosen_by_hand_survives_a_rename() =>
        Assert.False(Body(Current(u => u.DisplayName = "The Boss"), u => u.FamilyName = "O'Brien").Has("displayName"));

    [Fact]
    public void A_user_without_a_display_name_gets_one_with_a_rename() =>
        Assert.Equal("Jill O'Brien", Body(Current(u => u.DisplayName = null), u => u.FamilyName = "O'Brien").Text("displayName"));

    [Fact]
    public void A_new_address_goes_as_the_mail()
    {
        var body = Body(Current(), _ => { }, "jill.new@example.com");

        Assert.Equal(["schemas", "emails"], body.Names);
        var mail = Assert.IsType<ScimObject>(Assert.Single(body.Items("emails")));
        Assert.Equal("jill.new@example.com", mail.Text("value"));
        Assert.Equal("work", mail.Text("type"));
        Assert.Equal(true, mail["primary"]);
    }

    [Fact]
    public void A_new_work_phone_is_sent_with_all_other_numbers()
    {
        var body = Body(Current(u => u.PhoneNumbers = [new("+1 1", "mobile"), new("+1 2", "office"), new("+1 3", "fax")]), u => u.Phone = "+1 5125550123");

        Assert.Equal(
            ["fax +1 3", "mobile +1 1", "office +1 5125550123"],
            body.Items("phoneNumbers").Cast<ScimObject>().Select(p => $"{p.Text("type")} {p.Text("value")}").OrderBy(p => p, StringComparer.Ordinal));
    }

    [Fact]
    public void The_user_type_follows_a_bundle_plan_in_every_run()
    {
        var wish = new Action<ScimUser>(u => { u.UserType = "Licensed"; u.SetExtension("zoomOneBizPlus", "16"); });

        Assert.Equal(["zoomOneBizPlus"], Diff(Current(), wish));
        Assert.Empty(Diff(Current(u => u.SetExtension("zoomOneBizPlus", "16")), wish));
        Assert.Equal(
            ["UserType"],
            Diff(Current(u => u.SetExtension("zoomFrontline", "2048")), u => { u.UserType = "Licensed"; u.SetExtension("zoomFrontline", "2048"); }));
    }

    [Fact]
    public void A_body_names_the_extensions_it_uses()
    {
        Assert.Equal(new ArrayList { ScimSchemas.User }, Body(Current(), u => u.UserType = "Licensed")["schemas"]);
        Assert.Equal(new ArrayList { ScimSchemas.User, ScimSchemas.EnterpriseUser }, Body(Current(), u => u.Department = "Sales")["schemas"]);
    }

    [Fact]
    public void A_create_body_says_everything_wanted_and_nothing_empty()
    {
        var body = UserDiff.ToCreateBody(UserDiff.ForCreate(Wishes.For("jill@example.com", u =>
        {
            u.GivenName = "Jill";
            u.FamilyName = string.Empty;
            u.Active = false;
            u.Phone = "+1 5125550123";
            u.Roles = [];
            u.Department = "Sales";
        }).Values));

        Assert.Equal(["schemas", "userName", "name", "phoneNumbers", ScimSchemas.EnterpriseUser], body.Names);
        Assert.False(body.Complex("name")!.Has("familyName"));
    }
}
