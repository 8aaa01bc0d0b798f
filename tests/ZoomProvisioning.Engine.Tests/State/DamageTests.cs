using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>A thousand random damages to ledger and journal: each is refused, or harmless. None makes a stranger one of the rule's people.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Damages = 1000;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_damage_is_refused_or_harmless()
    {
        Build();
        var files = new[] { _folder.LedgerPath, _folder.Journal };
        var whole = files.Select(File.ReadAllBytes).ToArray();
        var truth = People();
        var random = new Random(20261129);
        var refused = new int[files.Length];
        for (var round = 0; round < Damages; round++)
        {
            var which = round % files.Length;
            var (damaged, what) = Damage(whole[which], random);
            while (damaged.SequenceEqual(whole[which]))
            {
                (damaged, what) = Damage(whole[which], random);
            }

            foreach (var file in Directory.GetFiles(_folder.Path))
            {
                File.Delete(file);
            }

            for (var i = 0; i < files.Length; i++)
            {
                File.WriteAllBytes(files[i], i == which ? damaged : whole[i]);
            }

            try
            {
                var found = People();
                var strangers = found.Except(truth).ToList();
                Assert.True(strangers.Count == 0, $"{what} in {Path.GetFileName(files[which])}, round {round}: {string.Join("; ", strangers)}");
                Assert.True(which == 1, $"{what}, round {round}: the ledger was believed");
            }
            catch (ScimStateException)
            {
                refused[which]++;
            }
        }

        // A ledger with one wrong byte is never believed; a journal is what the ledger rests on, and only its end may go.
        Assert.Equal(Damages / files.Length, refused[0]);
        Assert.InRange(refused[1], Damages / files.Length * 3 / 4, Damages / files.Length);
    }

    [Fact]
    public void No_line_of_a_journal_can_be_changed_without_a_word()
    {
        Build();
        var whole = File.ReadAllBytes(_folder.Journal);
        var ledger = File.ReadAllBytes(_folder.LedgerPath);
        var lines = whole.Count(b => b == '\n');
        for (var (line, start) = (1, 0); line <= lines; line++)
        {
            var end = Array.IndexOf(whole, (byte)'\n', start);
            var damaged = (byte[])whole.Clone();
            damaged[(start + end) / 2] ^= 1;
            File.WriteAllBytes(_folder.Journal, damaged);
            File.WriteAllBytes(_folder.LedgerPath, ledger);

            var refusal = Assert.Throws<ScimStateException>(() => _folder.Open().Dispose());

            Assert.Equal("Zoom.State.JournalDamaged", refusal.ErrorId);
            Assert.Contains($"line {line}:", refusal.Message);
            start = end + 1;
        }
    }

    [Fact]
    public void A_part_of_a_past_month_is_looked_at_too()
    {
        Build();
        _folder.Clock.Advance(TimeSpan.FromDays(40));
        _folder.Open().Dispose();
        _folder.Open().Dispose();
        var part = Directory.GetFiles(_folder.Path, "journal-*.jsonl").Single();
        var bytes = File.ReadAllBytes(part);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(part, bytes);
        Assert.Contains(Path.GetFileName(part), Assert.Throws<ScimStateException>(() => _folder.Open().Dispose()).Message);
    }

    [Fact]
    public void A_ledger_of_another_folder_is_refused_though_it_is_whole()
    {
        Build();
        using var other = new ScratchFolder();
        other.Clock.Advance(TimeSpan.FromHours(1));
        other.Write(6, saveAfter: 6);
        File.Copy(other.LedgerPath, _folder.LedgerPath, overwrite: true);
        Assert.Throws<ScimStateException>(() => _folder.Open());
    }

    [Fact]
    public void An_older_ledger_of_the_same_folder_is_caught_up()
    {
        _folder.Write(4, saveAfter: 4);
        var old = File.ReadAllBytes(_folder.LedgerPath);
        _folder.Write(6, saveAfter: 6);
        File.WriteAllBytes(_folder.LedgerPath, old);
        Assert.Equal(6, People().Count);
    }

    private void Build()
    {
        using var state = _folder.Open();
        var fold = new LedgerFold(state.Ledger!);
        for (var i = 1; i <= 8; i++)
        {
            fold.Apply(state.Append(ScratchFolder.Entry(i)));
        }

        fold.Ledger.Bystanders = [new ScimUser(new ScimObject { ["id"] = "boss", ["userName"] = "boss@example.com" }, UserDetail.Read)];
        fold.Apply(state.Append(new JournalEntry(JournalKind.NotDone) { ZoomId = "boss", Action = PlanAction.Blocked, Message = "no" }));
        state.SaveLedger(fold.Ledger);
        fold.Apply(state.Append(ScratchFolder.Entry(9)));
    }

    /// <summary>Whom a run would take for its own.</summary>
    private HashSet<string> People()
    {
        using var state = _folder.Open();
        var fold = new LedgerFold(state.Ledger!);
        foreach (var entry in state.ReadJournal(fold.Ledger.JournalPosition))
        {
            fold.Apply(entry);
        }

        return [.. fold.Ledger.Entries.Select(e => $"{e.ZoomId} {e.UserName} {e.Anchor} {e.IsRemoved}")];
    }

    private static (byte[] Bytes, string What) Damage(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        var lines = Encoding.UTF8.GetString(whole).Split('\n').Select(l => l + "\n").ToList();
        lines[lines.Count - 1] = lines[lines.Count - 1].TrimEnd('\n');
        byte[] Joined() => Encoding.UTF8.GetBytes(string.Concat(lines));
        switch (random.Next(6))
        {
            case 0:
                var at = random.Next(bytes.Length);
                bytes[at] ^= (byte)(1 << random.Next(8));
                return (bytes, $"a bit flipped at {at}");
            case 1:
                var length = random.Next(bytes.Length);
                return ([.. bytes.Take(length)], $"cut after {length}");
            case 2:
                var (a, b) = (random.Next(lines.Count), random.Next(lines.Count));
                (lines[a], lines[b]) = (lines[b], lines[a]);
                return (Joined(), $"lines {a} and {b} swapped");
            case 3:
                var line = random.Next(lines.Count);
                var (one, other) = ($"id{1 + random.Next(9)}\"", random.Next(2) == 0 ? "boss\"" : $"id{1 + random.Next(9)}\"");
                lines[line] = lines[line].Replace(one, other);
                return (Joined(), $"{one} is {other} in line {line}");
            case 4:
                var gone = random.Next(lines.Count);
                lines.RemoveAt(gone);
                return (Joined(), $"line {gone} gone");
            default:
                var twice = random.Next(lines.Count);
                lines.Insert(random.Next(lines.Count), lines[twice]);
                return (Joined(), $"line {twice} repeated");
        }
    }
}
