using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>A journal of several months is one journal.</summary>
public sealed class JournalPartsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public JournalPartsTests()
    {
        // January, February and March, the ledger saved in each.
        for (var month = 0; month < 3; month++)
        {
            _folder.Write(3, saveAfter: 3);
            _folder.Clock.Advance(TimeSpan.FromDays(31));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_month_that_is_over_becomes_a_part_and_numbers_and_chain_go_on()
    {
        Assert.Equal(
            ["journal-2026-01.jsonl", "journal-2026-02.jsonl", "journal.jsonl"],
            Directory.GetFiles(_folder.Path, "journal*").Select(Path.GetFileName).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 12).Select(n => (long)n), _folder.Factory.ReadJournal(_folder.Path).Select(e => e.Number));
        Assert.Equal((true, 12L), (_folder.Factory.CheckJournal(_folder.Path).IsIntact, _folder.Factory.CheckJournal(_folder.Path).Entries));
        Assert.Contains("\"continues\":8", _folder.Lines()[0]);
    }

    [Fact]
    public void A_run_reads_back_over_the_parts_and_a_ledger_may_stand_in_any()
    {
        using (var state = _folder.Open())
        {
            // April has begun, so March is a part by now.
            Assert.True(File.Exists(_folder.At("journal-2026-03.jsonl")));
            Assert.Equal(12, state.LastEntry);
            foreach (var after in new[] { 0L, 1, 3, 4, 5, 8, 9, 11, 12 })
            {
                Assert.Equal(12 - after, state.ReadJournal(after).Count());
            }

            for (var position = 0; position <= 12; position++)
            {
                state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = position, LastSourceCount = 1 });
            }
        }

        foreach (var position in new[] { 0, 3, 4, 7, 8, 11, 12 })
        {
            using (var state = _folder.Open())
            {
                state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule)
                {
                    JournalPosition = position,
                    Bystanders = [new ScimUser(new ScimObject { ["id"] = "x" }, UserDetail.Read)],
                });
            }

            Assert.Equal(new JournalCheck(true, 0, null, null), _folder.Factory.CheckJournal(_folder.Path) with { Entries = 0, From = null, To = null });
            using var again = _folder.Open();
            Assert.Equal(position, again.Ledger!.JournalPosition);
            Assert.Equal(again.LastEntry - position, again.ReadJournal(position).Count());
        }
    }

    [Fact]
    public void A_run_killed_while_a_month_becomes_a_part_loses_nothing()
    {
        File.Move(_folder.Journal, _folder.At("journal-2026-03.jsonl"));
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Equal(12, _folder.Factory.ReadJournal(_folder.Path).Count());

        File.WriteAllText(_folder.Journal, "{\"for");
        using var state = _folder.Open();
        Assert.Equal(12, state.LastEntry);
        Assert.Equal(13, state.Append(ScratchFolder.Entry(1)).Number);
        Assert.Equal(13, state.ReadJournal(0).Count());
    }

    [Theory]
    [InlineData("journal-2026-01.jsonl", 0)]
    [InlineData("journal-2026-02.jsonl", 4)]
    public void A_part_that_is_gone_is_told(string name, long good)
    {
        File.Delete(_folder.At(name));
        var check = _folder.Factory.CheckJournal(_folder.Path);
        Assert.False(check.IsIntact);
        Assert.NotNull(check.Problem);
        Assert.Equal(good == 0 ? 12 : good, check.Entries);

        // Somebody may have put the oldest away; a hole in the middle is damage.
        if (good == 0)
        {
            _folder.Open().Dispose();
        }
        else
        {
            Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
        }
    }

    [Fact]
    public void A_line_changed_in_a_part_is_found_with_its_place_and_a_rebuild_keeps_all_others()
    {
        var part = _folder.At("journal-2026-02.jsonl");
        File.WriteAllText(part, File.ReadAllText(part).Replace("user2@", "admin@"));
        var check = _folder.Factory.CheckJournal(_folder.Path);
        Assert.Equal((false, 5L, 3L), (check.IsIntact, check.Entries, check.FirstBadLine));
        Assert.StartsWith("journal-2026-02.jsonl: ", check.Problem);

        using (var state = _folder.Open(rebuild: true))
        {
            var entries = state.ReadJournal(0).ToList();
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(e => e.Number));
            Assert.Equal(6, Assert.Single(entries, e => e.Kind == JournalKind.Lost).Number);
            Assert.True(entries.Count > 6);
            var next = state.Append(ScratchFolder.Entry(7)).Number;
            Assert.Equal(entries.Count + 1, next);
            state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = next });
        }

        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Contains("admin@", File.ReadAllText(_folder.At("journal.cut.txt")));
        Assert.Equal(
            ["journal-2026-01.jsonl", "journal.jsonl"],
            Directory.GetFiles(_folder.Path, "journal*.jsonl").Select(Path.GetFileName).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_that_were_exchanged_are_found()
    {
        File.Move(_folder.At("journal-2026-01.jsonl"), _folder.At("x"));
        File.Move(_folder.At("journal-2026-02.jsonl"), _folder.At("journal-2026-01.jsonl"));
        File.Move(_folder.At("x"), _folder.At("journal-2026-02.jsonl"));
        Assert.False(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => _folder.Factory.ReadJournal(_folder.Path).ToList()).ErrorId);
    }

    [Fact]
    public void Parts_of_a_clock_that_was_ahead_for_months_do_not_change_the_order()
    {
        // In two months a year ahead, and right again: the part of a year ahead is there, and those after it are not before it.
        using var folder = new ScratchFolder();
        foreach (var days in new[] { 0, 365, 31, -385, 31, 31, 340 })
        {
            folder.Clock.Turn(TimeSpan.FromDays(days));
            folder.Write(2, saveAfter: 1);
            Assert.True(folder.Factory.CheckJournal(folder.Path).IsIntact);
        }

        folder.Open().Dispose();
        var numbers = folder.Factory.ReadJournal(folder.Path).Select(e => e.Number).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        Assert.InRange(numbers.Count, 14, 30);
        Assert.True(File.Exists(folder.At("journal-2027-01.jsonl")));
    }
}
