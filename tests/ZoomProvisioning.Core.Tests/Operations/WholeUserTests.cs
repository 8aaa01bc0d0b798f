using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Licences, clearing and verification, decided over a fake account.</summary>
public class WholeUserTests : WholeUserScene
{
    // ---- What a deactivation takes

    [Fact]
    public async Task A_user_deactivated_and_reactivated_in_one_session_gets_plan_and_add_ons_back()
    {
        Zoom.Add(Jill, u =>
        {
            u.UserType = "Licensed";
            u.SetExtension("zoomOneBizPlus", "16");
            u.SetExtension("zoomScheduler", true);
            u.SetExtension("zoomDocs", false);
        });
        await Remove();
        Assert.Null(Held().GetExtension("zoomOneBizPlus"));

        var result = await Update(u => u.Active = true);

        Assert.Equal(PlanAction.Reactivate, result!.Action);
        Assert.Equal("16", Held().GetExtension("zoomOneBizPlus"));
        Assert.Equal(true, Held().GetExtension("zoomScheduler"));
        // What was not held is not sent, and the type follows the plan.
        Assert.Equal(["zoomOneBizPlus", "zoomScheduler"], result.Changes.Select(c => c.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public async Task A_user_without_a_plan_gets_the_user_type_back()
    {
        Zoom.Add(Jill, u => u.UserType = "Licensed");
        await Update(u => u.Active = false);
        await Update(u => u.Active = true);
        Assert.Equal("Licensed", Held().UserType);
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public async Task The_memory_is_of_the_connection_and_not_of_one_command()
    {
        Zoom.Add(Jill, u => u.UserType = "Licensed");
        await Remove();
        await new UserOperations(Connection).UpdateAsync(Wishes.For(Jill, u => u.Active = true), Host, ScimCall.None);
        Assert.Equal("Licensed", Held().UserType);
    }

    [Fact]
    public async Task A_licence_that_the_source_names_is_taken_instead_of_the_remembered_one()
    {
        Zoom.Add(Jill, u => u.SetExtension("zoomOneBizPlus", "16"));
        await Remove();
        await Update(u =>
        {
            u.Active = true;
            u.SetExtension("zoomOneEntPremier", "134217728");
        });
        Assert.Null(Held().GetExtension("zoomOneBizPlus"));
        Assert.Equal("134217728", Held().GetExtension("zoomOneEntPremier"));
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public async Task What_nobody_knows_is_said_and_not_guessed()
    {
        Zoom.Add(Jill, u => u.Active = false);
        var result = await Update(u => u.Active = true);
        Assert.Equal(["PATCH"], Methods);
        Assert.Contains("-License", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        Assert.Contains("-License", Assert.Single(result!.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_back_once_is_not_given_back_again()
    {
        Zoom.Add(Jill, u => u.UserType = "Licensed");
        await Remove();
        await Update(u => u.Active = true);
        await Zoom.SetActiveAsync(Held().Id!, false, ScimCall.None);
        Host.Warnings.Clear();

        await Update(u => u.Active = true);

        Assert.Equal("Basic", Held().UserType);
        Assert.Single(Host.Warnings);
    }

    // ---- Clearing

    [Fact]
    public void What_takes_an_attribute_off_a_user_follows_from_its_kind()
    {
        Assert.Equal(string.Empty, ZoomAttributes.Title.ClearValue);
        Assert.Equal(string.Empty, ZoomAttributes.Manager.ClearValue);
        Assert.Equal(string.Empty, ZoomAttributes.Phone.ClearValue);
        Assert.Equal(Array.Empty<string>(), ZoomAttributes.Roles.ClearValue);
        Assert.Equal(false, ZoomExtension.Attribute("zoomScheduler").ClearValue);
        Assert.Equal("0", ZoomExtension.Attribute("zoomOneBizPlus").ClearValue);
        Assert.Equal("none", ZoomExtension.Attribute("zoomUnited").ClearValue);
        Assert.Equal("-1", ZoomExtension.Attribute("zoomPhoneCallingPlan").ClearValue);
        Assert.Equal(string.Empty, ZoomExtension.Attribute("pronouns").ClearValue);
        Assert.Equal(
            ["Active", "DisplayName", "Email", "FamilyName", "GivenName", "UserName", "UserType"],
            ZoomAttributes.All.Where(a => !a.CanBeCleared).Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_attribute_that_can_be_cleared_is_sent_as_cleared_and_comes_off()
    {
        Zoom.Add("boss@example.com");
        Zoom.Add(Jill, u =>
        {
            u.Title = "Chief";
            u.Department = "Sales";
            u.Manager = "boss@example.com";
            u.Fax = "+1 5125550199";
            u.Phone = "+1 5125550123";
            u.SetExtension("zoomScheduler", true);
        });
        var cleared = new[]
        {
            ZoomAttributes.Title,
            ZoomAttributes.Department,
            ZoomAttributes.Manager,
            ZoomAttributes.Fax,
            ZoomExtension.Attribute("zoomScheduler"),
        };

        var result = await Update(u =>
        {
            foreach (var attribute in cleared)
            {
                attribute.Set(u, attribute.ClearValue);
            }
        });

        Assert.Equal(cleared.Length, result!.Changes.Count);
        Assert.All(cleared, a => Assert.True(ZoomAttribute.IsEmpty(a.Get(Held())) || Equals(a.Get(Held()), false), a.Name));
        Assert.Equal("+1 5125550123", Held().Phone);
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public async Task What_Zoom_did_not_clear_is_a_warning_and_a_property_of_the_result()
    {
        Zoom.Add(Jill, u => u.Title = "Chief");
        Zoom.Ignored.Add("title");
        var result = await Update(u => u.Title = string.Empty);
        Assert.Equal(["Title"], result!.NotApplied.Select(c => c.Name));
        Assert.Contains("shows 'Chief'", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    // ---- Writes

    [Fact]
    public async Task Verify_reads_back_what_the_reply_does_not_tell()
    {
        Zoom.Add(Jill, u => u.CostCenter = "US01");
        Zoom.Ignored.Add("costCenter");
        Assert.Empty((await Update(u => u.CostCenter = "US02"))!.NotApplied);

        var result = await new UserOperations(Connection, verify: true).UpdateAsync(Wishes.For(Jill, u => u.CostCenter = "US02"), Host, ScimCall.None);

        Assert.False(result!.Verified);
        Assert.Equal(["CostCenter"], result.NotApplied.Select(c => c.Name));
        Assert.Equal(UserDetail.Read, result.User!.Detail);
        Assert.Contains("CostCenter", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Verify_nobody_reads_back_and_with_it_a_good_write_is_verified()
    {
        Assert.Null((await Create("a@example.com", u => u.Department = "Sales"))!.Verified);
        Assert.DoesNotContain(Zoom.All, s => s.Method == "GET");
        Assert.True((await new UserOperations(Connection, verify: true).CreateAsync(
            Wishes.For(Jill, u => u.Department = "Sales"), IfExists.Fail, Host, ScimCall.None))!.Verified);
    }

    [Theory]
    [InlineData("zoomOneBizPlus", "16", false)]
    [InlineData("zoomUnited", "1", false)]
    [InlineData("zoomAutoDialer", "1073741824", true)]
    [InlineData("zoomFrontline", "2048", true)]
    public async Task The_user_type_is_left_out_beside_a_bundle_plan_and_not_beside_the_other_plans(string plan, string code, bool sent)
    {
        await Create(Jill, u =>
        {
            u.UserType = "Licensed";
            u.SetExtension(plan, code);
        });
        Assert.Equal(sent, Zoom.Writes[0].Body!.Has("userType"));
        Assert.Equal(code, Zoom.Writes[0].Body!.Complex(ScimSchemas.ZoomUser)![plan]);
    }

    [Fact]
    public async Task A_new_number_keeps_the_others_in_the_request()
    {
        Zoom.Add(Jill, u => u.PhoneNumbers = [new("+1 1", "mobile"), new("+1 2", "home"), new("+1 3", "fax"), new("+1 4", "office")]);
        await Update(u => u.HomePhone = "+1 5125550123");
        Assert.Equal(
            ["fax +1 3", "home +1 5125550123", "mobile +1 1", "office +1 4"],
            Zoom.Writes[0].Body!
                .Items("phoneNumbers")
                .Cast<ScimObject>()
                .Select(p => $"{p.Text("type")} {p.Text("value")}")
                .OrderBy(p => p, StringComparer.Ordinal));
    }
}
