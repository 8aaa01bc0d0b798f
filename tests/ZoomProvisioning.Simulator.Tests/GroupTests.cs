using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Groups (fact sheet section 6).</summary>
public class GroupTests
{
    private const string Invalid = "The \"Operations\" of the request is invalid.";

    [Fact]
    public async Task A_group_has_a_name_an_alias_and_no_members()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync(
            "POST",
            "/Groups",
            "{\"displayName\":\"SCIM group\",\"members\":[{\"value\":\"x\"}],"
                + "\"urn:ietf:params:scim:schemas:extension:zoom:2.0:Group\":{\"emailAlias\":\"test@example.com\"}}");
        Assert.Equal(201, reply.Status);
        var id = reply.Text("id");
        Assert.Equal(
            "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\",\"urn:ietf:params:scim:schemas:extension:zoom:2.0:Group\"],"
                + $"\"id\":\"{id}\",\"displayName\":\"SCIM group\","
                + "\"urn:ietf:params:scim:schemas:extension:zoom:2.0:Group\":{\"emailAlias\":\"test@example.com\"},"
                + $"\"meta\":{{\"resourceType\":\"Group\",\"version\":\"1.0.0\",\"location\":\"https://api.zoom.us/scim2/Groups/{id}\","
                + "\"created\":\"2026-01-05T08:00:00Z\",\"lastModified\":\"2026-01-05T08:00:00Z\"}}",
            reply.Body);
        using var get = await zoom.GetAsync("/Groups/" + Uri.EscapeDataString(id));
        Assert.Equal(reply.Body, get.Body);
        using var list = await zoom.GetAsync("/Groups?count=100&filter=" + Uri.EscapeDataString("displayName eq \"scim group\""));
        Assert.Equal(1, list.Json.GetProperty("totalResults").GetInt32());
        Assert.Equal(reply.Body, list.Json.GetProperty("Resources")[0].GetRawText());
    }

    [Fact]
    public async Task Refusals_are_literal()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var blank = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\" \"}");
        blank.AssertScimError(400, "The \"DisplayName\" of the request is invalid.");
        using var clash = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"Everyone\"}");
        clash.AssertScimError(409, "Group Everyone exists.");
        zoom.Simulator.PatchBehaviour("{\"max_groups\":1}");
        using var full = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"G\"}");
        full.AssertScimError(400, "Create group failed.");
        using var missing = await zoom.GetAsync("/Groups/none");
        missing.AssertScimError(404, "Group does not exist.");
        using var patch = await zoom.SendAsync("PATCH", "/Groups/none", "{\"Operations\":[]}");
        patch.AssertScimError(404, "Group does not exist.");
        using var delete = await zoom.SendAsync("DELETE", "/Groups/none");
        delete.AssertScimError(404, "Group does not exist.");
        using var filter = await zoom.GetAsync("/Groups?filter=" + Uri.EscapeDataString("id eq \"x\""));
        filter.AssertScimError(400, "The current filter does not support the filter name: id eq \"x\"");
        using var list = await zoom.GetAsync("/Groups");
        using var defaultGroup = await zoom.SendAsync(
            "DELETE", "/Groups/" + Uri.EscapeDataString(list.Json.GetProperty("Resources")[0].GetProperty("id").GetString()!));
        defaultGroup.AssertScimError(400, "Cannot delete account default group.");
    }

    [Fact]
    public async Task The_five_kinds_of_patch_work_and_answer_204()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, ada, bob) = await MembersAsync(zoom);
        await PatchAsync(zoom, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"},{\"value\":\"" + ada + "\"}]}");
        Assert.Equal(["Everyone", "G"], await GroupsOfAsync(zoom, ada));
        await PatchAsync(zoom, group, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"" + bob + "\"}]}");
        Assert.Equal(["Everyone"], await GroupsOfAsync(zoom, ada));
        Assert.Equal(["Everyone", "G"], await GroupsOfAsync(zoom, bob));
        await PatchAsync(zoom, group, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + bob + "\\\"]\"}");
        Assert.Equal(["Everyone"], await GroupsOfAsync(zoom, bob));
        await PatchAsync(zoom, group, "{\"op\":\"replace\",\"value\":{\"displayName\":\"Renamed\"}}");
        await PatchAsync(
            zoom,
            group,
            "{\"op\":\"replace\",\"value\":{\"urn:ietf:params:scim:schemas:extension:zoom:2.0:Group:emailAlias\":\"group@example.com\"}}");
        using var reply = await zoom.GetAsync("/Groups/" + group);
        Assert.Equal("Renamed", reply.Text("displayName"));
        Assert.Equal(
            "group@example.com",
            reply.Json.GetProperty("urn:ietf:params:scim:schemas:extension:zoom:2.0:Group").GetProperty("emailAlias").GetString());
    }

    [Fact]
    public async Task A_replace_with_nobody_empties_the_group()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, ada, _) = await MembersAsync(zoom);
        await PatchAsync(zoom, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"}]}");
        await PatchAsync(zoom, group, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[]}");
        Assert.Equal(["Everyone"], await GroupsOfAsync(zoom, ada));
    }

    [Theory]
    [InlineData("{\"operations\":[]}")]
    [InlineData("{\"Operations\":[]}")]
    [InlineData("{\"Operations\":[7]}")]
    [InlineData("{\"Operations\":[{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"x\"}]}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[\"x\"]}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"value\":{}}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"x\"}]}")]
    [InlineData("{\"Operations\":[{\"op\":\"replace\",\"value\":{\"displayName\":\"Changed\"}},{\"op\":\"nonsense\"}]}")]
    public async Task Malformed_operations_change_nothing(string body)
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, _, _) = await MembersAsync(zoom);
        using var reply = await zoom.SendAsync("PATCH", "/Groups/" + group, body);
        reply.AssertScimError(400, Invalid);
        using var get = await zoom.GetAsync("/Groups/" + group);
        Assert.Equal("G", get.Text("displayName"));
    }

    [Theory]
    [InlineData("ignored", 204)]
    [InlineData("400", 400)]
    [InlineData("404", 404)]
    public async Task An_unknown_member_is_treated_as_switched(string position, int status)
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, _, _) = await MembersAsync(zoom);
        zoom.Simulator.PatchBehaviour($"{{\"unknown_member\":\"{position}\"}}");
        using var add = await zoom.SendAsync(
            "PATCH", "/Groups/" + group, "{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"none\"}]}]}");
        Assert.Equal(status, add.Status);
        using var remove = await zoom.SendAsync(
            "PATCH", "/Groups/" + group, "{\"Operations\":[{\"op\":\"remove\",\"path\":\"members[value eq \\\"none\\\"]\"}]}");
        Assert.Equal(status, remove.Status);
    }

    [Fact]
    public async Task A_limit_of_members_and_inactive_members_can_be_switched()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, ada, bob) = await MembersAsync(zoom);
        (await zoom.SetActiveAsync(Uri.EscapeDataString(bob), false)).Dispose();
        zoom.Simulator.PatchBehaviour("{\"members_per_patch\":1,\"inactive_member\":\"ignored\"}");
        using var two = await zoom.SendAsync(
            "PATCH",
            "/Groups/" + group,
            "{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"},{\"value\":\"" + bob + "\"}]}]}");
        two.AssertScimError(400, Invalid);
        await PatchAsync(zoom, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + bob + "\"}]}");
        Assert.Equal(["Everyone"], await GroupsOfAsync(zoom, bob));
    }

    [Fact]
    public async Task A_deleted_group_leaves_its_members_and_a_deleted_member_the_group()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, ada, bob) = await MembersAsync(zoom);
        await PatchAsync(zoom, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"},{\"value\":\"" + bob + "\"}]}");
        (await zoom.SendAsync("DELETE", "/Users/" + Uri.EscapeDataString(bob))).Dispose();
        using var deleted = await zoom.SendAsync("DELETE", "/Groups/" + group);
        Assert.Equal(204, deleted.Status);
        Assert.Equal(["Everyone"], await GroupsOfAsync(zoom, ada));
    }

    private static async Task<(string Group, string Ada, string Bob)> MembersAsync(TestZoom zoom)
    {
        zoom.Simulator.PatchBehaviour("{\"get_roles_groups_shape\":\"array\"}");
        using var reply = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"G\"}");
        var ada = await zoom.CreateAsync("ada@example.com");
        var bob = await zoom.CreateAsync("bob@example.com");
        return (Uri.EscapeDataString(reply.Text("id")), Uri.UnescapeDataString(ada), Uri.UnescapeDataString(bob));
    }

    private static async Task PatchAsync(TestZoom zoom, string group, string operation)
    {
        using var reply = await zoom.SendAsync(
            "PATCH",
            "/Groups/" + group,
            $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{operation}]}}");
        Assert.Equal("", reply.Body);
        Assert.Equal(204, reply.Status);
    }

    private static async Task<string[]> GroupsOfAsync(TestZoom zoom, string id)
    {
        using var reply = await zoom.GetAsync("/Users/" + Uri.EscapeDataString(id));
        return reply.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("value").GetString()!).ToArray();
    }
}
