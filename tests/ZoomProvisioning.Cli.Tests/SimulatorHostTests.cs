using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Cli.Simulate;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>The simulator over a real socket.</summary>
public class SimulatorHostTests
{
    [Fact]
    public async Task It_listens_on_the_loopback_address_and_a_port_of_its_own()
    {
        await using var served = await ServedZoom.StartAsync();
        Assert.Equal("127.0.0.1", served.Host.Address.Host);
        Assert.NotEqual(0, served.Host.Address.Port);
        Assert.Equal("/scim2", served.Host.ScimUri.AbsolutePath);
        Assert.Equal("/oauth/token", served.Host.TokenUri.AbsolutePath);
        using var reply = await served.SendAsync("GET", "/scim2/Users?count=1");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.False(reply.Headers.Contains("Server"));
        Assert.True(reply.Headers.Contains("x-zm-trackingid"));
    }

    [Fact]
    public async Task Escaped_ids_arrive_as_they_were_sent()
    {
        await using var served = await ServedZoom.StartAsync();
        served.Zoom.ImportState("""
            {"users":[{"id":"k&KdKr6TLWuxdDtk0hjSzL","userName":"and@example.com"},{"id":"a/b+c=_-9","userName":"slash@example.com"}]}
            """);
        foreach (var (path, expected) in new[]
        {
            ("/scim2/Users/k%26KdKr6TLWuxdDtk0hjSzL", "and@example.com"),
            ("/scim2/Users/k&KdKr6TLWuxdDtk0hjSzL", "and@example.com"),
            ("/scim2/Users/a%2Fb%2Bc%3D_-9", "slash@example.com"),
            ("/scim2/Users/a%2fb+c=_-9", "slash@example.com"),
        })
        {
            using var reply = await served.SendAsync("GET", path);
            using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
            Assert.Equal(expected, json.RootElement.GetProperty("userName").GetString());
        }

        using var raw = await served.SendAsync("GET", "/scim2/Users/a/b+c=_-9");
        Assert.Equal("{\"code\":2300,\"message\":\"This API endpoint is not recognized.\"}", await raw.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_whole_life_of_a_user()
    {
        await using var served = await ServedZoom.StartAsync();
        using var created = await served.SendAsync(
            "POST", "/scim2/Users", "{\"userName\":\"zoë@example.com\",\"name\":{\"givenName\":\"Zoë\",\"familyName\":\"王\"}}");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var json = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        Assert.Equal("Zoë 王", json.RootElement.GetProperty("displayName").GetString());
        var path = "/scim2/Users/" + Uri.EscapeDataString(json.RootElement.GetProperty("id").GetString()!);
        using var updated = await served.SendAsync("PUT", path, "{\"title\":\"Dev\"}");
        Assert.Equal(HttpStatusCode.OK, updated.StatusCode);
        using var disabled = await served.SendAsync("PATCH", path, "{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":false}}]}");
        Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        using var deleted = await served.SendAsync("DELETE", path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("", await deleted.Content.ReadAsStringAsync());
        using var gone = await served.SendAsync("GET", path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("before", HttpStatusCode.Created)]
    [InlineData("after", HttpStatusCode.BadRequest)]
    public async Task A_dropped_connection_is_really_broken(string when, HttpStatusCode second)
    {
        await using var served = await ServedZoom.StartAsync();
        using var patch = await served.SendAsync("PATCH", "/_simulator/behaviour", $"{{\"faults\":[{{\"kind\":\"drop\",\"when\":\"{when}\",\"count\":1}}]}}");
        Assert.Equal(HttpStatusCode.OK, patch.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => served.SendAsync("POST", "/scim2/Users", "{\"userName\":\"a@example.com\"}"));
        using var again = await served.SendAsync("POST", "/scim2/Users", "{\"userName\":\"a@example.com\"}");
        Assert.Equal(second, again.StatusCode);
    }

    [Fact]
    public async Task State_can_be_taken_and_put()
    {
        await using var served = await ServedZoom.StartAsync(seedUsers: 10);
        using var taken = await served.SendAsync("GET", "/_simulator/state");
        var state = await taken.Content.ReadAsStringAsync();
        await using var other = await ServedZoom.StartAsync();
        using var put = await other.SendAsync("PUT", "/_simulator/state", state);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal(served.Zoom.ExportState(), other.Zoom.ExportState());
        using var bad = await other.SendAsync("PUT", "/_simulator/state", "{\"nonsense\":1}");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("nonsense", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_can_be_read_and_forgotten()
    {
        await using var served = await ServedZoom.StartAsync();
        using var list = await served.SendAsync("GET", "/scim2/Users?count=1");
        using var log = await served.SendAsync("GET", "/_simulator/requests");
        var text = await log.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        Assert.Equal(["/oauth/token", "/scim2/Users"], json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("path").GetString()));
        Assert.DoesNotContain(served.Zoom.ClientSecret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Http.DefaultRequestHeaders.Authorization!.Parameter!, text, StringComparison.Ordinal);
        using var delete = await served.SendAsync("DELETE", "/_simulator/requests");
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        Assert.Equal("[]", served.Zoom.GetRequests());
    }

    [Fact]
    public async Task Users_time_and_a_new_beginning_come_by_post()
    {
        await using var served = await ServedZoom.StartAsync();
        var before = served.Zoom.UserCount;
        using var users = await served.SendAsync("POST", "/_simulator/users?count=12");
        Assert.Equal(HttpStatusCode.NoContent, users.StatusCode);
        Assert.Equal(before + 12, served.Zoom.UserCount);
        using var time = await served.SendAsync("POST", "/_simulator/time?seconds=7200");
        Assert.Equal(HttpStatusCode.NoContent, time.StatusCode);
        using var expired = await served.SendAsync("GET", "/scim2/Users");
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        using var wrong = await served.SendAsync("POST", "/_simulator/users?count=many");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("count", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var reset = await served.SendAsync("POST", "/_simulator/reset");
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal(before, served.Zoom.UserCount);
    }

    [Fact]
    public async Task A_wrong_behaviour_is_400_and_names_the_valid_ones()
    {
        await using var served = await ServedZoom.StartAsync();
        using var reply = await served.SendAsync("PATCH", "/_simulator/behaviour", "{\"nope\":1}");
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("filter_quotes", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/_simulator/state", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/_simulator/behaviour", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/_simulator/reset", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/_simulator", HttpStatusCode.NotFound)]
    [InlineData("GET", "/_simulator/secrets", HttpStatusCode.NotFound)]
    public async Task There_is_no_other_control(string method, string path, HttpStatusCode expected)
    {
        await using var served = await ServedZoom.StartAsync();
        using var reply = await served.SendAsync(method, path);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task Browsers_and_rebound_names_get_no_control()
    {
        await using var served = await ServedZoom.StartAsync();
        using var origin = await served.SendAsync("GET", "/_simulator/state", change: request => request.Headers.Add("Origin", "http://127.0.0.1"));
        Assert.Equal(HttpStatusCode.Forbidden, origin.StatusCode);
        using var rebound = await served.SendAsync("GET", "/_simulator/state", change: request => request.Headers.Host = "attacker.example");
        Assert.Equal(HttpStatusCode.Forbidden, rebound.StatusCode);
        using var local = await served.SendAsync("GET", "/_simulator/state", change: request => request.Headers.Host = "localhost");
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var zoom = new SimulatedZoom(new SimulatorOptions());
        await Assert.ThrowsAsync<IOException>(() => SimulatorHost.StartAsync(zoom, ((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public async Task It_keeps_up_with_many_connections_over_many_users()
    {
        // Not a benchmark, only a guard against work that grows with the tenant: 3,000 requests over 20,000 users.
        await using var served = await ServedZoom.StartAsync(seedUsers: 20_000);
        var workers = Enumerable.Range(0, 32).Select(async worker =>
        {
            for (var i = 0; i < 94; i++)
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"/scim2/Users?startIndex={(worker * 500) + i + 1}&count=10");
                using var reply = await served.SendAsync("GET", path);
                Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            }
        });
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(5));
    }
}
