using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A folder from last night's backup does not know whom the rule made since: that is said, and held once.</summary>
public class RuleRestoreTests
{
    private static SourceSnapshot People(int count) => RuleTenant.Source([.. Enumerable.Range(0, count).Select(Person)]);

    private static DesiredUser Person(int number) => RuleTenant.Person($"person{number:00}", u => u.Department = "Sales");

    private static bool IsDoubted(ProvisioningRun run) => run.Plan.Guard.Any(f => f.Check == GuardCheck.StateOlderThanZoom);

    [Fact]
    public async Task A_restored_folder_holds_removals_and_adoptions_once()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(People(17), approve: null);
        var backup = tenant.Backup();
        await tenant.RunAsync(People(20), approve: null);
        await tenant.RunAsync(People(19), approve: null);
        tenant.Restore(backup);

        // person18, a joiner of the morning, left just now; person16 too.
        var source = RuleTenant.Source([.. People(18).People.Where(p => p.Label != "person16@example.com")]);
        tenant.Forget();
        var run = await tenant.RunAsync(source, approve: null);
        Assert.Equal(RunOutcome.Held, run.Outcome);
        Assert.Empty(tenant.Writes);
        Assert.Contains("person17@example.com", Assert.Single(run.Plan.Guard, f => f.Check == GuardCheck.StateOlderThanZoom).Message);
        Assert.Equal([PlanAction.Adopt, PlanAction.Disable], run.Plan.Held.Select(c => c.Action).OrderBy(a => a.ToString()));

        var next = await tenant.RunAsync(source, approve: null);
        Assert.False(IsDoubted(next));
        Assert.Equal((RunOutcome.Done, 1, 1), (next.Outcome, next.Adopted, next.Disabled));
    }

    [Fact]
    public async Task A_folder_that_was_saved_in_the_middle_of_a_run_is_recognised_too()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(People(10), approve: null);
        MemoryState? backup = null;
        tenant.Memory.AfterAppend = entry =>
        {
            if (backup is null && entry.Kind == JournalKind.Intent)
            {
                backup = tenant.Backup();
                tenant.Clock.Advance(System.TimeSpan.FromMinutes(1));
            }
        };
        await tenant.RunAsync(People(13), approve: null);
        tenant.Restore(backup!);
        var run = await tenant.RunAsync(People(12), approve: null);
        Assert.True(IsDoubted(run));
    }

    [Fact]
    public async Task Users_made_by_hand_every_day_are_doubted_once_and_removals_go_on()
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { Guard = new GuardLimits { [GuardKind.Disable] = GuardLimit.None } });
        await tenant.RunAsync(People(10), approve: null);
        for (var day = 0; day < 5; day++)
        {
            tenant.Clock.Advance(System.TimeSpan.FromHours(23));
            await tenant.Users.CreateAsync(Person(10 + day).Values.Attributes, Contracts.ScimCall.None);
            var source = RuleTenant.Source([.. People(11 + day).People.Skip(day + 1)]);
            var run = await tenant.RunAsync(source, approve: null);
            Assert.Equal(day == 0, IsDoubted(run));
            Assert.Equal(day == 0, tenant.State($"person{day:00}")!["active"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task What_another_rule_made_is_no_sign_of_an_old_folder()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(People(10), approve: null);
        var other = new Ledger("account", "other");
        tenant.Clock.Advance(System.TimeSpan.FromHours(1));
        var made = await tenant.Users.CreateAsync(Person(10).Values.Attributes, Contracts.ScimCall.None);
        other.Put(new LedgerEntry(made.Id!, made.UserName!, LedgerOrigin.Created, tenant.Clock.UtcNow));
        tenant.OtherLedgers.Add(other);
        Assert.False(IsDoubted(await tenant.RunAsync(People(11), approve: null)));
    }
}
