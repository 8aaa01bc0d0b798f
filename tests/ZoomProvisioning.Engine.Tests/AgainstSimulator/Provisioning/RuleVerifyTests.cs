using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>What Zoom accepted and did not apply is told of each person and in the report, by the reply or by a read.</summary>
public class RuleVerifyTests
{
    private static readonly DesiredUser Boss = RuleTenant.Person("boss");

    private static DesiredUser Jill(string given, string? manager = null) => RuleTenant.Person("jill", u =>
    {
        (u.GivenName, u.Department) = (given, "Sales");
        if (manager is not null)
        {
            u.Manager = $"{manager}@example.com";
        }
    });

    private static async Task<RuleTenant> TenantAsync(string behaviour = "{}")
    {
        var tenant = new RuleTenant(null, behaviour);
        await tenant.RunAsync(RuleTenant.Source(Boss, Jill("Jill")));
        tenant.Forget();
        return tenant;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_not_applied_is_told_of_the_person_and_in_the_report(bool verify)
    {
        using var tenant = await TenantAsync("""{"put_names":"only-if-empty"}""");
        var run = await tenant.RunAsync(RuleTenant.Source(Boss, Jill("Gillian")), verify: verify);
        var jill = Assert.Single(run.Results, r => r.Action == PlanAction.Update);
        Assert.Equal((ChangeOutcome.Done, verify ? false : null), (jill.Outcome, jill.Verified));
        var missed = Assert.Single(jill.NotApplied, n => n.Name == "GivenName");
        Assert.Equal(("Gillian", "Jill"), (missed.NewValue, missed.OldValue));
        const string Words = "Zoom accepted GivenName 'Gillian' but shows 'Jill'.";
        Assert.Equal(Words, Assert.Single(jill.Warnings, w => w.Contains("GivenName", StringComparison.Ordinal)));
        Assert.Contains("Zoom accepted GivenName", RunReport.Render(run), StringComparison.Ordinal);

        // Nor is it sent again and again.
        Assert.Empty((await tenant.PlanAsync(RuleTenant.Source(Boss, Jill("Gillian")))).Pending);
    }

    [Fact]
    public async Task Verifying_is_one_read_for_each_person_written_and_none_for_others()
    {
        using var tenant = await TenantAsync();
        var run = await tenant.RunAsync(RuleTenant.Source(Boss, Jill("Gillian"), RuleTenant.Person("joiner")), verify: true);
        Assert.All(run.Results, r => Assert.Equal(r.Outcome == ChangeOutcome.Done ? true : null, r.Verified));
        Assert.Equal(
            ["POST /scim2/Users", "PUT /scim2/Users"],
            tenant.Writes.Select(w => $"{w.Method} {w.Path[..12]}").OrderBy(w => w, StringComparer.Ordinal));
        // What comes after the first write is writing and reading back; and the first update is read before it, too.
        Assert.Equal(3, tenant.Requests.SkipWhile(r => r.Method == "GET").Count(r => r.Method == "GET"));
    }

    [Fact]
    public async Task A_manager_is_verified_too()
    {
        using var tenant = await TenantAsync();
        var run = await tenant.RunAsync(RuleTenant.Source(Boss, Jill("Jill", "boss")), verify: true);
        var jill = Assert.Single(run.Results, r => r.Action == PlanAction.Update);
        Assert.Equal((true, 0), (jill.Verified, jill.NotApplied.Count));
        Assert.Equal("GET", tenant.Requests[^1].Method);
    }

    [Fact]
    public async Task A_leaver_who_is_deactivated_is_verified_and_misses_no_licence()
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(Boss, RuleTenant.Person("jill", u => u.UserType = "Licensed")));
        var run = await tenant.RunAsync(RuleTenant.Source(Boss), verify: true);
        var gone = Assert.Single(run.Results, r => r.Action == PlanAction.Disable);
        Assert.Equal((true, 0), (gone.Verified, gone.NotApplied.Count));
    }
}
