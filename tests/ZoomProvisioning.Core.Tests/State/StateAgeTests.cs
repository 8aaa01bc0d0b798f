using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>When a ledger is taken to be older than Zoom, and when a rule is taken to have lost it.</summary>
public class StateAgeTests
{
    private static readonly DateTimeOffset Last = new(2026, 6, 15, 12, 0, 0, 500, TimeSpan.Zero);

    private static Ledger Known(Action<LedgerEntry>? more = null)
    {
        var ledger = new Ledger("account", "rule");
        var entry = new LedgerEntry("id-ada", "ada@example.com", LedgerOrigin.Created, Last.AddYears(-1)) { Seen = User("ada", "Sales") };
        more?.Invoke(entry);
        ledger.Put(entry);
        return ledger;
    }

    private static ScimUser User(string name, string? department, DateTimeOffset? created = null, DateTimeOffset? modified = null)
    {
        var user = new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com", Email = $"{name}@example.com", Active = true };
        if (department is not null)
        {
            user.Department = department;
        }

        user.Attributes["meta"] = new ScimObject { ["created"] = created?.ToString("O"), ["lastModified"] = modified?.ToString("O") };
        return new ScimUser(user.Attributes, UserDetail.Read);
    }

    private static (ScimUser Wanted, ScimUser User) Pair(string name, string? wanted, ScimUser user)
    {
        var values = new ScimUser { UserName = $"{name}@example.com", Email = $"{name}@example.com" };
        if (wanted is not null)
        {
            values.Department = wanted;
        }

        return (values, user);
    }

