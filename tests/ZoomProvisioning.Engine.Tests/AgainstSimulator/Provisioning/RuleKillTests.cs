using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A run that is killed at any point is carried to its end by the next one, as if nothing had happened.</summary>
public class RuleKillTests
{
    private static readonly SourceSnapshot Before = RuleTenant.Source(
        RuleTenant.Person("mover", u => u.Department = "Sales", null, "Sales"),
        RuleTenant.Person("oldname", u => u.Title = "Clerk", "renamed"),
        RuleTenant.Person("leaver"),
        RuleTenant.Person("suspended", null, null, "Sales"),
        RuleTenant.Person("member", null, null, "Sales"),
        RuleTenant.Person("returner", u => u.Department = "Sales"));

    private static readonly SourceSnapshot After = RuleTenant.Source(
        RuleTenant.Person("mover", u => { u.Department = "Research"; u.Title = "Chief"; u.Manager = "joiner@example.com"; }, null, "Research"),
        RuleTenant.Person("newname", u => u.Title = "Clerk", "renamed"),
        RuleTenant.Person("suspended", u => { u.Active = false; u.Department = "Away"; }, null, "Sales"),
        RuleTenant.Person("member", null, null, "Sales", "Research"),
        RuleTenant.Person("returner", u => { u.Department = "Sales"; u.Title = "Back"; }),
        RuleTenant.Person("joiner", u => { u.Title = "New"; u.Phone = "+1 5125550123"; u.Manager = "newname@example.com"; }, null, "Research"),
        RuleTenant.Person("adopted", u => u.Department = "Sales"));

    private static ProvisioningRule Rule(RemoveAction action) =>
        new("rule") { CreateGroups = true, Groups = [new GroupRule("Sales", null)], RemoveAction = action, Leavers = new LeaverSettings { MissingRuns = 1 } };

    private static async Task<RuleTenant> BeginAsync(RemoveAction action)
    {
        var tenant = new RuleTenant(Rule(action));
        await tenant.RunAsync(Before);
        await tenant.Users.CreateAsync(new ScimObject { ["userName"] = "adopted@example.com", ["userType"] = "Licensed" }, ScimCall.None);
        await tenant.Users.UpdateAsync(tenant.Id("returner"), new ScimObject { ["userType"] = "Licensed" }, ScimCall.None);

        // The returner leaves by a rule that disables, whatever the rule does later.
        tenant.Rule = Rule(RemoveAction.Disable);
        await tenant.RunAsync(RuleTenant.Source([.. Before.People.Where(p => p.Anchor != "returner")]));
        tenant.Rule = Rule(action);
        tenant.Forget();
        return tenant;
    }

    private static async Task<string> UndisturbedAsync(RemoveAction action)
    {
        using var tenant = await BeginAsync(action);
        var run = await tenant.RunAsync(After);
        Assert.All(run.Results, r => Assert.Null(r.Error));
        Assert.Contains("\"Licensed\"", tenant.State("returner")!["userType"]!.ToJsonString(), StringComparison.Ordinal);
        return tenant.Truth();
    }

    private static async Task EndsAsPlannedAsync(RuleTenant tenant, string truth, string where)
    {
        tenant.Restart();
        for (var run = 0; run < 2; run++)
        {
            await tenant.RunAsync(After);
        }

        Assert.True(truth == tenant.Truth(), $"{where}:\n{truth}\nbut\n{tenant.Truth()}");
        Assert.Empty(Open(tenant.Memory.Journal));
        var plan = await tenant.PlanAsync(After);
        Assert.True(plan.Pending.Count == 0, $"{where}: {string.Join("; ", plan.Pending)}");
        Assert.Equal(tenant.Ledger.Entries.Count, tenant.Ledger.Entries.Select(e => e.UserName).Distinct().Count());
    }

    /// <summary>The requests nobody has written the end of.</summary>
    private static List<JournalEntry> Open(IEnumerable<JournalEntry> journal)
    {
        var open = new Dictionary<long, JournalEntry>();
        foreach (var entry in journal)
        {
            if (entry.Kind == JournalKind.Intent)
            {
                open.Add(entry.Number, entry);
            }
            else if (entry.Kind == JournalKind.Settled || (entry.Kind == JournalKind.Outcome && entry.Outcome != ChangeOutcome.Unknown))
            {
                open.Remove(entry.Answers!.Value);
            }
        }

        return [.. open.Values];
    }

