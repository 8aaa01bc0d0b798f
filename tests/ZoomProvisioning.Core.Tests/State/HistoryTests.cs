using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What is found in the journals of an account: entries by what is asked for, and runs with their counts.</summary>
public class HistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static JournalEntry At(double day, JournalKind kind = JournalKind.Intent, string run = "run-1", long number = 1) =>
        new(kind) { At = Start.AddDays(day), RunId = run, Number = number };

    /// <summary>Journals by the names of their rules, each of one file.</summary>
    private static AccountHistory Of(params (string Rule, JournalEntry[] Entries)[] journals) => new(
        folder => [new Part(journals.Single(j => j.Rule == folder).Entries)],
        [.. journals.Select(j => new JournalPlace(j.Rule, j.Rule, j.Rule, null))]);

    private static double[] Days(IEnumerable<JournalEntry> entries) => [.. entries.Select(e => (e.At - Start).TotalDays)];

    [Fact]
    public void Journals_are_read_as_one_in_the_order_of_time_and_say_whose_an_entry_is()
    {
        var history = Of(("a", [At(1), At(4), At(5)]), ("b", [At(2), At(3), At(4)]), ("c", []));
        var found = history.Read(new HistoryQuery()).ToList();
        Assert.Equal([1, 2, 3, 4, 4, 5], Days(found));
        Assert.Equal(["a", "b", "b", "a", "b", "a"], found.Select(e => e.Rule!));
    }

    [Theory]
    [InlineData(1, new double[] { 5 })]
    [InlineData(2, new double[] { 4, 5 })]
    [InlineData(3, new double[] { 3, 4, 5 })]
    [InlineData(9, new double[] { 1, 2, 3, 4, 5 })]
    public void The_last_few_are_the_last_of_all_journals(int last, double[] days) =>
        Assert.Equal(days, Days(Of(("a", [At(1), At(4), At(5)]), ("b", [At(2), At(3)])).Read(new HistoryQuery { Last = last })));

    [Fact]
    public void The_last_few_are_read_from_the_end_and_no_more_files_than_needed()
    {
        var read = new List<int>();
        var history = new AccountHistory(
            _ => [.. Enumerable.Range(0, 3).Select(i => new Part([At(10 * i), At((10 * i) + 1)], () => read.Add(i)))],
            [new JournalPlace("a", "a", "a", null)]);
        Assert.Equal([11, 20, 21], Days(history.Read(new HistoryQuery { Last = 3 })));
        Assert.Equal([2, 1], read);
        read.Clear();
        Assert.Equal([20, 21], Days(history.Read(new HistoryQuery { Last = 2 })));
        Assert.Equal([2], read);
    }

    [Theory]
    [InlineData(null, null, new[] { 0, 1, 2 })]
    [InlineData(15.0, null, new[] { 1, 2 })]
    [InlineData(10.0, null, new[] { 0, 1, 2 })]
    [InlineData(null, 10.0, new[] { 0, 1 })]
    [InlineData(null, 5.0, new[] { 0 })]
    public void A_file_that_lies_outside_the_time_is_not_read(double? after, double? before, int[] files)
    {
        var read = new List<int>();
        var history = new AccountHistory(
            _ => [.. Enumerable.Range(0, 3).Select(i => new Part([At(10 * i)], () => read.Add(i), Start.AddDays(10 * i), Start.AddDays((10 * i) + 10)))],
            [new JournalPlace("a", "a", "a", null)]);
        _ = history.Read(new HistoryQuery { After = after is { } a ? Start.AddDays(a) : null, Before = before is { } b ? Start.AddDays(b) : null }).ToList();
        Assert.Equal(files, read);
    }

    [Theory]
    [InlineData(2.0, null, new double[] { 2, 3, 4 })]
    [InlineData(null, 3.0, new double[] { 1, 2 })]
    [InlineData(2.0, 4.0, new double[] { 2, 3 })]
    public void A_time_holds_its_beginning_and_not_its_end(double? after, double? before, double[] days)
    {
        var query = new HistoryQuery { After = after is { } a ? Start.AddDays(a) : null, Before = before is { } b ? Start.AddDays(b) : null };
        Assert.Equal(days, Days(Of(("a", [At(1), At(2), At(3), At(4)])).Read(query)));
    }

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(1.1, false)]
    public void Reading_goes_on_for_a_day_after_the_time_for_clocks_are_put_right(double daysLater, bool findsWhatFollows)
    {
        var history = Of(("a", [At(1), At(2 + daysLater), At(1.5)]));
        Assert.Equal(findsWhatFollows ? [1, 1.5] : [1], Days(history.Read(new HistoryQuery { Before = Start.AddDays(2) })));
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_told_and_the_others_are_read()
    {
        var told = new List<string>();
        AccountHistory Make(Action<JournalPlace, ScimStateException>? onUnreadable) => new(
            folder => folder == "closed" ? throw new ScimStateException("Zoom.State.Unusable", "closed")
                : [new Part([At(1), At(2)], null, null, null, folder == "broken" ? 1 : null)],
            [.. new[] { "closed", "broken", "whole" }.Select(n => new JournalPlace(n, n, n, null))])
        { OnUnreadable = onUnreadable };
        var found = Make((place, error) => told.Add($"{place.Rule} {error.ErrorId}")).Read(new HistoryQuery()).ToList();
        Assert.Equal(["broken", "whole", "whole"], found.Select(e => e.Rule!).OrderBy(r => r, StringComparer.Ordinal));
        Assert.Equal(["closed Zoom.State.Unusable", "broken Zoom.State.JournalDamaged"], told);
        Assert.Throws<ScimStateException>(() => Make(null).Read(new HistoryQuery()).ToList());
    }

    private static bool Fits(HistoryQuery query, params JournalEntry[] entries)
    {
        var judge = query.Judge();
        return entries.Select(judge).ToList()[entries.Length - 1];
    }

    [Theory]
    [InlineData("run-1", true)]
    [InlineData("RUN", true)]
    [InlineData("un-1", false)]
    [InlineData("run-12", false)]
    public void A_run_is_found_by_the_beginning_of_its_id(string id, bool fits) => Assert.Equal(fits, Fits(new HistoryQuery { RunId = id }, At(1)));

    [Fact]
    public void An_actor_an_action_a_request_and_a_kind_are_found_by_their_names()
    {
        var query = new HistoryQuery { Actor = "ada@host".Equals };
        Assert.True(Fits(query, At(1) with { Actor = "ada@host" }));
        Assert.False(Fits(query, At(1) with { Actor = "ben@host" }));
        Assert.False(Fits(query, At(1)));

        bool Named(string name, JournalEntry entry) => Fits(new HistoryQuery { Action = name.Equals }, entry);
        Assert.True(Named("Disable", At(1) with { Action = PlanAction.Disable }));
        Assert.True(Named("Deactivate", At(1) with { Request = WriteKind.Deactivate }));
        Assert.True(Named("Adopt", At(1, JournalKind.Linked)));
        Assert.False(Named("Adopt", At(1)));
        Assert.True(Named("NotDone", At(1, JournalKind.NotDone)));
        Assert.False(Named("Delete", At(1) with { Action = PlanAction.Disable }));
    }

    [Fact]
    public void The_ledgers_own_lines_are_not_told() => Assert.False(Fits(new HistoryQuery(), At(1, JournalKind.LedgerSaved)));

    [Fact]
    public void Somebody_is_found_by_name_id_or_anchor_and_then_under_any_name()
    {
        var query = new HistoryQuery { User = "ada".Equals };
        Assert.True(Fits(query, At(1) with { UserName = "ada" }));
        Assert.True(Fits(query, At(1) with { ZoomId = "ada" }));
        Assert.True(Fits(query, At(1) with { Anchor = "ada" }));
        Assert.True(Fits(query, At(1) with { Members = ["x", "ada"] }));
        Assert.False(Fits(query, At(1) with { UserName = "ben", Members = ["x"] }));
        Assert.False(Fits(query, At(1)));

        Assert.True(Fits(query, At(1) with { UserName = "ada", ZoomId = "1" }, At(2) with { UserName = "new", ZoomId = "1" }));
        Assert.True(Fits(query, At(1) with { UserName = "ada", ZoomId = "1" }, At(2) with { Members = ["2", "1"] }));
        Assert.False(Fits(query, At(1) with { UserName = "ada", ZoomId = "1" }, At(2) with { UserName = "new", ZoomId = "2" }));
        Assert.False(Fits(query, At(1) with { UserName = "ben", ZoomId = "1" }, At(2) with { UserName = "new", ZoomId = "1" }));
    }

    [Theory]
    [InlineData("ada@host", true)]
    [InlineData("ada", true)]
    [InlineData("host", false)]
    [InlineData("ben", false)]
    public void Who_ran_something_is_found_without_the_machine(string asked, bool fits) =>
        Assert.Equal(fits, Fits(new HistoryQuery { Actor = asked.Equals }, At(1) with { Actor = "ada@host" }));

    [Fact]
    public void An_attribute_is_found_in_what_was_sent_and_in_its_answer()
    {
        var query = new HistoryQuery { Attribute = "Department".Equals };
        var sent = At(1, number: 7) with { Body = new ScimUser { Department = "Legal" }.Attributes };
        var other = At(1, number: 8) with { Body = new ScimUser { Organization = "x" }.Attributes };
        Assert.True(Fits(query, sent));
        Assert.False(Fits(query, other));
        Assert.True(Fits(query, sent, At(2, JournalKind.Outcome) with { Answers = 7 }));
        Assert.False(Fits(query, sent, At(2, JournalKind.Outcome) with { Answers = 8 }));
        Assert.False(Fits(query, sent, At(2, JournalKind.Outcome) with { Answers = 7 }, At(3, JournalKind.Outcome) with { Answers = 7 }));
        Assert.False(Fits(query, At(1, JournalKind.NotDone, number: 7) with { Body = new ScimUser { Department = "Legal" }.Attributes }));
    }

    private static JournalEntry[] Run(
        string id, double from, double? to, IReadOnlyDictionary<string, int>? counts = null, string? ended = null, string? summary = null) =>
        [
            At(from, JournalKind.RunStarted, id) with { Actor = "ada@host" },
            .. to is { } end ? new[] { At(end, JournalKind.RunEnded, id) with { Counts = counts, Ended = ended, Summary = summary } } : [],
        ];

    [Fact]
    public void The_runs_that_were_about_somebody_are_found_by_their_requests()
    {
        var history = Of(("a",
        [
            .. Run("run-1", 1, 2), At(1.5, run: "run-1") with { UserName = "old", ZoomId = "1" },
            .. Run("run-2", 3, 4), At(3.5, run: "run-2") with { UserName = "ben", ZoomId = "2" },
            .. Run("run-3", 5, 6), At(5.5, run: "run-3") with { UserName = "ada", ZoomId = "1" },
        ]));
        Assert.Equal(["run-3", "run-1"], HistoryRuns.Of(history, new HistoryQuery { User = "ada".Equals }).Select(r => r.RunId));
        Assert.Equal(["run-3"], HistoryRuns.Of(history, new HistoryQuery { User = "ada".Equals, Last = 1 }).Select(r => r.RunId));
        Assert.Empty(HistoryRuns.Of(history, new HistoryQuery { User = "nobody".Equals }));
    }

    [Fact]
    public void A_run_is_told_with_who_ran_it_when_and_how_it_ended()
    {
        var run = Assert.Single(HistoryRuns.Of(
            Of(("a", Run("run-1", 1, 2, new Dictionary<string, int> { ["Done"] = 3 }, "Attention", "3 done"))), new HistoryQuery()));
        Assert.Equal(
            ("run-1", "a", "Rule a", "ada@host", "Attention", "3 done", 3),
            (run.RunId, run.Rule, run.What, run.Actor, run.Outcome, run.Summary, run.Done));
        Assert.Equal((Start.AddDays(1), (DateTimeOffset?)Start.AddDays(2)), (run.StartedAt, run.EndedAt));
    }

    [Theory]
    [InlineData(null, null, null, "Rule a")]
    [InlineData("Sync-ZoomScimUser -Rule", null, null, "Sync-ZoomScimUser -Rule")]
    [InlineData("x", "0123456789ab", "0123456789ab", "Undo of 0123456789ab")]
    [InlineData("x", "short", "short", "Undo of short")]
    public void A_run_is_called_by_its_rule_its_command_or_what_it_undoes(string? command, string? undoes, string? undone, string what)
    {
        var run = Assert.Single(HistoryRuns.Of(Of(("a", [At(1, JournalKind.RunStarted) with { Command = command, Undoes = undoes }])), new HistoryQuery()));
        Assert.Equal((what, undone, "Unfinished", null), (run.What, run.Undoes, run.Outcome, run.EndedAt));
    }

    [Theory]
    [InlineData(null, null, "Done")]
    [InlineData(null, "no licence", "Stopped")]
    [InlineData("Held", "no licence", "Held")]
    public void How_a_run_of_the_first_version_ended_is_read_out_of_its_last_line(string? ended, string? message, string outcome) =>
        Assert.Equal(outcome, Assert.Single(HistoryRuns.Of(
            Of(("a", [At(1, JournalKind.RunStarted), At(2, JournalKind.RunEnded) with { Ended = ended, Message = message }])), new HistoryQuery())).Outcome);

    [Fact]
    public void Runs_come_newest_first_and_only_as_many_as_asked_for()
    {
        var history = Of(("a", [.. Run("r1", 1, 1.5), .. Run("r3", 3, 3.5)]), ("b", [.. Run("r2", 2, 2.5), .. Run("r4", 3, 3.5)]));
        Assert.Equal(["r4", "r3", "r2", "r1"], HistoryRuns.Of(history, new HistoryQuery()).Select(r => r.RunId));
        Assert.Equal(["r4", "r3"], HistoryRuns.Of(history, new HistoryQuery { Last = 2 }).Select(r => r.RunId));
        Assert.Equal(["r2"], HistoryRuns.Of(history, new HistoryQuery { RunId = "R2" }).Select(r => r.RunId));
        Assert.Empty(HistoryRuns.Of(history, new HistoryQuery { Actor = "ben@host".Equals }));
        Assert.Equal(4, HistoryRuns.Of(history, new HistoryQuery { Actor = "ada@host".Equals }).Count);
    }

    [Theory]
    [InlineData(1.0, 2.0, new[] { "r1" })]
    [InlineData(1.1, 2.0, new string[0])]
    [InlineData(1.0, 3.0, new[] { "r2", "r1" })]
    [InlineData(2.0, null, new[] { "r3", "r2" })]
    public void A_run_belongs_to_the_time_it_began_in(double? after, double? before, string[] runs)
    {
        var query = new HistoryQuery { After = after is { } a ? Start.AddDays(a) : null, Before = before is { } b ? Start.AddDays(b) : null };
        var found = HistoryRuns.Of(Of(("a", [.. Run("r1", 1, 2.5, ended: "Done"), .. Run("r2", 2, 3.5, ended: "Done"), .. Run("r3", 3, null)])), query);
        Assert.Equal(runs, found.Select(r => r.RunId));
        Assert.All(found, r => Assert.Equal(r.RunId == "r3" ? "Unfinished" : "Done", r.Outcome));
    }

    [Fact]
    public void Who_did_not_count_is_counted_and_what_has_no_answer_is_in_doubt()
    {
        JournalEntry Asked(long number, string who) => At(1, JournalKind.Intent, "r1", number) with { UserName = who };
        JournalEntry Answered(long number, ChangeOutcome? outcome, JournalKind kind = JournalKind.Outcome, string run = "r1") =>
            At(1, kind, run, number + 100) with { Answers = number, Outcome = outcome };
        var history = Of(("a",
        [
            At(1, JournalKind.RunStarted, "r1"),
            Asked(1, "ada"), Answered(1, ChangeOutcome.Done),
            Asked(2, "ben"), Answered(2, ChangeOutcome.Failed),
            Asked(3, "cy"),
            Asked(4, "ADA"), Answered(4, ChangeOutcome.NoChange),
            Asked(5, "dan") with { Members = ["m1", "m2"] }, Answered(5, ChangeOutcome.Done),
            Asked(6, "eva"), Answered(6, ChangeOutcome.Unknown), Answered(6, ChangeOutcome.Done),
            Asked(7, "fay"), Answered(7, null),
            At(1, JournalKind.NotDone, "r1", 50) with { UserName = "gus", Outcome = ChangeOutcome.Held },
            At(1, JournalKind.NotDone, "r1", 51) with { ZoomId = "h" },
            At(1, JournalKind.NotDone, "other", 52) with { UserName = "ida", Outcome = ChangeOutcome.Held },
            Asked(8, "jim"), Answered(8, ChangeOutcome.Done, JournalKind.Settled, "later"),
        ]));
        var counts = Assert.Single(HistoryRuns.Of(history, new HistoryQuery())).Counts;
        Assert.Equal(
            "Done 3, Failed 1, Held 1, NoChange 1, Skipped 1, Unknown 3",
            string.Join(", ", counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}")));
    }

    [Theory]
    [InlineData("Done", null, false)]
    [InlineData("Done", "0 done", true)]
    [InlineData("Attention", null, true)]
    [InlineData(null, null, false)]
    public void A_command_that_ended_well_and_did_nothing_is_not_counted_again(string? ended, string? summary, bool counts)
    {
        var history = Of(("a", [
            .. Run("r1", 1, 2, null, ended, summary).Take(1),
            At(1, JournalKind.NotDone, "r1") with { UserName = "x", Outcome = ChangeOutcome.Held },
            .. Run("r1", 1, 2, null, ended, summary).Skip(1)]));
        Assert.Equal(counts ? 1 : 0, Assert.Single(HistoryRuns.Of(history, new HistoryQuery())).Counts.Count);
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("ABCD", "abcd")]
    [InlineData("x", "xyz")]
    public void One_run_is_meant_by_its_id_or_a_beginning_that_only_it_has(string id, string run) =>
        Assert.Equal((run, "a"), HistoryRuns.Find(Of(("a", [.. Run("abc", 1, 2), .. Run("abcd", 3, 4), .. Run("xyz", 5, 6)])), id) is var found
            ? (found.Run.RunId, found.Place.Rule) : default);

    [Theory]
    [InlineData("ab", "'ab' begins the ids of 2 runs: abc (", "InvalidArgument")]
    [InlineData("q", "There is no run 'q' in the journals of this account.", "ObjectNotFound")]
    public void A_beginning_that_several_have_or_none_is_refused(string id, string message, string category)
    {
        var error = Assert.Throws<ScimStateException>(() => HistoryRuns.Find(Of(("a", [.. Run("abc", 1, 2), .. Run("abcd", 3, 4)])), id));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(category, error.Category);
    }

    [Fact]
    public void Counts_are_said_in_words()
    {
        HistoryRun With(string outcome, params (string, int)[] counts) =>
            new("r") { Outcome = outcome, Counts = counts.ToDictionary(c => c.Item1, c => c.Item2) };
        var run = With("Done", ("Done", 12), ("Failed", 1), ("Held", 2), ("Unknown", 3), ("NotSent", 4), ("NoChange", 5));
        Assert.Equal("12 done, 1 failed, 2 held, 3 unknown, 4 not sent", run.CountWords);
        Assert.Equal((12, 1, 2, 7), (run.Done, run.Failed, run.Held, run.Open));
        Assert.Equal("nothing changed", With("Done", ("NoChange", 5)).CountWords);
        Assert.Equal("unfinished", With("Unfinished").CountWords);
        Assert.EndsWith(
            " Rule a by ada@host: 1 done",
            (With("Done", ("Done", 1)) with { What = "Rule a", Actor = "ada@host" }).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_about_one_person_says_whom()
    {
        JournalEntry[] command =
        [
            At(1, JournalKind.RunStarted) with { Command = "Set-ZoomScimUser -Department", Actor = "ada@host" },
            At(1, JournalKind.RunEnded) with { UserName = "jill@example.com", Counts = new Dictionary<string, int> { ["Done"] = 1 }, Ended = "Done" },
        ];
        var run = Assert.Single(HistoryRuns.Of(Of((null!, command)), new HistoryQuery()));
        Assert.Equal("jill@example.com", run.User);
        Assert.EndsWith(" Set-ZoomScimUser -Department by ada@host: jill@example.com: 1 done", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_says_what_was_changed_from_what_to_what()
    {
        var before = User("Sales", "Jill Chill");
        var update = At(1) with { Request = WriteKind.Update, Before = before.Attributes, Body = User("Legal", "Jill Chill").Attributes };
        Assert.Equal("Update: Department: Sales → Legal", update.What);
        Assert.Equal(
            "Update: DisplayName: Jill Chill → Jill Hill; Department: Sales → (empty)",
            (update with { Body = User(string.Empty, "Jill Hill").Attributes }).What);
        // What nobody read was perhaps something else.
        Assert.Equal("Update: DisplayName: Jill Chill; Department: Sales", (update with { Before = null, Body = before.Attributes }).What);
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public void An_entry_says_what_became_of_it(JournalEntry entry, string words) => Assert.Equal(words, entry.What);

    public static TheoryData<JournalEntry, string> Spoken => new()
    {
        { At(1, JournalKind.Outcome) with { Request = WriteKind.Update, Outcome = ChangeOutcome.Done }, "Update: Done" },
        { At(1, JournalKind.Outcome) with { Request = WriteKind.Create, Outcome = ChangeOutcome.Failed, Message = "No." }, "Create: Failed: No." },
        { At(1) with { Request = WriteKind.AddToGroup, GroupName = "Legal" }, "AddToGroup: Legal" },
        { At(1, JournalKind.NotDone) with { Action = PlanAction.Disable, Outcome = ChangeOutcome.Held, Message = "too many" }, "Disable: Held: too many" },
        { At(1, JournalKind.RunStarted) with { Command = "Set-ZoomScimUser -Title" }, "Run started: Set-ZoomScimUser -Title" },
        { At(1, JournalKind.RunStarted) with { Rule = "Staff", Summary = "Plan: 1 to create" }, "Run started: rule Staff" },
        { At(1, JournalKind.RunStarted) with { Undoes = "0123456789abcdef" }, "Run started: undo of 0123456789ab" },
        { At(1, JournalKind.RunEnded) with { Command = "x", Counts = new Dictionary<string, int> { ["Done"] = 2, ["Failed"] = 1 } },
            "Run ended: 2 done, 1 failed" },
        { At(1, JournalKind.RunEnded) with { Summary = "Staff: 1 created" }, "Run ended: Staff: 1 created" },
        { At(1, JournalKind.Approved) with { Message = "ada@host" }, "Approved: ada@host" },
    };

    private static ScimUser User(string department, string name) => new() { Department = department, DisplayName = name };

    private sealed class Part(
        IReadOnlyList<JournalEntry> entries, Action? onRead = null, DateTimeOffset? from = null, DateTimeOffset? until = null, int? damagedAfter = null)
            : IJournalPart
    {
        public DateTimeOffset From => from ?? DateTimeOffset.MinValue;

        public DateTimeOffset? Until => until;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds)
        {
            onRead?.Invoke();
            for (var i = 0; i < entries.Count; i++)
            {
                if (i == damagedAfter)
                {
                    throw new ScimStateException("Zoom.State.JournalDamaged", "broken");
                }

                if (kinds is null || kinds.Contains(entries[i].Kind))
                {
                    yield return entries[i];
                }
            }
        }
    }
}
