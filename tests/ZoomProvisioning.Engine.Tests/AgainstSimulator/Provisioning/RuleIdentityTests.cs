using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Records that cannot be used: the person such a record is about, whoever it is, is never taken for a leaver.</summary>
public class RuleIdentityTests
{
    private static readonly GuardLimits Wide = new() { MaxDisable = 100, MaxDisablePercent = 100, MaxSourceShrinkPercent = 100 };
    private static readonly ProvisioningRule Anchored = new("rule") { Anchor = "Id", Guard = Wide };
    private static readonly ProvisioningRule ByName = new("rule") { Guard = Wide };
    private static readonly ProvisioningRule ByNumber = new("rule") { Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber], Guard = Wide };

    private static async Task<RuleTenant> TenOf(ProvisioningRule rule, Func<int, DesiredUser>? make = null)
    {
        var tenant = new RuleTenant(rule);
        await tenant.RunAsync(RuleTenant.Source([.. Enumerable.Range(0, 10).Select(make ?? (i => RuleTenant.Person($"person{i}")))]));
        tenant.Forget();
        return tenant;
    }

    private static SourceSnapshot Broken(int people, string? userName, string? anchor, string? zoomId = null) => new(
        [.. Enumerable.Range(0, people).Select(i => RuleTenant.Person($"person{i}"))],
        [],
        [new SourceProblem(userName ?? "record 10", userName, anchor, new ScimRecordException("Zoom.Record.InvalidValue", "broken"), null)
        {
            ZoomId = zoomId,
        }]);

    [Fact]
    public async Task A_broken_record_under_a_new_name_without_its_anchor_may_be_anybody_so_nobody_is_removed()
    {
        using var tenant = await TenOf(Anchored);
        var source = Broken(8, "married@example.com", null);
        var run = await tenant.RunAsync(source, approve: null);
        Assert.Equal(2, run.Held);
        var finding = Assert.Single(run.Plan.Guard, f => f is { Check: GuardCheck.UnreadableSource, HoldsRemovals: true });
        Assert.Contains("married@example.com", finding.Message, StringComparison.Ordinal);
        Assert.Empty(tenant.Writes);

        Assert.Equal(2, (await tenant.RunAsync(source, approve: (await tenant.PlanAsync(source, null)).Id)).Disabled);
    }

    [Fact]
    public async Task A_broken_record_with_an_anchor_is_that_person_and_nobody_else()
    {
        using var tenant = await TenOf(Anchored);
        var run = await tenant.RunAsync(Broken(8, "married@example.com", "person9"), approve: null);
        Assert.Equal("person8@example.com", Assert.Single(run.Results, r => r.Action == PlanAction.Disable).UserName);
        Assert.Equal(1, run.Disabled);
    }

    [Fact]
    public async Task A_broken_record_of_a_joiner_with_an_anchor_holds_nobody()
    {
        using var tenant = await TenOf(Anchored);
        Assert.Equal(1, (await tenant.RunAsync(Broken(9, "joiner@example.com", "new"), approve: null)).Disabled);
    }

    [Fact]
    public async Task An_anchor_says_nothing_about_people_of_whom_none_is_known()
    {
        using var tenant = await TenOf(ByName, i => RuleTenant.Person($"person{i}").Under(null, []));
        tenant.Rule = Anchored;
        Assert.Equal(1, (await tenant.RunAsync(Broken(9, "married@example.com", "person9"), approve: null)).Held);
    }

    [Fact]
    public async Task A_broken_record_with_a_Zoom_id_is_that_user()
    {
        using var tenant = await TenOf(Anchored);
        var run = await tenant.RunAsync(Broken(8, "married@example.com", null, tenant.Id("person9")), approve: null);
        Assert.Equal("person8@example.com", Assert.Single(run.Results, r => r.Action == PlanAction.Disable).UserName);
    }

    [Fact]
    public async Task A_broken_record_of_somebody_hired_again_under_a_new_anchor_keeps_the_user_of_that_name()
    {
        using var tenant = await TenOf(Anchored);
        await tenant.RunAsync(Broken(9, "person9@example.com", "another"), approve: null);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task Without_an_anchor_in_the_rule_the_name_is_who_somebody_is()
    {
        using var tenant = await TenOf(ByName);
        Assert.Equal(1, (await tenant.RunAsync(Broken(9, "joiner@example.com", null), approve: null)).Disabled);
    }

    [Fact]
    public async Task With_another_key_to_match_by_the_name_is_not_enough()
    {
        using var tenant = await TenOf(ByNumber);
        Assert.Equal(1, (await tenant.RunAsync(Broken(9, "married@example.com", null), approve: null)).Held);
    }

    [Fact]
    public async Task Somebody_renamed_without_an_anchor_is_found_by_the_next_key()
    {
        using var tenant = await TenOf(ByNumber, i => RuleTenant.Person($"person{i}", u => u.EmployeeNumber = $"{i}").Under(null, []));
        var id = tenant.Id("person9");
        var people = Enumerable.Range(0, 9).Select(i => RuleTenant.Person($"person{i}", u => u.EmployeeNumber = $"{i}").Under(null, []));
        var run = await tenant.RunAsync(
            RuleTenant.Source([.. people, RuleTenant.Person("married", u => u.EmployeeNumber = "9").Under(null, [])]), approve: null);
        Assert.Equal((0, 1, 0), (run.Created, run.Updated, run.Disabled));
        Assert.Equal(id, tenant.Id("married"));
    }

    [Fact]
    public async Task Strangers_are_read_once_to_find_people_by_a_key_and_not_in_every_run()
    {
        using var tenant = new RuleTenant(ByNumber, seed: 30);
        var source = RuleTenant.Source(RuleTenant.Person("never.was.there", u => { u.EmployeeNumber = "7"; u.Active = false; }));
        await tenant.RunAsync(source);
        Assert.True(tenant.Requests.Count > 30);
        tenant.Forget();

        await tenant.RunAsync(source);

        Assert.Equal("/scim2/Users", Assert.Single(tenant.Requests).Path);
    }

    [Fact]
    public async Task Whom_a_record_may_mean_among_several_is_no_leaver()
    {
        using var tenant = await TenOf(ByNumber, i => RuleTenant.Person($"person{i}", u => u.EmployeeNumber = $"{i}").Under(null, []));
        var other = await tenant.Users.CreateAsync(new ScimUser { UserName = "other@example.com" }.Attributes, ScimCall.None);
        await tenant.Users.UpdateAsync(other.Id!, new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["employeeNumber"] = "9" } }, ScimCall.None);
        tenant.Forget();
        var people = Enumerable.Range(0, 9).Select(i => RuleTenant.Person($"person{i}", u => u.EmployeeNumber = $"{i}").Under(null, []));
        var run = await tenant.RunAsync(
            RuleTenant.Source([.. people, RuleTenant.Person("married", u => u.EmployeeNumber = "9").Under(null, [])]), approve: null);
        Assert.Contains(
            "2 Zoom users have this EmployeeNumber",
            Assert.Single(run.Results, r => r.Action == PlanAction.Blocked).Reason,
            StringComparison.Ordinal);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task Whom_the_source_names_twice_under_new_anchors_is_no_leaver()
    {
        using var tenant = await TenOf(Anchored);
        var people = Enumerable.Range(0, 9).Select(i => RuleTenant.Person($"person{i}"));
        await tenant.RunAsync(RuleTenant.Source([.. people, RuleTenant.Person("person9", null, "x"), RuleTenant.Person("person9", null, "y")]), approve: null);
        Assert.Empty(tenant.Writes);
    }
}
