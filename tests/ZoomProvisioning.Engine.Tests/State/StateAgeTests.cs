using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

public class StateAgeTests
{
    private static readonly DateTimeOffset LastEntry = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = LastEntry.AddHours(12);

    private static Ledger Ledger()
    {
        var ledger = new Ledger("account", "rule") { LastEntryAt = LastEntry };
        ledger.Put(new LedgerEntry("jack", "jack@example.com", LedgerOrigin.Created, LastEntry) { Seen = User("jack", -100, -100, "Sales") });
        return ledger;
    }

    private static ScimUser User(string id, int created, int changed, string department) => new(new ScimObject
    {
        ["id"] = id,
        ["userName"] = $"{id}@example.com",
        ["active"] = true,
        ["meta"] = new ScimObject { ["created"] = Time(created), ["lastModified"] = Time(changed) },
        [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = department },
    }, UserDetail.Read);

    private static ScimUser Wish(string name, string department) => new() { UserName = $"{name}@example.com", Department = department };

    private static string Time(int minutes) => LastEntry.AddMinutes(minutes).ToString(
        "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1, "Sales", true)]
    [InlineData(-1, "Sales", false)]
    [InlineData(0, "Sales", false)]
    [InlineData(1, "made by hand", false)]
    public void Somebody_unknown_made_after_the_last_entry_just_as_the_source_says_was_made_by_a_run_it_does_not_know(
        int created, string department, bool isDoubtful)
    {
        var doubt = StateAge.Doubt(Ledger(), [(Wish("jill", "Sales"), User("jill", created, created, department))], LastEntry, Now);
        Assert.Equal(isDoubtful, doubt is not null);
        if (isDoubtful)
        {
            Assert.Contains("jill@example.com", doubt);
            Assert.Contains("backup", doubt);
        }
    }

    [Theory]
    [InlineData(1, "Research", true)]
    [InlineData(-1, "Research", false)]
    [InlineData(1, "by hand", false)]
    [InlineData(1, "Sales", false)]
    public void Somebody_known_changed_after_the_last_entry_to_just_what_the_source_says_was_too(int changed, string department, bool isDoubtful) =>
        Assert.Equal(isDoubtful, StateAge.Doubt(Ledger(), [(Wish("jack", "Research"), User("jack", -100, changed, department))], LastEntry, Now) is not null);

    [Theory]
    [InlineData(6.9, false)]
    [InlineData(7.1, true)]
    public void Whoever_makes_users_by_hand_every_day_is_asked_once_a_week(double days, bool isDoubtful)
    {
        var ledger = Ledger();
        ledger.StateDoubtedAt = Now.AddDays(-days);
        Assert.Equal(isDoubtful, StateAge.Doubt(ledger, [(Wish("jill", "Sales"), User("jill", 1, 1, "Sales"))], LastEntry, Now) is not null);
    }

    [Fact]
    public void A_first_run_adopts_whom_it_finds() =>
        Assert.Null(StateAge.Doubt(new Ledger("account", "rule"), [(Wish("jill", "Sales"), User("jill", 1, 1, "Sales"))], null, Now));

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(9, 0, false)]
    [InlineData(95, 5, true)]
    [InlineData(80, 20, false)]
    public void A_rule_that_knows_nobody_and_finds_nearly_everybody_as_it_makes_them_has_lost_its_state(int alike, int different, bool isLost)
    {
        var people = Enumerable.Range(0, alike + different)
            .Select(i => (Wish($"u{i}", "Sales"), User($"u{i}", -100, -100, i < alike ? "Sales" : "made by hand"))).ToList();
        var lost = StateAge.Lost(new Ledger("account", "rule"), people, Now);
        Assert.Equal(isLost, lost is not null);
        if (isLost)
        {
            Assert.Contains($"{alike} of {alike + different} people", lost);
        }

        Assert.Null(StateAge.Lost(Ledger(), people, Now));
        Assert.Null(StateAge.Lost(new Ledger("account", "rule") { StateDoubtedAt = Now.AddDays(-1) }, people, Now));
    }

    [Fact]
    public void A_source_with_names_only_says_nothing_about_who_made_the_users()
    {
        var people = Enumerable.Range(0, 50).Select(i => (new ScimUser { UserName = $"u{i}@example.com" }, User($"u{i}", -100, -100, "Sales"))).ToList();
        Assert.Null(StateAge.Lost(new Ledger("account", "rule"), people, Now));
    }
}
