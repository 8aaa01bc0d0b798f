using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

public sealed class LedgerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ledger_comes_back_as_it_was()
    {
        using (var state = _folder.Open())
        {
            var ledger = state.Ledger!;
            Assert.Empty(ledger.Entries);
            var full = new LedgerEntry("a/b&c", "jill\uD800@example.com", LedgerOrigin.Adopted, _folder.Clock.UtcNow)
            {
                Anchor = "\u2028<script>",
                IsRemoved = true,
                MustRead = true,
                Seen = new ScimUser(new ScimObject { ["id"] = "a/b&c", ["x"] = new ScimNumber("1.50") }, UserDetail.Created),
            };
            full.Untold["Title"] = "Chief \"\uFFFD\"";
            full.Ignored["Phone"] = new IgnoredValue("+1 5", "");
            full.LicensesBefore["zoomOneEdu"] = "576460752303423488";
            full.Groups["g1"] = new LedgerGroup("Größe 😀", IsCertain: true);
            full.Groups["g2"] = new LedgerGroup("x", IsCertain: false);
            ledger.Put(full);
            ledger.Put(new LedgerEntry("plain", "jack@example.com", LedgerOrigin.Created, _folder.Clock.UtcNow.AddTicks(1)));
            ledger.LastSourceCount = 12;
            ledger.AnchorProperty = "ObjectGUID";
            ledger.Bystanders = [new ScimUser(new ScimObject
            {
                ["id"] = "boss/1",
                ["userName"] = "owner\uD800@example.com",
                ["roles"] = new System.Collections.ArrayList { new ScimObject { ["value"] = "Owner" } },
            }, UserDetail.Read)];
            ledger.LastRunAt = _folder.Clock.UtcNow;
            ledger.JournalPosition = state.Append(ScratchFolder.Entry(1)).Number;
            state.SaveLedger(ledger);
        }

        foreach (var read in new[] { _folder.Factory.ReadLedger(_folder.Path)!, Reopened() })
        {
            Assert.Equal("ObjectGUID", read.AnchorProperty);
            var bystander = Assert.Single(read.Bystanders);
            Assert.Equal(
                ("boss/1", "owner\uD800@example.com", "Owner", UserDetail.Read),
                (bystander.Id, bystander.UserName, Assert.Single(bystander.Roles), bystander.Detail));
            Assert.Null(read.Find("boss/1"));
            Assert.Equal(
                (ScratchFolder.Account, ScratchFolder.Rule, 1L, 12, _folder.Clock.UtcNow, 2),
                (read.Account, read.Rule, read.JournalPosition, read.LastSourceCount, read.LastRunAt, read.Entries.Count));
            var full = read.Find("a/b&c")!;
            Assert.Equal(
                ("jill\uD800@example.com", "\u2028<script>", LedgerOrigin.Adopted, true, true),
                (full.UserName, full.Anchor, full.Origin, full.IsRemoved, full.MustRead));
            Assert.Equal(_folder.Clock.UtcNow, full.LinkedAt);
            Assert.Equal("Chief \"\uFFFD\"", full.Untold["title"]);
            Assert.Equal(new IgnoredValue("+1 5", ""), full.Ignored["phone"]);
            Assert.Equal("576460752303423488", full.LicensesBefore["ZOOMONEEDU"]);
            Assert.Equal(new LedgerGroup("Größe 😀", true), full.Groups["g1"]);
            Assert.Equal(new LedgerGroup("x", false), full.Groups["g2"]);
            Assert.Equal(UserDetail.Created, full.Seen!.Detail);
            Assert.Equal(new ScimNumber("1.50"), full.Seen.Attributes["x"]);
            var plain = read.Find("plain")!;
            Assert.Null(plain.Seen);
            Assert.Null(plain.Anchor);
            Assert.False(plain.MustRead || plain.IsRemoved);
            Assert.Equal(_folder.Clock.UtcNow.AddTicks(1), plain.LinkedAt);
        }
    }

    [Fact]
    public void The_file_is_one_json_object_for_other_tools()
    {
        _folder.Write(3, saveAfter: 3);
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_folder.LedgerPath));
        Assert.Equal(3, json.RootElement.GetProperty("people").GetArrayLength());
        Assert.Equal(3, json.RootElement.GetProperty("journal").GetProperty("position").GetInt64());

        using var empty = new ScratchFolder();
        empty.Open().Dispose();
        using var nobody = System.Text.Json.JsonDocument.Parse(File.ReadAllText(empty.LedgerPath));
        Assert.Equal(0, nobody.RootElement.GetProperty("people").GetArrayLength());
    }

    [Fact]
    public void A_ledger_cut_at_any_byte_is_damaged_and_not_overwritten()
    {
        _folder.Write(2, saveAfter: 2);
        var whole = File.ReadAllBytes(_folder.LedgerPath);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole.Take(length).ToArray();
            File.WriteAllBytes(_folder.LedgerPath, cut);
            foreach (var use in new Action[] { () => _folder.Open(), () => _folder.Factory.ReadLedger(_folder.Path) })
            {
                var error = Assert.Throws<ScimStateException>(use);
                Assert.Equal("Zoom.State.LedgerDamaged", error.ErrorId);
                Assert.Contains("-Rebuild", error.RecommendedAction);
            }

            Assert.Equal(cut, File.ReadAllBytes(_folder.LedgerPath));
        }
    }

    [Theory]
    [InlineData("\"origin\":\"Adopted\"", "\"origin\":\"3\"")]
    [InlineData("\"zoomId\"", "\"zoomid\"")]
    [InlineData("\"format\":2", "\"format\":3")]
    [InlineData("\"format\":2", "\"format\":1")]
    [InlineData("user1@", "user2@")]
    [InlineData("\"hash\":\"", "\"hash\":\"0")]
    [InlineData("\"account\"", "\"acount\"")]
    [InlineData("\"journal\"", "\"jurnal\"")]
    [InlineData("\"}\n", "\"}\n]}\n")]
    [InlineData("{\"id\"", "[\"id\"")]
    public void A_ledger_that_was_changed_by_hand_is_damaged(string old, string changed)
    {
        _folder.Write(2, saveAfter: 2);
        var text = File.ReadAllText(_folder.LedgerPath);
        Assert.Contains(old, text);
        File.WriteAllText(_folder.LedgerPath, text.Replace(old, changed));
        Assert.Equal("Zoom.State.LedgerDamaged", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
    }

    [Fact]
    public void A_rebuild_takes_a_damaged_ledger_out_of_the_way_and_keeps_it()
    {
        _folder.Write(2, saveAfter: 2);
        File.WriteAllText(_folder.LedgerPath, "{");
        using (var state = _folder.Open(rebuild: true))
        {
            Assert.Null(state.Ledger);
            var fold = new LedgerFold(new Ledger(ScratchFolder.Account, ScratchFolder.Rule));
            foreach (var entry in state.ReadJournal(0))
            {
                fold.Apply(entry);
            }

            Assert.Equal("{", File.ReadAllText(_folder.LedgerPath));
            state.SaveLedger(fold.Ledger);
            state.SaveLedger(fold.Ledger);
        }

        Assert.Equal("{", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path, "ledger.before-*.json"))));
        Assert.Equal(2, _folder.Factory.ReadLedger(_folder.Path)!.Entries.Count);
    }

    [Fact]
    public void A_missing_ledger_beside_a_journal_with_entries_is_lost()
    {
        _folder.Write(2, saveAfter: 2);
        File.Delete(_folder.LedgerPath);
        var error = Assert.Throws<ScimStateException>(() => _folder.Open());
        Assert.Equal("Zoom.State.LedgerLost", error.ErrorId);
        Assert.Contains("-Rebuild", error.RecommendedAction);
        Assert.False(File.Exists(_folder.LedgerPath));

        using var state = _folder.Open(rebuild: true);
        Assert.Equal(2, state.ReadJournal(0).Count(e => e.Kind == JournalKind.Linked));
    }

    [Fact]
    public void The_first_run_may_be_killed_before_it_saves_a_ledger()
    {
        _folder.Write(2);
        using var state = _folder.Open();
        Assert.Equal(0, state.Ledger!.JournalPosition);
        Assert.Equal(2, state.ReadJournal(0).Count());
    }

    [Fact]
    public void Another_accounts_or_rules_folder_is_refused()
    {
        _folder.Write(1, saveAfter: 1);
        foreach (var rebuild in new[] { false, true })
        {
            Assert.Equal(
                "Zoom.State.OtherAccount",
                Assert.Throws<ScimStateException>(() => _folder.Factory.Open(_folder.Path, "account2", ScratchFolder.Rule, rebuild)).ErrorId);
            Assert.Equal(
                "Zoom.State.OtherRule",
                Assert.Throws<ScimStateException>(() => _folder.Factory.Open(_folder.Path, ScratchFolder.Account, "rule2", rebuild)).ErrorId);
        }

        // The journal knows too.
        File.Delete(_folder.LedgerPath);
        Assert.Equal(
            "Zoom.State.OtherAccount",
            Assert.Throws<ScimStateException>(() => _folder.Factory.Open(_folder.Path, "account2", ScratchFolder.Rule, rebuild: true)).ErrorId);
        Assert.Equal(
            "Zoom.State.OtherRule",
            Assert.Throws<ScimStateException>(() => _folder.Factory.Open(_folder.Path, ScratchFolder.Account, "rule2")).ErrorId);
    }

    [Fact]
    public void A_run_killed_between_writing_and_replacing_leaves_the_old_ledger_and_its_litter_is_cleared()
    {
        _folder.Write(2, saveAfter: 1);
        var litter = _folder.At("." + Guid.NewGuid().ToString("N") + ".tmp");
        var stranger = _folder.At(".keep.tmp");
        File.WriteAllText(litter, "{\"format\":1,");
        File.WriteAllText(stranger, "mine");
        using var state = _folder.Open();
        Assert.Equal(1, state.Ledger!.JournalPosition);
        Assert.False(File.Exists(litter));
        Assert.True(File.Exists(stranger));
    }

    [Fact]
    public void A_ledger_that_cannot_be_written_is_an_error_and_the_old_one_stays()
    {
        using var state = _folder.Open();
        var ledger = state.Ledger!;
        ledger.JournalPosition = 5;
        Assert.Throws<ArgumentOutOfRangeException>(() => state.SaveLedger(ledger));

        ledger.JournalPosition = 0;
        File.Delete(_folder.LedgerPath);
        Directory.CreateDirectory(_folder.LedgerPath);
        Assert.Equal("Zoom.State.LedgerUnwritable", Assert.Throws<ScimStateException>(() => state.SaveLedger(ledger)).ErrorId);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.At("file"), "x");
        var error = Assert.Throws<ScimStateException>(() => _folder.Factory.Open(_folder.At("file"), "a", "r"));
        Assert.Equal("Zoom.State.Unusable", error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction);
        Assert.Null(_folder.Factory.ReadLedger(_folder.At("none")));
        Assert.Empty(_folder.Factory.ReadJournal(_folder.At("none")));
    }

    private Ledger Reopened()
    {
        using var state = _folder.Open();
        return state.Ledger!;
    }
}
