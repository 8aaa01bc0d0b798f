using System;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>The token endpoint (fact sheet 5) and what a token opens (4.6).</summary>
public class TokenTests
{
    [Fact]
    public async Task A_form_gets_a_token()
    {
        using var zoom = new TestZoom();
        using var reply = await zoom.TokenAsync($"grant_type=account_credentials&account_id={Uri.EscapeDataString(zoom.Simulator.AccountId)}");
        Assert.Equal(200, reply.Status);
        Assert.Equal("bearer", reply.Text("token_type"));
        Assert.Equal(3599, reply.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("scim2:admin user:read:list_users:admin", reply.Text("scope"));
        Assert.Equal("https://api.zoom.us", reply.Text("api_url"));
        Assert.InRange(reply.Text("access_token").Length, 500, 1000);
    }

    [Fact]
    public async Task Parameters_in_the_query_get_a_token_unless_switched_off()
    {
        using var zoom = new TestZoom();
        var query = $"?grant_type=account_credentials&account_id={Uri.EscapeDataString(zoom.Simulator.AccountId)}";
        using var reply = await zoom.TokenAsync("", query: query);
        Assert.Equal(200, reply.Status);

        zoom.Simulator.PatchBehaviour("{\"token_query_params\":\"reject\"}");
        using var refused = await zoom.TokenAsync("", query: query);
        Assert.Equal(400, refused.Status);
    }

    [Theory]
    [InlineData("reject", 400)]
    [InlineData("ok", 200)]
    public async Task Parameters_in_the_query_beside_a_body_of_JSON(string position, int status)
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour($"{{\"token_json_body\":\"{position}\"}}");
        using var reply = await zoom.TokenAsync(
            "{}",
            type: "application/json",
            query: $"?grant_type=account_credentials&account_id={Uri.EscapeDataString(zoom.Simulator.AccountId)}");
        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Json_is_no_grant()
    {
        using var zoom = new TestZoom();
        var json = $"{{\"grant_type\":\"account_credentials\",\"account_id\":\"{zoom.Simulator.AccountId}\"}}";
        using var reply = await zoom.TokenAsync(json, type: "application/json");
        Assert.Equal(400, reply.Status);
        Assert.Equal("{\"reason\":\"unsupported grant type\",\"error\":\"unsupported_grant_type\"}", reply.Body);
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_client()
    {
        using var zoom = new TestZoom();
        using var reply = await zoom.TokenAsync("grant_type=account_credentials&account_id=x", secret: "wrong");
        Assert.Equal(400, reply.Status);
        Assert.Equal("{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}", reply.Body);
    }

    [Fact]
    public async Task Another_grant_is_unsupported_and_another_account_a_bad_request()
    {
        using var zoom = new TestZoom();
        using var grant = await zoom.TokenAsync("grant_type=client_credentials");
        Assert.Equal("{\"reason\":\"unsupported grant type\",\"error\":\"unsupported_grant_type\"}", grant.Body);
        using var account = await zoom.TokenAsync("grant_type=account_credentials&account_id=other");
        Assert.Equal(400, account.Status);
        Assert.Equal("{\"reason\":\"Bad Request\",\"error\":\"invalid_request\"}", account.Body);
    }

    [Fact]
    public async Task No_token_or_a_wrong_one_is_401_code_124()
    {
        using var zoom = new TestZoom();
        using var none = await zoom.GetAsync("/Users");
        none.AssertGatewayError(401, 124, "Invalid access token.");
        zoom.Token = "wrong";
        using var wrong = await zoom.GetAsync("/Users");
        wrong.AssertGatewayError(401, 124, "Invalid access token.");
    }

    [Fact]
    public async Task A_token_ends_after_its_lifetime()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Clock.Advance(TimeSpan.FromSeconds(3598));
        using var alive = await zoom.GetAsync("/Users");
        Assert.Equal(200, alive.Status);
        zoom.Clock.Advance(TimeSpan.FromSeconds(1));
        using var over = await zoom.GetAsync("/Users");
        over.AssertGatewayError(401, 124, "Access token is expired.");
    }

    [Fact]
    public async Task A_token_without_the_scope_is_400_code_4711()
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour("{\"scopes\":\"user:read:admin\"}");
        await zoom.SignInAsync();
        using var reply = await zoom.GetAsync("/Users");
        reply.AssertGatewayError(400, 4711, "Invalid access token, does not contain scopes:[scim2:admin].");

        // A scope granted later needs a new token.
        zoom.Simulator.PatchBehaviour("{\"scopes\":\"scim2\"}");
        using var still = await zoom.GetAsync("/Users");
        Assert.Equal(400, still.Status);
        await zoom.SignInAsync();
        using var now = await zoom.GetAsync("/Users");
        Assert.Equal(200, now.Status);
    }

    [Theory]
    [InlineData("kept", 200)]
    [InlineData("revoked", 401)]
    public async Task Old_tokens_live_on_or_not(string position, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"old_tokens\":\"{position}\"}}");
        var old = zoom.Token;
        await zoom.SignInAsync();
        zoom.Token = old;
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal(expected, reply.Status);
    }

    [Fact]
    public async Task An_app_that_is_not_active_gets_an_empty_token_or_an_error()
    {
        using var zoom = new TestZoom();
        var form = $"grant_type=account_credentials&account_id={Uri.EscapeDataString(zoom.Simulator.AccountId)}";
        zoom.Simulator.PatchBehaviour("{\"app\":\"not-activated\",\"token_scope_field\":\"absent\"}");
        using var empty = await zoom.TokenAsync(form);
        Assert.Equal(200, empty.Status);
        Assert.Equal("", empty.Text("access_token"));
        Assert.False(empty.Has("scope"));
        zoom.Simulator.PatchBehaviour("{\"app\":\"disabled\"}");
        using var disabled = await zoom.TokenAsync(form);
        disabled.AssertGatewayError(400, 4717, "The app has been disabled");
    }

    [Fact]
    public void Every_simulator_has_a_secret_of_its_own()
    {
        using var one = new TestZoom();
        using var other = new TestZoom();
        Assert.NotEqual(one.Simulator.ClientSecret, other.Simulator.ClientSecret);
        Assert.Equal(32, one.Simulator.ClientSecret.Length);
        Assert.Equal(22, one.Simulator.AccountId.Length);
        Assert.Equal(22, one.Simulator.ClientId.Length);
        Assert.Equal(one.Simulator.AccountId, other.Simulator.AccountId);
    }
}
