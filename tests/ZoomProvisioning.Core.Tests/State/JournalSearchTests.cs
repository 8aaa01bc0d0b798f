using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>How journals are gone through: what is read and what is not, when it is closed, and how people and runs are found in them.</summary>
public sealed class JournalSearchTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static JournalEntry At(double day, JournalKind kind = JournalKind.Intent, string run = "r1", long number = 1) =>
        new(kind) { At = Start.AddDays(day), RunId = run, Number = number };

    private static AccountHistory Of(params Part[] parts) => new(_ => parts, [new JournalPlace("a", "a", "a", null)]);

    private static AccountHistory Of(params JournalEntry[] entries) => Of(new Part(entries));

    private static double[] Days(IEnumerable<JournalEntry> entries) => [.. entries.Select(e => (e.At - Start).TotalDays)];

    private static string Counts(HistoryRun run) => string.Join(" ", run.Counts.Select(c => $"{c.Key} {c.Value}"));

    [Fact]
    public void Of_a_journal_the_last_is_what_was_written_last_whatever_the_clock_said() =>
        Assert.Equal([1], Days(Of(At(2), At(5), At(1)).Read(new HistoryQuery { Last = 1 })));

    [Fact]
    public void Journals_are_closed_when_nobody_reads_on()
    {
        var (one, other) = (new Part([At(1), At(3)]), new Part([At(2), At(4)]));
        var history = new AccountHistory(
            folder => [folder == "a" ? one : other], [new JournalPlace("a", "a", "a", null), new JournalPlace("b", "b", "b", null)]);
        Assert.Equal([1, 2], Days(history.Read(new HistoryQuery()).Take(2)));
        Assert.Equal((1, 1), (one.Closed, other.Closed));
    }

    [Fact]
    public void Somebody_is_not_looked_for_past_a_damage_for_names_of_before_may_stand_there()
    {
        var history = Of(
            new Part([At(1)]) { Until = Start.AddDays(9), Damage = new ScimStateException("Zoom.State.JournalDamaged", "broken") },
            new Part([At(10) with { UserName = "ada" }]) { From = Start.AddDays(9) });
        Assert.Equal([10], Days(history.Read(new HistoryQuery { After = Start.AddDays(9.5) })));
        Assert.Throws<ScimStateException>(() => history.Read(new HistoryQuery { After = Start.AddDays(9.5), User = "ada".Equals }).ToList());
    }

    [Fact]
    public void Runs_that_have_counted_are_found_by_their_first_and_last_lines_alone()
    {
        var part = new Part(
        [
            At(1, JournalKind.RunStarted) with { Summary = "Plan: 3 to update" }, At(1.5) with { UserName = "ada" },
            At(2, JournalKind.RunEnded) with { Ended = "Done", Counts = new Dictionary<string, int> { ["Done"] = 3 } },
            At(3, JournalKind.RunStarted, "r2") with { Summary = "Plan: 1 to update" },
            At(4, JournalKind.RunEnded, "r2") with { Ended = "Done", Summary = "1 updated", Counts = new Dictionary<string, int> { ["Done"] = 1 } },
        ]);
        Assert.Equal(["r2 1 updated", "r1 Plan: 3 to update"], HistoryRuns.Of(Of(part), new HistoryQuery()).Select(r => $"{r.RunId} {r.Summary}"));
        Assert.Equal(["RunStarted RunEnded"], part.Asked);
    }

    [Theory]
    // Two runs without counts, the first of the first month and the second of the second one; the third month is read where one has no end.
    [InlineData(true, "Failed 1", "0 1")]
    [InlineData(false, "Done 1", "0 1 2")]
    public void What_a_run_has_not_counted_is_counted_from_its_first_line_to_its_last(bool hasEnd, string counts, string read)
    {
        JournalEntry[] first =
        [
            At(1, JournalKind.RunStarted), At(2, number: 2) with { UserName = "ada" },
            At(3, JournalKind.Outcome, number: 3) with { Answers = 2, Outcome = ChangeOutcome.Done },
            At(4, JournalKind.RunEnded, number: 4) with { Ended = "Attention" },
        ];
        JournalEntry[] second =
        [
            At(11, JournalKind.RunStarted, "r2", 5), At(12, run: "r2", number: 6) with { UserName = "ben" },
            hasEnd ? At(13, JournalKind.Outcome, "r2", 7) with { Answers = 6, Outcome = ChangeOutcome.Failed } : At(13, JournalKind.Present),
            hasEnd ? At(14, JournalKind.RunEnded, "r2", 8) with { Ended = "Attention" } : At(14, JournalKind.Present),
        ];
        JournalEntry[] third = [At(21, JournalKind.Settled, "r3", 9) with { Answers = 6, Outcome = ChangeOutcome.Done }];
        Part[] parts = [.. new[] { first, second, third }.Select((e, i) => new Part(e) { From = Start.AddDays(10 * i), Until = Start.AddDays((10 * i) + 10) })];
        Assert.Equal(["r2 " + counts, "r1 Done 1"], HistoryRuns.Of(Of(parts), new HistoryQuery()).Select(r => $"{r.RunId} {Counts(r)}"));
        Assert.Equal(read, string.Join(" ", Enumerable.Range(0, 3).Where(i => parts[i].Asked.Count == 2)));
    }

    [Fact]
    public void People_are_counted_once_by_name_else_by_id_and_groups_by_id_else_by_name()
    {
        JournalEntry Undone(string? name = null, string? id = null, string? group = null, string? groupName = null) =>
            At(1, JournalKind.NotDone) with { UserName = name, ZoomId = id, GroupId = group, GroupName = groupName, Outcome = ChangeOutcome.Held };
        Assert.Equal("Held 9", Counts(Assert.Single(HistoryRuns.Of(
            Of(
                At(1, JournalKind.RunStarted),
                Undone("ada"), Undone("ADA", "1"), Undone("ben", "1"), Undone(id: "7"), Undone(id: "8"), Undone(id: "7"),
                Undone(group: "g1"), Undone(group: "g2", groupName: "New"), Undone(group: "g2"), Undone(group: "g3", groupName: "New"),
                Undone(groupName: "New"), Undone(groupName: "Old")),
            new HistoryQuery()))));
    }

    private static JournalEntry Sent(double day, WriteKind request, string? id, string name, Action<ScimUser> body)
    {
        var user = new ScimUser();
        body(user);
        return At(day, number: (long)day) with { ZoomId = id, UserName = name, Request = request, Body = user.Attributes };
    }

    private static JournalEntry Answer(double day, double of, ChangeOutcome outcome, string? id = null, JournalKind kind = JournalKind.Outcome) =>
        At(day, kind, number: (long)day) with { Answers = (long)of, ZoomId = id, Outcome = outcome };

    private static ScimObject Image(string? userName, string? displayName)
    {
        var user = new ScimUser();
        if (userName is not null)
        {
            user.UserName = userName;
        }

        if (displayName is not null)
        {
            user.DisplayName = displayName;
        }

        return user.Attributes;
    }

    public static TheoryData<string, JournalEntry[], double[]> Sought => new()
    {
        {
            "whose creation a later run found done is the one who was to be created",
            [
                Sent(1, WriteKind.Create, null, "ada.first", _ => { }), Answer(2, 1, ChangeOutcome.Unknown),
                Answer(3, 1, ChangeOutcome.Done, "1", JournalKind.Settled), At(4, JournalKind.NotDone) with { ZoomId = "1", UserName = "Ada" },
            ],
            [1, 2, 3, 4]
        },
        {
            "a name that was given, by an answer that has no id",
            [Sent(1, WriteKind.Update, "1", "old", u => u.UserName = "Ada"), Answer(2, 1, ChangeOutcome.Done), At(3) with { ZoomId = "1", UserName = "old" }],
            [1, 3]
        },
        {
            "a creation that was refused, by the full name beside another user name",
            [Sent(1, WriteKind.Create, null, "x", u => (u.UserName, u.DisplayName) = ("x", "Ada")), Answer(2, 1, ChangeOutcome.Failed)],
            [1, 2]
        },
        {
            "a name that was there before and after",
            [At(1) with { ZoomId = "1", UserName = "x", Before = Image("x", "Ada"), After = Image("x", "Ada") }, At(2) with { ZoomId = "1" }],
            [1, 2]
        },
        {
            "a user name that was there before",
            [At(1) with { ZoomId = "1" }, At(2) with { ZoomId = "1", UserName = "Ada", Before = Image("Ada", null) }],
            [1, 2]
        },
        {
            "nobody else",
            [At(1) with { ZoomId = "2", UserName = "x", Before = Image("x", "Ben") }, Sent(2, WriteKind.Update, "2", "x", u => u.DisplayName = "Ada")],
            []
        },
    };

    [Theory]
    [MemberData(nameof(Sought))]
    public void Somebody_is_found_by_any_name_of_any_time(string what, JournalEntry[] journal, double[] days)
    {
        var found = Days(Of(journal).Read(new HistoryQuery { User = "Ada".Equals }));
        Assert.True(days.SequenceEqual(found), $"{what}: {string.Join(" ", found)}");
    }

    private static JournalEntry Refused(double day, long number, string? name = "ada", string? message = "no") =>
        At(day, JournalKind.Outcome, "r1", number) with { UserName = name, Outcome = ChangeOutcome.Failed, Message = message, Request = WriteKind.Update };

    [Fact]
    public void What_went_wrong_with_somebody_is_read_in_the_files_of_the_last_month_alone()
    {
        Part[] parts =
        [
            new([Refused(1, 1)]) { Until = Start.AddDays(9) }, new([Refused(10, 2)]) { From = Start.AddDays(9), Until = Start.AddDays(20) },
            new([Refused(21, 3)]) { From = Start.AddDays(20) },
        ];
        Assert.Equal([10, 21], Days(PersonTrouble.Of(Of(parts), ["ada"], Start.AddDays(39.5))));
        Assert.Equal([0, 1, 1], parts.Select(p => p.Asked.Count));
    }

    [Fact]
    public void What_happened_to_somebody_is_told_in_the_order_of_the_journal_where_the_clock_does_not_tell()
    {
        var body = Image(null, "Ada");
        var told = PersonTrouble.Before(
            Of(
                // What was asked before the time that is looked at is told as what became of it.
                Refused(10, 2) with { Outcome = ChangeOutcome.Done, Answers = 1, Message = null },
                Refused(10, 3, message: null), Refused(10, 4, string.Empty),
                At(11, number: 5) with { UserName = "ada", Request = WriteKind.Update, Body = body }, Refused(11, 6) with { Answers = 5 },
                At(11, number: 7) with { UserName = "ada", Request = WriteKind.Update, Body = body },
                Refused(11, 8) with { Answers = 7, Outcome = ChangeOutcome.Done }),
            ["ada", string.Empty, null],
            Start.AddDays(20));
        string[] expected =
            ["Update Done (run r1)", "Update Failed (run r1)", "Update Failed: no (run r1)", "Update: DisplayName: Ada: Done (run r1)"];
        Assert.Equal(expected, told.Select(t => t.Substring(t.IndexOf("Update", StringComparison.Ordinal))));
    }

    public static TheoryData<JournalEntry, string> Words => new()
    {
        { At(1, JournalKind.Approved) with { Message = "by ada", Summary = "3 people", Command = "x" }, "Approved: by ada" },
        { At(1, JournalKind.Approved) with { Summary = "3 people", Command = "x" }, "Approved: 3 people" },
        { At(1, JournalKind.RunEnded) with { Command = "Set-ZoomScimUser" }, "Run ended: Set-ZoomScimUser" },
        { At(1, JournalKind.RunEnded) with { Command = "Set-ZoomScimUser", Counts = new Dictionary<string, int>() }, "Run ended: Set-ZoomScimUser" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void A_line_is_told_with_what_says_most(JournalEntry entry, string words) => Assert.Equal(words, entry.What);

    /// <summary>A file of a journal that notes what it is asked for, and how often it is closed before or at its end.</summary>
    private sealed class Part(JournalEntry[] entries) : IJournalPart
    {
        public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

        public DateTimeOffset? Until { get; init; }

        public ScimStateException? Damage { get; init; }

        public List<string> Asked { get; } = [];

        public int Closed { get; private set; }

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds)
        {
            Asked.Add(kinds is null ? "all" : string.Join(" ", kinds));
            if (Damage is not null)
            {
                throw Damage;
            }

            try
            {
                foreach (var entry in entries.Where(e => kinds is null || kinds.Contains(e.Kind)))
                {
                    yield return entry;
                }
            }
            finally
            {
                Closed++;
            }
        }
    }
}
