using System;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Managers who are themselves changed by the run that names them: it leaves nothing for a second run.</summary>
public class RuleManagerTests
{
    private static readonly ProvisioningRule Rule = new("rule")
    {
        Anchor = "Id",
        Guard = new GuardLimits { MaxDisable = 100, MaxDisablePercent = 100, MaxSourceShrinkPercent = 100 },
    };

    private static DesiredUser Boss(string name, bool? active = null) => RuleTenant.Person(name, u =>
    {
        if (active is not null)
        {
            u.Active = active;
        }
    }, "boss");

    private static DesiredUser Clerk(string? manager) => RuleTenant.Person("clerk", u =>
    {
        if (manager is not null)
        {
            u.Manager = $"{manager}@example.com";
        }
    }, "clerk");

    private static async Task<RuleTenant> TenantAsync(bool? bossIsActive = null)
    {
        var tenant = new RuleTenant(Rule);
        await tenant.RunAsync(RuleTenant.Source(Boss("boss"), Clerk(null)));
        if (bossIsActive == false)
        {
            await tenant.RunAsync(RuleTenant.Source(Boss("boss", false), Clerk(null)));
        }

        tenant.Forget();
        return tenant;
    }

    private static async Task<string?> ManagerOf(RuleTenant tenant, string name) => (await tenant.Users.GetAsync(tenant.Id(name), ScimCall.None)).Manager;

    private static async Task SetsInOneRunAsync(RuleTenant tenant, string expected, params DesiredUser[] people)
    {
        var run = await tenant.RunAsync(RuleTenant.Source(people));
        Assert.All(run.Results, r => Assert.Empty(r.Warnings));
        Assert.Equal($"{expected}@example.com", await ManagerOf(tenant, "clerk"));
        Assert.Empty((await tenant.PlanAsync(RuleTenant.Source(people))).Pending);
    }

    [Theory]
    [InlineData("chief")]
    [InlineData("boss")]
    public async Task A_manager_who_is_renamed_is_set_by_the_new_name_whichever_the_source_says(string said)
    {
        using var tenant = await TenantAsync();
        await SetsInOneRunAsync(tenant, "chief", Boss("chief"), Clerk(said));
    }

    [Fact]
    public async Task A_manager_who_comes_back_under_a_new_name_is_set()
    {
        using var tenant = await TenantAsync(bossIsActive: false);
        await SetsInOneRunAsync(tenant, "chief", Boss("chief", true), Clerk("chief"));
    }

    [Fact]
    public async Task A_manager_who_is_deactivated_is_set()
    {
        using var tenant = await TenantAsync();
        await SetsInOneRunAsync(tenant, "boss", Boss("boss", false), Clerk("boss"));
    }

    [Theory]
    [InlineData("chief")]
    [InlineData("boss")]
    public async Task A_manager_who_is_renamed_while_being_deactivated_is_set_after_that(string said)
    {
        using var tenant = await TenantAsync();
        await SetsInOneRunAsync(tenant, "chief", Boss("chief", false), Clerk(said));
        Assert.False(tenant.State("chief")!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Two_people_who_manage_each_other_and_are_both_renamed_and_a_joiner_are_all_done()
    {
        using var tenant = await TenantAsync();
        var people = new[]
        {
            RuleTenant.Person("chief", u => u.Manager = "clerk2@example.com", "boss"),
            RuleTenant.Person("clerk2", u => u.Manager = "chief@example.com", "clerk"),
            RuleTenant.Person("joiner", u => u.Manager = "clerk2@example.com", "new"),
        };
        var run = await tenant.RunAsync(RuleTenant.Source(people));
        Assert.Equal(RunOutcome.Done, run.Outcome);
        Assert.Equal(
            ("clerk2@example.com", "chief@example.com", "clerk2@example.com"),
            (await ManagerOf(tenant, "chief"), await ManagerOf(tenant, "clerk2"), await ManagerOf(tenant, "joiner")));
        Assert.Empty((await tenant.PlanAsync(RuleTenant.Source(people))).Pending);
    }

    [Fact]
    public async Task A_manager_who_is_protected_keeps_the_name_and_is_set_by_it()
    {
        using var tenant = await TenantAsync();
        tenant.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = Rule.Guard, Protected = new ProtectedUsers(["boss@example.com"]) };
        await tenant.RunAsync(RuleTenant.Source(Boss("chief"), Clerk("boss")));
        Assert.Equal("boss@example.com", await ManagerOf(tenant, "clerk"));
    }

    [Fact]
    public async Task Whoever_is_no_user_of_the_account_is_no_manager()
    {
        using var tenant = await TenantAsync();
        var run = await tenant.RunAsync(RuleTenant.Source(Boss("boss"), Clerk("stranger")));
        Assert.Contains(
            Assert.Single(run.Results, r => r.UserName == "clerk@example.com").Warnings,
            w => w.Contains("not a user of this Zoom account", StringComparison.Ordinal));
        Assert.Empty(tenant.Writes);
    }
}
