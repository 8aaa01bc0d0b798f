using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>What the guard holds back, what goes on all the same, and how a run ends that does not go well.</summary>
public class RuleGuardTests
{
    private static readonly ProvisioningRule Rule = new("rule")
    {
        CreateGroups = true,
        Groups = [new GroupRule("Sales", null)],
        Guard = new GuardLimits { MaxDisable = 3, MaxDisablePercent = 100, MaxSourceShrinkPercent = 50 },
    };

    private static DesiredUser[] People(int from, int to, Action<ScimUser>? more = null) =>
        [.. Enumerable.Range(from, to - from).Select(i => RuleTenant.Person($"person{i}", more))];

    private static async Task<RuleTenant> TenOf(ProvisioningRule? rule = null)
    {
        var tenant = new RuleTenant(rule ?? Rule);
        await tenant.RunAsync(RuleTenant.Source(People(0, 10)));
        tenant.Forget();
        return tenant;
    }

    private static int Disabled(RuleTenant tenant) => tenant.Writes.Count(r => r.Method == "PATCH" && r.Path.Contains("/Users/", StringComparison.Ordinal));

    [Theory]
    [InlineData(7, false, 3)]
    [InlineData(6, false, 0)]
    [InlineData(6, true, 4)]
    public async Task Removals_stay_within_the_allowance_or_the_approval(int left, bool approved, int removed)
    {
        using var tenant = await TenOf();
        var source = RuleTenant.Source([.. People(0, left, u => u.Department = "Sales"), RuleTenant.Person("joiner")]);
        var run = await tenant.RunAsync(source, approved ? (await tenant.PlanAsync(source, null)).Id[..12] : null);
        Assert.Equal(removed, Disabled(tenant));
        Assert.Equal(10 - left - removed, run.Results.Count(r => r.Outcome == ChangeOutcome.Held));
        Assert.NotNull(tenant.State("joiner"));
        Assert.Equal(left, run.Results.Count(r => r is { Action: PlanAction.Update, Outcome: ChangeOutcome.Done }));
    }

    [Fact]
    public async Task An_approval_is_said_as_a_person_would()
    {
        using var tenant = await TenOf();
        var source = RuleTenant.Source(People(0, 6));
        var held = await tenant.PlanAsync(source, null);
        var id = held.Id[..12];
        const string Found = "4 of 10 people would be disabled; the rule allows 3 in one run (3, and 100 %).";
        Assert.Equal(Found, Assert.Single(held.Guard).Message);
        Assert.Equal($"Look at the 4 that are held; to let exactly these go, run again within a day with -Approve {id}.", PlanWords.Advice(held));
        Assert.Equal($"{Found} Approved by -Approve {id} (4 people).", Assert.Single((await tenant.PlanAsync(source, id)).Guard).Message);
        Assert.Equal($"{Found} Approved by -Approve {id} (4 people).", Assert.Single((await tenant.ApplyAsync(held, id)).Plan.Guard).Message);
    }