    [Theory]
    [InlineData(RemoveAction.Disable, true)]
    [InlineData(RemoveAction.Disable, false)]
    [InlineData(RemoveAction.Delete, true)]
    [InlineData(RemoveAction.Delete, false)]
    public async Task A_run_killed_at_any_line_of_the_journal_is_carried_to_its_end(RemoveAction action, bool before)
    {
        var truth = await UndisturbedAsync(action);
        for (var line = 1; ; line++)
        {
            using var tenant = await BeginAsync(action);
            var kill = new Kill(tenant.Memory.LastEntry + line);
            if (before)
            {
                tenant.Memory.BeforeAppend = kill.Strike;
            }
            else
            {
                tenant.Memory.AfterAppend = kill.Strike;
            }

            // Every other time with nobody waiting for anybody.
            var isDone = await kill.SurvivesAsync(() => tenant.RunAsync(After, concurrency: line % 2 == 0 ? 8 : 1));
            if (isDone)
            {
                Assert.True(line > 30, $"only {line} lines");
                return;
            }

            await EndsAsPlannedAsync(tenant, truth, $"killed {(before ? "before" : "after")} line {line}");
        }
    }

    [Fact]
    public async Task A_run_that_is_killed_twice_is_carried_to_its_end()
    {
        var truth = await UndisturbedAsync(RemoveAction.Disable);
        for (var line = 2; line < 50; line += 3)
        {
            using var tenant = await BeginAsync(RemoveAction.Disable);
            foreach (var more in new[] { line, 1 + (line % 5) })
            {
                var kill = new Kill(tenant.Memory.LastEntry + more);
                tenant.Memory.AfterAppend = kill.Strike;
                await kill.SurvivesAsync(() => tenant.RunAsync(After));
                tenant.Restart();
            }

            await EndsAsPlannedAsync(tenant, truth, $"killed twice from line {line}");
        }
    }

    [Theory]
    [InlineData("POST", "drop", "after")]
    [InlineData("PUT", "drop", "after")]
    [InlineData("PATCH", "drop", "after")]
    [InlineData("DELETE", "drop", "after")]
    [InlineData("POST", "html", "after")]
    [InlineData("PUT", "status", "before")]
    [InlineData("PATCH", "truncate", "after")]
    [InlineData("PATCH", "status", "after")]
    public async Task A_lost_reply_loses_nobody_and_doubles_nobody(string method, string kind, string when)
    {
        var truth = await UndisturbedAsync(RemoveAction.Delete);
        using var tenant = await BeginAsync(RemoveAction.Delete);
        tenant.Zoom.PatchBehaviour($$"""{"faults":[{"kind":"{{kind}}","method":"{{method}}","when":"{{when}}","count":8}]}""");
        await tenant.RunAsync(After);
        tenant.Zoom.PatchBehaviour("""{"faults":[]}""");
        await EndsAsPlannedAsync(tenant, truth, $"{method} {kind} {when}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(23)]
    public async Task Faults_in_a_twentieth_of_the_requests_change_nothing_in_the_end(int after)
    {
        var truth = await UndisturbedAsync(RemoveAction.Disable);
        using var tenant = await BeginAsync(RemoveAction.Disable);
        tenant.Zoom.PatchBehaviour($$"""{"faults":[{"kind":"drop","when":"after","probability":0.05,"after":{{after}}},"""
            + """{"kind":"status","when":"before","probability":0.05}]}""");
        for (var run = 0; run < 3; run++)
        {
            await tenant.RunAsync(After);
            tenant.Restart();
        }

        tenant.Zoom.PatchBehaviour("""{"faults":[]}""");
        await EndsAsPlannedAsync(tenant, truth, $"faults after {after}");
    }

    /// <summary>The end of a process: from one line of the journal on, nothing is written any more, and so nothing is sent and no ledger saved.</summary>
    private sealed class Kill(long line)
    {
        private bool _struck;

        public void Strike(JournalEntry entry)
        {
            if (entry.Number >= line)
            {
                _struck = true;
                throw new KilledException();
            }
        }

        public async Task<bool> SurvivesAsync(Func<Task> run)
        {
            try
            {
                await run();
            }
            catch (Exception exception) when (exception is KilledException || exception.InnerException is KilledException)
            {
                // Before anything was sent the run itself ends with it.
            }

            return !_struck;
        }
    }

    private sealed class KilledException : Exception;
}
