using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What the folders of an account tell: whose journals lie in them, where else a rule has run, and what is kept beside.</summary>
public sealed class AccountFoldersTests : IDisposable
{
    private static readonly Guid One = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Two = new("22222222-2222-2222-2222-222222222222");
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly DiskStates _states = new();

    public void Dispose() => _states.Dispose();

    private static RuleCard Card(Guid id, string name, bool isGiven = true, string? file = null) => new(id, isGiven, name, name, name, file);

    private string Put(string folder, RuleCard? card = null, params JournalEntry[] journal)
    {
        var path = _states.Folder(folder, card);
        _states.Put(path, null, journal);
        return path;
    }

    private static JournalEntry Wrote(string run) => new(JournalKind.Intent) { RunId = run, Number = 1 };

    [Fact]
    public void The_journals_of_an_account_are_those_of_its_rules_what_was_done_without_one_and_what_was_removed()
    {
        Put("b", Card(One, "b", file: "/rules/new.json") with { Name = "new", Title = "old" }, Wrote("1"));
        Put("a", null, Wrote("2"));
        Put(".direct", null, Wrote("3"));
        Put(Path.Combine("archive", "z"), Card(Two, "gone"), Wrote("4"));
        Put("c", null, Wrote("5"));
        File.WriteAllText(Path.Combine(_states.Account, "c", "rule.json"), "given|flag|true");
        Directory.CreateDirectory(Path.Combine(_states.Account, "no rule"));

        var history = AccountHistory.Of(_states, _states.Account);
        JournalPlace Place(string folder, string? rule, string title, string? file = null) => new(Path.Combine(_states.Account, folder), rule, title, file);
        Assert.Equal(
            [
                Place(".direct", null, ".direct"), Place("a", "a", "a"), Place("b", "new", "old", "/rules/new.json"), Place("c", "c", "c"),
                Place(Path.Combine("archive", "z"), "gone", "gone"),
            ],
            history.Places);
        Assert.Equal(["3 ", "2 a", "1 new", "5 c", "4 gone"], history.Read(new HistoryQuery()).Select(e => $"{e.RunId} {e.Rule}"));
        Assert.Empty(AccountHistory.Of(_states, Path.Combine(_states.Root, "none")).Places);
    }

    [Fact]
    public void A_history_is_that_of_one_rules_folder_or_of_an_account_with_such_folders()
    {
        var empty = Path.Combine(_states.Root, "empty");
        Directory.CreateDirectory(Path.Combine(empty, "no rule"));
        Put("a");
        Put("b");
        Directory.CreateDirectory(Path.Combine(_states.Account, "no rule"));
        var rule = Path.Combine(_states.Account, "a");
        string?[] asked = [rule, _states.Account, empty, _states.Root, Path.Combine(empty, "none"), null];
        Assert.Equal([rule, _states.Account, null, null, null, null], asked.Select(p => HistoryFolder.Named(_states, p)));

        string[] Rules(string folder) => [.. HistoryFolder.Open(_states, folder, (_, _) => { }).Places.Select(p => p.Rule!)];
        Assert.Equal(["a"], Rules(rule));
        Assert.Equal(["a", "b"], Rules(_states.Account));
    }

    [Theory]
    [InlineData(true, "There is no history in 'x': the rule was never run for this account, or its history was moved.")]
    [InlineData(false, "There is no history in 'x': nothing was changed in this account from here, or its history was moved.")]
    public void A_folder_without_a_history_is_told_with_why_that_may_be(bool isRule, string message)
    {
        var error = HistoryFolder.Empty("x", isRule);
        Assert.Equal(("Zoom.History.None", "ObjectNotFound", message), (error.ErrorId, error.Category, error.Message));
    }

