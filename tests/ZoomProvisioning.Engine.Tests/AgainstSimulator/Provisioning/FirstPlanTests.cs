using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>What the first plan has read of people no ledger knows, the run after it does not read again, unless they have changed.</summary>
public class FirstPlanTests
{
    private static readonly string[] Names = ["anna", "ben", "carla", "dora", "emil", "fay"];

    private static SourceSnapshot Everybody => RuleTenant.Source([.. Names.Select(n => RuleTenant.Person(n, u => u.Department = "Sales"))]);

    // An account that has been used for years, and a rule that begins.
    private static async Task<RuleTenant> BeginAsync()
    {
        var tenant = new RuleTenant();
        foreach (var name in Names)
        {
            await tenant.Users.CreateAsync(RuleTenant.Person(name, u => u.Department = "Sales").Values.Attributes, ScimCall.None);
        }

        tenant.Forget();
        return tenant;
    }

    private static int Reads(RuleTenant tenant) => tenant.Requests.Count(r => r.Method == "GET" && r.Path.Split('/').Last() is var id && id != "Users" && id != "Groups");

    [Fact]
    public async Task The_run_after_the_plan_reads_nobody_again()
    {
        using var tenant = await BeginAsync();
        var plan = await tenant.PlanAsync(Everybody);
        Assert.Equal(Names.Length, Reads(tenant));
        Assert.Equal(Names.Length, plan.Count(PlanAction.Adopt));

        tenant.Forget();
        var run = await tenant.RunAsync(Everybody);
        Assert.Equal(0, Reads(tenant));
        Assert.Equal(Names.Length, tenant.Ledger.Entries.Count);
        Assert.Null(run.StoppedBecause);

        // The ledger knows them now.
        Assert.Null(tenant.Reads);
    }

    [Fact]
    public async Task A_second_plan_reads_nobody_again_and_makes_nobody_younger()
    {
        using var tenant = await BeginAsync();
        var first = await tenant.PlanAsync(Everybody);
        var readAt = tenant.Reads!.ReadAt;
        tenant.Clock.Advance(TimeSpan.FromHours(20));
        tenant.Forget();
        var second = await tenant.PlanAsync(Everybody);
        Assert.Equal(0, Reads(tenant));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(readAt, tenant.Reads!.ReadAt);

        tenant.Clock.Advance(TimeSpan.FromHours(5));
        await tenant.PlanAsync(Everybody);
        Assert.Equal(Names.Length, Reads(tenant));
    }

    [Fact]
    public async Task Whoever_was_changed_in_between_is_read_again()
    {
        using var tenant = await BeginAsync();
        await tenant.PlanAsync(Everybody);
        tenant.Clock.Advance(TimeSpan.FromMinutes(5));
        var changed = new ScimUser { UserName = "ben@example.com", CostCenter = "4711" };
        await tenant.Users.UpdateAsync(tenant.Id("ben"), changed.Attributes, ScimCall.None);
        tenant.Forget();
        await tenant.RunAsync(Everybody);
        Assert.Equal(1, Reads(tenant));
        Assert.Equal("4711", tenant.Ledger.Find(tenant.Id("ben"))!.Seen!.CostCenter);
    }

    [Fact]
    public async Task Without_Zooms_own_time_of_change_everybody_is_read_again()
    {
        using var tenant = await BeginAsync();
        await tenant.PlanAsync(Everybody);
        tenant.Reads = tenant.Reads! with { Users = [.. tenant.Reads.Users.Select(WithoutTime)] };
        tenant.Forget();
        await tenant.RunAsync(Everybody);
        Assert.Equal(Names.Length, Reads(tenant));

        static ScimUser WithoutTime(ScimUser user)
        {
            var copy = user.Attributes.DeepCopy();
            copy.Remove("meta");
            return new ScimUser(copy, UserDetail.Read);
        }
    }

    [Fact]
    public async Task A_plan_of_one_person_does_not_take_the_place_of_the_plan_of_all()
    {
        using var tenant = await BeginAsync();
        await tenant.PlanAsync(Everybody);
        tenant.Only = new Selection(["anna@example.com"]);
        await tenant.PlanAsync(Everybody);
        Assert.Equal(Names.Length, tenant.Reads!.Users.Count);
    }
}
