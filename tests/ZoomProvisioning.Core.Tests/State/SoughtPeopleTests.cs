using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Somebody is found in the journals under every name there ever was.</summary>
public class SoughtPeopleTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static JournalEntry At(double day, JournalKind kind = JournalKind.Intent, long number = 1) =>
        new(kind) { At = Start.AddDays(day), RunId = "run-1", Number = number };

    private static AccountHistory Of(params (string Rule, JournalEntry[] Entries)[] journals) => new(
        folder => [new Part(journals.Single(j => j.Rule == folder).Entries)],
        [.. journals.Select(j => new JournalPlace(j.Rule, j.Rule, j.Rule, null))]);

    private static double[] Days(IEnumerable<JournalEntry> entries) => [.. entries.Select(e => (e.At - Start).TotalDays)];

    [Theory]
    [InlineData("ada.new", new double[] { 1, 2, 3, 4, 5, 7 })]
    [InlineData("ada.old", new double[] { 1, 2, 3, 4, 5, 7 })]
    [InlineData("Ada Love", new double[] { 1, 2, 3, 4, 5, 7 })]
    [InlineData("ben", new double[] { 6, 6.5 })]
    [InlineData("Ida Ray", new double[] { 8, 9 })]
    public void Somebody_is_found_by_any_name_in_all_that_was_written_under_another(string asked, double[] days)
    {
        static JournalEntry Sent(double day, long number, string? id, string name, WriteKind request, Action<ScimUser> body)
        {
            var user = new ScimUser();
            body(user);
            return At(day, number: number) with { ZoomId = id, UserName = name, Request = request, Body = user.Attributes };
        }

        static JournalEntry Answer(double day, long number, string? id, ChangeOutcome outcome = ChangeOutcome.Done) =>
            At(day, JournalKind.Outcome, number: 100 + number) with { Answers = number, ZoomId = id, Outcome = outcome };

        var history = Of(
            ("rule",
            [
                Sent(1, 1, null, "ada.old", WriteKind.Create, u => u.DisplayName = "Ada Love"), Answer(2, 1, "id-1"),
                // A name that Zoom refused does not make her somebody else.
                Sent(6, 2, "id-2", "ben", WriteKind.Update, u => u.UserName = "ada.new"), Answer(6.5, 2, "id-2", ChangeOutcome.Failed),
                Sent(8, 3, null, "ida", WriteKind.Create, u => (u.GivenName, u.FamilyName) = ("Ida", "Ray")), Answer(9, 3, null, ChangeOutcome.Failed),
            ]),
            ("direct",
            [
                Sent(3, 1, "id-1", "ada.old", WriteKind.Update, u => u.Department = "Legal"),
                Sent(4, 2, "id-1", "ada.old", WriteKind.Update, u => u.UserName = "ada.new"), Answer(5, 2, "id-1"),
                At(7, JournalKind.NotDone, number: 9) with { UserName = "ada.new", ZoomId = "id-1" },
            ]));
        Assert.Equal(days, Days(history.Read(new HistoryQuery { User = asked.Equals })));
        Assert.Equal(days.Skip(days.Length - 2), Days(history.Read(new HistoryQuery { User = asked.Equals, Last = 2 })));
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_told_once()
    {
        var told = new List<string>();
        var history = new AccountHistory(
            folder => folder == "closed" ? throw new ScimStateException("Zoom.State.Unusable", "closed") : [new Part([At(1) with { UserName = "ada" }])],
            [.. new[] { "closed", "whole" }.Select(n => new JournalPlace(n, n, n, null))])
        {
            OnUnreadable = (place, _) => told.Add(place.Folder),
        };
        Assert.Equal([1], Days(history.Read(new HistoryQuery { User = "ada".Equals })));
        Assert.Equal(["closed"], told);
    }

    private sealed class Part(JournalEntry[] entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            entries.Where(e => kinds is null || kinds.Contains(e.Kind));
    }
}
