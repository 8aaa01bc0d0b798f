using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who is whom at the borders: records that stand for others, keys two people have, and the order of it all.</summary>
public class CorrelatorBorderTests
{
    private static readonly ProvisioningRule Numbers = new("rule") { Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber] };
    private readonly Ledger _ledger = new("account", "rule");

    private static DesiredUser Wish(string? name, string? anchor = null, string? number = null, string? zoomId = null, string? label = null)
    {
        var user = new ScimUser();
        if (name is not null)
        {
            (user.UserName, user.Email) = ($"{name}@example.com", $"{name}@example.com");
        }

        if (number is not null)
        {
            user.EmployeeNumber = number;
        }

        return new DesiredUser(user) { Anchor = anchor, ZoomId = zoomId, Label = label ?? user.UserName ?? "record" };
    }

    private static ScimUser User(string id, string name, string? number = null, UserDetail detail = UserDetail.Read) => new(
        new ScimObject { ["id"] = id, ["userName"] = $"{name}@example.com", [ScimSchemas.EnterpriseUser] = new ScimObject { ["employeeNumber"] = number } },
        detail);

    private LedgerEntry Knows(string id, string name, string? anchor = null, bool removed = false)
    {
        var entry = new LedgerEntry(id, $"{name}@example.com", LedgerOrigin.Created, default) { Anchor = anchor, IsRemoved = removed };
        _ledger.Put(entry);
        return entry;
    }

    private Correlator Make(ProvisioningRule? rule, params ScimUser[] users) =>
        new(rule ?? new ProvisioningRule("rule"), new AccountSnapshot(users, true), _ledger);

    private string Story(ProvisioningRule? rule, ScimUser[] users, params DesiredUser[] people) => string.Join("; ", Make(rule, users).Correlate(people)
        .Select(c => $"{(c.Desired.Values.UserName ?? c.Desired.Label).Split('@')[0]} {c.Situation} {c.User?.Id}".TrimEnd()));

    [Theory]
    [InlineData("gone@example.com", null, null, "1")]
    [InlineData("now@example.com", null, null, "1")]
    [InlineData("stranger@example.com", null, null, "9")]
    [InlineData("x@example.com", "A7", null, "2")]
    [InlineData("x@example.com", "a7", null, "2")]
    [InlineData("gone@example.com", "A7", null, "1 2")]
    [InlineData(null, null, "9", "9")]
    [InlineData(null, null, "3", "3")]
    [InlineData(null, null, "0", "")]
    [InlineData(null, null, null, "")]
    [InlineData("x@example.com", null, null, "")]
    public void A_record_that_cannot_be_used_is_about_whoever_has_its_address_its_anchor_or_its_id(string? name, string? anchor, string? id, string expected)
    {
        Knows("1", "gone");
        Knows("2", "two", "A7");
        Knows("3", "deleted");
        var found = Make(null, User("1", "now"), User("2", "two"), User("9", "stranger")).Candidates(name, anchor, id);
        Assert.Equal(expected, string.Join(" ", found.OrderBy(i => i, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(true, "7", true, true)]
    [InlineData(false, "7", true, false)]
    [InlineData(true, null, true, false)]
    [InlineData(true, "7", false, false)]
    public void Keys_beyond_lists_are_needed_where_the_rule_has_one_and_somebody_unmatched_has_a_value_of_it(
        bool byNumber, string? number, bool isUnmatched, bool needs)
    {
        var correlator = Make(byNumber ? Numbers : null, isUnmatched ? [] : [User("1", "ada")]);
        Assert.Equal(needs, correlator.NeedsKeysBeyondLists(correlator.Correlate([Wish("ada", number: number), Wish("ben")])));
    }

    [Fact]
    public void People_come_in_the_order_of_their_names_then_of_the_spelling_then_of_the_anchor()
    {
        Assert.Equal("a Unmatched; b Unmatched; c Unmatched", Story(null, [], Wish("c"), Wish("a"), Wish("b")));
        var found = Make(null).Correlate([Wish(null, "2", label: "x"), Wish(null, "1", label: "y")]);
        Assert.Equal(["1", "2"], found.Select(c => c.Desired.Anchor!));
    }

    [Theory]
    [InlineData("anchor", "2 records of the source have this anchor ('7'); none of them was used")]
    [InlineData("id", "2 records of the source have this Zoom id ('7'); none of them was used")]
    [InlineData("number", "2 records of the source have this employee number ('7'); none of them was used")]
    [InlineData("name", "2 records of the source have this user name ('B@example.com'); none of them was used")]
    public void What_only_one_person_can_have_and_two_records_have_is_used_for_neither(string what, string reason)
    {
        DesiredUser Of(string name) => Wish(
            what == "name" ? name : name == "B" ? "one" : "two", what == "anchor" ? "7" : null, what == "number" ? "7" : null, what == "id" ? "7" : null);
        var found = Make(null).Correlate([Of("b"), Of("B"), Wish("free")]);
        Assert.All(found.Where(c => c.Situation == CorrelationSituation.Disputed), c => Assert.Equal(reason, c.Reason));
        Assert.Equal(what == "name" ? 1 : 2, found.Count(c => c.Situation == CorrelationSituation.Disputed));
        Assert.Equal(CorrelationSituation.Unmatched, found.Single(c => c.Desired.Values.UserName == "free@example.com").Situation);
    }

    [Fact]
    public void What_one_key_has_used_up_is_not_mixed_with_another()
    {
        // The same text as an anchor of one and as the number of another is no duplicate.
        Assert.Equal("a Unmatched; b Unmatched", Story(null, [], Wish("a", "7"), Wish("b", "8", number: "7")));
    }

    [Fact]
    public void Of_records_of_one_name_the_same_stands_for_them_in_any_order_and_all_whom_they_may_be_are_kept()
    {
        Knows("1", "one", "1");
        Knows("2", "two", "2");
        DesiredUser[] people =
        [
            Wish("same", "2", label: "b"),
            Wish("same", "1", label: "c"),
            Wish("same", "1", "5", label: "a"),
            Wish("same", "1", label: "a"),
        ];
        foreach (var order in new[] { people, Enumerable.Reverse(people).ToArray() })
        {
            var found = Assert.Single(Make(null, User("1", "one"), User("2", "two")).Correlate(order), c => c.Situation == CorrelationSituation.Disputed);
            Assert.Same(people[3], found.Desired);
            Assert.Equal(["1", "2"], found.Candidates.OrderBy(c => c, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("1 2 3", "3 Zoom users have this EmployeeNumber: 1@example.com, 2@example.com, 3@example.com")]
    [InlineData("4 3 2 1", "4 Zoom users have this EmployeeNumber: 1@example.com, 2@example.com, 3@example.com")]
    public void Of_several_users_with_a_key_the_first_three_are_named_and_all_are_kept(string ids, string reason)
    {
        var users = ids.Split(' ').Select(i => User(i, i, "7")).ToArray();
        var found = Assert.Single(Make(Numbers, users).Correlate([Wish("ada", number: "7")]));
        Assert.Equal((CorrelationSituation.Disputed, reason), (found.Situation, found.Reason));
        Assert.Equal(users.Select(u => u.Id!).OrderBy(i => i, StringComparer.Ordinal), found.Candidates);
    }

    [Fact]
    public void Who_is_found_by_one_key_is_not_found_by_the_next()
    {
        var rule = new ProvisioningRule("rule") { Match = [ZoomAttributes.UserName, ZoomAttributes.EmployeeNumber, ZoomAttributes.DisplayName] };
        var user = User("1", "old", "7");
        user.DisplayName = "Ada";
        var (byNumber, byDisplay) = (Wish("a", number: "7"), Wish("b"));
        byDisplay.Values.DisplayName = "Ada";
        Assert.Equal("a Matched 1; b Unmatched", Story(rule, [user], byDisplay, byNumber));
        Assert.Equal("old Matched 1; x Unmatched", Story(rule, [user], Wish("old"), Wish("x", number: "7")));
        Assert.Equal("b Matched 1", Story(rule, [user], byDisplay));
    }

    [Fact]
    public void Two_records_that_are_about_one_user_are_about_nobody_unless_the_ledger_knows_one_by_the_anchor()
    {
        // A record with the id of a user, and one with its address.
        Assert.Equal("a Disputed 1; x Disputed 1", Story(null, [User("1", "x")], Wish("a", zoomId: "1"), Wish("x")));
        Knows("1", "old", "first");
        Assert.Equal("new Linked 1; old Disputed", Story(null, [User("1", "old")], Wish("new", "first"), Wish("old", "second")));
    }

    [Theory]
    [InlineData(false, "1", "2", "1")]
    [InlineData(true, "1", "2", "2")]
    public void Of_two_the_ledger_calls_alike_the_one_still_managed_counts_and_then_the_first_id(
        bool firstIsRemoved, string first, string second, string expected)
    {
        foreach (var order in new[] { new[] { first, second }, [second, first] })
        {
            var ledger = new Ledger("account", "rule");
            foreach (var id in order)
            {
                ledger.Put(new LedgerEntry(id, "ada@example.com", LedgerOrigin.Created, default) { Anchor = "7", IsRemoved = id == first && firstIsRemoved });
            }

            var known = new KnownPeople(new ProvisioningRule("rule"), new AccountSnapshot([], true), ledger);
            Assert.Equal(expected, known.ByName("ADA@example.com")?.ZoomId);
            Assert.Equal(expected, known.ByAnchor(" 7 ")?.ZoomId);
        }
    }

    [Theory]
    [InlineData("007", "7", "1")]
    [InlineData("7", "7", "")]
    [InlineData("abc", "ABC", "1")]
    [InlineData("abc", "abd", "")]
    public void An_anchor_is_nearly_another_that_differs_in_zeros_or_letters_alone(string known, string asked, string expected)
    {
        Knows("1", "ada", known);
        Knows("2", "ben", "other");
        var people = new KnownPeople(new ProvisioningRule("rule"), new AccountSnapshot([], true), _ledger);
        Assert.Equal(expected, string.Join(" ", people.Nearly(asked).Select(e => e.ZoomId)));
        Assert.Empty(people.Nearly(null));
    }

    [Theory]
    [InlineData("7", "07", "Disputed Disputed")]
    [InlineData("7", "8", "Unmatched Unmatched")]
    [InlineData("a", "A", "Unmatched Unmatched")]
    public void Two_records_whose_numbers_differ_in_zeros_are_never_two_people(string one, string two, string situations) =>
        Assert.Equal(situations, string.Join(" ", Make(null).Correlate([Wish("a", one), Wish("b", two)]).Select(c => c.Situation)));

    [Fact]
    public void Who_was_known_and_is_gone_was_deleted_by_hand_and_a_stranger_is_just_not_there()
    {
        Knows("1", "ada");
        var found = Make(null).Correlate([Wish("ada"), Wish("ben")]);
        Assert.Equal(["no longer in Zoom, where it was deleted by hand", "not in Zoom"], found.Select(c => c.Reason));
    }

    [Fact]
    public void Of_two_users_of_one_address_the_one_the_ledger_knows_is_meant_and_else_neither()
    {
        Assert.Equal("ada Disputed", Story(null, [User("1", "ada"), User("2", "ada")], Wish("ada")));
        Knows("2", "other");
        Assert.Equal("ada Linked 2", Story(null, [User("1", "ada"), User("2", "ada")], Wish("ada")));
        Knows("1", "another");
        Assert.Equal("ada Disputed", Story(null, [User("1", "ada"), User("2", "ada")], Wish("ada")));
    }

    [Fact]
    public void Capitals_do_not_come_first_and_of_two_spellings_of_one_name_the_first_stands_for_both()
    {
        Assert.Equal("a Unmatched; B Unmatched; c Unmatched", Story(null, [], Wish("c"), Wish("B"), Wish("a")));
        foreach (var order in new[] { new[] { "b", "B" }, ["B", "b"] })
        {
            Assert.Equal("B Disputed", Story(null, [], order.Select(n => Wish(n)).ToArray()));
        }
    }

    [Fact]
    public void Records_that_differ_in_their_groups_alone_are_told_apart_in_any_order()
    {
        var people = new[] { Wish("same").Under(null, ["Sales"]), Wish("same").Under(null, ["Legal"]) };
        var first = Assert.Single(Make(null).Correlate(people)).Desired;
        Assert.Same(first, Assert.Single(Make(null).Correlate([people[1], people[0]])).Desired);
    }

    [Fact]
    public void A_rule_whose_only_key_is_one_that_lists_do_not_tell_needs_it()
    {
        var correlator = Make(new ProvisioningRule("rule") { Match = [ZoomAttributes.EmployeeNumber] });
        Assert.True(correlator.NeedsKeysBeyondLists(correlator.Correlate([Wish("ada", number: "7")])));
    }

    [Fact]
    public void Who_is_found_by_name_stays_so_whoever_else_has_the_number_and_others_are_looked_for_all_the_same()
    {
        Assert.Equal("old Matched 1", Story(Numbers, [User("1", "old", "5"), User("2", "two", "7")], Wish("old", number: "7")));
        Assert.Equal("old Matched 1; x Matched 2", Story(Numbers, [User("1", "old"), User("2", "two", "7")], Wish("old"), Wish("x", number: "7")));
    }

    [Theory]
    // Whether the key is one that lists tell, whether all are known by the others, and whether somebody is found by what was seen before.
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void What_was_seen_before_finds_somebody_by_no_key_that_only_some_are_known_by(bool isListed, bool allAreKnown, bool isFound)
    {
        var user = User("1", "ada", "7");
        user.DisplayName = "Ada";
        Knows("1", "ada").Seen = user;
        var key = isListed ? ZoomAttributes.DisplayName : ZoomAttributes.EmployeeNumber;
        var wish = Wish("new", number: "7");
        wish.Values.DisplayName = "Ada";
        var account = new AccountSnapshot([user], true) { HasKeysBeyondLists = allAreKnown };
        var found = Assert.Single(new Correlator(new ProvisioningRule("rule") { Match = [ZoomAttributes.UserName, key] }, account, _ledger).Correlate([wish]));
        Assert.Equal(isFound ? CorrelationSituation.Linked : CorrelationSituation.Unmatched, found.Situation);
    }
}
