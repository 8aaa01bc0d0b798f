using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Steering the simulator in process, as the module does it.</summary>
public class ControlTests
{
    [Fact]
    public void The_factory_describes_every_behaviour()
    {
        using var zoom = new TestZoom(ratePlan: "business");
        var described = new SimulatorFactory().Switches;
        Assert.Equal(
            zoom.Simulator.Behaviours.Keys.OrderBy(name => name, StringComparer.Ordinal),
            described.Select(item => item.Name).OrderBy(name => name, StringComparer.Ordinal));
        Assert.All(described, item => Assert.Equal(item.DefaultValue, zoom.Simulator.Behaviours[item.Name]));
        Assert.All(described, item => Assert.NotEmpty(item.Meaning));
        Assert.Equal(["both", "unquoted-only", "quoted-only"], described.Single(item => item.Name == "filter_quotes").Values);
    }

    [Fact]
    public void Behaviours_and_faults_come_round_as_plain_objects()
    {
        using var zoom = new TestZoom();
        zoom.Simulator.Configure(
            new Dictionary<string, object?> { ["sso"] = "off", ["count_default"] = 10 },
            [new Dictionary<string, object?> { ["kind"] = "slow", ["probability"] = 0.25, ["count"] = 3 }]);
        Assert.Equal("off", zoom.Simulator.Behaviours["sso"]);
        Assert.Equal(10, zoom.Simulator.Behaviours["count_default"]);
        var fault = Assert.Single(zoom.Simulator.Faults);
        Assert.Equal(("slow", 0.25, 3), ((string)fault["kind"], (double)fault["probability"], (int)fault["count"]));
        zoom.Simulator.Configure(new Dictionary<string, object?> { ["sso"] = null }, null);
        Assert.Equal("on", zoom.Simulator.Behaviours["sso"]);
        Assert.Single(zoom.Simulator.Faults);
        zoom.Simulator.Configure(new Dictionary<string, object?>(), []);
        Assert.Empty(zoom.Simulator.Faults);
    }

    [Fact]
    public void What_is_wrong_changes_nothing()
    {
        using var zoom = new TestZoom();
        var before = zoom.Simulator.GetBehaviour();
        Assert.Throws<ArgumentException>(() => zoom.Simulator.Configure(
            new Dictionary<string, object?> { ["sso"] = "off" },
            [new Dictionary<string, object?> { ["kind"] = "explode" }]));
        Assert.Equal(before, zoom.Simulator.GetBehaviour());
    }

    [Fact]
    public async Task Users_can_be_added_and_everything_reset_while_tokens_stay_good()
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 3);
        zoom.Simulator.AddUsers(400);
        Assert.Equal(405, zoom.Simulator.UserCount);
        using (var page = await zoom.GetAsync("/Users?startIndex=1&count=100"))
        {
            Assert.Equal(405, page.Json.GetProperty("totalResults").GetInt32());
        }

        // Somebody may have made one of the seeded users by hand.
        await zoom.CreateAsync("somebody@example.com");
        zoom.Simulator.PatchBehaviour("{\"latency_ms\":5,\"faults\":[{\"kind\":\"drop\"}]}");
        zoom.Simulator.Reset();
        Assert.Equal(5, zoom.Simulator.UserCount);
        Assert.Empty(zoom.Simulator.Faults);
        Assert.Equal("none", zoom.Simulator.Behaviours["rate_plan"]);
        Assert.Equal(0, zoom.Simulator.RequestCount);
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task The_same_users_come_whether_added_at_once_or_bit_by_bit()
    {
        using var once = new TestZoom(seedUsers: 50);
        using var twice = await TestZoom.SignedInAsync(seedUsers: 20);
        twice.Simulator.AddUsers(30);
        Assert.Equal(once.Simulator.ExportState(), twice.Simulator.ExportState());
    }

    [Fact]
    public async Task Time_can_be_let_pass()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"daily_limit\":1,\"rate_plan\":\"business\"}");
        using (var first = await zoom.GetAsync("/Users"))
        {
            Assert.Equal(200, first.Status);
        }

        using (var second = await zoom.GetAsync("/Users"))
        {
            Assert.Equal("Daily-limit", second.Header("X-RateLimit-Type"));
            Assert.Equal(429, second.Status);
        }

        zoom.Simulator.AdvanceTime(TimeSpan.FromDays(1));
        using (var expired = await zoom.GetAsync("/Users"))
        {
            expired.AssertGatewayError(401, 124, "Access token is expired.");
        }

        await zoom.SignInAsync();
        using var next = await zoom.GetAsync("/Users");
        Assert.Equal(200, next.Status);
        Assert.Throws<ArgumentOutOfRangeException>(() => zoom.Simulator.AdvanceTime(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task Requests_are_there_as_objects()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users?a=b", "{\"userName\":\"a@example.com\"}");
        var request = Assert.Single(zoom.Simulator.Requests);
        Assert.Equal(
            ("POST", "/scim2/Users", "a=b", 201, "{\"userName\":\"a@example.com\"}"),
            (request.Method, request.Path, request.Query, request.Status, request.Body));
        Assert.Equal(reply.Header("x-zm-trackingid"), request.TrackingId);
        Assert.Equal(1, zoom.Simulator.RequestCount);
    }

    [Fact]
    public void An_imported_state_leaves_the_account_id_alone()
    {
        using var zoom = new TestZoom();
        var id = zoom.Simulator.AccountId;
        zoom.Simulator.ImportState("{\"account\":{\"id\":\"other\"}}");
        Assert.Equal(id, zoom.Simulator.AccountId);
    }

    [Theory]
    [InlineData("{\n\"users\": [\n  oops\n] }", "line 3")]
    [InlineData("{\"users\":{}}", "'users' must be a JSON array")]
    [InlineData("{\"users\":[{\"userName\":\"a@example.com\"},{}]}", "users[1]: the user has no userName")]
    [InlineData("{\"groups\":[5]}", "groups[0]: it must be a JSON object")]
    [InlineData("{\"foreign\":\"a@example.com\"}", "'foreign' must be a JSON array of texts")]
    public void A_file_that_is_no_state_is_refused_with_the_place(string state, string words)
    {
        using var zoom = new TestZoom();
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => zoom.Simulator.ImportState(state)).Message, StringComparison.Ordinal);
    }
}