    [Fact]
    public async Task StopAll_does_nothing_at_all()
    {
        using var tenant = await TenOf();
        await tenant.RunAsync(RuleTenant.Source([.. People(0, 6), RuleTenant.Person("joiner")]), null, onGuard: OnGuard.StopAll);
        Assert.Empty(tenant.Writes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_source_that_stays_broken_is_not_believed_the_second_time(int left)
    {
        using var tenant = await TenOf(new ProvisioningRule("rule")
        {
            Guard = new GuardLimits { MaxDisable = 100, MaxDisablePercent = 100, MaxSourceShrinkPercent = 50 },
        });
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(10 - left, (await tenant.RunAsync(RuleTenant.Source(People(0, left)), null)).Plan.Held.Count);
            tenant.Restart();
        }

        Assert.Empty(tenant.Writes);
        await tenant.RunAsync(RuleTenant.Source(People(0, left)), (await tenant.PlanAsync(RuleTenant.Source(People(0, left)), null)).Id);

        // An empty export is not made right by an approval.
        Assert.Equal(left == 0 ? 0 : 10 - left, Disabled(tenant));
    }

    [Fact]
    public async Task A_saved_plan_of_an_empty_source_cannot_be_approved_either()
    {
        using var tenant = await TenOf();
        var plan = await tenant.PlanAsync(RuleTenant.Source(), approve: null);
        Assert.Equal(10, (await tenant.ApplyAsync(plan, approve: plan.Id)).Held);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task An_empty_source_is_said_to_be_empty_also_where_nobody_is_removed()
    {
        using var tenant = new RuleTenant();
        var plan = await tenant.PlanAsync(RuleTenant.Source());
        Assert.Equal((GuardCheck.EmptySource, false), (Assert.Single(plan.Guard).Check, Assert.Single(plan.Guard).HoldsRemovals));
    }

    [Fact]
    public async Task A_record_that_does_not_say_who_it_is_holds_removals()
    {
        using var tenant = await TenOf();
        var unreadable = new SourceProblem("record 10", null, null, new ScimRecordException("Zoom.Record.InvalidValue", "broken"), null);
        var run = await tenant.RunAsync(new SourceSnapshot(People(0, 9), [], [unreadable]), null);
        Assert.Contains(run.Plan.Guard, f => f is { Check: GuardCheck.UnreadableSource, HoldsRemovals: true });
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task A_record_that_is_broken_but_says_who_it_is_keeps_that_person()
    {
        using var tenant = await TenOf();
        var broken = new SourceProblem("person9", null, "person9", new ScimRecordException("Zoom.Record.InvalidValue", "broken"), null);
        await tenant.RunAsync(new SourceSnapshot(People(0, 9), [], [broken]), null);
        Assert.Empty(tenant.Writes);
    }

    [Fact]
    public async Task An_incomplete_listing_holds_removals()
    {
        using var tenant = await TenOf();
        var users = (await tenant.Users.ListAsync(1, 100, null, ScimCall.None)).Resources;
        var account = new AccountSnapshot(users, isComplete: false) { Groups = [] };
        var source = RuleTenant.Source(People(0, 9));
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = Rule,
            Source = source,
            Account = account,
            Ledger = tenant.Ledger,
            Correlations = new Correlator(Rule, account, tenant.Ledger).Correlate(source.People),
            Connection = tenant.Connection,
        });
        Assert.Contains(plan.Guard, f => f is { Check: GuardCheck.IncompleteListing, HoldsRemovals: true });
        Assert.Single(plan.Held);
    }

    [Fact]
    public async Task Only_members_the_rule_put_into_a_group_are_taken_out()
    {
        using var tenant = await TenOf();
        await tenant.RunAsync(RuleTenant.Source([.. People(0, 9), RuleTenant.Person("person9", null, null, "Sales")]));
        var group = (await tenant.Groups.ListAsync(1, 100, null, ScimCall.None)).Resources.Single(g => g.DisplayName == "Sales");
        await tenant.Groups.AddMembersAsync(group.Id!, [tenant.Id("person0")], ScimCall.None);
        await tenant.RunAsync(RuleTenant.Source(People(0, 10)));
        Assert.Contains("Sales", tenant.State("person0")!["groups"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Sales", tenant.State("person9")!["groups"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_membership_that_was_refused_is_not_the_rules()
    {
        using var tenant = await TenOf();
        var group = await tenant.Groups.CreateAsync("Sales", null, ScimCall.None);
        await tenant.Groups.AddMembersAsync(group.Id!, [tenant.Id("person0")], ScimCall.None);
        tenant.Zoom.PatchBehaviour("""{"faults":[{"kind":"status","status":400,"content_type":"application/scim+json","body":"{\"schemas\":["""
            + """\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"Refused.\",\"status\":400}","method":"PATCH","path":"/scim2/Groups"}]}""");
        await tenant.RunAsync(RuleTenant.Source([RuleTenant.Person("person0", null, null, "Sales"), .. People(1, 10)]));
        tenant.Zoom.PatchBehaviour("""{"faults":[]}""");
        await tenant.RunAsync(RuleTenant.Source(People(0, 10)));
        Assert.Contains("Sales", tenant.State("person0")!["groups"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_deleted_by_hand_is_forgotten_at_once()
    {
        using var tenant = await TenOf();
        await tenant.Users.DeleteAsync(tenant.Id("person9"), ScimCall.None);
        await tenant.RunAsync(RuleTenant.Source(People(0, 9)));
        tenant.Restart();
        tenant.Forget();
        await tenant.RunAsync(RuleTenant.Source(People(0, 9)));
        Assert.Equal(["/scim2/Users", "/scim2/Groups"], tenant.Requests.Select(r => r.Path));
        Assert.Equal(9, tenant.Ledger.Entries.Count);
    }

    [Fact]
    public async Task A_plan_applied_later_tells_what_became_of_everybody_once()
    {
        using var tenant = await TenOf();
        var plan = await tenant.PlanAsync(RuleTenant.Source([.. People(0, 9, u => u.Department = "Sales"), RuleTenant.Person("joiner")]), null);
        await tenant.Users.UpdateAsync(
            tenant.Id("person0"),
            new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "By hand" } },
            ScimCall.None);
        var run = await tenant.ApplyAsync(plan);
        Assert.Equal(plan.Changes.Count, run.Results.Count);
        Assert.Equal("person0@example.com", Assert.Single(run.Results, r => r.Outcome == ChangeOutcome.Skipped).UserName);
        Assert.Equal(10, run.Results.Count(r => r.Outcome == ChangeOutcome.Done));
        Assert.Equal((RunOutcome.Stale, 1), (run.Outcome, run.Stale));
    }

    [Fact]
    public async Task Whom_a_saved_plan_removed_comes_back_like_anybody_else()
    {
        using var tenant = await TenOf();
        var plan = new StateFactory().ReadPlan(new StateFactory().WritePlan(await tenant.PlanAsync(RuleTenant.Source(People(0, 9)), null)));
        Assert.Equal(1, (await tenant.ApplyAsync(plan)).Disabled);
        Assert.True(tenant.Ledger.Find(tenant.Id("person9"))!.IsRemoved);
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(People(0, 10)))).Reactivated);
    }

    [Fact]
    public async Task A_plan_for_another_account_is_refused()
    {
        using var tenant = await TenOf();
        var plan = await tenant.PlanAsync(RuleTenant.Source(People(0, 9)));
        tenant.Forget();
        var elsewhere = new SyncPlan(plan.Changes) { Id = plan.Id, Account = "elsewhere", Rule = plan.Rule };
        var error = await Assert.ThrowsAsync<ScimStateException>(() => tenant.ApplyAsync(elsewhere));
        Assert.Equal("Zoom.Plan.OtherAccount", error.ErrorId);
        // As much of the id as people can read; all of it is in the journal and in files.
        Assert.StartsWith($"The plan {plan.Id[..12]} is for", error.Message, StringComparison.Ordinal);
        Assert.Empty(tenant.Requests);
    }

    [Fact]
    public async Task A_plan_of_another_rule_is_refused()
    {
        using var tenant = await TenOf();
        var plan = await tenant.PlanAsync(RuleTenant.Source(People(0, 9)));
        tenant.Rule = new ProvisioningRule("other");
        tenant.Forget();
        Assert.Equal("Zoom.Plan.OtherRule", (await Assert.ThrowsAsync<ScimStateException>(() => tenant.ApplyAsync(plan))).ErrorId);
        Assert.Empty(tenant.Requests);
    }

    [Fact]
    public async Task What_is_left_when_a_run_stops_is_told_as_not_sent_and_everybody_once()
    {
        using var tenant = await TenOf();
        tenant.Zoom.PatchBehaviour("""{"faults":[{"kind":"status","status":400,"content_type":"application/scim+json","body":"{\"schemas\":["""
            + """\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"Refused.\",\"status\":400}","method":"POST"}]}""");
        var run = await tenant.RunAsync(RuleTenant.Source([.. People(0, 9, u => u.Department = "Sales"), .. People(100, 140)]), concurrency: 1);
        Assert.NotNull(run.StoppedBecause);
        Assert.Equal(run.Plan.Changes.Count, run.Results.Count);
        Assert.Equal(run.Results.Count, run.Results.Select(r => r.Planned).Distinct().Count());
        Assert.Equal(Circuit.Tolerance, run.Results.Count(r => r.Outcome == ChangeOutcome.Failed));
        Assert.Equal(run.Results.Count - Circuit.Tolerance, run.Results.Count(r => r.Outcome == ChangeOutcome.NotSent));
        Assert.Equal(0, Disabled(tenant));
    }

    [Fact]
    public async Task Without_seats_joiners_wait_and_a_leaver_goes_first_whose_seat_is_used_in_the_same_run()
    {
        using var tenant = new RuleTenant(Rule, state: """{"account":{"paidSeats":3}}""");
        static void Licensed(ScimUser user) => user.UserType = "Licensed";
        await tenant.RunAsync(RuleTenant.Source(People(0, 3, Licensed)));
        var source = RuleTenant.Source([.. People(0, 2, Licensed), .. People(100, 140, Licensed)]);
        var run = await tenant.RunAsync(source, null, concurrency: 16);
        Assert.Null(run.StoppedBecause);
        Assert.Equal(1, run.Disabled);
        Assert.Equal(1, run.Created);
        Assert.Equal(39, run.Results.Count(r => r is { Action: PlanAction.Create, Outcome: ChangeOutcome.Failed or ChangeOutcome.Skipped }));
        Assert.Contains("paid licence", Assert.Single(run.Notes), StringComparison.Ordinal);

        Assert.Equal(0, (await tenant.RunAsync(source, null, concurrency: 1)).Created);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_not_touched_is_not_read_every_run(bool adopts)
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { AllowAdopt = adopts });
        await tenant.Users.CreateAsync(new ScimUser { UserName = "there@example.com" }.Attributes, ScimCall.None);
        var source = RuleTenant.Source(
        [
            .. People(0, 3),
            RuleTenant.Person("owner", u => u.Department = "Board"),
            RuleTenant.Person("admin"),
            RuleTenant.Person("there"),
        ]);
        await tenant.RunAsync(source);
        await tenant.RunAsync(source);
        tenant.Forget();
        var run = await tenant.RunAsync(source);
        Assert.Equal("/scim2/Users", Assert.Single(tenant.Requests).Path);
        Assert.Equal(adopts ? 2 : 0, run.Results.Count(r => r.Action == PlanAction.Protected));
        Assert.Equal(adopts ? 0 : 3, run.Results.Count(r => r.Action == PlanAction.Blocked));

        // What a list tells of a change is believed.
        await tenant.Users.UpdateAsync(
            tenant.Id("admin"),
            new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "By hand" } },
            ScimCall.None);
        tenant.Forget();
        await tenant.RunAsync(source);
        Assert.Equal(adopts ? 2 : 1, tenant.Requests.Count);
    }

    [Theory]
    [InlineData(401, "Invalid access token.")]
    [InlineData(400, "Invalid access token, does not contain scopes:[scim2:admin].")]
    public async Task A_sign_in_or_a_scope_that_is_gone_stops_the_run_and_lists_who_is_left(int status, string words)
    {
        using var tenant = await TenOf();
        var body = $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":\"{words}\",\"status\":{status}}}";
        tenant.Zoom.PatchBehaviour($$"""{"faults":[{"kind":"status","status":{{status}},"content_type":"application/scim+json","body":"""
            + $$"""{{System.Text.Json.JsonSerializer.Serialize(body)}},"method":"PUT"}]}""");
        var run = await tenant.RunAsync(RuleTenant.Source(People(0, 9, u => u.Department = "Sales")), concurrency: 1);
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.Contains("token", run.StoppedBecause, StringComparison.Ordinal);
        Assert.Equal((1, 9), (run.Failed, run.NotSent));
        Assert.Contains("1 failed, 9 not sent", run.ToString(), StringComparison.Ordinal);
        Assert.All(run.Results.Where(r => r.Outcome == ChangeOutcome.NotSent), r => Assert.NotEmpty(r.Error!.RecommendedAction));
        Assert.Equal(0, Disabled(tenant));
    }

    [Fact]
    public async Task Whoever_is_held_is_read_once_and_what_a_hand_changed_stays_known()
    {
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { Guard = new GuardLimits { MaxDisable = 0 } });
        var anna = RuleTenant.Person("anna", u => u.Department = "Sales");
        var ben = RuleTenant.Person("ben", u => u.Department = "Sales");
        await tenant.RunAsync(RuleTenant.Source(anna, ben), approve: null);
        tenant.Clock.Advance(TimeSpan.FromHours(1));
        await tenant.Users.UpdateAsync(tenant.Id("ben"), new ScimObject { ["title"] = "Chief", ["userType"] = "Licensed" }, ScimCall.None);
        for (var run = 0; run < 3; run++)
        {
            tenant.Forget();
            Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(anna), approve: null)).Held);
            Assert.Equal(run == 0 ? 1 : 0, tenant.Requests.Count(r => r.Query.Length == 0));
            Assert.Equal("Basic", tenant.Ledger.Find(tenant.Id("ben"))!.Seen!.UserType);
        }
    }

    [Fact]
    public async Task A_write_only_attribute_is_sent_when_the_source_changes_and_never_else()
    {
        var rule = new ProvisioningRule("rule")
        {
            Attributes = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase)
            {
                ["Department"] = new(Input.AttributeSource.Preset) { WriteOnly = true },
            }
        };
        using var tenant = new RuleTenant(rule);
        await tenant.RunAsync(RuleTenant.Source(People(0, 2, u => u.Department = "Sales")));
        await tenant.Users.UpdateAsync(
            tenant.Id("person0"),
            new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "By hand" } },
            ScimCall.None);
        tenant.Forget();
        await tenant.RunAsync(RuleTenant.Source(People(0, 2, u => u.Department = "Sales")));
        Assert.Empty(tenant.Writes);
        await tenant.RunAsync(RuleTenant.Source(People(0, 2, u => u.Department = "Research")));
        Assert.Equal(2, tenant.Writes.Count);
    }
}
