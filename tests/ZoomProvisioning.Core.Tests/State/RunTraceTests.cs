using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What a run did, to whom, and what of it was undone since, as the journals of the account tell it.</summary>
public sealed class RunTraceTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    // The journal of the run's own rule, and another one of the account.
    private readonly List<JournalEntry> _own = [];
    private readonly List<JournalEntry> _other = [];

    private static void Line(List<JournalEntry> journal, JournalEntry entry) =>
        journal.Add(entry with { Number = journal.Count + 1, At = Start.AddMinutes(journal.Count) });

    private void Started(string run, string? undoes = null) => Line(_own, new JournalEntry(JournalKind.RunStarted) { RunId = run, Undoes = undoes });

    private void Ended(string run, params string[] counted) =>
        Line(_own, new JournalEntry(JournalKind.RunEnded) { RunId = run, Counts = counted.ToDictionary(c => c, _ => 1) });

    /// <summary>A request, and its answer where there is one.</summary>
    private static void Wrote(
        List<JournalEntry> journal, string run, JournalEntry about, ChangeOutcome? outcome = ChangeOutcome.Done, string? answeredId = null)
    {
        Line(journal, about with { Kind = JournalKind.Intent, RunId = run });
        if (outcome is not null)
        {
            Line(journal, new JournalEntry(JournalKind.Outcome) { RunId = run, Answers = journal.Count, Outcome = outcome, ZoomId = answeredId });
        }
    }

    private static JournalEntry About(string? id = null, string? name = null) => new(JournalKind.Intent) { ZoomId = id, UserName = name };

    private static JournalEntry Group(string? id, string? name, params string[] members) =>
        new(JournalKind.Intent) { GroupId = id, GroupName = name, Members = members.Length == 0 ? null : members };

    private RunTrace Read()
    {
        JournalPlace[] places = [new("own", "rule", "rule", null), new("other", null, ".direct", null)];
        var history = new AccountHistory(folder => [new Part(folder == "own" ? _own : _other)], places);
        return RunTrace.Read(history, new HistoryRun("r1") { StartedAt = Start }, places[0]);
    }

    private static string Told(IEnumerable<TracedWrite> writes) =>
        string.Join(" ", writes.Select(w => $"{w.Intent.Number}:{w.Outcome?.Outcome?.ToString() ?? "?"}"));

    [Fact]
    public void The_requests_of_a_run_are_told_by_person_and_those_about_groups_by_themselves()
    {
        Started("r1");
        Wrote(_own, "r1", About("1", "ada"));
        Wrote(_own, "r1", About(null, "new"), answeredId: "2");
        Wrote(_own, "r1", About(null, "refused"), ChangeOutcome.Failed);
        Wrote(_own, "r1", About("1", "ada"), ChangeOutcome.NoChange);
        Wrote(_own, "r1", About());
        Wrote(_own, "r1", Group("g1", null, "1") with { UserName = "ada" });
        Wrote(_own, "r1", Group(null, "Sales") with { UserName = "ada" });
        Wrote(_own, "r1", About("3", "cy"), outcome: null);
        Wrote(_own, "r2", About("4", "dan"));
        var trace = Read();
        Assert.Equal(
            ["1 = 2:Done 8:NoChange", "2 = 4:Done", "3 = 16:?", "refused = 6:Failed"],
            trace.People.Select(p => $"{p.Key} = {Told(p.Value)}").OrderBy(p => p, StringComparer.Ordinal));
        Assert.Equal("12:Done 14:Done", Told(trace.Groups));
        Assert.Empty(trace.Undone);
        Assert.Null(trace.UndoneBy);
    }

    [Fact]
    public void A_request_is_answered_in_its_own_journal_by_its_own_or_a_later_run()
    {
        Started("r1");
        Wrote(_own, "r1", About("1"), ChangeOutcome.Unknown);
        Wrote(_own, "r1", About("2"), outcome: null);
        Line(_other, new JournalEntry(JournalKind.Outcome) { RunId = "x", Answers = 4, Outcome = ChangeOutcome.Failed });
        Line(_own, new JournalEntry(JournalKind.Settled) { RunId = "r2", Answers = 2, Outcome = ChangeOutcome.Done });
        Assert.Equal(["1 = 2:Done", "2 = 4:?"], Read().People.Select(p => $"{p.Key} = {Told(p.Value)}").OrderBy(p => p, StringComparer.Ordinal));
    }

    public static TheoryData<string, Action<RunTraceTests>, string?> Undoings => new()
    {
        { "undone", t => { t.Started("u1", "r1"); t.Ended("u1", "Done"); }, "u1" },
        { "undone in part", t => { t.Started("u1", "r1"); t.Ended("u1", "Failed", "Done"); }, "u1" },
        { "nothing could be undone", t => { t.Started("u1", "r1"); t.Ended("u1", "Failed"); }, null },
        { "no counts", t => { t.Started("u1", "r1"); Line(t._own, new JournalEntry(JournalKind.RunEnded) { RunId = "u1" }); }, null },
        { "goes on", t => t.Started("u1", "r1"), null },
        { "another run was undone", t => { t.Started("u1", "r0"); t.Ended("u1", "Done"); }, null },
        { "a run of its own", t => { t.Started("r2"); t.Ended("r2", "Done"); }, null },
        { "twice", t => { t.Started("u1", "r1"); t.Ended("u1", "Done"); t.Started("u2", "r1"); t.Ended("u2", "Done"); }, "u2" },
        { "twice, and once in vain", t => { t.Started("u1", "r1"); t.Ended("u1", "Done"); t.Started("u2", "r1"); t.Ended("u2"); }, "u1" },
    };

    [Theory]
    [MemberData(nameof(Undoings))]
    public void A_run_is_undone_by_the_last_one_that_has_undone_something_of_it(string what, Action<RunTraceTests> happened, string? undoneBy)
    {
        Started("r1");
        Ended("r1", "Done");
        happened(this);
        Assert.True(undoneBy == Read().UndoneBy, what);
    }

    [Fact]
    public void With_whom_something_was_undone_is_told_once_by_the_first_name_there_is()
    {
        Started("r1");
        Ended("r1", "Done");
        Started("u1", "r1");
        Wrote(_own, "u1", About("1", "ada"));
        Wrote(_own, "u1", About(null, "ben"));
        Wrote(_own, "u1", Group("g1", "Sales"));
        Wrote(_own, "u1", Group(null, "New"));
        // Of members only the ids are known, until another request names them.
        Wrote(_own, "u1", Group("g2", "Legal", "1", "2", "3"));
        Wrote(_own, "u1", About("2", "cy"));
        Wrote(_own, "u1", Group("g3", "Art", "2"));
        Wrote(_own, "u1", About("1", "ada.new"));
        Wrote(_own, "u1", About("7", "refused"), ChangeOutcome.Failed);
        Wrote(_own, "u1", About("8", "killed"), outcome: null);
        Wrote(_own, "r2", About("9", "changed by another run"));
        Line(_other, new JournalEntry(JournalKind.Outcome) { RunId = "x", Answers = _own.FindIndex(e => e.ZoomId == "8") + 1, Outcome = ChangeOutcome.Done });
        Assert.Equal(
            ["1 ada", "ben ben", "g1 the group 'Sales'", " the group 'New'", "3 3", "2 cy"], Read().Undone.Select(u => $"{u.Id} {u.Name}"));
    }

    private sealed class Part(List<JournalEntry> entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) => entries;
    }
}
