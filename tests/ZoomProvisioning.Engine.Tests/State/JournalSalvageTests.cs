using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>A journal of which some lines are not as they were written is made anew of all the others.</summary>
public sealed class JournalSalvageTests : IDisposable
{
    private const int People = 9;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int> Damages
    {
        get
        {
            var damages = new TheoryData<string, int>();
            foreach (var damage in new[] { "changed", "torn", "gone", "garbage behind it", "twice", "two as one", "no bytes" })
            {
                foreach (var line in new[] { 0, 1, 2, 5, 9, 10 })
                {
                    damages.Add(damage, line);
                }
            }

            return damages;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Every_line_that_is_whole_is_used_wherever_another_is_not(string damage, int at)
    {
        _folder.Write(People, saveAfter: 4);
        var before = _folder.Lines();
        var lines = before.ToList();
        var hurt = lines[at];
        switch (damage)
        {
            case "changed":
                lines[at] = Changed(Changed(Changed(hurt, "account", "acc0unt"), "user", "admin"), "LedgerSaved", "LedgerSafed");
                break;
            case "torn":
                lines[at] = hurt[..(hurt.Length / 2)] + "\n";
                break;
            case "gone":
                lines.RemoveAt(at);
                break;
            case "garbage behind it":
                lines.Insert(at + 1, "garbage\n");
                break;
            case "twice":
                lines.Insert(at, hurt);
                break;
            case "two as one":
                lines[at] = hurt.TrimEnd('\n');
                break;
            default:
                lines[at] = new string('\0', hurt.Length - 1) + "\n";
                break;
        }

        File.WriteAllText(_folder.Journal, string.Concat(lines));
        var shown = _folder.Factory.SalvageJournal(_folder.Path).ToList();
        var isLost = damage is not ("garbage behind it" or "twice") && !(damage == "two as one" && at == before.Length - 1);
        var kept = Enumerable.Range(1, People).Select(n => $"user{n}@example.com").Where(u =>
            !isLost || (!Says(hurt, u) && !(damage == "two as one" && Says(before[at + 1], u))));
        Assert.Equal(kept, shown.Select(e => e.UserName).OfType<string>());

        using (var state = _folder.Open(rebuild: true))
        {
            Assert.Equal(shown.Select(e => (e.Number, e.Kind, e.UserName, e.At)), state.ReadJournal(0).Select(e => (e.Number, e.Kind, e.UserName, e.At)));
            state.Append(ScratchFolder.Entry(77));
            state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = state.LastEntry });
        }

        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        using var again = _folder.Open();
        Assert.Equal(shown.Count(e => e.Kind == JournalKind.Lost), again.ReadJournal(0).Count(e => e.Kind == JournalKind.Lost));
    }

    private static bool Says(string line, string what) => Changed(line, what, string.Empty) != line;

    private static string Changed(string line, string from, string to) => string.Join(to, line.Split([from], StringSplitOptions.None));

    [Fact]
    public void Of_many_lines_that_are_not_whole_each_leaves_its_mark_and_the_ledger_trusts_no_absence()
    {
        _folder.Write(People);
        var lines = _folder.Lines();
        foreach (var bad in new[] { 2, 3, 7 })
        {
            lines[bad] = "?\n";
        }

        File.WriteAllText(_folder.Journal, string.Concat(lines));
        var fold = new LedgerFold(new Ledger(ScratchFolder.Account, ScratchFolder.Rule));
        foreach (var entry in _folder.Factory.SalvageJournal(_folder.Path))
        {
            fold.Apply(entry);
        }

        Assert.Equal((3, People - 3), (fold.Ledger.LostLines, fold.Ledger.Entries.Count(e => e.UserName.StartsWith("user", StringComparison.Ordinal))));
    }

    [Fact]
    public void Lines_of_another_rule_are_nobodys()
    {
        _folder.Write(2);
        File.Copy(_folder.Journal, _folder.At("journal-2027-01.jsonl"));
        File.WriteAllText(_folder.At("journal-2026-01.jsonl"), "?\n");
        var shown = _folder.Factory.SalvageJournal(_folder.Path).Select(e => e.UserName).OfType<string>().ToList();
        Assert.Equal(["user1@example.com", "user2@example.com"], shown);
    }
}
