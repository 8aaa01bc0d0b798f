using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator;

/// <summary>
/// How long lists and writes take with 50 ms to a reply and Zoom's own limits, 60 lists and 80 writes a second: in virtual time,
/// from the first request on.
/// </summary>
public class PaceTests
{
    private const int Records = 300;

    private static Tenant Zoom(int seed) => new(Tenant.Switches(("latency_ms", 50), ("rate_plan", "business")), seed: seed);

    private static async Task<TimeSpan> TakesAsync(Tenant zoom, Func<Task> work)
    {
        var began = zoom.Clock.Elapsed;
        await zoom.Run(work);
        return zoom.Clock.Elapsed - began;
    }

    [Fact]
    public async Task Ten_thousand_users_are_listed_at_the_pace_Zoom_allows_and_the_first_come_at_once()
    {
        using var zoom = Zoom(9_998);
        await zoom.Find("owner@example.com");
        zoom.Forget();
        var first = TimeSpan.MaxValue;
        var began = zoom.Clock.Elapsed;
        var seen = new List<string>();

        var took = await TakesAsync(zoom, () => zoom.Directory.ListAsync(null, page =>
        {
            first = seen.Count == 0 ? zoom.Clock.Elapsed - began : first;
            seen.AddRange(page.Select(u => u.Id!));
            return Task.CompletedTask;
        }, ScimCall.None));

        Assert.Equal((10_000, 100), (seen.Distinct().Count(), zoom.Requests().Count));
        Assert.DoesNotContain(zoom.Requests(), r => r.Status == 429);
        // Five seconds one page after the other; 1.7 at 60 a second.
        Assert.InRange(took, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3));
        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Writes_by_name_go_at_the_pace_Zoom_allows(string method)
    {
        using var zoom = Zoom(600);
        var names = new List<string>();
        await zoom.Run(() => zoom.Directory.ListAsync(null, page =>
        {
            names.AddRange(page.Where(u => u is { Active: true, UserType: "Basic" }).Select(u => u.UserName!));
            return Task.CompletedTask;
        }, ScimCall.None));
        names = names.Where(n => !n.StartsWith("owner", StringComparison.Ordinal) && !n.StartsWith("admin", StringComparison.Ordinal)).Take(Records).ToList();
        var wishes = Enumerable.Range(0, method == "POST" ? Records : names.Count).Select(i => method switch
        {
            "POST" => Tenant.Wish(u => u.Department = "Bulk", $"new{i}@example.com"),
            "PUT" => Tenant.Wish(u => u.Department = "Bulk", names[i]),
            _ => Tenant.Wish(null, names[i]),
        }).ToList();
        zoom.Forget();
        var left = wishes.Count;
        using var operations = new UserOperations(zoom.Connection, coming: () => Volatile.Read(ref left), clock: zoom.Clock);
        var done = 0;

        var took = await TakesAsync(zoom, () => ParallelWork.ForEachAsync(wishes, 16, async wish =>
        {
            Interlocked.Decrement(ref left);
            var result = await (method switch
            {
                "POST" => operations.CreateAsync(wish, IfExists.Fail, zoom, ScimCall.None),
                "PUT" => operations.UpdateAsync(wish, zoom, ScimCall.None),
                "PATCH" => operations.RemoveAsync(wish, RemoveAction.Disable, null, zoom, ScimCall.None),
                _ => operations.RemoveAsync(wish, RemoveAction.Delete, null, zoom, ScimCall.None),
            });
            if (result!.Outcome == ChangeOutcome.Done)
            {
                Interlocked.Increment(ref done);
            }
        }));

        Assert.Equal(wishes.Count, done);
        Assert.Equal(wishes.Count, zoom.Writes().Count(r => r.Method == method));
        Assert.DoesNotContain(zoom.Requests(), r => r.Status == 429);
        // Seven pages and a count instead of a look-up and a read each.
        Assert.InRange(zoom.Requests("GET").Count, 0, method == "DELETE" ? 60 : 8);
        // Three requests each, one after the other for each record, would take more than twice as long.
        Assert.InRange(took.TotalSeconds, 0, (wishes.Count / 60.0) + 1);
    }
}
