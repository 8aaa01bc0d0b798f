using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Somebody who gets a new number and a new address at once is not deleted here and hired there before somebody has looked.</summary>
public class OnePersonTests
{
    private static DesiredUser Person(string name, string number, string given, string family, string department = "Sales", string title = "Clerk") =>
        RuleTenant.Person(name, u => (u.GivenName, u.FamilyName, u.Department, u.Title) = (given, family, department, title), anchor: number);

    private static DesiredUser[] Others() =>
        [.. Enumerable.Range(0, 8).Select(i => Person($"person{i}", $"P{i}", $"Given{i}", $"Family{i}", title: "Job"))];

    private static async Task<RuleTenant> WithAnnaAsync()
    {
        var tenant = new RuleTenant(new ProvisioningRule("rule") { Anchor = "EmpId", RemoveAction = RemoveAction.Delete, Leavers = new() { MissingRuns = 1 } });
        await tenant.RunAsync(RuleTenant.Source([.. Others(), Person("anna.smith", "1", "Anna", "Smith")]), null);
        return tenant;
    }

    [Theory]
    [InlineData("Anna", "Smith", "Legal", "Chief", true)]
    [InlineData("anna", "SMITH", "", "", true)]
    [InlineData("Anna", "Miller", "Sales", "Clerk", true)]
    [InlineData("Anna", "Miller", "Legal", "Clerk", false)]
    [InlineData("Anna", "Miller", "", "", false)]
    [InlineData("Zoe", "Smith", "Sales", "Clerk", false)]
    public async Task Whoever_leaves_and_joins_under_one_name_waits(string given, string family, string department, string title, bool waits)
    {
        using var tenant = await WithAnnaAsync();
        var source = RuleTenant.Source([.. Others(), Person("new.one", "2", given, family, department, title)]);
        var run = await tenant.RunAsync(source, null);
        Assert.Equal((waits ? 2 : 0, waits), (run.Held, tenant.State("anna.smith") is not null));
        Assert.Equal(waits, tenant.State("new.one") is null);
        if (waits)
        {
            // They are two, says somebody who has looked.
            var approved = await tenant.RunAsync(source, run.Plan.Id[..12]);
            Assert.Equal((1, 1, RunOutcome.Done), (approved.Created, approved.Deleted, approved.Outcome));
        }
    }

    [Fact]
    public async Task They_are_one_once_the_user_has_the_new_address_in_Zoom()
    {
        using var tenant = await WithAnnaAsync();
        var source = RuleTenant.Source([.. Others(), Person("anna.miller", "2", "Anna", "Miller")]);
        Assert.Equal(RunOutcome.Held, (await tenant.RunAsync(source, null)).Outcome);
        var id = tenant.Id("anna.smith");
        tenant.Zoom.ImportState(string.Join("anna.miller@", tenant.Zoom.ExportState().Split(["anna.smith@"], System.StringSplitOptions.None)));

        var held = await tenant.RunAsync(source, null);
        Assert.Equal(PlanAction.Relink, Assert.Single(held.Plan.Held).Action);
        await tenant.RunAsync(source, held.Plan.Id[..12]);
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(source, null)).Outcome);
        Assert.Equal(id, tenant.Id("anna.miller"));
    }

    [Fact]
    public async Task A_name_that_somebody_else_has_as_well_says_nothing()
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { Anchor = "EmpId" });
        await tenant.RunAsync(RuleTenant.Source([.. Others(), Person("anna", "1", "Anna", "Smith"), Person("anna2", "2", "Anna", "Smith")]), null);
        var run = await tenant.RunAsync(RuleTenant.Source([.. Others(), Person("anna2", "2", "Anna", "Smith"), Person("anna3", "3", "Anna", "Smith")]), null);
        Assert.Equal((1, 1, 0), (run.Created, run.Disabled, run.Held));
    }
}
