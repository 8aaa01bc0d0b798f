using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>People whom two rules have, what is told of them, and the order of a plan.</summary>
public class SharedPeopleTests
{
    private static readonly DateTimeOffset Linked = Scene.Now.AddYears(-1);

    private static OtherRules Others(int people, DateTimeOffset since, string rule = "sales") => new(
        Enumerable.Range(0, people).ToDictionary(i => $"id-p{i}", _ => new OtherClaim(rule, since)), []);

    [Theory]
    [InlineData(1, 1, "The rule 'sales' manages 1 person too; this rule had them first, so its values count: p0@example.com.")]
    [InlineData(2, 1, "The rule 'sales' manages 2 of these people too; this rule had them first, so its values count: p0@example.com, p1@example.com.")]
    [InlineData(1, -1, "The rule 'sales' manages 1 person too and had them first, so its values count, and this rule's are not sent: p0@example.com.")]
    public void Who_is_shared_is_told_with_whose_values_count(int people, int daysLater, string message)
    {
        var scene = new Scene { Others = Others(people, Linked.AddDays(daysLater)) }.Staff(8);
        var finding = Assert.Single(scene.Plan().Guard);
        Assert.Equal((GuardCheck.SharedPeople, false, message), (finding.Check, finding.HoldsRemovals, finding.Message));
    }

