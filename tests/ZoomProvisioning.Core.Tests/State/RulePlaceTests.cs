using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Which folder is a rule's, by its id, by its name, and what is refused because nobody can say.</summary>
public sealed class RulePlaceTests : IDisposable
{
    private static readonly Guid One = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Two = new("22222222-2222-2222-2222-222222222222");

    private readonly DiskStates _states = new();

    public void Dispose() => _states.Dispose();

    private static ProvisioningRule Rule(string name, Guid? id = null, string? path = null) => new(name) { Id = id, Path = path };

    private static RuleCard Card(Guid id, string name, string? folder = null, bool isGiven = true, string? file = null) =>
        new(id, isGiven, name, name, folder ?? name, file);

    private (string Folder, RuleCard Card) Find(ProvisioningRule rule)
    {
        var (folder, card) = RulePlace.Find(_states, _states.Account, rule);
        Assert.Equal(_states.Account, Path.GetDirectoryName(folder));
        return (Path.GetFileName(folder), card);
    }

    private string Refusal(ProvisioningRule rule)
    {
        var error = Assert.Throws<ScimStateException>(() => RulePlace.Find(_states, _states.Account, rule));
        Assert.EndsWith("Nothing was sent.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.RecommendedAction);
        return error.ErrorId;
    }

    [Fact]
    public void A_new_rule_gets_a_folder_of_its_name()
    {
        var (folder, card) = Find(Rule("Staff: all", One));
        Assert.Equal(("Staff_ all", One, true), (folder, card.Id, card.IsGiven));
        Assert.Equal(("Staff: all", "Staff: all", "Staff_ all", null), (card.Name, card.Title, card.Folder, card.File));
        var unnamed = Find(Rule("Staff")).Card;
        Assert.False(unnamed.IsGiven);
        Assert.NotEqual(Guid.Empty, unnamed.Id);
    }

    [Fact]
    public void Where_there_is_no_account_yet_there_is_no_folder_yet() =>
        Assert.EndsWith("Staff", RulePlace.Find(_states, Path.Combine(_states.Root, "none"), Rule("Staff")).Folder, StringComparison.Ordinal);

    [Fact]
    public void A_rule_is_found_by_its_id_under_any_name_and_keeps_the_title_it_began_with()
    {
        _states.Folder("Old", Card(One, "Old", file: "/old.json"));
        _states.Folder("New", Card(Two, "Other", "New"));
        var (folder, card) = Find(Rule("New", One));
        Assert.Equal(("Old", "New", "Old", "Old", "/old.json"), (folder, card.Name, card.Title, card.Folder, card.File));
    }

    [Theory]
    [InlineData("Staff", "Staff")]
    [InlineData("STAFF", "Staff")]
    public void A_rule_without_an_id_is_found_by_its_name(string name, string folder)
    {
        _states.Folder("Staff", Card(One, "Staff", isGiven: false));
        _states.Folder("Other", Card(Two, "Other"));
        var found = Find(Rule(name));
        Assert.Equal((folder, One, false), (found.Folder, found.Card.Id, found.Card.IsGiven));
    }

    [Fact]
    public void A_folder_of_the_first_version_has_no_card_and_is_found_by_its_own_name()
    {
        _states.Folder("Staff_ all");
        var (folder, card) = Find(Rule("staff: ALL", One));
        Assert.Equal(("Staff_ all", One, "staff: ALL"), (folder, card.Id, card.Title));
    }

    [Fact]
    public void The_id_of_a_folder_that_was_given_stays_given_and_a_rule_that_gets_one_later_keeps_its_folder()
    {
        _states.Folder("Staff", Card(One, "Staff", isGiven: false));
        Assert.Equal(("Staff", Two, true), (Find(Rule("Staff", Two)).Folder, Find(Rule("Staff", Two)).Card.Id, Find(Rule("Staff", Two)).Card.IsGiven));
        _states.Folder("Given", Card(Two, "Given"));
        Assert.True(Find(Rule("Given")).Card.IsGiven);
    }

    [Fact]
    public void A_copy_of_a_folder_is_passed_over_and_of_two_copies_nobody_knows()
    {
        _states.Folder("Staff", Card(One, "Staff"));
        var copy = _states.Folder("Staff - Copy", Card(One, "Staff", "Staff"));
        Assert.Equal("Staff", Find(Rule("Staff", One)).Folder);
        Assert.Equal("Staff", Find(Rule("Staff")).Folder);
        Assert.True(RulePlace.IsCopy(copy, Card(One, "Staff"), _states));
        Assert.False(RulePlace.IsCopy(Path.Combine(_states.Account, "Staff"), Card(One, "Staff"), _states));
        Assert.False(RulePlace.IsCopy(copy, Card(Two, "Staff"), _states));
        Assert.False(RulePlace.IsCopy(copy, Card(One, "Staff", "Nowhere"), _states));

        Directory.Delete(Path.Combine(_states.Account, "Staff"), recursive: true);
        Assert.Equal("Staff - Copy", Find(Rule("Staff", One)).Folder);
        _states.Folder("Staff - Copy 2", Card(One, "Staff", "Staff"));
        Assert.Equal("Zoom.State.TwoFolders", Refusal(Rule("Staff", One)));
    }

    [Fact]
    public void A_name_that_is_taken_by_the_folder_of_a_rule_called_otherwise_gets_an_ending()
    {
        _states.Folder("Staff", Card(Two, "Renamed", "Staff"));
        Assert.Equal("Staff 11111111", Find(Rule("Staff", One)).Folder);
    }

    [Fact]
    public void Of_two_folders_that_may_be_meant_the_one_of_just_this_spelling_is()
    {
        _states.Folder("A", Card(One, "Staff", "A", isGiven: false));
        _states.Folder("Staff", Card(Two, "Staff", isGiven: false));
        Assert.Equal("Staff", Find(Rule("Staff")).Folder);
        Assert.Equal("Staff", Find(Rule("STAFF")).Folder);
    }

    [Fact]
    public void A_rule_of_the_same_name_with_another_id_is_another_rule()
    {
        _states.Folder("Staff", Card(One, "Staff"));
        Assert.Equal("Zoom.Rule.SameName", Refusal(Rule("Staff", Two)));
    }

    [Theory]
    [InlineData(true, true, "Zoom.Rule.Copied")]
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    public void A_copy_of_a_rules_file_is_refused_while_the_first_one_is_there_with_its_id(bool isThere, bool hasId, string? refusal)
    {
        var (first, copy) = (Path.Combine(_states.Root, "a.json"), Path.Combine(_states.Root, "b.json"));
        if (isThere)
        {
            File.WriteAllText(first, hasId ? One.ToString("D").ToUpperInvariant() : "no id");
        }

        _states.Folder("Staff", Card(One, "Staff", file: first));
        if (refusal is null)
        {
            Assert.Equal("Staff", Find(Rule("Copy", One, copy)).Folder);
            Assert.Equal(copy, Find(Rule("Copy", One, copy)).Card.File);
        }
        else
        {
            Assert.Equal(refusal, Refusal(Rule("Copy", One, copy)));
            Assert.Equal("Staff", Find(Rule("Staff", One, copy)).Folder);
            Assert.Equal("Staff", Find(Rule("Copy", One, first)).Folder);
            Assert.Equal("Staff", Find(Rule("Copy", One)).Folder);
        }
    }

    [Fact]
    public void A_rule_without_an_id_that_was_renamed_in_its_file_would_know_nobody()
    {
        var file = Path.Combine(_states.Root, "a.json");
        _states.Folder("Staff", Card(One, "Staff", isGiven: false, file: file));
        Assert.Equal("Zoom.Rule.Renamed", Refusal(Rule("Renamed", path: file)));
        Assert.Equal("Renamed", Find(Rule("Renamed", Two, file)).Folder);
        Assert.Equal("Renamed", Find(Rule("Renamed", path: Path.Combine(_states.Root, "b.json"))).Folder);
        Assert.Equal("Renamed", Find(Rule("Renamed")).Folder);
    }

    [Theory]
    [InlineData("", "no card")]
    [InlineData("id|text|x\ngiven|flag|true\nname|text|a\ntitle|text|a\nfolder|text|a", "no id")]
    [InlineData("given|flag|true", "nothing")]
    public void A_card_that_says_nothing_is_an_error_with_the_way_out(string card, string what)
    {
        var folder = _states.Folder("Staff");
        File.WriteAllText(Path.Combine(folder, "rule.json"), card);
        var error = Assert.Throws<ScimStateException>(() => RuleCard.Read(folder, _states));
        Assert.True(error is { ErrorId: "Zoom.State.RuleUnknown", Category: "InvalidData" }, what);
    }

    [Fact]
    public void A_card_is_read_as_it_was_written_and_written_only_when_it_says_something_new()
    {
        var card = Card(One, "Staff", file: "/a.json") with { Title = "Before" };
        var folder = _states.Folder("Staff", card);
        Assert.Equal(card, RuleCard.Read(folder, _states));
        var path = Path.Combine(folder, "rule.json");
        var text = File.ReadAllText(path) + "\nmore|text|x";
        File.WriteAllText(path, text);
        card.Write(folder, _states);
        Assert.Equal(text, File.ReadAllText(path));
        (card with { File = null }).Write(folder, _states);
        Assert.Null(RuleCard.Read(folder, _states)!.File);
        Assert.Null(RuleCard.Read(_states.Folder("Other"), _states));
        Assert.True(card.IsIn("/x/STAFF"));
        Assert.False(card.IsIn("/x/Staff 2"));
    }

    [Fact]
    public void A_name_becomes_a_folders_name() => Assert.Equal("Ä-b_c.d@e f__", RulePlace.Safe("Ä-b_c.d@e f:/"));

    private static Ledger Ledger(string rule, params string[] ids)
    {
        var ledger = new Ledger("account", rule);
        Array.ForEach(ids, id => ledger.Put(new LedgerEntry(id, id, LedgerOrigin.Created, default)));
        return ledger;
    }

    private static JournalEntry Linked(long number, string id) =>
        new(JournalKind.Linked) { Number = number, ZoomId = id, UserName = $"{id}@example.com", Origin = LedgerOrigin.Adopted };

    [Fact]
    public void A_rules_state_is_opened_under_the_title_and_its_card_written()
    {
        _states.Folder("Old", Card(One, "Old"));
        var state = RuleState.Of(_states, _states.Root, "account", Rule("New", One));
        Assert.Equal((Path.Combine(_states.Account, "Old"), "account", "Old", true), (state.Folder, state.Account, state.Rule, state.KeepsLedger));
        state.Open(rebuild: true).Dispose();
        Assert.Equal(["Old account Old True"], _states.Opened);
        Assert.Equal("New", RuleCard.Read(state.Folder, _states)!.Name);
        Assert.Equal(Path.Combine(_states.Account, "a_b"), RuleState.FolderOf(_states.Root, "account", "a:b"));
    }

    [Fact]
    public void What_the_journal_has_after_the_ledger_is_folded_in()
    {
        var folder = _states.Folder("Staff");
        var ledger = Ledger("Staff", "1");
        ledger.JournalPosition = 2;
        _states.Put(
            folder,
            ledger,
            Linked(1, "a"),
            Linked(2, "b"),
            Linked(3, "c"),
            new JournalEntry(JournalKind.Intent) { Number = 4, ZoomId = "1", Request = WriteKind.Update });
        var found = new RuleState(_states, folder, "account", "Staff").Peek(Rule("Staff"));
        Assert.Equal(["1", "c"], found.Entries.Select(e => e.ZoomId).OrderBy(i => i, StringComparer.Ordinal));
        Assert.True(found.Find("1")!.MustRead);
        Assert.Empty(new RuleState(_states, Path.Combine(_states.Account, "none"), "account", "x").Peek(Rule("x")).Entries);
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(2, new[] { "a", "b" })]
    [InlineData(3, new[] { "a", "b", "c" })]
    public void A_ledger_that_is_made_anew_rests_on_the_lines_that_are_as_they_were_written(int intact, string[] people)
    {
        var folder = _states.Folder("Staff");
        _states.Put(folder, Ledger("Staff", "1"), Linked(1, "a"), Linked(2, "b"), Linked(3, "c"));
        _states.Checks[folder] = new JournalCheck(IsIntact: intact == 3, intact, intact == 3 ? null : intact + 1, "The hash is wrong.");
        var state = new RuleState(_states, folder, "account", "Staff") { WithoutLedger = true };
        Assert.Equal(people, state.ReadJournal().Where(e => e.Kind != JournalKind.Lost).Select(e => e.ZoomId!));
        Assert.Equal(people, state.Peek(Rule("Staff")).Entries.Select(e => e.ZoomId).OrderBy(i => i, StringComparer.Ordinal));
        Assert.Equal(intact == 3, state.DescribeDamage() is null);
        // The ledger, which else says how far the journal must reach, is what is not believed.
        Assert.All(_states.ChecksWithoutLedger, Assert.True);
        Assert.True(intact == 3 || state.DescribeDamage()!.StartsWith(
            $"The journal is damaged at line {intact + 1}: The hash is wrong. The ledger is made from the {intact} lines that are as they were written. "
                + $"{(intact == 2 ? "1 line" : "3 lines")} cannot be used",
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_other_rules_are_the_folders_beside_but_neither_copies_nor_what_was_done_without_a_rule()
    {
        void Beside(string folder, string person, RuleCard? card = null, string? rule = null) =>
            _states.Put(_states.Folder(folder, card), Ledger(rule ?? folder, person));
        Beside("Staff", "own", Card(One, "Staff"));
        Beside("Sales", "sales", Card(Two, "Vendors", "Sales"));
        Beside("First", "first");
        Beside("Sales - Copy", "copied", Card(Two, "Vendors", "Sales"));
        Beside("Staff - Copy", "copy of own", Card(One, "Staff", "Staff"));
        Beside("First - Copy", "copy of first", rule: "First");
        Beside(".direct", "direct");
        Beside(BuiltInRule.Name, "built in");
        Directory.CreateDirectory(Path.Combine(_states.Account, "no rule"));
        var state = RuleState.Of(_states, _states.Root, "account", Rule("Staff", One));
        string[] all = ["own", "sales", "first", "copied", "copy of own", "copy of first", "direct", "built in"];
        var others = state.FindOthers(all, Scene.Now);
        Assert.Equal(["Vendors sales", "First first"], all.Where(i => others.Managing(i) is not null).Select(i => $"{others.Managing(i)} {i}"));
        Assert.Empty(others.Unreadable);
        Assert.Same(OtherRules.None, state.FindOthers([], Scene.Now));
    }

    private static class Scene
    {
        public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    }
}
