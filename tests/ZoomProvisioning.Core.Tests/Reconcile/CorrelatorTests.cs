using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who is whom: by the ledger, by name, by the other keys, and never by a guess.</summary>
public class CorrelatorTests
{
    private static readonly ProvisioningRule Rule = new("rule") { Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber] };
    private readonly Ledger _ledger = new("account", "rule");

    [Fact]
    public void A_person_is_known_by_the_anchor_after_a_rename()
    {
        Knows("1", "old", "anchor");
        var found = Correlate([Wish("new", "anchor")], [User("1", "old")]);
        Assert.Equal((CorrelationSituation.Linked, "1"), (found.Situation, found.User?.Id));
        Assert.Equal("by the ledger (anchor)", found.Reason);
    }

    [Fact]
    public void An_address_that_passed_on_waits_until_it_is_given_up()
    {
        Knows("1", "shared", "first");
        var found = All([Wish("new", "first"), Wish("shared", "second")], [User("1", "shared")]);
        Assert.Equal((CorrelationSituation.Linked, "1"), (found[0].Situation, found[0].User?.Id));
        Assert.Equal((CorrelationSituation.Disputed, null), (found[1].Situation, found[1].User?.Id));
        Assert.Contains("about to give it up", found[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_anchor_under_a_known_address_is_for_a_person_to_decide()
    {
        Knows("1", "jill", "before");
        _ledger.AnchorProperty = "Id";
        var found = Correlate([Wish("jill", "after")], [User("1", "jill")], new ProvisioningRule("rule") { Anchor = "id" });
        Assert.Equal((CorrelationSituation.Reanchored, "1", "before"), (found.Situation, found.User?.Id, found.Entry?.Anchor));
        Assert.Equal("known as 'before' of the source, and now it is 'after'", found.Reason);
    }

    [Theory]
    [InlineData("7", CorrelationSituation.Linked)]
    [InlineData("8", CorrelationSituation.Reanchored)]
    public void Another_anchor_is_the_same_person_when_the_next_key_says_so(string number, CorrelationSituation situation)
    {
        Knows("1", "jill", "before");
        _ledger.AnchorProperty = "Id";
        var found = Correlate([Wish("jill", "after", number)], [User("1", "jill", "7")], new ProvisioningRule("rule") { Anchor = "Id", Match = Rule.Match });
        Assert.Equal(situation, found.Situation);
    }

    [Fact]
    public void Somebody_hired_again_under_a_new_anchor_gets_the_old_user_back()
    {
        Knows("1", "jill", "before");
        var found = Correlate([Wish("jill", "after")], [User("1", "jill")]);
        Assert.Equal((CorrelationSituation.Linked, "before"), (found.Situation, found.Entry?.Anchor));
        Assert.Equal("by user name", found.Reason);
    }

    [Fact]
    public void A_key_two_Zoom_users_have_decides_nothing()
    {
        var found = Correlate([Wish("jill", null, "7")], [User("1", "a", "7"), User("2", "b", "7")]);
        Assert.Equal(CorrelationSituation.Disputed, found.Situation);
        Assert.Contains("2 Zoom users have this EmployeeNumber", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_one_Zoom_user_has_finds_it()
    {
        var found = Correlate([Wish("jill", null, "7")], [User("1", "a", "7"), User("2", "b", "8")]);
        Assert.Equal((CorrelationSituation.Matched, "1", "by EmployeeNumber"), (found.Situation, found.User?.Id, found.Reason));
    }

    [Fact]
    public void Where_the_ledgers_word_stands_for_a_list_nobody_is_found_by_what_the_list_would_not_tell()
    {
        Knows("1", "a", "anchor");
        var seen = _ledger.Find("1")!.Seen = User("1", "a", "7");
        Assert.Equal(CorrelationSituation.Unmatched, Correlate([Wish("jill", null, "7")], [seen]).Situation);
    }

    [Fact]
    public void A_listed_user_is_taken_as_the_ledger_has_seen_it_while_nothing_says_that_it_changed()
    {
        Knows("1", "a", "anchor");
        var entry = _ledger.Find("1")!;
        var seen = entry.Seen = Seen("monday");
        var (same, changed) = (Listed("monday"), Listed("tuesday"));
        Assert.Same(seen, DetailNeeds.AsKnown(same, _ledger));
        Assert.Same(changed, DetailNeeds.AsKnown(changed, _ledger));
        Assert.Same(same, DetailNeeds.AsKnown(same, new Ledger("account", "rule")));
        entry.MustRead = true;
        Assert.Same(same, DetailNeeds.AsKnown(same, _ledger));

        static ScimUser Seen(string modified) => With(User("1", "a", "7"), modified);
        static ScimUser Listed(string modified) =>
            With(new ScimUser(new ScimObject { ["id"] = "1", ["userName"] = "a@example.com" }, UserDetail.Listed), modified);
        static ScimUser With(ScimUser user, string modified)
        {
            user.Attributes["meta"] = new ScimObject { ["lastModified"] = modified };
            return user;
        }
    }

    [Fact]
    public void Two_people_with_one_employee_number_are_left_alone()
    {
        var found = All([Wish("a", null, "7"), Wish("b", null, "7")], [User("1", "a"), User("2", "b")]);
        Assert.All(found, c => Assert.Equal((CorrelationSituation.Disputed, null), (c.Situation, c.User)));
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public void A_name_in_two_spellings_is_one_row_that_reads_the_same_in_any_order()
    {
        var (one, two) = (Wish("JILL", "1"), Wish("jill", "2"));
        var there = Correlate([one, two], []);
        var back = Correlate([two, one], []);
        Assert.Equal((there.Desired, there.Reason), (back.Desired, back.Reason));
    }

    [Fact]
    public void Who_was_deleted_by_hand_is_created_again()
    {
        Knows("1", "jill", "anchor");
        var found = Correlate([Wish("jill", "anchor")], []);
        Assert.Equal((CorrelationSituation.Unmatched, "no longer in Zoom, where it was deleted by hand"), (found.Situation, found.Reason));
    }

    private void Knows(string id, string name, string anchor) =>
        _ledger.Put(new LedgerEntry(id, $"{name}@example.com", LedgerOrigin.Created, default) { Anchor = anchor });

    private Correlation Correlate(DesiredUser[] people, ScimUser[] users, ProvisioningRule? rule = null) => Assert.Single(All(people, users, rule));

    private Correlation[] All(DesiredUser[] people, ScimUser[] users, ProvisioningRule? rule = null)
    {
        var account = new AccountSnapshot(users, isComplete: true);
        var found = new Correlator(rule ?? Rule, account, _ledger).Correlate(people);
        return people.SelectMany(p => found.Where(c => c.Desired == p)).ToArray();
    }

    private static DesiredUser Wish(string name, string? anchor, string? number = null)
    {
        var user = new ScimUser { UserName = $"{name}@example.com", Email = $"{name}@example.com" };
        if (number is not null)
        {
            user.EmployeeNumber = number;
        }

        return new DesiredUser(user) { Anchor = anchor, Label = user.UserName! };
    }

    private static ScimUser User(string id, string name, string? number = null) => new(
        new ScimObject { ["id"] = id, ["userName"] = $"{name}@example.com", [ScimSchemas.EnterpriseUser] = new ScimObject { ["employeeNumber"] = number } },
        UserDetail.Read);
}
