using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>Two rules over one account: neither locks out whom the other has.</summary>
public sealed class TwoRulesTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "zoom-two-rules-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public async Task Whoever_moves_from_one_rule_to_another_is_let_go_and_not_locked_out()
    {
        using var tenant = await TwoPeopleAsync();
        tenant.OtherLedgers.Add(Managing("contractors", tenant.Id("ben")));
        tenant.Forget();

        var run = await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada")));

        Assert.Empty(tenant.Writes);
        Assert.Contains(
            "the rule 'contractors' manages this user too",
            Assert.Single(run.Results, r => r.Action == PlanAction.Protected).Reason,
            StringComparison.Ordinal);
        Assert.Null(tenant.Ledger.Find(tenant.Id("ben")));
        Assert.DoesNotContain((await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada")))).Results, r => r.UserName == "ben@example.com");
    }

    [Fact]
    public async Task Whom_the_other_rule_has_removed_is_nobody_elses()
    {
        using var tenant = await TwoPeopleAsync();
        var other = Managing("contractors", tenant.Id("ben"));
        other.Find(tenant.Id("ben"))!.IsRemoved = true;
        tenant.OtherLedgers.Add(other);

        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada")))).Disabled);
    }

    [Theory]
    [InlineData(null, "Licensed")]
    [InlineData("Basic", "Basic")]
    public async Task Who_goes_from_one_rule_to_another_gets_the_licence_back_that_the_first_one_took(string? sent, string has)
    {
        using var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada"), RuleTenant.Person("ben", u => u.UserType = "Licensed")));
        Assert.Equal(1, (await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada")))).Disabled);
        Assert.Equal("Basic", tenant.State("ben")!["userType"]!.GetValue<string>());

        tenant.OtherLedgers.Add(tenant.Ledger);
        tenant.Restore(new MemoryState(tenant.Clock));
        tenant.Rule = new ProvisioningRule("contractors");
        var source = RuleTenant.Source(RuleTenant.Person("ben", u =>
        {
            u.Active = true;
            if (sent is not null)
            {
                u.UserType = sent;
            }
        }));
        Assert.Equal(1, (await tenant.RunAsync(source)).Reactivated);
        Assert.Equal(has, tenant.State("ben")!["userType"]!.GetValue<string>());
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(source)).Outcome);
    }

    [Fact]
    public async Task Taking_over_whom_another_rule_has_is_said()
    {
        using var tenant = new RuleTenant();
        await tenant.Users.CreateAsync(new ScimUser { UserName = "ada@example.com" }.Attributes, Contracts.ScimCall.None);
        tenant.OtherLedgers.Add(Managing("contractors", tenant.Id("ada")));

        var plan = await tenant.PlanAsync(RuleTenant.Source(RuleTenant.Person("ada")));

        Assert.Equal(
            "by user name. Owned elsewhere: the rule 'contractors' had this user first, so its values count and GivenName, FamilyName stay different",
            Assert.Single(plan.Changes, c => c is { Action: PlanAction.Adopt, Adopts: true, Writes: false }).Reason);
        Assert.Contains(
            "The rule 'contractors' manages 1 person too",
            Assert.Single(plan.Guard, f => f.Check == GuardCheck.SharedPeople).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_whose_ledger_cannot_be_read_may_have_anybody()
    {
        using var tenant = await TwoPeopleAsync();
        var folder = RuleState.FolderOf(_root, "account", "contractors");
        Save(folder, Managing("contractors", "somebody"));
        File.WriteAllText(Path.Combine(folder, "ledger.json"), "no ledger");
        var others = State("staff").FindOthers([tenant.Id("ben")], tenant.Clock.UtcNow);

        var correlations = new Correlator(tenant.Rule, Account(tenant), tenant.Ledger).Correlate([RuleTenant.Person("ada")]);
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = tenant.Rule,
            Source = RuleTenant.Source(RuleTenant.Person("ada")),
            Account = Account(tenant),
            Ledger = tenant.Ledger,
            Correlations = correlations,
            OtherRules = others,
            Connection = tenant.Connection,
        });

        Assert.Contains("'contractors'", Assert.Single(plan.Guard, f => f.Check == GuardCheck.OtherRuleUnreadable).Message, StringComparison.Ordinal);
        Assert.NotNull(plan.Changes.Single(c => c.IsRemoval).Held);
    }

    [Fact]
    public void The_other_rules_are_those_beside_it_in_the_accounts_folder()
    {
        Save(RuleState.FolderOf(_root, "account", "contractors"), Managing("contractors", "1"));
        Save(RuleState.FolderOf(_root, "account", "staff"), Managing("staff", "2"));
        Save(RuleState.FolderOf(_root, "elsewhere", "guests"), Managing("guests", "3", "elsewhere"));
        Directory.CreateDirectory(RuleState.FolderOf(_root, "account", "archive"));

        var others = State("staff").FindOthers(["1", "2", "3"], default);

        Assert.Equal(("contractors", null, null, 0), (others.Managing("1"), others.Managing("2"), others.Managing("3"), others.Unreadable.Count));
    }

    private static async Task<RuleTenant> TwoPeopleAsync()
    {
        var tenant = new RuleTenant();
        await tenant.RunAsync(RuleTenant.Source(RuleTenant.Person("ada"), RuleTenant.Person("ben")));
        return tenant;
    }

    private static AccountSnapshot Account(RuleTenant tenant) => new(tenant.Ledger.Entries.Select(e => e.Seen!), isComplete: true);

    private RuleState State(string rule) => new(new StateFactory(), RuleState.FolderOf(_root, "account", rule), "account", rule);

    private static Ledger Managing(string rule, string zoomId, string account = "account")
    {
        var ledger = new Ledger(account, rule);
        ledger.Put(new LedgerEntry(zoomId, "ben@example.com", LedgerOrigin.Created, default));
        return ledger;
    }

    private static void Save(string folder, Ledger ledger)
    {
        using var state = new StateFactory().Open(folder, ledger.Account, ledger.Rule);
        state.SaveLedger(ledger);
    }
}
