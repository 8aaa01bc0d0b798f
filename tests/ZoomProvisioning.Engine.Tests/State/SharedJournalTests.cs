using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>The journal of what was done without a rule, which several shells add to.</summary>
public sealed class SharedJournalTests : IDisposable
{
    private const int Entries = 60;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // As another process would, which has a factory of its own.
    private IJournal Open() => _folder.Factory.OpenDirect(_folder.Path, ScratchFolder.Account);

    private static JournalEntry Last(string run) => new(JournalKind.RunEnded) { RunId = run };

    private static JournalEntry Entry(string run, int number) => new(JournalKind.Intent) { RunId = run, UserName = $"user{number}@example.com" };

    [Fact]
    public async Task Two_processes_and_many_threads_add_to_it_and_its_chain_holds()
    {
        using var other = await SecondRun.StartAsync("direct", _folder.Path);
        var (first, second) = (Open(), Open());
        var work = other.WorkAsync();
        Parallel.For(0, Entries, i => Assert.True((i % 2 == 0 ? first : second).Append(Entry("mine", i)).Number > 0));
        await work;

        var all = _folder.Factory.ReadJournal(_folder.Path).ToList();
        Assert.Equal(2 * Entries, all.Count);
        Assert.Equal(Enumerable.Range(1, 2 * Entries).Select(n => (long)n), all.Select(e => e.Number));
        Assert.Equal(Entries, all.Where(e => e.RunId == "mine").Select(e => e.UserName).Distinct().Count());
        Assert.Equal(Entries, all.Where(e => e.RunId == "other").Select(e => e.UserName).Distinct().Count());
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
    }

    [Fact]
    public void A_new_month_begins_a_new_part_and_goes_on_with_the_chain()
    {
        var journal = Open();
        journal.Append(Entry("run", 1));
        _folder.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(2, journal.Append(Entry("run", 2)).Number);

        Assert.Equal(2, Directory.GetFiles(_folder.Path, "journal*.jsonl").Length);
        Assert.Equal([1L, 2L], _folder.Factory.ReadJournal(_folder.Path).Select(e => e.Number));
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
    }

    [Fact]
    public void A_damaged_end_is_told_and_not_written_behind()
    {
        Open().Append(Last("run"));
        var text = File.ReadAllText(_folder.Journal);
        File.WriteAllText(_folder.Journal, text.Replace("\"run\"", "\"ran\""));

        var error = Assert.Throws<ScimStateException>(() => Open().Append(Entry("run", 2)));
        Assert.Equal("Zoom.State.JournalDamaged", error.ErrorId);
        Assert.Contains("Test-ZoomProvisioningHistory -StatePath", error.RecommendedAction);
        Assert.DoesNotContain("user2@", File.ReadAllText(_folder.Journal));
    }

    [Fact]
    public void Whoever_is_done_lets_it_go_at_once_and_whoever_pauses_soon()
    {
        var (first, second) = (Open(), Open());
        first.Append(Last("run"));
        using (new FileStream(_folder.Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            // Nobody has it open.
        }

        first.Append(Entry("run", 1));
        Assert.Equal(3, second.Append(Entry("other", 1)).Number);
        Assert.Equal(4, first.Append(Entry("run", 2)).Number);
        Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
    }

    [Fact]
    public void The_commands_of_a_pipeline_share_it()
    {
        var factory = _folder.Factory;
        var journal = factory.OpenDirect(_folder.Path, ScratchFolder.Account);
        Assert.Same(journal, factory.OpenDirect(Path.Combine(_folder.Path, "..", Path.GetFileName(_folder.Path)), ScratchFolder.Account));
        Assert.NotSame(journal, factory.OpenDirect(_folder.Path, "another"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_of_its_own()
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.At("file"), string.Empty);
        var journal = _folder.Factory.OpenDirect(_folder.At(Path.Combine("file", ".direct")), ScratchFolder.Account);
        Assert.Equal("Zoom.State.JournalUnwritable", Assert.Throws<ScimStateException>(() => journal.Append(Entry("run", 1))).ErrorId);
    }
}