    [Fact]
    public void A_rule_that_begins_in_an_account_is_told_in_which_others_it_has_run()
    {
        void In(string account, string folder, RuleCard? card) => Put(Path.Combine("..", account, folder), card);
        In("zoo", "x", Card(One, "Staff"));
        In("zoo", "y", Card(Two, "Staff"));
        In("bar", "renamed", Card(One, "Before"));
        In("other", "Staff", Card(Two, "Staff"));
        In("old", "Staff", null);
        In("broken", "Staff", null);
        File.WriteAllText(Path.Combine(_states.Root, "broken", "Staff", "rule.json"), "given|flag|true");

        var rule = new ProvisioningRule("Staff") { Id = One };
        string[] Told() => [.. RuleState.Of(_states, _states.Root, "account", rule, withoutLedger: true).FindOthers(["1"], Now).OtherAccounts];
        Assert.Equal(["bar", "zoo"], Told());
        Assert.True(RuleState.Of(_states, _states.Root, "account", rule, withoutLedger: true).WithoutLedger);

        Put("Staff", Card(One, "Staff"));
        Assert.Equal([], Told());
        Assert.Equal(["bar", "zoo"], RulePlace.OtherAccounts(_states, _states.Account, Card(One, "Staff")));
        Assert.Empty(RulePlace.OtherAccounts(_states, Path.Combine(_states.Root, "none", "account"), Card(One, "Staff")));
    }

    [Theory]
    // A rule with an id is known by it alone; one without by its file, in which there may be several.
    [InlineData(true, true, null, "Other", true)]
    [InlineData(true, false, "/a.json", "Staff", false)]
    [InlineData(false, true, "/b.json", "Staff", false)]
    [InlineData(false, false, "/a.json", "STAFF", true)]
    [InlineData(false, false, "/a.json", "Other", false)]
    [InlineData(false, false, "/b.json", "Staff", false)]
    [InlineData(false, false, null, "Staff", false)]
    public void A_rule_of_another_account_is_the_same_one_by_its_id_or_by_its_file(bool isGiven, bool sameId, string? file, string name, bool isSame)
    {
        Put(Path.Combine("..", "other", "x"), Card(sameId ? One : Two, name, file: file));
        Assert.Equal(isSame ? ["other"] : [], RulePlace.OtherAccounts(_states, _states.Account, Card(One, "Staff", isGiven, "/a.json")));
    }

    [Fact]
    public void A_rule_without_an_id_and_a_file_is_no_other_ones()
    {
        Put(Path.Combine("..", "other", "x"), Card(Two, "Staff", isGiven: false));
        Assert.Empty(RulePlace.OtherAccounts(_states, _states.Account, Card(One, "Staff", isGiven: false)));
    }

    [Fact]
    public void Of_folders_that_may_all_be_meant_it_is_the_one_that_is_spelled_alike_else_the_first()
    {
        Put("B", Card(Two, "B", isGiven: false) with { Name = "Sales" });
        Put("A", Card(One, "A", isGiven: false) with { Name = "Sales" });
        string Found(string name) => Path.GetFileName(RulePlace.Find(_states, _states.Account, new ProvisioningRule(name)).Folder);
        Assert.Equal("A", Found("Sales"));

        // Most disks do not tell these apart.
        Put("STAFF");
        Put("Staff");
        var areTwo = Directory.GetDirectories(_states.Account).Length == 4;
        Assert.Equal(("STAFF", areTwo ? "Staff" : "STAFF"), (Found("STAFF"), Found("Staff")));
    }

    [Fact]
    public void A_rules_file_that_cannot_be_read_is_taken_to_be_that_rule_still()
    {
        var file = Path.Combine(_states.Root, "a.json");
        Put("Staff", Card(One, "Staff", file: file));
        using var open = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var copy = new ProvisioningRule("Copy") { Id = One, Path = Path.Combine(_states.Root, "b.json") };
        Assert.Equal("Zoom.Rule.Copied", Assert.Throws<ScimStateException>(() => RulePlace.Find(_states, _states.Account, copy)).ErrorId);
    }

