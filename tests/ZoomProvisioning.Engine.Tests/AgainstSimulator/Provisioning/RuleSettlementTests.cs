using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>What an earlier run left in doubt, where Zoom cannot tell about one of the users.</summary>
public class RuleSettlementTests
{
    private static readonly DesiredUser Ada = RuleTenant.Person("ada", u => u.Department = "Sales");
    private static readonly DesiredUser Ben = RuleTenant.Person("ben", u => u.Department = "Sales");

    /// <summary>A run that had just begun to send a write about ada, and of which nothing more is known.</summary>
    private static async Task<RuleTenant> KilledAsync(WriteKind write)
    {
        var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(Ada, Ben));
        tenant.Memory.Append(new JournalEntry(JournalKind.Intent)
        {
            RunId = "killed",
            Request = write,
            UserName = "ada@example.com",
            ZoomId = tenant.Id("ada"),
            Body = write == WriteKind.Update ? new ScimObject { ["displayName"] = "Lost" } : null,
        });
        return tenant;
    }

    private static void BreakReads(RuleTenant tenant) => tenant.Zoom.PatchBehaviour(
        """{"faults":[{"kind":"status","status":400,"body":"","method":"GET","path":"/scim2/Users/"""
            + $$"""{{Uri.EscapeDataString(tenant.Id("ada"))}}","count":100}]}""");

    [Theory]
    [InlineData(WriteKind.Update)]
    [InlineData(WriteKind.Deactivate)]
    [InlineData(WriteKind.Delete)]
    public async Task Somebody_who_cannot_be_looked_at_is_left_alone_and_does_not_stop_the_others(WriteKind write)
    {
        using var tenant = await KilledAsync(write);
        BreakReads(tenant);
        tenant.Forget();

        var run = await tenant.RunAsync(RuleTenant.Source(
            RuleTenant.Person("ada", u => u.Department = "Research"), RuleTenant.Person("ben", u => u.Department = "Research")));

        Assert.Equal("Blocked", run.Results.Single(r => r.UserName == "ada@example.com").Action.ToString());
        Assert.Equal(ChangeOutcome.Done, run.Results.Single(r => r.UserName == "ben@example.com").Outcome);
        Assert.All(tenant.Writes, w => Assert.Contains(tenant.Id("ben"), Uri.UnescapeDataString(w.Path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_settled_as_soon_as_the_user_can_be_looked_at()
    {
        using var tenant = await KilledAsync(WriteKind.Update);
        BreakReads(tenant);
        var source = RuleTenant.Source(Ada, Ben);
        await tenant.RunAsync(source);
        Assert.DoesNotContain(tenant.Memory.ReadJournal(0), e => e.Kind == JournalKind.Settled);

        tenant.Zoom.PatchBehaviour("""{"faults":[]}""");
        var run = await tenant.RunAsync(source);

        Assert.Equal(RunOutcome.Done, run.Outcome);
        Assert.Equal(ChangeOutcome.NotSent, Assert.Single(tenant.Memory.ReadJournal(0), e => e.Kind == JournalKind.Settled).Outcome);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(source)).Outcome);
    }
}
