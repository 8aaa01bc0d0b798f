using System.Collections;
using Xunit;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Tests.Input;

/// <summary>Zoom users on their way back: they name whom to change, and want only what a script set on them.</summary>
public class ZoomUserRecordTests
{
    private static ScimUser FromZoom() => new(
        new ScimObject
        {
            ["id"] = "id&1",
            ["userName"] = "jill@example.com",
            ["name"] = new ScimObject { ["givenName"] = "Jill", ["familyName"] = "Chill" },
            ["emails"] = new ArrayList { new ScimObject { ["value"] = "jill@example.com" } },
            ["active"] = true,
            ["userType"] = "Licensed",
            [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "Sales" },
        },
        UserDetail.Read);

    [Fact]
    public void An_unchanged_Zoom_user_names_whom_to_change_and_wants_nothing()
    {
        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Equal("id&1", wish.ZoomId);
        Assert.Empty(wish.Values.ChangedAttributes);
        Assert.Equal("jill@example.com", wish.Label);
    }

    [Fact]
    public void Only_what_a_script_set_on_a_Zoom_user_is_wanted()
    {
        var user = FromZoom();
        user.Department = "Research";

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal(["Department"], wish.Values.ChangedAttributes);
        Assert.Equal("Research", wish.Values.Department);
        Assert.Same(user, wish.Source);
    }

    [Fact]
    public void A_Zoom_user_whose_address_was_set_is_renamed_by_id()
    {
        var user = FromZoom();
        user.Email = "jill.new@example.com";

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal("id&1", wish.ZoomId);
        Assert.Equal("jill.new@example.com", wish.Values.UserName);
        Assert.Equal("jill.new@example.com", wish.Values.Email);
    }

    [Fact]
    public void Explicit_values_are_set_on_a_Zoom_user()
    {
        var wish = Wishes.Reader(RecordUse.Change, new ScimUser { Title = "CEO" }).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Equal(["Title"], wish.Values.ChangedAttributes);
    }

    [Fact]
    public void A_Zoom_user_to_be_created_elsewhere_is_read_whole_and_without_its_id()
    {
        var wish = Wishes.Reader(RecordUse.Create).Read(FakeRecord.Zoom(FromZoom()));

        Assert.Null(wish.ZoomId);
        Assert.Equal("jill@example.com", wish.Values.UserName);
        Assert.Equal("Chill", wish.Values.FamilyName);
        Assert.Equal("Licensed", wish.Values.UserType);
        Assert.Equal("Sales", wish.Values.Department);
    }

    [Fact]
    public void A_ChangeResult_names_whom_to_change()
    {
        var record = new FakeRecord("ZoomProvisioning.Plans.ChangeResult", ("UserName", "jill@example.com"), ("Id", null), ("Action", "Create"));

        var wish = Wishes.Reader(RecordUse.Change).Read(record);

        Assert.Null(wish.ZoomId);
        Assert.Equal("jill@example.com", wish.LookupName);
        Assert.Empty(wish.Values.ChangedAttributes);
    }

    [Fact]
    public void A_CSV_row_may_carry_the_Zoom_id() =>
        Assert.Equal("id&1", Wishes.Reader(RecordUse.Change).Read(FakeRecord.Csv(("ZoomId", " id&1 "), ("Department", "Sales"))).ZoomId);
}
