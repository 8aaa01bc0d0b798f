using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A write is believed only when it was seen: the first of each kind goes alone, and where Zoom does something else nobody else is hurt.</summary>
public class RuleWatchTests
{
    private static DesiredUser Person(int number, string department, bool? active = null) => RuleTenant.Person($"person{number:000}", u =>
    {
        u.Department = department;
        if (active is not null)
        {
            u.Active = active;
        }
    });

    private static SourceSnapshot Everybody(int count, string department) =>
        RuleTenant.Source([.. Enumerable.Range(0, count).Select(n => Person(n, department))]);

    /// <summary>An account of many people who hold more than the source speaks of.</summary>
    private static async Task<RuleTenant> TenantAsync(int people)
    {
        var tenant = new RuleTenant();
        await tenant.RunAsync(Everybody(people, "Sales"));
        var ids = tenant.Ledger.Entries.ToDictionary(e => e.UserName, e => e.ZoomId);
        foreach (var number in Enumerable.Range(0, people))
        {
            await tenant.Users.UpdateAsync(ids[$"person{number:000}@example.com"], new ScimObject
            {
                ["userType"] = "Licensed",
                ["phoneNumbers"] = new System.Collections.ArrayList { new ScimObject { ["type"] = "work", ["value"] = "+1 5125550123" } },
                [ScimSchemas.EnterpriseUser] = new ScimObject { ["employeeNumber"] = $"E{number}" },
            }, Contracts.ScimCall.None);
        }

        tenant.Forget();
        return tenant;
    }

    private static string[] Whole(RuleTenant tenant) => [.. tenant.States().Where(user =>
        user["name"]?["familyName"] is not null && user["userType"]!.GetValue<string>() == "Licensed"
        && user["phoneNumbers"]!.AsArray().Count == 1 && user[ScimSchemas.EnterpriseUser]?["employeeNumber"] is not null)
        .Select(user => user["userName"]!.GetValue<string>())];

