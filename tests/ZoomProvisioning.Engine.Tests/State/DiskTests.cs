using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State;
#if !NETFRAMEWORK
using System.Diagnostics;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;
#endif

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>Disks that are full, read-only, without locks, or behind a link; and neighbours who look at what is on them.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_locks_one_of_two_has_the_folder_and_the_journal_stays_whole()
    {
        const int Pairs = 200;
        Directory.CreateDirectory(_folder.Path);
        var written = 0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            if (pair % 3 == 0)
            {
                // Somebody was killed.
                (RunOwner.Self(DateTimeOffset.UtcNow) with { ProcessId = int.MaxValue }).Write(_folder.At(RunLock.OwnerFile));
            }

            using var both = new Barrier(2);
            using var done = new Barrier(2);
            var had = 0;
            void Try()
            {
                both.SignalAndWait();
                RunLock? taken = null;
                try
                {
                    taken = RunLock.Take(_folder.Path, SystemClock.Instance, locksWork: false);
                    Interlocked.Increment(ref had);
                    using var journal = JournalFile.Open(_folder.Journal, new JournalTitle("a", "r"), null, _folder.Clock);
                    journal.Append(ScratchFolder.Entry(1));
                    Interlocked.Increment(ref written);
                }
                catch (ScimStateException exception) when (exception.ErrorId == "Zoom.State.Locked")
                {
                    // That is the other's answer.
                }
                finally
                {
                    done.SignalAndWait();
                    taken?.Dispose();
                }
            }

            await Task.WhenAll(Task.Run(Try), Task.Run(Try));
            Assert.True(had == 1, $"{had} had the folder in pair {pair}");
        }

        Assert.Equal(Pairs, written);
        Assert.Equal((true, (long)Pairs), (
            _folder.Factory.CheckJournal(_folder.Path, withoutLedger: true).IsIntact,
            _folder.Factory.CheckJournal(_folder.Path, withoutLedger: true).Entries));
    }

    [Fact]
    public void A_folder_is_moved_whole_while_no_run_can_begin()
    {
        _folder.Write(2, saveAfter: 2);
        Directory.CreateDirectory(_folder.At("inner"));
        using var target = new ScratchFolder();
        using (var held = _folder.Factory.Hold(_folder.Path)!)
        {
            Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
            held.MoveTo(target.Path);
            Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
        }

        Assert.False(Directory.Exists(_folder.Path));
        Assert.Equal(
            ["inner", "journal.jsonl", "ledger.json"],
            Directory.GetFileSystemEntries(target.Path).Select(Path.GetFileName).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(3, target.Open().LastEntry);
        Assert.Null(_folder.Factory.Hold(_folder.Path));
    }

    [Fact]
    public void A_damaged_folder_is_deleted_and_one_that_is_held_for_nothing_stays()
    {
        _folder.Write(1, saveAfter: 1);
        _folder.Factory.Hold(_folder.Path)!.Dispose();
        _folder.Open().Dispose();
        File.WriteAllText(_folder.LedgerPath, "{");
        using (var held = _folder.Factory.Hold(_folder.Path)!)
        {
            held.Delete();
        }

        Assert.False(Directory.Exists(_folder.Path));
    }

#if !NETFRAMEWORK
    [UnixFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Files_about_people_are_their_owners_alone_and_a_narrower_mode_is_kept()
    {
        using (var state = _folder.Open())
        {
            state.SaveLedger(new Ledger(ScratchFolder.Account, ScratchFolder.Rule) { JournalPosition = state.Append(ScratchFolder.Entry(1)).Number });
            foreach (var file in Directory.GetFiles(_folder.Path).Where(f => Path.GetFileName(f) != "run.lock"))
            {
                Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
            }

            Assert.Null(state.OpenToOthers);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));

        // As an earlier version left it, and as an admin made it.
        File.SetUnixFileMode(_folder.Journal, (UnixFileMode)0b110_100_100);
        File.SetUnixFileMode(_folder.LedgerPath, UnixFileMode.UserRead);
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        using (var state = _folder.Open())
        {
            state.SaveLedger(state.Ledger!);
            Assert.Contains("755", state.OpenToOthers);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Journal));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_folder.LedgerPath));
    }

    [UnixFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_file_about_people_is_its_owners_alone_before_anybody_narrows_it()
    {
        Directory.CreateDirectory(_folder.Path);
        foreach (var mode in new[] { FileMode.CreateNew, FileMode.Append, FileMode.OpenOrCreate })
        {
            using var made = PrivateStream.Open(_folder.At(mode.ToString()), mode, FileAccess.Write, FileShare.Read);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.Name));
            Assert.Throws<DirectoryNotFoundException>(() => PrivateStream.Open(_folder.At("none/new"), mode, FileAccess.Write, FileShare.Read));
        }
    }

    [UnixFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void What_is_not_about_people_keeps_the_mode_it_has()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.At("rule.json"), "x");
        File.SetUnixFileMode(_folder.At("rule.json"), (UnixFileMode)0b110_110_100);
        AtomicFile.WriteAllText(_folder.At("rule.json"), "y", isPrivate: false);
        Assert.Equal((UnixFileMode)0b110_110_100, File.GetUnixFileMode(_folder.At("rule.json")));
    }

    [UnixFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_link_stays_a_link_and_what_it_leads_to_is_written()
    {
        using var elsewhere = new ScratchFolder();
        Directory.CreateDirectory(_folder.Path);
        Directory.CreateDirectory(elsewhere.Path);
        File.CreateSymbolicLink(_folder.LedgerPath, Path.GetRelativePath(_folder.Path, elsewhere.At("real.json")));
        _folder.Write(2, saveAfter: 2);
        Assert.NotNull(new FileInfo(_folder.LedgerPath).LinkTarget);
        Assert.Equal(2, _folder.Factory.ReadLedger(_folder.Path)!.Entries.Count);
        Assert.True(File.Exists(elsewhere.At("real.json")));
        Assert.Equal(["real.json"], Directory.GetFiles(elsewhere.Path).Select(Path.GetFileName));
    }

    [FullDiskFact]
    public void A_device_is_written_to_and_stays_one()
    {
        Directory.CreateDirectory(_folder.Path);
        File.CreateSymbolicLink(_folder.At("report.html"), "/dev/full");
        foreach (var path in new[] { _folder.At("report.html"), "/dev/full" })
        {
            // A file that had come in its place would take the text.
            Assert.Throws<IOException>(() => AtomicFile.WriteAllText(path, "x"));
            Assert.Throws<IOException>(() => AtomicFile.WriteAllText(path, "x"));
        }

        AtomicFile.WriteAllText("/dev/null", "x");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.NotNull(new FileInfo(_folder.At("report.html")).LinkTarget);
    }

    [RootFact]
    public void A_full_disk_ends_the_writing_and_what_was_written_is_there_afterwards()
    {
        using var disk = new SmallDisk(_folder.Path, "size=96k");
        long known = 0;
        using (var state = _folder.Open())
        {
            var fold = new LedgerFold(state.Ledger!);
            var error = Assert.Throws<ScimStateException>(() =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    var entry = state.Append(ScratchFolder.Entry(i));
                    fold.Apply(entry);
                    known = entry.Number;
                }
            });
            Assert.Equal("Zoom.State.JournalUnwritable", error.ErrorId);
            Assert.Contains(
                Assert.Throws<ScimStateException>(() => state.SaveLedger(fold.Ledger)).ErrorId,
                new[] { "Zoom.State.LedgerUnwritable", "Zoom.State.JournalUnwritable" });
        }

        disk.Remount("size=1m");
        using var again = _folder.Open();
        Assert.True(known > 10);
        Assert.Equal(known, again.LastEntry);
        Assert.Equal(known, again.ReadJournal(0).Count());
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        Assert.Equal(0, again.Ledger!.JournalPosition);
    }

    [RootFact]
    public void A_full_disk_leaves_a_plan_a_page_and_a_profile_as_they_were()
    {
        using var disk = new SmallDisk(_folder.Path, "size=64k");
        AtomicFile.WriteAllText(_folder.At("plan.json"), "old");
        var error = Assert.Throws<IOException>(() => AtomicFile.WriteAllText(_folder.At("plan.json"), new string('x', 100_000)));
        Assert.Contains(_folder.At("plan.json"), error.Message);
        Assert.DoesNotContain(".tmp", error.Message);
        Assert.Equal("old", File.ReadAllText(_folder.At("plan.json")));
        Assert.Equal(["plan.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [RootFact]
    public void A_disk_that_becomes_read_only_is_told_and_nothing_is_lost()
    {
        using var disk = new SmallDisk(_folder.Path, "size=1m");
        _folder.Write(3, saveAfter: 2);
        disk.Remount("ro");
        var error = Assert.Throws<ScimStateException>(() => _folder.Open());
        Assert.Equal("Zoom.State.Unusable", error.ErrorId);
        Assert.Contains("Nothing was sent", error.Message);

        // Looking goes on.
        Assert.Equal(2, _folder.Factory.ReadLedger(_folder.Path)!.Entries.Count);
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        disk.Remount("rw");
        Assert.Equal(4, _folder.Open().LastEntry);
    }

    /// <summary>A disk of a few pages.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _path;

        public SmallDisk(string path, string options)
        {
            _path = path;
            Directory.CreateDirectory(path);
            Run("mount", $"-t tmpfs -o {options} tmpfs {path}");
        }

        public void Remount(string options) => Run("mount", $"-o remount,{options} {_path}");

        public void Dispose() => Run("umount", $"-l {_path}");

        private static void Run(string program, string arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Modes and links of Unix." : null;
    }

    private sealed class FullDiskFactAttribute : FactAttribute
    {
        public FullDiskFactAttribute() => Skip = File.Exists("/dev/full") ? null : "Only Linux has a disk that is always full.";
    }

    private sealed class RootFactAttribute : FactAttribute
    {
        public RootFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "Mounts a disk, which only root may do.";
    }
#endif
}
