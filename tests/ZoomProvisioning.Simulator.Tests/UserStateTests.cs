using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>PATCH and DELETE of users (fact sheet 4.3 to 4.5).</summary>
public class UserStateTests
{
    private const string Zoom = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";

    [Fact]
    public async Task Deactivation_takes_access_and_licences_and_keeps_the_profile()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync(
            "a@example.com",
            ",\"userType\":\"Licensed\",\"title\":\"Dev\",\"" + Zoom + "\":{\"zoomWhiteboard\":true,\"pronouns\":\"They\"}");
        using var off = await zoom.SetActiveAsync(id, false);
        Assert.Equal(200, off.Status);
        Assert.False(off.Json.GetProperty("active").GetBoolean());
        Assert.Equal("Basic", off.Text("userType"));
        Assert.Equal("Dev", off.Text("title"));
        Assert.Equal("{\"pronouns\":\"They\"}", off.Json.GetProperty(Zoom).GetRawText());
        using var again = await zoom.SetActiveAsync(id, false);
        Assert.Equal(200, again.Status);
        using var on = await zoom.SetActiveAsync(id, true);
        Assert.True(on.Json.GetProperty("active").GetBoolean());
        Assert.Equal("Basic", on.Text("userType"));
    }

    [Fact]
    public async Task The_user_type_may_survive_deactivation()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"deactivate_userType\":\"unchanged\"}");
        var id = await zoom.CreateAsync("a@example.com", ",\"userType\":\"Licensed\"");
        using var off = await zoom.SetActiveAsync(id, false);
        Assert.Equal("Licensed", off.Text("userType"));
    }

    [Theory]
    [InlineData("{\"operations\":[{\"op\":\"replace\",\"value\":{\"active\":false}}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"add\",\"value\":{\"active\":false}}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"Replace\",\"value\":{\"active\":false}}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":\"false\"}}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"value\":{\"title\":\"x\"}}]}")]
    [InlineData("{\"Operations\":[]}")]
    [InlineData("{\"Operations\":{}}")]
    [InlineData("{\"schemas\":[]}")]
    public async Task Every_other_form_earns_the_same_complaint(string body)
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var reply = await zoom.SendAsync("PATCH", "/Users/" + id, body);
        reply.AssertScimError(400, "The request json did not contains valid active field.");
    }

    [Fact]
    public async Task Admins_rooms_and_forced_users_keep_their_state()
    {
        using var zoom = await TestZoom.SignedInAsync();
        foreach (var address in new[] { "owner@example.com", "admin@example.com" })
        {
            using var admin = await zoom.SetActiveAsync(await zoom.IdOfAsync(address), false);
            admin.AssertScimError(400, "Cannot activate or deactivate Zoom Room and Admin users.");
        }

        zoom.Simulator.ImportState(TestStates.RoomAndForceInactive);
        using var room = await zoom.SetActiveAsync("room1", false);
        room.AssertScimError(400, "Cannot activate or deactivate Zoom Room and Admin users.");
        using var forced = await zoom.SetActiveAsync("forced", true);
        forced.AssertScimError(400, "User is force inactive.");
        using var put = await zoom.SendAsync("PUT", "/Users/forced", "{\"title\":\"x\"}");
        put.AssertScimError(400, "User is inactive or locked.");
    }

    [Fact]
    public async Task Deletion_is_204_and_for_good_and_admins_stay()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        using var deleted = await zoom.SendAsync("DELETE", "/Users/" + id);
        Assert.Equal(204, deleted.Status);
        Assert.Equal("", deleted.Body);
        using var gone = await zoom.GetAsync("/Users/" + id);
        gone.AssertScimError(404, "User does not exist.");
        await zoom.CreateAsync("a@example.com");
        using var admin = await zoom.SendAsync("DELETE", "/Users/" + await zoom.IdOfAsync("admin@example.com"));
        admin.AssertScimError(400, "Cannot delete Admin user.");
    }

    [Fact]
    public async Task The_transferee_is_on_record()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com", ",\"" + Zoom + "\":{\"transferee\":\"owner@example.com\"}");
        (await zoom.SetActiveAsync(id, false)).Dispose();
        (await zoom.SendAsync("DELETE", "/Users/" + id)).Dispose();
        using var state = JsonDocument.Parse(zoom.Simulator.ExportState());
        var transfers = state.RootElement.GetProperty("transfers");
        Assert.Equal(2, transfers.GetArrayLength());
        Assert.Equal("deactivate", transfers[0].GetProperty("action").GetString());
        Assert.Equal("delete", transfers[1].GetProperty("action").GetString());
        Assert.Equal("a@example.com", transfers[1].GetProperty("from").GetString());
        Assert.Equal("owner@example.com", transfers[1].GetProperty("to").GetString());
    }
}