    [Theory]
    [InlineData(5, "p0@example.com, p1@example.com, p2@example.com, p3@example.com, p4@example.com.")]
    [InlineData(6, "p0@example.com, p1@example.com, p2@example.com, p3@example.com, p4@example.com, ….")]
    public void Of_many_the_first_five_are_named(int people, string end) =>
        Assert.EndsWith(
            $": {end}",
            Assert.Single(new Scene { Others = Others(people, Linked.AddDays(1)) }.Staff(8).Plan().Guard).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Each_rule_has_its_sentence_in_the_order_of_the_names_and_a_dormant_one_its_own()
    {
        var claims = new Dictionary<string, OtherClaim>
        {
            ["id-p0"] = new("sales", Linked.AddDays(1)),
            ["id-p1"] = new("legal", Linked.AddDays(1)),
            ["id-p2"] = new("legal", Linked.AddDays(-1)),
        };
        var scene = new Scene { Others = new OtherRules(claims, []) { Dormant = ["The rule 'old' sleeps."] } }.Staff(3);
        Assert.Equal(
            ["legal", "legal", "sales", "old"],
            scene.Plan().Guard.Select(f => f.Message.Split('\'')[1]));
        Assert.Contains("had them first, so its values count, and this rule's", scene.Plan().Guard[0].Message, StringComparison.Ordinal);
        Assert.Equal((GuardCheck.DormantRule, false), (scene.Plan().Guard[3].Check, scene.Plan().Guard[3].HoldsRemovals));
    }

    [Theory]
    [InlineData(-1, "Owned elsewhere: the rule 'sales' had this user first, so its values count and Department stays different.")]
    [InlineData(1, null)]
    public void What_the_other_rule_had_first_is_not_sent(int daysLater, string? reason)
    {
        var scene = new Scene { Others = Others(1, Linked.AddDays(daysLater)) }.Staff(1, u => u.Department = "Sales", u => u.Department = "Legal");
        var change = scene.Of("p0");
        Assert.Equal(reason is null ? PlanAction.Update : PlanAction.Blocked, change.Action);
        Assert.True(reason is null || reason.StartsWith(change.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_are_each_rules_own_and_what_is_not_sent_is_named()
    {
        var scene = new Scene { Others = Others(1, Linked.AddDays(-1)) };
        scene.Managed("p0", u => u.Department = "Sales");
        scene.InSource("p0", u => u.Department = "Legal", "Sales");
        var change = scene.Of("p0");
        Assert.Equal(PlanAction.ChangeGroups, change.Action);
        Assert.Contains("Owned elsewhere", change.Reason, StringComparison.Ordinal);
        Assert.Single(change.Unmet);
    }

    [Fact]
    public void A_plan_is_ordered_by_name_then_by_id_then_by_reason()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = new GuardLimits { [GuardKind.Disable] = GuardLimit.None, MaxSourceShrinkPercent = 100 } });
        scene.Staff(1).Missing(1, "a").Missing(1, "z");
        scene.Managed("same2", u => u.UserName = "same@example.com");
        scene.Managed("same1", u => u.UserName = "same@example.com");
        scene.Managed("upper", u => u.UserName = "SAME@example.com");
        scene.Unusable("record 2");
        scene.Unusable("Record 1", "q@example.com");
        var plan = scene.Plan();
        Assert.Equal(
            [
                "a0@example.com", "p0@example.com", "q@example.com", "record 2",
                "SAME@example.com id-upper", "same@example.com id-same1", "same@example.com id-same2", "z0@example.com",
            ],
            plan.Changes.Select(c => c.UserName.StartsWith("same", StringComparison.OrdinalIgnoreCase) ? $"{c.UserName} {c.ZoomId}" : c.UserName));
        var problem = plan.Changes.Single(c => c.UserName == "record 2");
        Assert.Equal((PlanAction.Blocked, "broken", "record 2"), (problem.Action, problem.Reason, problem.Desired?.Label));
    }

    [Fact]
    public void A_rule_that_is_removed_knows_no_exceptions()
    {
        var rule = new ProvisioningRule("rule")
        {
            Exceptions = [new ExceptedUser("*", "on leave", null)],
            Guard = new GuardLimits { [GuardKind.Disable] = GuardLimit.None },
        };
        Assert.Equal(PlanAction.Disable, new Scene(rule) { RemovesRule = true }.Missing(1).Of("gone0").Action);
        Assert.Equal(PlanAction.Protected, new Scene(rule).Staff(1).Missing(1).Of("gone0").Action);
    }

    private static ScimUser User(string id, string? name) => new(new ScimObject { ["id"] = id, ["userName"] = name }, UserDetail.Listed);

    [Fact]
    public void An_account_finds_people_by_id_and_by_name_and_namesakes_in_the_order_of_the_ids()
    {
        var account = new AccountSnapshot([User("3", "a@x"), User("1", "A@x"), User("2", "a@X"), User("9", "b@x"), User("8", null)], isComplete: true);
        Assert.Equal(5, account.Users.Count);
        Assert.Equal(["1", "2", "3"], account.NamedBy("a@x").Select(u => u.Id!));
        Assert.Equal(("1", "9", null), (account.FindByName("a@x")?.Id, account.FindByName("B@x")?.Id, account.FindByName("c@x")?.Id));
        Assert.Equal(["9"], account.NamedBy("b@x").Select(u => u.Id!));
        Assert.Empty(account.NamedBy("c@x"));
        Assert.Equal(("9", null), (account.Find("9")?.Id, account.Find("0")?.Id));
    }

    [Fact]
    public void Who_has_another_name_than_the_list_said_is_found_by_that_one_and_by_no_other()
    {
        var account = new AccountSnapshot([User("1", "a@x"), User("2", "a@x"), User("3", "b@x")], isComplete: true);
        account.Put(User("2", "c@x"));
        Assert.Equal(("1", "2"), (account.FindByName("a@x")?.Id, account.FindByName("c@x")?.Id));
        Assert.Equal(["1"], account.NamedBy("a@x").Select(u => u.Id!));
        account.Put(User("1", "d@x"));
        Assert.Null(account.FindByName("a@x"));
        Assert.Empty(account.NamedBy("a@x"));
        account.Put(User("3", "B@x"));
        Assert.Equal("3", account.FindByName("b@x")?.Id);
        Assert.Single(account.NamedBy("b@x"));
        account.Put(new ScimUser { UserName = "nobody@x" });
        Assert.Null(account.FindByName("nobody@x"));
        Assert.Equal(3, account.Users.Count);
    }

    [Fact]
    public void Who_takes_a_name_that_others_gave_up_is_found_by_it_with_those_who_kept_it()
    {
        var account = new AccountSnapshot([User("1", "a@x"), User("2", "a@x"), User("3", "b@x")], isComplete: true);
        account.Put(User("2", "c@x"));
        account.Put(User("4", "a@x"));
        Assert.Equal(["1", "4"], account.NamedBy("a@x").Select(u => u.Id!));
        account.Put(User("1", "d@x"));
        account.Put(User("4", "d@x"));
        account.Put(User("5", "a@x"));
        Assert.Equal(["5"], account.NamedBy("a@x").Select(u => u.Id!));
        account.Put(User("3", "e@x"));
        Assert.Null(account.FindByName("b@x"));
        Assert.Empty(account.NamedBy("b@x"));
    }

    [Fact]
    public void Two_records_of_one_address_that_cannot_be_used_come_in_the_order_of_their_reasons()
    {
        SourceProblem Broken(string why) => new("record", "q@example.com", null, new ScimRecordException("Zoom.Some", why), null);
        foreach (var order in new[] { new[] { "first", "second" }, ["second", "first"] })
        {
            var scene = new Scene { Look = s => s with { Problems = order.Select(Broken).ToList() } };
            Assert.Equal(["first", "second"], scene.Plan().Changes.Select(c => c.Reason));
        }
    }

    [Fact]
    public void Of_those_out_of_scope_the_first_five_are_named_in_order_by_their_addresses()
    {
        var scene = new Scene().Staff(1);
        foreach (var name in new[] { "f", "e", "d", "c", "b", "A" })
        {
            scene.OutOfScope(name);
        }

        Assert.Equal(["A@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com"], scene.Plan().OutOfScope);
        Assert.Equal(6, scene.Plan().OutOfScopeCount);
    }

    [Fact]
    public void Who_is_shared_and_as_wanted_is_taken_over_without_a_word_of_differences()
    {
        var scene = new Scene { Others = Others(1, Linked) };
        scene.InZoom("p0");
        scene.InSource("p0");
        var change = scene.Of("p0");
        Assert.Equal(
            (PlanAction.Adopt, "by user name. Owned elsewhere: the rule 'sales' had this user first, so its values count"),
            (change.Action, change.Reason));
    }
}
