using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>The tenant as a document.</summary>
public class StateTests
{
    [Fact]
    public async Task A_saved_tenant_is_the_same_tenant()
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 120);
        var id = await zoom.CreateAsync(
            "jill@example.com",
            ",\"title\":\"Dev\",\"locale\":\"Here\",\"userType\":\"Licensed\",\"groups\":[{\"value\":\"Sales\"},{\"value\":\"Legal\"}],"
                + "\"urn:ietf:params:scim:schemas:extension:zoom:1.0:User\":{\"zoomPhoneExtNumber\":\"0\",\"zoomOneBizPlus\":\"16\","
                + "\"zoomContactCenterPlan\":{\"zoomContactCenterPackage\":\"Essentials\"}}");
        var saved = zoom.Simulator.ExportState();
        using var loaded = await TestZoom.SignedInAsync(state: saved);
        Assert.Equal(saved, loaded.Simulator.ExportState());
        Assert.Equal(zoom.Simulator.AccountId, loaded.Simulator.AccountId);
        using var before = await zoom.GetAsync("/Users/" + id);
        using var after = await loaded.GetAsync("/Users/" + id);
        Assert.Equal(before.Body, after.Body);

        // New ids go on where the old ones stopped.
        Assert.Equal(await zoom.CreateAsync("next@example.com"), await loaded.CreateAsync("next@example.com"));
    }

    [Fact]
    public void No_secret_and_no_token_is_in_it()
    {
        using var zoom = new TestZoom(seedUsers: 2);
        Assert.DoesNotContain(zoom.Simulator.ClientSecret, zoom.Simulator.ExportState());
    }

    [Fact]
    public async Task Hidden_states_survive()
    {
        using var zoom = await TestZoom.SignedInAsync(state: TestStates.RoomAndForceInactive);
        using var loaded = await TestZoom.SignedInAsync(state: zoom.Simulator.ExportState());
        using var room = await loaded.SetActiveAsync("room1", false);
        room.AssertScimError(400, "Cannot activate or deactivate Zoom Room and Admin users.");
        using var forced = await loaded.SetActiveAsync("forced", true);
        forced.AssertScimError(400, "User is force inactive.");
    }

    [Fact]
    public async Task Replies_of_a_real_tenant_can_be_loaded()
    {
        // As GET writes them: roles and groups as objects, names the account section does not list.
        using var zoom = await TestZoom.SignedInAsync(state: """
            {"users":[{"schemas":["x"],"id":"k&KdKr6TLWuxdDtk0hjSzL","meta":{"created":"2023-11-24T05:13:15Z"},
              "userName":"jill@customer.org","active":true,"userType":"Licensed",
              "roles":{"display":"Help Desk","value":"Help Desk","primary":true},"groups":{"type":"direct","value":"Developers"},
              "urn:ietf:params:scim:schemas:extension:zoom:1.0:User":{"zoomOneBizPlus":16,"zoomSomethingNew":true}}]}
            """);
        using var reply = await zoom.GetAsync("/Users/k%26KdKr6TLWuxdDtk0hjSzL");
        Assert.Equal("Help Desk", reply.Json.GetProperty("roles").GetProperty("value").GetString());
        Assert.Equal("Developers", reply.Json.GetProperty("groups").GetProperty("value").GetString());
        Assert.Equal("\"16\"", reply.Json.GetProperty("urn:ietf:params:scim:schemas:extension:zoom:1.0:User").GetProperty("zoomOneBizPlus").GetRawText());
        Assert.Equal("2023-11-24T05:13:15Z", reply.Json.GetProperty("meta").GetProperty("created").GetString());
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "object")]
    [InlineData("{\"user\":[]}", "account, users, groups")]
    [InlineData("{\"users\":[{}]}", "no userName")]
    [InlineData("{\"users\":[{\"userName\":\"a@b.test\"},{\"userName\":\"A@b.test\"}]}", "twice")]
    [InlineData("{\"account\":{\"defaultGroup\":\"X\"}}", "default group")]
    [InlineData("{\"account\":{\"planSeats\":{\"zoomGold\":1}}}", "zoomOneBizPlus")]
    [InlineData("{\"account\":{\"customAttributes\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]}}", "at most 5")]
    [InlineData("{\"idsGiven\":\"x\"}", "wrong type")]
    public void A_document_that_is_no_tenant_is_refused_and_nothing_changes(string state, string words)
    {
        using var zoom = new TestZoom();
        var before = zoom.Simulator.ExportState();
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => zoom.Simulator.ImportState(state)).Message);
        Assert.Equal(before, zoom.Simulator.ExportState());
    }

    [Fact]
    public async Task The_log_keeps_bodies_and_strikes_out_secrets()
    {
        using var zoom = new TestZoom();
        await zoom.SignInAsync();
        (await zoom.TokenAsync("grant_type=account_credentials&client_secret=hush-hush&account_id=x", query: "?client_secret=hush-hush")).Dispose();
        (await zoom.TokenAsync("{\"client_secret\":\"hush-hush\"}", type: "application/json")).Dispose();
        await zoom.CreateAsync("a@example.com");
        (await zoom.GetAsync("/Users?count=1")).Dispose();

        var log = zoom.Simulator.GetRequests();
        Assert.DoesNotContain("hush-hush", log);
        Assert.DoesNotContain(zoom.Simulator.ClientSecret, log);
        Assert.DoesNotContain(zoom.Token!, log);
        var entries = zoom.Requests();
        Assert.Equal(5, entries.Length);
        Assert.Equal("/oauth/token", entries[0].GetProperty("path").GetString());
        Assert.Equal("{\"userName\":\"a@example.com\"}", entries[3].GetProperty("body").GetString());
        Assert.Equal(201, entries[3].GetProperty("status").GetInt32());
        Assert.Equal("count=1", entries[4].GetProperty("query").GetString());
        zoom.Simulator.ClearRequests();
        Assert.Empty(zoom.Requests());
    }

    [Fact]
    public async Task The_log_keeps_the_last_ten_thousand()
    {
        using var zoom = await TestZoom.SignedInAsync();
        for (var i = 0; i < 10_050; i++)
        {
            (await zoom.SendRawAsync("GET", "/x")).Dispose();
        }

        var entries = zoom.Requests();
        Assert.Equal(10_000, entries.Length);
        Assert.Equal(10_051, entries.Last().GetProperty("number").GetInt32());
    }

    [Fact]
    public void Without_a_transport_nobody_real_is_reached()
    {
        using var zoom = new TestZoom();
        Assert.EndsWith(".invalid", zoom.Simulator.ScimUri.Host, StringComparison.Ordinal);
        Assert.EndsWith(".invalid", zoom.Simulator.TokenUri.Host, StringComparison.Ordinal);
    }
}
