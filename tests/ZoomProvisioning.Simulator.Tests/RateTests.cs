using System;
using System.Globalization;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Rate limits on virtual time (fact sheet 1.4 and 1.5).</summary>
public class RateTests
{
    private const string PerSecond = "You have reached the maximum per-second rate limit for this API. Try again later.";

    [Theory]
    [InlineData("business", 80, 60)]
    [InlineData("pro", 30, 20)]
    [InlineData("free", 4, 2)]
    public async Task Each_label_has_its_own_second(string plan, int light, int medium)
    {
        using var zoom = await TestZoom.SignedInAsync(ratePlan: plan);
        Assert.Equal(light, await CountAllowedAsync(zoom, "/Users/none"));
        Assert.Equal(medium, await CountAllowedAsync(zoom, "/Users"));

        // Groups share the bucket: the limit belongs to the account and the label.
        using var groups = await zoom.GetAsync("/Groups");
        groups.AssertGatewayError(429, 429, PerSecond);
        zoom.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(medium, await CountAllowedAsync(zoom, "/Groups"));
    }

    [Fact]
    public async Task The_legacy_rule_is_one_a_second_for_each_endpoint()
    {
        using var zoom = await TestZoom.SignedInAsync(ratePlan: "legacy");
        Assert.Equal(1, await CountAllowedAsync(zoom, "/Users"));
        Assert.Equal(1, await CountAllowedAsync(zoom, "/Groups"));
        Assert.Equal(1, await CountAllowedAsync(zoom, "/Users/none"));
        zoom.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CountAllowedAsync(zoom, "/Users"));
    }

    [Fact]
    public async Task Headers_tell_the_label_the_limit_and_what_is_left()
    {
        using var zoom = await TestZoom.SignedInAsync(ratePlan: "business");
        using var first = await zoom.GetAsync("/Users");
        Assert.Equal("Medium", first.Header("X-RateLimit-Category"));
        Assert.Equal("QPS", first.Header("X-RateLimit-Type"));
        Assert.Equal("60", first.Header("X-RateLimit-Limit"));
        Assert.Equal("59", first.Header("X-RateLimit-Remaining"));
        Assert.Null(first.Header("X-RateLimit-Reset"));
        using var error = await zoom.GetAsync("/Users/none");
        Assert.Equal("Light", error.Header("X-RateLimit-Category"));
        Assert.Equal("79", error.Header("X-RateLimit-Remaining"));
        await CountAllowedAsync(zoom, "/Users");
        using var refused = await zoom.GetAsync("/Users");
        refused.AssertGatewayError(429, 429, PerSecond);
        Assert.Equal("0", refused.Header("X-RateLimit-Remaining"));
        Assert.Equal(zoom.Clock.UtcNow.AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), refused.Header("X-RateLimit-Reset"));
        Assert.Null(refused.Header("Retry-After"));

        zoom.Simulator.PatchBehaviour("{\"rate_headers\":\"off\"}");
        using var silent = await zoom.GetAsync("/Users");
        Assert.Null(silent.Header("X-RateLimit-Category"));
    }

    [Fact]
    public async Task The_daily_limit_says_in_iso_when_it_ends()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"daily_limit\":2}");
        (await zoom.GetAsync("/Users")).Dispose();
        (await zoom.GetAsync("/Users")).Dispose();
        using var refused = await zoom.GetAsync("/Users");
        refused.AssertGatewayError(
            429,
            429,
            "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.");
        Assert.Equal("Daily-limit", refused.Header("X-RateLimit-Type"));
        Assert.Equal("2", refused.Header("X-RateLimit-Limit"));
        Assert.Equal("2026-01-06T00:00:00Z", refused.Header("Retry-After"));
        zoom.Clock.Advance(TimeSpan.FromHours(16));
        await zoom.SignInAsync();
        using var nextDay = await zoom.GetAsync("/Users");
        Assert.Equal(200, nextDay.Status);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("seconds", "1")]
    [InlineData("iso", "2026-01-05T08:00:01Z")]
    [InlineData("http-date", "Mon, 05 Jan 2026 08:00:01 GMT")]
    public async Task Retry_after_comes_in_every_form(string form, string? expected)
    {
        using var zoom = await TestZoom.SignedInAsync(ratePlan: "legacy");
        zoom.Simulator.PatchBehaviour($"{{\"retry_after\":\"{form}\",\"rate_envelope\":\"scim\"}}");
        (await zoom.GetAsync("/Users")).Dispose();
        using var refused = await zoom.GetAsync("/Users");
        refused.AssertScimError(429, PerSecond);
        Assert.Equal(expected, refused.Header("Retry-After"));
    }

    [Fact]
    public async Task A_refused_token_costs_nothing_and_no_plan_has_no_limit()
    {
        using var zoom = await TestZoom.SignedInAsync(ratePlan: "legacy");
        var token = zoom.Token;
        zoom.Token = "wrong";
        (await zoom.GetAsync("/Users")).Dispose();
        zoom.Token = token;
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal(200, reply.Status);

        zoom.Simulator.PatchBehaviour("{\"rate_plan\":\"none\"}");
        Assert.Equal(200, await CountAllowedAsync(zoom, "/Users"));
    }

    private static async Task<int> CountAllowedAsync(TestZoom zoom, string path)
    {
        for (var sent = 0; sent < 200; sent++)
        {
            using var reply = await zoom.GetAsync(path);
            if (reply.Status == 429)
            {
                return sent;
            }
        }

        return 200;
    }
}