    [Theory]
    // Somebody of the ledger: changed later than the last entry, to what the source says, and not what was seen.
    [InlineData("ada", "Legal", "Legal", 1, true)]
    [InlineData("ada", "Legal", "Legal", 0, false)]
    [InlineData("ada", "Legal", "Legal", -1, false)]
    [InlineData("ada", "Legal", "Other", 1, false)]
    [InlineData("ada", "Sales", "Sales", 1, false)]
    // Somebody unknown: made later than the last entry, and as the source says.
    [InlineData("ben", "Legal", "Legal", 1, true)]
    [InlineData("ben", "Legal", "Legal", 0, false)]
    [InlineData("ben", "Legal", "Other", 1, false)]
    public void What_only_this_rule_would_have_done_after_its_last_entry_speaks_for_an_older_ledger(
        string name, string wanted, string inZoom, int secondsLater, bool doubts)
    {
        // Zoom's times have no fractions of a second: the entry at half past counts from its full second.
        var at = Last.AddMilliseconds(-500).AddSeconds(secondsLater);
        var user = name == "ada" ? User(name, inZoom, Last.AddYears(-1), at) : User(name, inZoom, at, at);
        Assert.Equal(doubts, StateAge.Doubt(Known(), [Pair(name, wanted, user)], Last, Last.AddHours(1)) is not null);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public void Who_was_not_seen_or_must_be_read_first_says_nothing(bool seen, bool mustRead, bool doubts)
    {
        var ledger = Known(e => (e.Seen, e.MustRead) = (seen ? e.Seen : null, mustRead));
        var pair = Pair("ada", "Legal", User("ada", "Legal", Last.AddYears(-1), Last.AddHours(1)));
        Assert.Equal(doubts, StateAge.Doubt(ledger, [pair], Last, Last.AddHours(2)) is not null);
    }

    [Fact]
    public void A_user_that_was_made_earlier_and_changed_later_says_nothing_of_a_ledger_that_does_not_know_it() =>
        Assert.Null(StateAge.Doubt(Known(), [Pair("ben", "Legal", User("ben", "Legal", Last.AddDays(-1), Last.AddHours(1)))], Last, Last.AddHours(2)));

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void Without_an_entry_the_last_run_counts_and_without_both_nobody_knows(bool hasEntry, bool hasRun, bool doubts)
    {
        var ledger = Known();
        ledger.LastRunAt = hasRun ? Last : null;
        var pair = Pair("ben", "Legal", User("ben", "Legal", Last.AddHours(1)));
        Assert.Equal(doubts, StateAge.Doubt(ledger, [pair], hasEntry ? Last : null, Last.AddHours(2)) is not null);
    }

    [Fact]
    public void What_Zoom_does_not_tell_speaks_neither_for_it_nor_against_it()
    {
        var pair = Pair("ben", "Legal", User("ben", "Legal", Last.AddHours(1)));
        pair.Wanted.Title = "Boss";
        Assert.NotNull(StateAge.Doubt(Known(), [pair], Last, Last.AddHours(2)));
    }

    [Fact]
    public void In_a_first_run_everybody_is_older_than_the_first_line() =>
        Assert.Null(StateAge.Doubt(new Ledger("account", "rule"), [Pair("ben", "Legal", User("ben", "Legal", Last.AddHours(1)))], Last, Last.AddHours(2)));

    [Theory]
    [InlineData(0, false)]
    [InlineData(6.99, false)]
    [InlineData(7, true)]
    public void A_doubt_is_raised_once_a_week(double days, bool doubts)
    {
        var ledger = Known();
        ledger.StateDoubtedAt = Last;
        var pair = Pair("ben", "Legal", User("ben", "Legal", Last.AddHours(1)));
        Assert.Equal(doubts, StateAge.Doubt(ledger, [pair], Last, Last.AddDays(days)) is not null);

        var empty = new Ledger("account", "rule") { StateDoubtedAt = Last };
        Assert.Equal(doubts, StateAge.Lost(empty, Many(10, 0), Last.AddDays(days)) is not null);
    }

    [Theory]
    [InlineData(1, "1 person (p0@example.com) was made")]
    [InlineData(5, "5 people (p0@example.com, p1@example.com, p2@example.com, p3@example.com, p4@example.com) were made")]
    [InlineData(6, "6 people (p0@example.com, p1@example.com, p2@example.com, p3@example.com, p4@example.com, …) were made")]
    public void The_first_five_are_named_in_order(int number, string words)
    {
        var pairs = Enumerable.Range(0, number).Reverse().Select(i => Pair($"p{i}", "Legal", User($"p{i}", "Legal", Last.AddHours(1))));
        Assert.Contains(words, StateAge.Doubt(Known(), pairs, Last, Last.AddHours(2)), StringComparison.Ordinal);
    }

    private static List<(ScimUser, ScimUser)> Many(int alike, int others, string? department = "Legal") =>
    [
        .. Enumerable.Range(0, alike).Select(i => Pair($"a{i}", department, User($"a{i}", department))),
        .. Enumerable.Range(0, others).Select(i => Pair($"o{i}", "Legal", User($"o{i}", "Other"))),
    ];

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, true)]
    [InlineData(10, 2, false)]
    [InlineData(18, 2, true)]
    [InlineData(18, 3, false)]
    public void A_rule_that_knows_nobody_has_lost_its_state_where_ten_and_nine_of_ten_are_in_every_detail_as_wanted(int alike, int others, bool isLost)
    {
        var lost = StateAge.Lost(new Ledger("account", "rule"), Many(alike, others), Last);
        Assert.Equal(isLost, lost is not null);
        Assert.True(lost is null || lost.Contains($"{alike} of {alike + others} people", StringComparison.Ordinal));
    }

    [Fact]
    public void What_everybody_has_is_no_handwriting_and_a_ledger_with_people_is_not_lost()
    {
        Assert.Null(StateAge.Lost(new Ledger("account", "rule"), Many(20, 0, department: null), Last));
        Assert.Null(StateAge.Lost(new Ledger("account", "rule"), Many(20, 0, department: string.Empty), Last));
        Assert.Null(StateAge.Lost(Known(), Many(20, 0), Last));
    }
}
