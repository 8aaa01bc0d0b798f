using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>GET /v2/groups/{id}/members, the one endpoint that is not SCIM (fact sheet 6.3).</summary>
public class GroupMemberTests
{
    [Theory]
    [InlineData("group:read:admin")]
    [InlineData("group:read:list_members:admin")]
    public async Task A_token_with_the_scope_reads_the_members_page_by_page(string scope)
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour($$"""{"scopes":"scim2:admin {{scope}}"}""");
        await zoom.SignInAsync();
        var (group, ids) = await TeamAsync(zoom, 5);

        using var first = await zoom.SendRawAsync("GET", $"/v2/groups/{group}/members?page_size=3");
        Assert.Equal(5, first.Json.GetProperty("total_records").GetInt32());
        Assert.Equal(3, first.Json.GetProperty("page_size").GetInt32());
        using var second = await zoom.SendRawAsync(
            "GET", $"/v2/groups/{group}/members?page_size=3&next_page_token={Uri.EscapeDataString(first.Text("next_page_token"))}");
        Assert.Equal("", second.Text("next_page_token"));
        var members = new[] { first, second }.SelectMany(page => page.Json.GetProperty("members").EnumerateArray()).ToArray();
        Assert.Equal(ids, members.Select(m => m.GetProperty("id").GetString()));
        Assert.Equal("u0@example.com", members[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task The_scope_for_SCIM_is_not_enough_and_Zoom_names_the_ones_that_are()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var (group, _) = await TeamAsync(zoom, 1);
        using var refused = await zoom.SendRawAsync("GET", $"/v2/groups/{group}/members");
        Assert.Equal(400, refused.Status);
        refused.AssertGatewayError(400, 4711, "Invalid access token, does not contain scopes:[group:read:list_members:admin, group:read:admin].");
    }

    [Fact]
    public async Task The_scope_for_members_does_not_open_SCIM()
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour("""{"scopes":"group:read:admin"}""");
        await zoom.SignInAsync();
        using var refused = await zoom.GetAsync("/Groups");
        refused.AssertGatewayError(400, 4711, "Invalid access token, does not contain scopes:[scim2:admin].");
    }

    [Fact]
    public async Task Unknown_groups_bad_tokens_and_other_paths_are_refused_as_v2_does()
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour("""{"scopes":"scim2:admin group:read:admin"}""");
        await zoom.SignInAsync();
        var (group, _) = await TeamAsync(zoom, 1);

        using var missing = await zoom.SendRawAsync("GET", "/v2/groups/none/members");
        missing.AssertGatewayError(404, 4130, "A group with this none does not exist.");
        using var token = await zoom.SendRawAsync("GET", $"/v2/groups/{group}/members?next_page_token=x");
        token.AssertGatewayError(400, 300, "The next page token is either invalid or expired.");
        foreach (var (method, path) in new[]
        {
            ("POST", $"/v2/groups/{group}/members"),
            ("GET", $"/v2/groups/{group}"),
            ("GET", "/v2/groups//members"),
            ("GET", $"/v2/groups/{group}/members/x"),
        })
        {
            using var unknown = await zoom.SendRawAsync(method, path);
            unknown.AssertGatewayError(404, 2300, "This API endpoint is not recognized.");
        }

        zoom.Simulator.PatchBehaviour("""{"v2_group_members":"off"}""");
        using var off = await zoom.SendRawAsync("GET", $"/v2/groups/{group}/members");
        off.AssertGatewayError(404, 2300, "This API endpoint is not recognized.");
    }

    private static async Task<(string Group, string[] Ids)> TeamAsync(TestZoom zoom, int size)
    {
        using var reply = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"Team\"}");
        var ids = new string[size];
        for (var n = 0; n < size; n++)
        {
            ids[n] = Uri.UnescapeDataString(await zoom.CreateAsync($"u{n}@example.com"));
        }

        var group = Uri.EscapeDataString(reply.Text("id"));
        var members = string.Join(",", ids.Select(id => $"{{\"value\":\"{id}\"}}"));
        (await zoom.SendAsync("PATCH", "/Groups/" + group, $"{{\"Operations\":[{{\"op\":\"add\",\"path\":\"members\",\"value\":[{members}]}}]}}")).Dispose();
        return (group, ids);
    }
}
