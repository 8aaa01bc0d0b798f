using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Things that go wrong on purpose.</summary>
public class FaultTests
{
    private const string Create = "{\"userName\":\"a@example.com\"}";

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_comes_so_many_times_and_then_no_more(int status)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"faults\":[{{\"kind\":\"status\",\"status\":{status},\"count\":2,\"retry_after\":\"3\"}}]}}");
        for (var i = 0; i < 2; i++)
        {
            using var failed = await zoom.SendAsync("POST", "/Users", Create);
            Assert.Equal(status, failed.Status);
            Assert.Equal("3", failed.Header("Retry-After"));
        }

        using var reply = await zoom.SendAsync("POST", "/Users", Create);
        Assert.Equal(201, reply.Status);
        Assert.Contains("\"faults\":[]", zoom.Simulator.GetBehaviour());
    }

    [Fact]
    public async Task Html_comes_from_the_edge()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"html\",\"status\":504}]}");
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal(504, reply.Status);
        Assert.Equal("text/html", reply.ContentType);
        Assert.StartsWith("<html>", reply.Body);
    }

    [Theory]
    [InlineData("before", 201)]
    [InlineData("after", 400)]
    public async Task A_dropped_connection_comes_before_or_after_the_work(string when, int second)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"faults\":[{{\"kind\":\"drop\",\"when\":\"{when}\",\"count\":1}}]}}");
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => zoom.SendAsync("POST", "/Users", Create));
        Assert.IsAssignableFrom<IOException>(error.InnerException);
        using var reply = await zoom.SendAsync("POST", "/Users", Create);
        Assert.Equal(second, reply.Status);
        var logged = zoom.Requests();
        Assert.Equal("drop-" + when, logged[0].GetProperty("fault").GetString());
        Assert.Equal(0, logged[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_status_may_hide_that_the_work_was_done()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"status\",\"status\":504,\"when\":\"after\",\"count\":1}]}");
        using var failed = await zoom.SendAsync("POST", "/Users", Create);
        Assert.Equal(504, failed.Status);
        using var again = await zoom.SendAsync("POST", "/Users", Create);
        again.AssertScimError(400, "The email \"a@example.com\" is already in use.");
    }

    [Fact]
    public async Task A_slow_reply_takes_its_time_on_the_clock()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"slow\",\"delay_ms\":90000}]}");
        var start = zoom.Clock.Elapsed;
        using var reply = await zoom.Clock.RunAsync(zoom.GetAsync("/Users"));
        Assert.Equal(200, reply.Status);
        Assert.Equal(TimeSpan.FromSeconds(90), zoom.Clock.Elapsed - start);
    }

    [Fact]
    public async Task Latency_holds_every_reply_back()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"latency_ms\":50}");
        var start = zoom.Clock.Elapsed;
        using var reply = await zoom.Clock.RunAsync(zoom.GetAsync("/Users"));
        Assert.Equal(TimeSpan.FromMilliseconds(50), zoom.Clock.Elapsed - start);
    }

    [Fact]
    public async Task A_reply_may_be_cut_or_called_something_else()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"truncate\",\"count\":1},{\"kind\":\"content-type\",\"count\":1}]}");
        using var cut = await zoom.GetAsync("/Users");
        Assert.Equal(200, cut.Status);
        Assert.ThrowsAny<JsonException>(() => cut.Json);
        using var odd = await zoom.GetAsync("/Users");
        Assert.Equal("text/html", odd.ContentType);
        Assert.Equal(2, odd.Json.GetProperty("totalResults").GetInt32());
    }

    [Theory]
    [InlineData("token-expired", "Access token is expired.")]
    [InlineData("token-revoked", "Invalid access token.")]
    public async Task A_token_may_end_in_the_middle_of_a_run(string kind, string text)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"faults\":[{{\"kind\":\"{kind}\",\"after\":2,\"count\":1}}]}}");
        for (var i = 0; i < 2; i++)
        {
            using var fine = await zoom.GetAsync("/Users");
            Assert.Equal(200, fine.Status);
        }

        using var ended = await zoom.GetAsync("/Users");
        ended.AssertGatewayError(401, 124, text);
        using var still = await zoom.GetAsync("/Users");
        still.AssertGatewayError(401, 124, text);
        await zoom.SignInAsync();
        using var renewed = await zoom.GetAsync("/Users");
        Assert.Equal(200, renewed.Status);
    }

    [Fact]
    public async Task Faults_can_choose_path_and_method_and_spare_the_token_endpoint()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"status\",\"path\":\"/scim2/groups\",\"method\":\"get\"}]}");
        using var users = await zoom.GetAsync("/Users");
        Assert.Equal(200, users.Status);
        using var post = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"G\"}");
        Assert.Equal(201, post.Status);
        using var groups = await zoom.GetAsync("/Groups");
        Assert.Equal(503, groups.Status);

        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"status\"}]}");
        await zoom.SignInAsync();
        zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"status\",\"path\":\"/oauth/token\",\"status\":500}]}");
        using var token = await zoom.TokenAsync("grant_type=account_credentials");
        Assert.Equal(500, token.Status);
    }

    [Fact]
    public async Task Probability_strikes_about_as_often_as_it_says_and_always_the_same()
    {
        var first = await StrikesAsync();
        var second = await StrikesAsync();
        Assert.Equal(first, second);
        Assert.InRange(first.Count(struck => struck), 60, 140);

        static async Task<bool[]> StrikesAsync()
        {
            using var zoom = await TestZoom.SignedInAsync();
            zoom.Simulator.PatchBehaviour("{\"faults\":[{\"kind\":\"status\",\"probability\":0.25}]}");
            var struck = new bool[400];
            for (var i = 0; i < struck.Length; i++)
            {
                using var reply = await zoom.GetAsync("/Users");
                struck[i] = reply.Status == 503;
            }

            return struck;
        }
    }
}
