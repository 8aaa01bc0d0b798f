using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>The folder of a rule is found by its id: a rename is a rename, a copy is a copy, and nobody's people become another rule's.</summary>
public sealed class RulePlaceTests : IDisposable
{
    private const string Account = "account";
    private static readonly Guid Id = new("5a0d63b2-6a0f-4d6c-9a53-0c2f3c9f7d11");
    private readonly ScratchFolder _scratch = new();
    private readonly StateFactory _factory = new();

    private string Root => Path.Combine(_scratch.Path, "state");

    public RulePlaceTests() => Directory.CreateDirectory(_scratch.Path);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_rule_with_an_id_keeps_its_folder_under_a_new_name()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        var renamed = Of(Rule("Staff worldwide", Id, "rule.json"));
        Assert.Equal("Staff", Path.GetFileName(renamed.Folder));
        Assert.NotNull(renamed.Peek(new ProvisioningRule("Staff worldwide")).Find("1"));
        Run(Rule("Staff worldwide", Id, "rule.json"), "2");
        Assert.Equal(["1", "2"], Of(Rule("All staff", Id, "rule.json"))
            .Peek(new ProvisioningRule("All staff")).Entries
            .Select(e => e.ZoomId)
            .OrderBy(id => id, StringComparer.Ordinal));
        Assert.Single(Directory.GetDirectories(Path.Combine(Root, Account)));
    }

    [Fact]
    public void Where_a_rule_begins_it_says_in_which_accounts_it_worked_until_now()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        Run(Rule("Others", Guid.NewGuid(), "others.json"), "2");
        OtherRules Elsewhere(ProvisioningRule rule) => RuleState.Of(_factory, Root, "another account", rule).FindOthers([], default);
        Assert.Equal([Account], Elsewhere(Rule("Staff worldwide", Id, "moved.json")).OtherAccounts);
        Assert.Empty(Elsewhere(Rule("Staff", Guid.NewGuid(), "rule.json")).OtherAccounts);
        Assert.Empty(Of(Rule("Staff", Id, "rule.json")).FindOthers([], default).OtherAccounts);
        using (RuleState.Of(_factory, Root, "another account", Rule("Staff", Id, "rule.json")).Open(rebuild: false))
        {
        }

        Assert.Empty(Elsewhere(Rule("Staff", Id, "rule.json")).OtherAccounts);
    }

    [Fact]
    public void A_new_rule_may_take_the_name_that_another_gave_up()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        Run(Rule("Staff worldwide", Id, "rule.json"), "1");
        var other = Of(Rule("Staff", Guid.NewGuid(), "other.json"));
        Assert.NotEqual("Staff", Path.GetFileName(other.Folder));
        Run(Rule("Staff", null, "third.json"), "3");
        Assert.Equal("Staff worldwide", Of(Rule("Staff", null, "third.json")).FindOthers(["1"], default).Managing("1"));
    }

    [Theory]
    [InlineData("STAFF")]
    [InlineData("staff")]
    public void Without_an_id_the_name_counts_whatever_its_case(string name)
    {
        Run(Rule("Staff", null, "rule.json"), "1");
        Assert.Equal("Staff", Path.GetFileName(Of(Rule(name, null, "rule.json")).Folder));
    }

    [Fact]
    public void A_folder_of_0_1_0_is_found_by_name_and_taken_along()
    {
        using (var old = _factory.Open(Path.Combine(Root, Account, "Staff"), Account, "Staff"))
        {
            Save(old, "Staff", "1");
        }

        var state = Of(Rule("staff", Id, "rule.json"));
        Assert.NotNull(state.Peek(new ProvisioningRule("staff")).Find("1"));
        Run(Rule("staff", Id, "rule.json"), "1");
        Assert.Equal("Staff", Path.GetFileName(Of(Rule("Everybody", Id, "rule.json")).Folder));
    }

    [Fact]
    public void A_rule_that_gets_an_id_later_keeps_its_folder()
    {
        Run(Rule("Staff", null, "rule.json"), "1");
        Run(Rule("Staff", Id, "rule.json"), "1");
        Assert.Equal("Staff", Path.GetFileName(Of(Rule("Everybody", Id, "rule.json")).Folder));
    }

    [Fact]
    public void A_rule_without_an_id_that_was_renamed_is_refused_with_the_line_to_add()
    {
        Run(Rule("Staff", null, "rule.json"), "1");
        var refused = Assert.Throws<ScimStateException>(() => Of(Rule("Staff worldwide", null, "rule.json")));
        Assert.Equal("Zoom.Rule.Renamed", refused.ErrorId);
        Assert.Contains("was called 'Staff' in its last run", refused.Message, StringComparison.Ordinal);
        var id = Guid.Parse(refused.RecommendedAction!.Split(["id: "], StringSplitOptions.None)[1].Remove(36));
        Assert.Equal("Staff", Path.GetFileName(Of(Rule("Staff worldwide", id, "rule.json")).Folder));
        Assert.NotEqual("Staff", Path.GetFileName(Of(Rule("Staff worldwide", Guid.NewGuid(), "rule.json")).Folder));
    }

    [Fact]
    public void A_copy_of_a_rule_file_under_another_name_is_refused_while_the_rule_is_there()
    {
        var original = Rule("Staff", Id, "staff.json");
        File.WriteAllText(original.Path!, $$"""{ "name": "Staff", "id": "{{Id:D}}" }""");
        Run(original, "1");
        var copy = Rule("Contractors", Id, "contractors.json");
        var refused = Assert.Throws<ScimStateException>(() => Of(copy));
        Assert.Equal("Zoom.Rule.Copied", refused.ErrorId);
        Assert.Contains("'Contractors' has the id of the rule 'Staff'", refused.Message, StringComparison.Ordinal);

        // In another place under its own name it is the same rule, and so it is when the file was moved and renamed.
        Assert.Equal("Staff", Path.GetFileName(Of(Rule("Staff", Id, "elsewhere.json")).Folder));
        File.Delete(original.Path!);
        Assert.Equal("Staff", Path.GetFileName(Of(copy).Folder));
    }

    [Fact]
    public void Another_rule_of_the_same_name_is_refused()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        Assert.Equal("Zoom.Rule.SameName", Assert.Throws<ScimStateException>(() => Of(Rule("staff", Guid.NewGuid(), "other.json"))).ErrorId);
    }

    [Fact]
    public void A_copy_of_a_folder_is_nobody_elses()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        Copy("Staff", "Staff - Copy");
        Assert.Equal("Staff", Path.GetFileName(Of(Rule("Staff", Id, "rule.json")).Folder));
        Assert.Null(Of(Rule("Staff", Id, "rule.json")).FindOthers(["1"], default).Managing("1"));
        var other = Of(Rule("Contractors", Guid.NewGuid(), "contractors.json")).FindOthers(["1"], default);
        Assert.Equal(("Staff", 0), (other.Managing("1"), other.Unreadable.Count));
    }

    [Fact]
    public void A_copy_of_a_folder_of_0_1_0_is_nobody_elses()
    {
        using (var old = _factory.Open(Path.Combine(Root, Account, "Staff"), Account, "Staff"))
        {
            Save(old, "Staff", "1");
        }

        Copy("Staff", "Staff.bak");
        Assert.Null(Of(Rule("Staff", null, "rule.json")).FindOthers(["1"], default).Managing("1"));
    }

    [Fact]
    public void Who_has_the_only_folder_has_it_under_any_name()
    {
        Run(Rule("Staff", Id, "rule.json"), "1");
        Directory.Move(Path.Combine(Root, Account, "Staff"), Path.Combine(Root, Account, "moved"));
        Assert.Equal("moved", Path.GetFileName(Of(Rule("Staff", Id, "rule.json")).Folder));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public void A_rule_that_has_not_run_for_a_month_manages_nobody_but_is_named(int days, bool manages)
    {
        var last = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Run(Rule("Staff", Id, "rule.json"), "1", last);
        var others = Of(Rule("Contractors", null, "contractors.json")).FindOthers(["1", "2"], last.AddDays(days));
        Assert.Equal(manages ? "Staff" : null, others.Managing("1"));
        Assert.Equal(
            manages ? [] : ["The rule 'Staff' has not run since 2026-01-01, so it manages nobody any more; 1 of these people were its."],
            others.Dormant);
    }

    private RuleState Of(ProvisioningRule rule) => RuleState.Of(_factory, Root, Account, rule);

    private ProvisioningRule Rule(string name, Guid? id, string file) => new(name) { Id = id, Path = Path.Combine(_scratch.Path, file) };

    private void Run(ProvisioningRule rule, string zoomId, DateTimeOffset? at = null)
    {
        var state = Of(rule);
        using var folder = state.Open(rebuild: false);
        Save(folder, state.Rule, zoomId, at);
    }

    private static void Save(IStateFolder folder, string name, string zoomId, DateTimeOffset? at = null)
    {
        var ledger = folder.Ledger ?? new Ledger(Account, name);
        ledger.LastRunAt = at;
        ledger.Put(new LedgerEntry(zoomId, "ada@example.com", LedgerOrigin.Created, default));
        folder.SaveLedger(ledger);
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(Root, Account, to));
        foreach (var file in Directory.GetFiles(Path.Combine(Root, Account, from)))
        {
            File.Copy(file, Path.Combine(Root, Account, to, Path.GetFileName(file)));
        }
    }
}
