using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Xunit;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

public sealed class JournalTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_comes_back_as_it_was()
    {
        var entry = new JournalEntry(JournalKind.Outcome)
        {
            RunId = "run1",
            Actor = "jill@host",
            PlanId = "plan1",
            UserName = "half\uD800 <script>😀\"\u2028\r\n\uFFFD",
            ZoomId = "a/b&c+=",
            Anchor = "4711",
            Action = PlanAction.Reactivate,
            Request = WriteKind.Update,
            Body = new ScimObject { ["title"] = "\uDC00", ["\uD83D"] = null, ["n"] = new ScimNumber("1.50") },
            Before = new ScimObject(),
            After = new ScimObject { ["active"] = true },
            Answers = 7,
            Outcome = ChangeOutcome.Failed,
            ErrorId = "Zoom.User.Refused",
            Message = "No.",
            TrackingId = "v=2.0",
            Origin = LedgerOrigin.Adopted,
            GroupId = "g1",
            GroupName = "G",
            Members = ["m1", "m2"],
            SourceCount = 12,
            Summary = "Done.",
            IsRemoval = false,
        };

        JournalEntry written, read;
        using (var state = _folder.Open())
        {
            written = state.Append(entry);
            Assert.Equal(1, state.LastEntry);
            read = Assert.Single(state.ReadJournal(0));
        }

        Assert.Equal(1, written.Number);
        Assert.Equal(_folder.Clock.UtcNow, written.At);
        Assert.Equal(Describe(written), Describe(read));
        Assert.Equal(Describe(written), Describe(Assert.Single(_folder.Factory.ReadJournal(_folder.Path))));
        Assert.Equal(entry.UserName, read.UserName);
        Assert.True(ScimObject.ValueEquals(entry.Body, read.Body));
    }

    [Fact]
    public void What_does_not_concern_an_entry_is_not_written()
    {
        using (var state = _folder.Open())
        {
            state.Append(new JournalEntry(JournalKind.RunStarted));
        }

        Assert.Matches(
            """^\{"number":1,"at":"2026-01-05T08:00:00Z","kind":"RunStarted","runId":"","prev":"[0-9a-f]{64}","hash":"[0-9a-f]{64}"\}$""",
            _folder.Lines()[1].TrimEnd());
    }

    [Fact]
    public void German_dates_and_numbers_do_not_get_in()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            _folder.Write(2, saveAfter: 1);
            Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
            Assert.Contains("\"at\":\"2026-01-05T08:00:00Z\"", _folder.Lines()[1]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_journal_goes_on_where_it_ended()
    {
        _folder.Write(3);
        using (var state = _folder.Open())
        {
            Assert.Equal(3, state.LastEntry);
            Assert.Equal(4, state.Append(ScratchFolder.Entry(4)).Number);
            Assert.Equal([3L, 4L], state.ReadJournal(2).Select(e => e.Number));
            Assert.Empty(state.ReadJournal(4));
        }

        Assert.Equal([1L, 2L, 3L, 4L], _folder.Factory.ReadJournal(_folder.Path).Select(e => e.Number));
        Assert.Equal(
            new JournalCheck(true, 4, null, null) { From = _folder.Clock.UtcNow, To = _folder.Clock.UtcNow },
            _folder.Factory.CheckJournal(_folder.Path));
    }

    [Fact]
    public void Many_threads_write_and_every_number_is_there_once()
    {
        using (var state = _folder.Open())
        {
            var numbers = new List<long>();
            var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 150; i++)
                {
                    var written = state.Append(ScratchFolder.Entry(i));

                    // It is on the disk, and so can be read, by the time it is known.
                    Assert.True(state.LastEntry >= written.Number);
                    lock (numbers)
                    {
                        numbers.Add(written.Number);
                    }
                }
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            Assert.Equal(Enumerable.Range(1, 2400).Select(n => (long)n), numbers.OrderBy(n => n));
            foreach (var after in new[] { 0L, 1, 1023, 1024, 1025, 2100, 2399 })
            {
                Assert.Equal(after + 1, state.ReadJournal(after).First().Number);
                Assert.Equal(2400 - after, state.ReadJournal(after).Count());
            }

            // A ledger that is behind is marked where it stands.
            state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = 1500 });
        }

        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        using (var again = _folder.Open())
        {
            Assert.Equal(1500, again.Ledger!.JournalPosition);
            Assert.Equal(1501, again.ReadJournal(1500).First().Number);
            Assert.Equal(1201, again.ReadJournal(1200).First().Number);
        }
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_it_said_it_had_written()
    {
        for (var round = 1; round <= 3; round++)
        {
            using var other = await SecondRun.StartAsync("write", _folder.Path);
            var said = await other.KillAfterAsync(50 * round);
            using var state = _folder.Open();
            Assert.True(state.LastEntry >= said.Max());
            Assert.Equal(state.LastEntry, state.ReadJournal(0).Count());
        }

        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
    }

    [Fact]
    public void A_last_line_torn_at_any_byte_is_cut_off_and_no_whole_line_is_lost()
    {
        // Two entries, the ledger, and the one that is torn.
        _folder.Write(3, saveAfter: 2);
        var whole = File.ReadAllBytes(_folder.Journal);
        var last = Encoding.UTF8.GetByteCount(_folder.Lines().Last());
        for (var missing = 0; missing <= last; missing++)
        {
            File.WriteAllBytes(_folder.Journal, whole.Take(whole.Length - missing).ToArray());
            File.Delete(_folder.At("journal.cut.txt"));
            Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
            Assert.Equal(missing == 0 ? 4 : 3, _folder.Factory.ReadJournal(_folder.Path).Count());

            using (var state = _folder.Open())
            {
                // Only the line feed is missing: the line is whole.
                var kept = missing <= 1 ? 4 : 3;
                Assert.Equal(kept, state.LastEntry);
                Assert.Equal(kept + 1, state.Append(ScratchFolder.Entry(9)).Number);
            }

            Assert.Equal(missing > 1 && missing < last, File.Exists(_folder.At("journal.cut.txt")));
            Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        }
    }

    [Fact]
    public void A_first_line_torn_at_any_byte_is_written_anew()
    {
        _folder.Open().Dispose();
        var whole = File.ReadAllBytes(_folder.Journal);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.Journal, whole.Take(length).ToArray());
            File.Delete(_folder.LedgerPath);
            _folder.Open().Dispose();
            Assert.Equal(whole, File.ReadAllBytes(_folder.Journal));
        }
    }

    [Property(MaxTest = 100, Replay = "20260105,7")]
    public void Any_line_changed_removed_repeated_or_moved_is_found(int seed)
    {
        var random = new Random(seed);
        using var folder = new ScratchFolder();
        folder.Write(6, saveAfter: 6);
        var lines = folder.Lines().ToList();
        var at = random.Next(lines.Count);
        var expected = at + 1;
        switch (random.Next(5))
        {
            case 0:
                // Another byte anywhere in the line, but not one that makes two lines of it.
                var bytes = Encoding.UTF8.GetBytes(lines[at]);
                var index = random.Next(bytes.Length - 1);
                bytes[index] = (byte)(bytes[index] == (byte)'x' ? 'y' : 'x');
                lines[at] = Encoding.UTF8.GetString(bytes);
                break;
            case 1:
                lines.RemoveAt(at);
                break;
            case 2:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                if (lines[at] == lines[at + 1])
                {
                    expected++;
                }

                break;
            case 3:
                var other = (at + 1 + random.Next(lines.Count - 1)) % lines.Count;
                (lines[at], lines[other]) = (lines[other], lines[at]);
                expected = Math.Min(at, other) + 1;
                break;
            default:
                lines.Insert(at, "\n");
                break;
        }

        File.WriteAllText(folder.Journal, string.Concat(lines));
        var check = folder.Factory.CheckJournal(folder.Path);
        Assert.False(check.IsIntact);
        Assert.Equal(expected, check.FirstBadLine);
        Assert.NotNull(check.Problem);
    }

    [Fact]
    public void A_journal_cut_at_its_end_is_found_by_what_the_ledger_knows()
    {
        _folder.Write(6, saveAfter: 5);
        var lines = _folder.Lines();
        for (var kept = 0; kept <= 5; kept++)
        {
            File.WriteAllText(_folder.Journal, string.Concat(lines.Take(kept)));
            var check = _folder.Factory.CheckJournal(_folder.Path);
            Assert.False(check.IsIntact);
            Assert.Equal(Math.Max(1, kept) - 1, check.Entries);
            Assert.Equal(kept + 1, check.FirstBadLine);

            var before = File.ReadAllBytes(_folder.Journal);
            var error = Assert.Throws<ScimStateException>(() => _folder.Open());
            Assert.Equal("Zoom.State.JournalDamaged", error.ErrorId);
            Assert.Contains("-Rebuild", error.RecommendedAction);
            Assert.Equal(before, File.ReadAllBytes(_folder.Journal));
        }

        File.Delete(_folder.Journal);
        Assert.False(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
    }

    [Fact]
    public void A_journal_written_anew_is_found_by_what_the_ledger_knows()
    {
        _folder.Write(4, saveAfter: 3);
        using var forged = new ScratchFolder();
        forged.Clock.Advance(TimeSpan.FromSeconds(1));
        forged.Write(4);
        File.Copy(forged.Journal, _folder.Journal, overwrite: true);

        var check = _folder.Factory.CheckJournal(_folder.Path);
        Assert.False(check.IsIntact);
        Assert.Equal(4, check.FirstBadLine);
        Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
    }

    [Fact]
    public void A_damaged_line_in_the_middle_ends_reading_with_its_place_and_a_rebuild_keeps_all_others()
    {
        _folder.Write(5, saveAfter: 2);
        var lines = _folder.Lines();
        File.WriteAllText(_folder.Journal, string.Concat(lines.Select((line, i) => i == 4 ? line.Replace("user3", "admin") : line)));

        var error = Assert.Throws<ScimStateException>(() => _folder.Open());
        Assert.Equal("Zoom.State.JournalDamaged", error.ErrorId);
        Assert.Contains("line 5", error.Message);
        Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => _folder.Factory.ReadJournal(_folder.Path).ToList()).ErrorId);

        using (var state = _folder.Open(rebuild: true))
        {
            Assert.Null(state.Ledger);
            var kept = state.ReadJournal(0).ToList();
            var lost = kept.FindIndex(e => e.Kind == JournalKind.Lost);
            Assert.Equal(("user5@example.com", kept.Count), (kept[^1].UserName, (int)kept[^1].Number));
            Assert.Equal(3, lost);
            Assert.Single(kept, e => e.Kind == JournalKind.Lost);
            Assert.Equal(kept.Count + 1, state.Append(ScratchFolder.Entry(7)).Number);
            state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = kept.Count + 1 });
        }

        Assert.Contains("admin@example.com", File.ReadAllText(_folder.At("journal.cut.txt")));
        Assert.Contains("user5@example.com", File.ReadAllText(_folder.At("journal.cut.txt")));
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Single(Directory.GetFiles(_folder.Path, "ledger.before-*.json"));
    }

    [Fact]
    public void A_value_that_has_no_place_in_json_is_refused_and_does_no_harm()
    {
        using var state = _folder.Open();
        Assert.Throws<ScimRecordException>(() => state.Append(new JournalEntry(JournalKind.Intent) { Body = new ScimObject { ["when"] = DateTime.Now } }));
        Assert.Equal(1, state.Append(ScratchFolder.Entry(1)).Number);
    }

    [Fact]
    public void What_cannot_be_written_is_an_error_and_ends_the_writing()
    {
        var state = _folder.Open();
        state.Append(ScratchFolder.Entry(1));
        state.Dispose();
        var error = Assert.Throws<ScimStateException>(() => state.Append(ScratchFolder.Entry(2)));
        Assert.Equal("Zoom.State.JournalUnwritable", error.ErrorId);
        Assert.Equal("Zoom.State.JournalUnwritable", Assert.Throws<ScimStateException>(() => state.Append(ScratchFolder.Entry(3))).ErrorId);
        Assert.Equal(1, state.LastEntry);
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
    }

    [Fact]
    public void A_password_in_a_resource_is_hidden()
    {
        using (var state = _folder.Open())
        {
            state.Append(new JournalEntry(JournalKind.Intent) { Body = new ScimObject { ["Password"] = "hunter2hunter2" } });
        }

        Assert.DoesNotContain("hunter2", File.ReadAllText(_folder.Journal));
    }

    private static string Describe(JournalEntry entry) =>
        string.Join("|", typeof(JournalEntry).GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.GetValue(entry) switch
        {
            ScimObject o => new StateFactory().ToJson(o, indented: false),
            IReadOnlyList<string> texts => string.Join(",", texts),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        }}"));
}
