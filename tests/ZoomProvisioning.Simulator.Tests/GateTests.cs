using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>The checks before an operation does anything, and their order (fact sheet section 9).</summary>
public class GateTests
{
    [Theory]
    [InlineData("GET", "/scim2/ServiceProviderConfig")]
    [InlineData("GET", "/scim2/Schemas")]
    [InlineData("GET", "/scim2/ResourceTypes")]
    [InlineData("GET", "/scim2/Me")]
    [InlineData("POST", "/scim2/Bulk")]
    [InlineData("GET", "/scim2")]
    [InlineData("GET", "/scim2/Users/")]
    [InlineData("GET", "/scim2/Users/a/b")]
    [InlineData("PUT", "/scim2/Groups/x")]
    [InlineData("DELETE", "/scim2/Users")]
    [InlineData("GET", "/v2/scim2/Users")]
    [InlineData("GET", "/oauth/token")]
    [InlineData("GET", "/")]
    public async Task An_unknown_path_is_404_even_without_a_token(string method, string path)
    {
        using var zoom = new TestZoom();
        using var reply = await zoom.SendRawAsync(method, path);
        reply.AssertGatewayError(404, 2300, "This API endpoint is not recognized.");
    }

    [Theory]
    [InlineData("/scim2/users?count=1")]
    [InlineData("/SCIM2/USERS?count=1")]
    [InlineData("/scim2/groups?count=1")]
    public async Task Paths_are_known_in_any_case(string path)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendRawAsync("GET", path);
        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [InlineData("/v2/scim2")]
    [InlineData("/scim")]
    public async Task The_base_path_can_be_another(string basePath)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"base_path\":\"{basePath}\"}}");
        using var there = await zoom.SendRawAsync("GET", basePath + "/Users");
        Assert.Equal(200, there.Status);
        using var gone = await zoom.SendRawAsync("GET", "/scim2/Users");
        gone.AssertGatewayError(404, 2300, "This API endpoint is not recognized.");
    }

    [Theory]
    [InlineData("GET", "/Users", null)]
    [InlineData("POST", "/Users", "{}")]
    [InlineData("GET", "/Users/x", null)]
    [InlineData("PUT", "/Users/x", "{}")]
    [InlineData("PATCH", "/Users/x", "{}")]
    [InlineData("DELETE", "/Users/x", null)]
    public async Task Without_single_sign_on_there_are_no_users(string method, string path, string? body)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"sso\":\"off\",\"permissions\":\"\"}");
        using var reply = await zoom.SendAsync(method, path, body);
        reply.AssertScimError(400, "Account has not enabled Single Sign-On.");
    }

    [Fact]
    public async Task Groups_do_not_need_single_sign_on()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"sso\":\"off\"}");
        using var reply = await zoom.GetAsync("/Groups");
        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [InlineData("GET", "/Users", null, "The current login user does not have the \"User:Read\" permission.")]
    [InlineData("GET", "/Users/x", null, "The request was denied due to insufficient permissions: \"User:Read\".")]
    [InlineData("POST", "/Users", "{}", "The request was denied due to insufficient permissions: \"User:Edit\".")]
    [InlineData("PUT", "/Users/x", "{}", "The request was denied due to insufficient permissions: \"User:Edit\".")]
    [InlineData("PATCH", "/Users/x", "{}", "The request was denied due to insufficient permissions: \"User:Edit\".")]
    [InlineData("DELETE", "/Users/x", null, "The request was denied due to insufficient permissions: \"User:Edit\".")]
    [InlineData("GET", "/Groups", null, "The request was denied due to insufficient permissions: \"Group:Read\".")]
    [InlineData("GET", "/Groups/x", null, "The request was denied due to insufficient permissions: \"Group:Read\".")]
    [InlineData("POST", "/Groups", "{}", "The request was denied due to insufficient permissions: \"Group:Edit\".")]
    [InlineData("PATCH", "/Groups/x", "{}", "The request was denied due to insufficient permissions: \"Group:Edit\".")]
    [InlineData("DELETE", "/Groups/x", null, "The request was denied due to insufficient permissions: \"Group:Edit\".")]
    public async Task Every_operation_needs_its_permission_before_its_body_is_read(string method, string path, string? body, string text)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"permissions\":\"\"}");
        using var reply = await zoom.SendAsync(method, path, body);
        reply.AssertScimError(403, text);
    }

    [Fact]
    public async Task A_bad_body_is_noticed_before_a_missing_user()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var put = await zoom.SendAsync("PUT", "/Users/none", "{}");
        put.AssertScimError(400, "The request JSON must not be empty.");
        using var patch = await zoom.SendAsync("PATCH", "/Users/none", "[]");
        patch.AssertScimError(400, "The request body must be in JSON format.");
    }

    [Fact]
    public async Task Every_reply_has_a_tracking_id_and_errors_may_write_their_status_as_text()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"status_field\":\"string\"}");
        using var reply = await zoom.GetAsync("/Users/none");
        Assert.Matches("^v=2\\.0;clid=us02;rid=WEB_[0-9a-f]{32}$", reply.Header("x-zm-trackingid")!);
        Assert.Equal("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"User does not exist.\",\"status\":\"404\"}", reply.Body);
    }
}
