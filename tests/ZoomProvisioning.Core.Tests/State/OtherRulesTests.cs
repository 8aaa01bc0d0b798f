using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Who else manages somebody, what a list tells of a change, and when what is remembered may be older than Zoom.</summary>
public class OtherRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static Ledger Of(string id, int linkedDay = 1, bool isRemoved = false, double? ranDaysAgo = 0)
    {
        var ledger = new Ledger("account", "rule") { LastRunAt = ranDaysAgo is { } days ? Now.AddDays(-days) : null };
        ledger.Put(new LedgerEntry(id, id, LedgerOrigin.Created, new DateTimeOffset(2026, 1, linkedDay, 0, 0, 0, TimeSpan.Zero)) { IsRemoved = isRemoved });
        return ledger;
    }

    private static OtherRules Find(params (string Name, Func<Ledger?> Read)[] rules) => OtherRules.Find(["1", "2"], rules, Now);

    [Theory]
    [InlineData(1, 2, "b")]
    [InlineData(2, 1, "a")]
    [InlineData(1, 1, "a")]
    public void Of_two_rules_the_one_that_had_somebody_first_manages_them(int b, int a, string expected) =>
        Assert.Equal(expected, Find(("b", () => Of("1", b)), ("a", () => Of("1", a))).Managing("1"));

    [Theory]
    [InlineData("b", 1, "a", 2, true)]
    [InlineData("a", 2, "b", 1, false)]
    [InlineData("a", 1, "B", 1, true)]
    [InlineData("B", 1, "a", 1, false)]
    [InlineData("A", 1, "a", 1, false)]
    public void A_rule_comes_before_another_by_when_it_began_else_by_its_name(string rule, int since, string other, int otherSince, bool isFirst) =>
        Assert.Equal(isFirst, new OtherClaim(rule, Now.AddDays(since)).Precedes(new OtherClaim(other, Now.AddDays(otherSince))));

    [Fact]
    public void The_other_accounts_of_a_rule_are_told_beside_all_that_is_known_of_the_other_rules()
    {
        var others = Find(
            ("a", () => Of("1")), ("b", () => Of("2", isRemoved: true)), ("c", () => throw new ScimStateException("Zoom.State.Damaged", "it is damaged")),
            ("d", () => Of("2", ranDaysAgo: 99)));
        Assert.Same(others, others.With([]));
        var told = others.With(["Abc123"]);
        Assert.Equal(["Abc123"], told.OtherAccounts);
        Assert.Equal(("a", "b", 1, 1), (told.Managing("1"), told.Removed["2"], told.Dormant.Count, told.Unreadable.Count));
        Assert.Same(others.Leavers["2"], told.Leavers["2"]);
    }

    [Fact]
    public void Who_was_removed_is_nobodys_and_the_rule_is_named()
    {
        var others = Find(("b", () => Of("1", isRemoved: true)), ("a", () => Of("1", isRemoved: true)), ("c", () => null));
        Assert.Null(others.Managing("1"));
        Assert.Equal("a", others.Removed["1"]);
        Assert.Empty(others.Dormant);
    }

    [Theory]
    [InlineData(30.0, true)]
    [InlineData(30.001, false)]
    [InlineData(null, true)]
    public void A_rule_that_has_not_run_for_so_long_manages_nobody(double? daysAgo, bool manages)
    {
        var others = Find(("a", () => Of("1", ranDaysAgo: daysAgo)));
        Assert.Equal(manages ? "a" : null, others.Managing("1"));
        Assert.Equal(manages ? 0 : 1, others.Dormant.Count);
        Assert.All(others.Dormant, d => Assert.EndsWith("so it manages nobody any more; 1 of these people were its.", d, StringComparison.Ordinal));

        // Of whom nobody is asked nothing is said.
        Assert.Empty(Find(("a", () => Of("3", ranDaysAgo: 99))).Dormant);
    }

    [Fact]
    public void A_rule_that_cannot_be_read_is_named()
    {
        var others = Find(("a", () => throw new ScimStateException("Zoom.State.Damaged", "it is damaged")), ("b", () => Of("2")));
        Assert.Equal("'a' (it is damaged)", Assert.Single(others.Unreadable));
        Assert.Equal("b", others.Managing("2"));
    }

    public static TheoryData<string, Action<ScimUser>, bool> Lists => new()
    {
        { "nothing", _ => { }, true },
        { "case of the address", u => u.Attributes["userName"] = "ADA@example.com", true },
        { "no type told", u => u.Attributes.Remove("userType"), true },
        { "address", u => u.UserName = "bob@example.com", false },
        { "state", u => u.Active = false, false },
        { "display name", u => u.DisplayName = "Bob", false },
        { "type", u => u.UserType = "Licensed", false },
        { "given name", u => u.GivenName = "Bob", false },
        { "family name", u => u.FamilyName = "Jones", false },
        { "department", u => u.Department = "Art", false },
        { "no department", u => u.Attributes.Remove(ScimSchemas.EnterpriseUser), false },
        { "time", u => u.Attributes["meta"] = new ScimObject { ["lastModified"] = "t2" }, false },
        { "what a list does not tell", u => u.CostCenter = "43", true },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_tells_that_somebody_changed(string what, Action<ScimUser> change, bool isSame)
    {
        ScimUser User() => new()
        {
            Id = "1",
            UserName = "ada@example.com",
            Active = true,
            DisplayName = "Ada",
            UserType = "Basic",
            GivenName = "Ada",
            FamilyName = "Lee",
            Department = "Sales",
            Attributes = { ["meta"] = new ScimObject { ["lastModified"] = "t1" } },
        };
        var listed = User();
        change(listed);
        Assert.True(isSame == SeenUser.ListsTheSame(listed, User()), what);
    }

    [Fact]
    public void After_a_write_somebody_is_as_before_with_the_reply_over_it_and_what_it_is_silent_about_as_sent()
    {
        var before = new ScimUser { Department = "Sales", CostCenter = "1", GivenName = "Ada" };
        var reply = new ScimUser(new ScimUser { Department = "Legal", Title = "Boss" }.Attributes, UserDetail.Updated);
        var seen = SeenUser.AfterWrite(before, reply, new ScimUser { CostCenter = "2", Department = "Legal" }.Attributes);

        Assert.Equal(("Legal", "2", "Ada", UserDetail.Read), (seen.Department, seen.CostCenter, seen.GivenName, seen.Detail));
        Assert.Null(seen.Title);
        Assert.Equal("1", before.CostCenter);
        Assert.Equal("Boss", SeenUser.AfterWrite(new ScimUser { Title = "Old" }, reply, null).Title);
        Assert.Null(SeenUser.AfterWrite(null, reply, null).CostCenter);

        // What Zoom says it has counts for more than what it was sent.
        Assert.Equal("Legal", SeenUser.AfterWrite(before, reply, new ScimUser { Department = "Art" }.Attributes).Department);
    }

    [Fact]
    public void What_somebody_has_are_the_attributes_with_a_value_besides_name_and_state() => Assert.Equal(
        ["Email", "Title", "zoomOneEdu"],
        SeenUser.AttributesIn(new ScimUser
        {
            UserName = "ada@example.com",
            Active = true,
            Email = "ada@example.com",
            Title = "Boss",
            Department = string.Empty,
            Attributes = { [ScimSchemas.ZoomUser] = new ScimObject { ["zoomOneEdu"] = "1" } },
        }).Select(a => a.Name));

    // An account after the last line of the journal, which is of an hour ago, by no run it knows of.
    private static string? Doubt(Ledger ledger, ScimUser user, double? lastHoursAgo = 1, string wanted = "Sales") =>
        StateAge.Doubt(ledger, [(new ScimUser { Department = wanted }, user)], lastHoursAgo is { } hours ? Now.AddHours(-hours) : null, Now);

    private static ScimUser Seen(string id, double createdHoursAgo, double changedHoursAgo, string department = "Sales") => new(
        new ScimUser
        {
            Id = id,
            UserName = id + "@example.com",
            Department = department,
            Attributes =
            {
                ["meta"] = new ScimObject
                {
                    ["created"] = Now.AddHours(-createdHoursAgo).ToString("O"),
                    ["lastModified"] = Now.AddHours(-changedHoursAgo).ToString("O"),
                },
            },
        }.Attributes,
        UserDetail.Read);

    [Theory]
    [InlineData(0.5, "Sales", true)]
    [InlineData(1, "Sales", false)]
    [InlineData(2, "Sales", false)]
    [InlineData(0.5, "Legal", false)]
    public void A_stranger_made_since_just_as_wanted_raises_a_doubt(double hoursAgo, string department, bool doubts)
    {
        var said = Doubt(Of("other"), Seen("1", hoursAgo, hoursAgo, department));
        Assert.Equal(doubts, said is not null);
        Assert.Contains(doubts ? "1 person (1@example.com) was made" : string.Empty, said ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "Art", false, true)]
    [InlineData(1, "Art", false, false)]
    [InlineData(0.5, "Sales", false, false)]
    [InlineData(0.5, "Art", true, false)]
    public void Somebody_known_who_was_changed_since_to_just_what_is_wanted_does_too(double hoursAgo, string known, bool mustRead, bool doubts)
    {
        var ledger = Of("1");
        (ledger.Find("1")!.Seen, ledger.Find("1")!.MustRead) = (Seen("1", 99, 99, known), mustRead);
        Assert.Equal(doubts, Doubt(ledger, Seen("1", 99, hoursAgo)) is not null);
    }

    [Fact]
    public void A_new_folder_and_a_doubt_of_this_week_raise_none()
    {
        var user = Seen("1", 0.5, 0.5);
        Assert.Null(Doubt(new Ledger("account", "rule") { LastRunAt = Now.AddHours(-1) }, user));
        Assert.Null(Doubt(Of("other", ranDaysAgo: null), user, lastHoursAgo: null));
        Assert.NotNull(Doubt(Of("other", ranDaysAgo: 1), user, lastHoursAgo: null));

        var ledger = Of("other");
        ledger.StateDoubtedAt = Now.AddDays(-7).AddSeconds(1);
        Assert.Null(Doubt(ledger, user));
        ledger.StateDoubtedAt = Now.AddDays(-7);
        Assert.NotNull(Doubt(ledger, user));
    }

    [Fact]
    public void At_most_five_are_named()
    {
        (ScimUser, ScimUser) One(int i) => (new ScimUser { Department = "Sales" }, Seen($"u{i}", 0.1, 0.1));
        string Said(int count) => StateAge.Doubt(Of("other"), Enumerable.Range(1, count).Reverse().Select(One), Now.AddHours(-1), Now)!;
        const string Five = "u1@example.com, u2@example.com, u3@example.com, u4@example.com, u5@example.com";
        Assert.Contains($"5 people ({Five}) were made", Said(5), StringComparison.Ordinal);
        Assert.Contains($"6 people ({Five}, …) were made", Said(6), StringComparison.Ordinal);
    }
}
