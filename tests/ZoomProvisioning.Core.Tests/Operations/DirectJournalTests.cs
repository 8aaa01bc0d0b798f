using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>What commands without a rule write down.</summary>
public sealed class DirectJournalTests
{
    private readonly FakeZoom _zoom = new();
    private readonly FakeHost _host = new();
    private readonly MemoryState _memory = new();

    private DirectJournal Journal() => new(() => _memory, "Set-ZoomScimUser -Department -Identity");

    [Fact]
    public async Task Each_write_is_written_down_before_it_is_sent_with_the_user_as_it_was()
    {
        var id = _zoom.Add("jill@example.com", u => u.Department = "Sales");
        var journal = Journal();
        using var operations = new UserOperations(Wishes.Connection(_zoom), journal: journal);
        _zoom.Before = sent =>
        {
            if (sent.IsWrite)
            {
                Assert.Equal(JournalKind.Intent, _memory.Journal[_memory.Journal.Count - 1].Kind);
            }
        };
        await operations.UpdateAsync(Wish("jill@example.com", u => u.Department = "Research"), _host, ScimCall.None);
        journal.End(isStopped: false);

        Assert.Equal([JournalKind.RunStarted, JournalKind.Intent, JournalKind.Outcome, JournalKind.RunEnded], _memory.Journal.Select(e => e.Kind));
        var (started, intent, outcome, ended) = (_memory.Journal[0], _memory.Journal[1], _memory.Journal[2], _memory.Journal[3]);
        Assert.Equal("Set-ZoomScimUser -Department -Identity", started.Command);
        Assert.Equal(id, intent.ZoomId);
        Assert.Equal("Sales", new ScimUser(intent.Before!, UserDetail.Read).Department);
        Assert.Equal("Research", new ScimUser(outcome.After!, UserDetail.Read).Department);
        Assert.Equal(new Dictionary<string, int> { ["Done"] = 1 }, ended.Counts);
        Assert.Equal("Done", ended.Ended);
        Assert.All(_memory.Journal, e => Assert.Equal(journal.RunId, e.RunId));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_told_once_and_turns_nothing_into_a_failure()
    {
        _zoom.Add("jill@example.com");
        _zoom.Add("joe@example.com");
        var journal = Journal();
        _memory.BeforeAppend = _ => throw new ScimStateException("Zoom.State.JournalUnwritable", "The disk is full.");
        using var operations = new UserOperations(Wishes.Connection(_zoom), journal: journal);
        var results = new List<ChangeResult>();
        foreach (var name in new[] { "jill@example.com", "joe@example.com" })
        {
            results.Add((await operations.UpdateAsync(Wish(name, u => u.Department = "Research"), _host, ScimCall.None))!);
        }

        journal.End(isStopped: false);
        Assert.All(results, r => Assert.Equal(ChangeOutcome.Done, r.Outcome));
        Assert.All(results, r => Assert.Contains("It was done, and is not written down.", r.Warnings));
        Assert.Single(_host.Warnings, w => w.Contains("The disk is full."));
        Assert.Empty(_memory.Journal);
    }

    [Fact]
    public async Task A_command_that_changes_nothing_leaves_no_trace()
    {
        _zoom.Add("jill@example.com", u => u.Department = "Sales");
        var journal = Journal();
        using var operations = new UserOperations(Wishes.Connection(_zoom), journal: journal);
        await operations.UpdateAsync(Wish("jill@example.com", u => u.Department = "Sales"), _host, ScimCall.None);
        journal.End(isStopped: false);
        Assert.Empty(_memory.Journal);
    }

    [Fact]
    public void A_refused_write_and_one_without_an_answer_are_counted_as_what_they_are()
    {
        var journal = Journal();
        var group = new ScimGroup(new ScimObject { ["id"] = "g1", ["displayName"] = "Team" });
        var open = journal.Write(journal.Entry(JournalKind.Intent) with { Request = WriteKind.Update, UserName = "a@example.com", ZoomId = "a" });
        var refused = journal.Write(journal.Entry(JournalKind.Intent) with { Request = WriteKind.AddToGroup, GroupId = group.Id, Members = ["b", "c"] });
        journal.Note(journal.Entry(JournalKind.Outcome) with { Answers = refused.Number, Outcome = ChangeOutcome.Failed });
        journal.End(isStopped: true);

        Assert.True(open.Number > 0);
        var ended = _memory.Journal.Single(e => e.Kind == JournalKind.RunEnded);
        Assert.Equal(new Dictionary<string, int> { ["Failed"] = 2, ["Unknown"] = 1 }, ended.Counts);
        Assert.Equal("Stopped", ended.Ended);
    }

    private static DesiredUser Wish(string name, System.Action<ScimUser> set)
    {
        var values = new ScimUser();
        set(values);
        return new DesiredUser(values) { CurrentUserName = name, Label = name };
    }
}
