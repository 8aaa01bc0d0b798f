using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>PUT /scim2/Users/{id} (fact sheet 4.2).</summary>
public class UserUpdateTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string Zoom = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";

    [Fact]
    public async Task What_is_not_sent_stays()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com", ",\"title\":\"Dev\",\"locale\":\"Here\",\"name\":{\"givenName\":\"A\",\"familyName\":\"B\"},\""
            + Enterprise + "\":{\"department\":\"D\",\"organization\":\"O\"}");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"schemas\":[],\"name\":{\"familyName\":\"C\"},\""
            + Enterprise + "\":{\"organization\":\"P\"},\"phoneNumbers\":[{\"type\":\"mobile\",\"value\":\"+1 2\"}]}");
        Assert.Equal(200, reply.Status);
        Assert.Equal("Dev", reply.Text("title"));
        Assert.Equal("Here", reply.Text("locale"));
        Assert.Equal("{\"givenName\":\"A\",\"familyName\":\"C\"}", reply.Json.GetProperty("name").GetRawText());
        Assert.Equal("{\"department\":\"D\",\"organization\":\"P\"}", reply.Json.GetProperty(Enterprise).GetRawText());

        // Not rebuilt from the names: it must be sent again on a rename.
        Assert.Equal("A B", reply.Text("displayName"));
    }

    [Fact]
    public async Task The_first_mail_address_changes_both_and_the_user_name_nothing()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("old@example.com");
        using var ignored = await zoom.SendAsync("PUT", "/Users/" + id, "{\"userName\":\"ignored@example.com\"}");
        Assert.Equal("old@example.com", ignored.Text("userName"));
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"emails\":[{\"type\":\"work\",\"value\":\"new@example.com\",\"primary\":true}]}");
        Assert.Equal("new@example.com", reply.Text("userName"));
        Assert.Equal("new@example.com", reply.Json.GetProperty("emails")[0].GetProperty("value").GetString());
        using var old = await zoom.GetAsync("/Users?filter=userName%20eq%20%22old%40example.com%22");
        Assert.Equal(0, old.Json.GetProperty("totalResults").GetInt32());
        Assert.Equal(id, await zoom.IdOfAsync("new@example.com"));
    }

    [Theory]
    [InlineData("owner@example.com")]
    [InlineData("pending@example.com")]
    [InlineData("foreign@example.com")]
    public async Task A_used_address_is_409_with_doubled_quotes(string address)
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, $"{{\"emails\":[{{\"value\":\"{address}\"}}]}}");
        reply.AssertScimError(409, $"Email ''{address}'' has already been used.");
    }

    [Fact]
    public async Task A_foreign_domain_is_409_and_an_admins_address_is_fixed()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var domain = await zoom.SendAsync("PUT", "/Users/" + id, "{\"emails\":[{\"value\":\"a@zoom.us\"}]}");
        domain.AssertScimError(
            409,
            "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.");
        using var admin = await zoom.SendAsync("PUT", "/Users/" + await zoom.IdOfAsync("admin@example.com"), "{\"emails\":[{\"value\":\"new@example.com\"}]}");
        admin.AssertScimError(400, "Cannot change the email of Admin user.");
        using var same = await zoom.SendAsync(
            "PUT",
            "/Users/" + await zoom.IdOfAsync("admin@example.com"),
            "{\"emails\":[{\"value\":\"admin@example.com\"}],\"title\":\"Boss\"}");
        Assert.Equal("Boss", same.Text("title"));
    }

    [Fact]
    public async Task An_inactive_user_cannot_be_updated()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        (await zoom.SetActiveAsync(id, false)).Dispose();
        using var refused = await zoom.SendAsync("PUT", "/Users/" + id, "{\"title\":\"x\",\"active\":true}");
        refused.AssertScimError(400, "User is inactive or locked.");
        zoom.Simulator.PatchBehaviour("{\"put_active_on_inactive\":\"reactivates\"}");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"title\":\"x\",\"active\":true}");
        Assert.True(reply.Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Active_false_deactivates_unless_it_is_ignored()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"put_active\":\"ignored\"}");
        var id = await zoom.CreateAsync("a@example.com", ",\"userType\":\"Licensed\"");
        using var ignored = await zoom.SendAsync("PUT", "/Users/" + id, "{\"active\":false}");
        Assert.True(ignored.Json.GetProperty("active").GetBoolean());
        zoom.Simulator.PatchBehaviour("{\"put_active\":null}");
        using var applied = await zoom.SendAsync("PUT", "/Users/" + id, "{\"active\":false}");
        Assert.False(applied.Json.GetProperty("active").GetBoolean());
        Assert.Equal("Basic", applied.Text("userType"));
        using var admin = await zoom.SendAsync("PUT", "/Users/" + await zoom.IdOfAsync("owner@example.com"), "{\"active\":false}");
        admin.AssertScimError(400, "Cannot activate or deactivate Zoom Room and Admin users.");
    }

    [Fact]
    public async Task A_room_cannot_be_made_free()
    {
        using var zoom = await TestZoom.SignedInAsync(state: TestStates.RoomAndForceInactive);
        using var reply = await zoom.SendAsync("PUT", "/Users/room1", "{\"userType\":\"Basic\"}");
        reply.AssertScimError(400, "Cannot update Zoom Room user to free");
    }

    [Fact]
    public async Task The_two_whiteboards_exclude_each_other()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var both = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomWhiteboard\":true,\"zoomWhiteboardPlus\":true}}");
        both.AssertScimError(400, "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.");
        using var one = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomWhiteboard\":true}}");
        Assert.Equal(200, one.Status);
        using var second = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomWhiteboardPlus\":true}}");
        second.AssertScimError(400, "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.");
        using var swap = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomWhiteboard\":false,\"zoomWhiteboardPlus\":true}}");
        Assert.Equal(200, swap.Status);
    }

    [Fact]
    public async Task Roles_are_replaced_and_revoked_and_the_owner_stays()
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"customRoles\":[\"Help Desk\"]},\"users\":[{\"id\":\"o\","
            + "\"userName\":\"o@example.com\",\"roles\":[{\"value\":\"Owner\"}]},{\"id\":\"m\",\"userName\":\"m@example.com\"}]}");
        using var granted = await zoom.SendAsync("PUT", "/Users/m", "{\"roles\":[{\"display\":\"Help Desk\",\"value\":\"Help Desk\"}]}");
        Assert.Equal("Help Desk", granted.Json.GetProperty("roles")[0].GetProperty("value").GetString());
        using var revoked = await zoom.SendAsync("PUT", "/Users/m", "{\"roles\":[]}");
        Assert.Equal("Member", revoked.Json.GetProperty("roles")[0].GetProperty("value").GetString());
        using var second = await zoom.SendAsync("PUT", "/Users/m", "{\"roles\":[{\"value\":\"Owner\"}]}");
        Assert.Equal("Member", second.Json.GetProperty("roles")[0].GetProperty("value").GetString());
        using var owner = await zoom.SendAsync("PUT", "/Users/o", "{\"roles\":[]}");
        Assert.Equal("Owner", owner.Json.GetProperty("roles")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task An_admin_who_was_made_a_member_can_be_deleted()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.IdOfAsync("admin@example.com");
        (await zoom.SendAsync("PUT", "/Users/" + id, "{\"roles\":[]}")).Dispose();
        using var reply = await zoom.SendAsync("DELETE", "/Users/" + id);
        Assert.Equal(204, reply.Status);
    }

    [Theory]
    [InlineData("{\"put_empty_string\":\"clears\"}", "\"\"", null)]
    [InlineData("{\"put_empty_string\":\"ignored\"}", "\"\"", "Dev")]
    [InlineData("{\"put_null\":\"ignored\"}", "null", "Dev")]
    [InlineData("{\"put_null\":\"clears\"}", "null", null)]
    [InlineData("{\"put_semantics\":\"merge\"}", "\"New\"", "New")]
    public async Task Clearing_works_as_switched(string behaviour, string sent, string? expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com", ",\"title\":\"Dev\"");
        zoom.Simulator.PatchBehaviour(behaviour);
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, $"{{\"title\":{sent}}}");
        Assert.Equal(expected, reply.Json.TryGetProperty("title", out var title) ? title.GetString() : null);
    }

    [Fact]
    public async Task Put_may_replace_the_whole_user()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"put_semantics\":\"replace\"}");
        var id = await zoom.CreateAsync("a@example.com", ",\"title\":\"Dev\",\"locale\":\"Here\"");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"title\":\"Ops\"}");
        Assert.Equal("Ops", reply.Text("title"));
        Assert.False(reply.Has("locale"));
        Assert.Equal("a@example.com", reply.Text("userName"));
    }

    [Fact]
    public async Task Names_display_names_and_arrays_may_be_treated_otherwise()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"put_names\":\"only-if-empty\",\"put_displayName\":\"ignored\",\"put_arrays\":\"merge\"}");
        var id = await zoom.CreateAsync("a@example.com", ",\"name\":{\"givenName\":\"A\"},\"phoneNumbers\":[{\"type\":\"work\",\"value\":\"+1 1\"}]");
        using var reply = await zoom.SendAsync(
            "PUT",
            "/Users/" + id,
            "{\"name\":{\"givenName\":\"X\",\"familyName\":\"Y\"},\"displayName\":\"Z\",\"phoneNumbers\":[{\"type\":\"mobile\",\"value\":\"+1 2\"}]}");
        Assert.Equal("{\"givenName\":\"A\",\"familyName\":\"Y\"}", reply.Json.GetProperty("name").GetRawText());
        Assert.Equal("A", reply.Text("displayName"));
        Assert.Equal(2, reply.Json.GetProperty("phoneNumbers").GetArrayLength());
    }

    [Fact]
    public async Task Phone_attributes_are_taken_and_never_shown()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var put = await zoom.SendAsync(
            "PUT",
            "/Users/" + id,
            "{\"" + Zoom + "\":{\"zoomPhoneExtNumber\":\"0\",\"zoomPhoneCallingPlan\":\"3000\",\"zoomContactCenterRole\":\"Agent\"}}");
        Assert.False(put.Has(Zoom));
        Assert.Contains("\"zoomPhoneCallingPlan\": \"3000\"", zoom.Simulator.ExportState());
        using var removed = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomPhoneCallingPlan\":\"-1\",\"zoomContactCenterRole\":\"\"}}");
        Assert.Equal(200, removed.Status);
        Assert.DoesNotContain("zoomPhoneCallingPlan", zoom.Simulator.ExportState());
        Assert.Contains("\"zoomContactCenterRole\": \"Agent\"", zoom.Simulator.ExportState());
    }

    [Fact]
    public async Task A_manager_is_the_plain_address_of_a_user()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        foreach (var sent in new[] { "\"nobody@example.com\"", "{\"value\":\"owner@example.com\"}" })
        {
            (await zoom.SendAsync("PUT", "/Users/" + id, $"{{\"{Enterprise}\":{{\"manager\":{sent}}}}}")).Dispose();
            using var none = await zoom.GetAsync("/Users/" + id);
            Assert.False(none.Has(Enterprise));
        }

        (await zoom.SendAsync("PUT", "/Users/" + id, $"{{\"{Enterprise}\":{{\"manager\":\"owner@example.com\"}}}}")).Dispose();
        using var set = await zoom.GetAsync("/Users/" + id);
        Assert.Equal("owner@example.com", set.Json.GetProperty(Enterprise).GetProperty("manager").GetString());
    }

    [Fact]
    public async Task An_employee_number_of_somebody_else_may_be_ignored()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"duplicate_employee_number\":\"ignored\"}");
        await zoom.CreateAsync("a@example.com", $",\"{Enterprise}\":{{\"employeeNumber\":\"7\"}}");
        using var reply = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"b@example.com\",\"{Enterprise}\":{{\"employeeNumber\":\"7\"}}}}");
        Assert.Equal(201, reply.Status);
        Assert.False(reply.Has(Enterprise));
    }
}