    [Fact]
    public async Task Of_300_people_a_Zoom_that_replaces_hurts_one_and_the_next_run_puts_it_right()
    {
        const int People = 300;
        using var tenant = await TenantAsync(People);
        tenant.Zoom.PatchBehaviour("""{"put_semantics":"replace"}""");
        var run = await tenant.RunAsync(Everybody(People, "Research"), concurrency: 16);

        Assert.Equal(People - 1, Whole(tenant).Length);
        Assert.Single(tenant.Writes);
        Assert.Equal((1, People - 1, RunOutcome.Stopped), (run.Failed, run.NotSent, run.Outcome));
        Assert.Contains("took away what nobody sent", run.StoppedBecause, StringComparison.Ordinal);
        Assert.Contains("EmployeeNumber 'E", run.StoppedBecause, StringComparison.Ordinal);
        Assert.True(run.Attention.Count <= 2, string.Join("\n", run.Attention));

        // Zoom still does it: nobody else is hurt to find out.
        await tenant.RunAsync(Everybody(People, "Research"), concurrency: 16);
        Assert.True(Whole(tenant).Length >= People - 1);

        tenant.Zoom.PatchBehaviour("""{"put_semantics":"merge"}""");
        await tenant.RunAsync(Everybody(People, "Research"), concurrency: 16);
        Assert.Equal(People, Whole(tenant).Length);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(Everybody(People, "Research"))).Outcome);
        var people = tenant.States().Where(u => u["userName"]!.GetValue<string>().StartsWith("person", StringComparison.Ordinal)).ToList();
        Assert.Equal(People, people.Count);
        Assert.All(people, u => Assert.Equal("Research", u[ScimSchemas.EnterpriseUser]!["department"]!.GetValue<string>()));
    }

    /// <summary>Whoever lost something goes first, and is sent a whole name: that it stays whole says nothing of a Zoom that replaces.</summary>
    [Fact]
    public async Task What_goes_along_unchanged_proves_nothing()
    {
        const int People = 8;
        using var tenant = await TenantAsync(People);
        tenant.Zoom.PatchBehaviour("""{"put_semantics":"replace"}""");
        foreach (var family in new[] { "Smith", "Miller" })
        {
            var whole = Whole(tenant);
            var run = await tenant.RunAsync(RuleTenant.Source([.. Enumerable.Range(0, People).Select(n => RuleTenant.Person($"person{n:000}", u =>
            {
                (u.FamilyName, u.Department) = (family, "Sales");
            }))]));
            Assert.True(whole.Except(Whole(tenant)).Count() <= 1, string.Join("\n", run.Attention));
            Assert.Equal(RunOutcome.Stopped, run.Outcome);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deactivation_that_Zoom_does_not_apply_is_that_persons_failure(bool verify)
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(Everybody(12, "Sales"));
        var stubborn = tenant.Id("person007");
        tenant.Instead = async (request, send) =>
        {
            // Answered like any other, and nothing is done.
            var path = request.RequestUri!.AbsolutePath;
            return request.Method.Method == "PATCH" && path.EndsWith(Uri.EscapeDataString(stubborn), StringComparison.Ordinal)
                ? await send(new HttpRequestMessage(HttpMethod.Get, request.RequestUri) { Headers = { Authorization = request.Headers.Authorization } })
                : null;
        };

        for (var round = 0; round < 3; round++)
        {
            var run = await tenant.RunAsync(Everybody(6, "Sales"), verify: verify);
            var failed = Assert.Single(run.Results, r => r.Outcome == ChangeOutcome.Failed);
            Assert.Equal(("person007@example.com", "Zoom.Write.StateNotApplied"), (failed.UserName, failed.Error!.ErrorId));
            Assert.NotEqual(RunOutcome.Done, run.Outcome);
            Assert.Contains(run.Attention, g => g.Kind == AttentionKind.Failed && g.Names.Contains("person007@example.com"));
        }

        tenant.Instead = null;
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(Everybody(6, "Sales"))).Outcome);
        Assert.False(tenant.State("person007")!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_manager_that_Zoom_did_not_take_is_not_missed_after_the_deactivation()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ann", anchor: "1")));

        // Under the new address she is nobody Zoom knows when the update arrives, and its reply tells no manager.
        var run = await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("anna", u =>
        {
            u.Manager = "anna@example.com";
            u.Active = false;
        }, anchor: "1")));
        Assert.True(run.Failed == 0, string.Join("\n", run.Results.Select(r => $"{r.UserName} {r.Outcome} {r.Error?.ErrorId} {r.Reason}")));
        Assert.False(tenant.State("anna")!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_first_of_each_kind_is_over_before_the_second_begins()
    {
        using var tenant = await TenantAsync(8);
        await tenant.RunAsync(
            RuleTenant.Source([.. Enumerable.Range(0, 4).Select(n => Person(n, "Research")), .. Enumerable.Range(20, 4).Select(n => Person(n, "Sales"))]),
            concurrency: 8);
        var log = tenant.Requests.SkipWhile(r => r.Method == "GET").ToList();
        foreach (var method in new[] { "POST", "PUT", "PATCH" })
        {
            var first = log.FindIndex(r => r.Method == method);
            var second = log.FindIndex(first + 1, r => r.Method == method);
            Assert.True(log.GetRange(first, second - first).Any(r => r.Method == "GET"), $"{method}: nobody looked before the second");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(17)]
    public async Task A_journal_that_dies_ends_in_a_run_that_tells_who_was_created(int line)
    {
        using var tenant = new RuleTenant();
        tenant.Memory.BeforeAppend = entry =>
        {
            if (entry.Number >= line)
            {
                throw new ScimStateException("Zoom.State.JournalUnwritable", "The disk is full.");
            }
        };

        var run = await tenant.RunAsync(Everybody(40, "Sales"));
        Assert.Equal((40, RunOutcome.Stopped), (run.Results.Count, run.Outcome));
        Assert.Contains("The disk is full.", run.StoppedBecause, StringComparison.Ordinal);
        foreach (var result in run.Results)
        {
            var isThere = tenant.State(result.UserName.Split('@')[0]) is not null;
            Assert.Equal(isThere, result.Outcome is ChangeOutcome.Done or ChangeOutcome.Unknown);
            Assert.NotEqual(ChangeOutcome.Failed, result.Outcome);
        }
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_saved_and_a_listener_that_fails_cost_no_result()
    {
        using var tenant = new RuleTenant();
        var heard = 0;
        tenant.OnResult = _ =>
        {
            if (++heard == 5)
            {
                throw new System.IO.IOException("No space left on device.");
            }
        };
        var run = await tenant.RunAsync(Everybody(20, "Sales"), concurrency: 1);
        Assert.Equal(20, run.Results.Count);
        Assert.Contains("No space left", run.StoppedBecause, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 20).Count(n => tenant.State($"person{n:000}") is not null), run.Created);

        tenant.OnResult = null;
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(Everybody(20, "Sales"))).Outcome);
    }
}