    [Fact]
    public void A_card_that_cannot_be_written_stops_the_run_before_it_begins_and_lets_the_folder_go()
    {
        var file = Path.Combine(_states.Root, "file");
        File.WriteAllText(file, "x");
        var error = Assert.Throws<ScimStateException>(() => Card(One, "Staff").Write(file, _states));
        Assert.Equal(("Zoom.State.Unusable", "WriteError"), (error.ErrorId, error.Category));
        Assert.StartsWith($"'{Path.Combine(file, "rule.json")}' cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("See to it that the disk has room", error.RecommendedAction, StringComparison.Ordinal);

        var state = RuleState.Of(_states, _states.Root, "account", new ProvisioningRule("Staff") { Id = One });
        Directory.CreateDirectory(state.Folder);
        File.WriteAllText(Path.Combine(state.Folder, "rule.json"), "given|flag|true");
        Assert.Equal("Zoom.State.RuleUnknown", Assert.Throws<ScimStateException>(() => state.Open(rebuild: false)).ErrorId);
        Assert.True(_states.LastOpened!.IsDisposed);
    }

    [Fact]
    public void Whom_commands_without_a_rule_have_created_is_read_in_their_journal_where_there_is_one()
    {
        var state = new RuleState(_states, Path.Combine(_states.Account, "Staff"), "account", "Staff");
        Assert.Empty(state.FindCreated(["1"]));
        Put(
            ".direct",
            null,
            new JournalEntry(JournalKind.Intent) { Number = 1, Request = WriteKind.Create },
            new JournalEntry(JournalKind.Outcome) { Number = 2, Answers = 1, ZoomId = "1", Outcome = ChangeOutcome.Done });
        Assert.Equal(["1"], state.FindCreated(["1", "2"]));
        Assert.Empty(state.FindCreated([]));
    }

    [Fact]
    public void What_the_commands_without_a_rule_keep_is_their_journal_and_no_ledger()
    {
        var folder = Path.Combine(_states.Account, ".direct");
        var state = new DirectState(_states, folder, "account");
        Assert.Equal(("account", ".direct", false), (state.Account, state.Rule, state.KeepsLedger));
        Assert.Empty(state.ReadJournal());
        Put(".direct", null, Wrote("1"));
        Assert.Equal(["1"], state.ReadJournal().Select(e => e.RunId));
    }

    [Fact]
    public void Reads_that_the_disk_does_not_keep_are_read_again_and_what_else_goes_wrong_is_told()
    {
        var state = new RuleState(_states, _states.Folder("Staff"), "account", "Staff");
        var reads = new AccountReads("account", Now, [new ScimUser { Id = "1" }]);
        Exception[] failures = [new IOException("full"), new UnauthorizedAccessException("denied")];
        foreach (var failure in failures)
        {
            _states.ReadsFailure = failure;
            state.KeepReads(reads);
            Assert.Null(state.RecallReads(Now));
        }

        _states.ReadsFailure = new InvalidOperationException("a mistake of this program");
        Assert.Throws<InvalidOperationException>(() => state.KeepReads(reads));
        _states.ReadsFailure = null;
        state.KeepReads(reads);
        Assert.Same(reads, state.RecallReads(Now));
        Assert.Null(state.RecallReads(Now.AddDays(2)));
        state.ForgetReads();
        Assert.Null(state.RecallReads(Now));
    }

    [Theory]
    [InlineData("account", 0, true)]
    [InlineData("account", 86400, true)]
    [InlineData("account", 86401, false)]
    [InlineData("account", -1, false)]
    [InlineData("other", 0, false)]
    public void What_a_plan_has_read_counts_for_a_day_in_its_own_account(string account, int secondsLater, bool counts) =>
        Assert.Equal(counts, new AccountReads("account", Now, []).CountsFor(account, Now.AddSeconds(secondsLater)));

    [Theory]
    [InlineData("Abc123", "https://api.zoom.us/scim2", "Abc123")]
    [InlineData("Abc123", "https://API.zoom.us/other", "Abc123")]
    [InlineData("Abc123", "https://api.zoomgov.com/scim2", "Abc123@api.zoomgov.com")]
    [InlineData("Abc123", "http://127.0.0.1:8080/scim2", "Abc123@loopback")]
    [InlineData("Abc123", "http://localhost:9090/scim2", "Abc123@loopback")]
    [InlineData(null, "https://api.zoom.us/scim2", "token@api.zoom.us")]
    [InlineData("", "http://127.0.0.1:8080/scim2", "token@loopback")]
    public void An_account_is_called_by_its_id_and_by_its_host_where_that_is_not_the_usual_one(string? id, string uri, string key) =>
        Assert.Equal(key, AccountKey.Of(new ZoomScimConnection("test", new FakeZoom()) { AccountId = id, ScimUri = new Uri(uri) }));
}
