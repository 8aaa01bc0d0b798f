using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>What version 0.1.0 wrote: three runs of a rule with groups, licences, a rename, a leaver and a held removal.</summary>
public sealed class OldFilesTests : IDisposable
{
    private const string Account = "OLBtjytHvaN81PKgVoqe0D@loopback";
    private const string Rule = "Staff";
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "State", "Samples", "0.1.0");
    private readonly ScratchFolder _folder = new();

    public OldFilesTests()
    {
        Directory.CreateDirectory(_folder.Path);
        foreach (var file in new[] { "ledger.json", "journal.jsonl" })
        {
            File.Copy(Path.Combine(Samples, file), _folder.At(file));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ledger_and_its_journal_are_read_and_go_on()
    {
        using (var state = _folder.Factory.Open(_folder.Path, Account, Rule))
        {
            AssertIsWhole(state.Ledger!);
            Assert.Equal(38, state.ReadJournal(0).Count());
            state.SaveLedger(state.Ledger!);
        }

        Assert.Contains("\"format\":2", File.ReadLines(_folder.LedgerPath).First());
        AssertIsWhole(_folder.Factory.ReadLedger(_folder.Path)!);
        Assert.Equal(new JournalCheck(true, 39, null, null), _folder.Factory.CheckJournal(_folder.Path) with { From = null, To = null });
        _folder.Factory.Open(_folder.Path, Account, Rule).Dispose();
    }

    [Fact]
    public void The_journal_folds_to_the_ledger_that_was_saved()
    {
        var fold = new LedgerFold(new Ledger(Account, Rule));
        foreach (var entry in _folder.Factory.ReadJournal(_folder.Path))
        {
            fold.Apply(entry);
        }

        Assert.Equal(
            _folder.Factory.ReadLedger(_folder.Path)!.Entries.Select(e => (e.ZoomId, e.UserName, e.Anchor, e.IsRemoved)).OrderBy(e => e.ZoomId),
            fold.Ledger.Entries.Select(e => (e.ZoomId, e.UserName, e.Anchor, e.IsRemoved)).OrderBy(e => e.ZoomId));
    }

    [Fact]
    public void A_plan_is_read_and_has_its_id()
    {
        var plan = new StateFactory().ReadPlan(File.ReadAllText(Path.Combine(Samples, "plan.json")));
        Assert.Equal("Staff", plan.Rule);
        Assert.Equal(3, plan.Held.Count);
        Assert.Equal(1, plan.Count(PlanAction.Reactivate));
        Assert.Equal(PlanDigest.Of(plan), plan.Id);
        Assert.Contains($"\"id\": \"{plan.Id}\"", File.ReadAllText(Path.Combine(Samples, "plan.json")));
        Assert.NotEmpty(plan.Changes.SelectMany(c => c.GroupChanges));
    }

    [Fact]
    public void Who_has_a_folder_is_read() =>
        Assert.Equal(
            (1234, "HOST", "U"),
            RunOwner.Read(Path.Combine(Samples, "run.owner.json")) is { } owner ? (owner.ProcessId, owner.Machine, owner.User) : default);

    private static void AssertIsWhole(Ledger ledger)
    {
        Assert.Equal((Account, Rule, "EmpId", 4), (ledger.Account, ledger.Rule, ledger.AnchorProperty, ledger.LastSourceCount));
        Assert.Equal(["admin@example.com", "owner@example.com"], ledger.Bystanders.Select(b => b.UserName).OrderBy(n => n));
        Assert.Equal(7, ledger.Entries.Count);
        Assert.Equal(["E00004"], ledger.Entries.Where(e => e.IsRemoved).Select(e => e.Anchor));
        Assert.Equal("Größe 😀", ledger.Entries.Single(e => e.Anchor == "E00001").Seen!.GivenName);
        Assert.Equal("Chief \"\\", ledger.Entries.Single(e => e.Anchor == "E00003").Untold["Title"]);
        Assert.NotEmpty(ledger.Entries.Single(e => e.IsRemoved).LicensesBefore);
        Assert.NotEmpty(ledger.Entries.Single(e => e.Anchor == "E00000").Groups);
    }
}
