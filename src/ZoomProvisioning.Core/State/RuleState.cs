using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.State;

/// <summary>What a rule keeps for one account, wherever it is kept.</summary>
internal interface IRuleState
{
    /// <summary>The account.</summary>
    string Account { get; }

    /// <summary>The rule's name.</summary>
    string Rule { get; }

    /// <summary>Opens it for a run, and keeps others out.</summary>
    IStateFolder Open(bool rebuild);

    /// <summary>The ledger as the journal has it, without keeping anybody out; empty where there is none yet.</summary>
    /// <param name="rule">The rule, which says what Zoom is taken not to tell.</param>
    Ledger Peek(Rules.ProvisioningRule rule);

    /// <summary>Which of some users the other rules of the account manage, as far as their state is kept in the same place.</summary>
    OtherRules FindOthers(IReadOnlyCollection<string> zoomIds);
}

/// <summary>A rule's state in its folder.</summary>
internal sealed class RuleState : IRuleState
{
    private readonly IStateFactory _factory;

    public RuleState(IStateFactory factory, string folder, string account, string rule)
    {
        _factory = factory;
        Folder = folder;
        Account = account;
        Rule = rule;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    public string Account { get; }

    public string Rule { get; }

    /// <summary>Whether <see cref="Peek"/> passes the saved ledger over, as a run that makes it anew does.</summary>
    public bool WithoutLedger { get; init; }

    /// <summary>The folder of an account and a rule: under <paramref name="root"/>, else under ZOOM_PROVISIONING_STATE, else under the user's application data.</summary>
    public static string FolderOf(string? root, string account, string rule) => Path.Combine(
        root
            ?? (Environment.GetEnvironmentVariable("ZOOM_PROVISIONING_STATE") is { Length: > 0 } named ? named : Path.Combine(StateRoot.Folder, "state")),
        Safe(account),
        Safe(rule));

    public IStateFolder Open(bool rebuild) => _factory.Open(Folder, Account, Rule, rebuild);

    public Ledger Peek(Rules.ProvisioningRule rule) => Read(rule);

    public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds)
    {
        var account = Path.GetDirectoryName(Path.GetFullPath(Folder))!;
        if (zoomIds.Count == 0 || !Directory.Exists(account))
        {
            return OtherRules.None;
        }

        return OtherRules.Find(zoomIds, Directory.EnumerateDirectories(account)
            .Where(d => !string.Equals(Path.GetFileName(d), Path.GetFileName(Folder), StringComparison.OrdinalIgnoreCase) && _factory.IsRuleFolder(d))
            // It removes nobody for being absent, so nobody is left to it either.
            .Where(d => !string.Equals(Path.GetFileName(d), Rules.BuiltInRule.Name, StringComparison.OrdinalIgnoreCase))
            .Select(d => (Path.GetFileName(d), new Func<Ledger>(() => new RuleState(_factory, d, Account, Path.GetFileName(d)).Read(null)))));
    }

    private Ledger Read(Rules.ProvisioningRule? rule)
    {
        var fold = new LedgerFold((WithoutLedger ? null : _factory.ReadLedger(Folder)) ?? new Ledger(Account, Rule), rule);
        var position = fold.Ledger.JournalPosition;
        // Made anew, the ledger rests on the lines before the first damaged one.
        var journal = WithoutLedger ? ReadIntact() : _factory.ReadJournal(Folder);
        foreach (var entry in journal.Where(e => e.Number > position))
        {
            fold.Apply(entry);
        }

        fold.DistrustInDoubt();
        return fold.Ledger;
    }

    private IEnumerable<JournalEntry> ReadIntact()
    {
        var last = _factory.CheckJournal(Folder, withoutLedger: true).Entries;
        return _factory.ReadJournal(Folder).TakeWhile(e => e.Number <= last);
    }

    /// <summary>What making the ledger anew does about a damaged journal, in words; null when it is as it was written.</summary>
    public string? DescribeDamage() => _factory.CheckJournal(Folder, withoutLedger: true) is { IsIntact: false } check
        ? $"The journal is damaged at line {check.FirstBadLine}: {check.Problem} The ledger is made from the {check.Entries} entries before it; what follows is kept in journal.cut.txt beside it, and whom only that knew the rule takes for strangers."
        : null;

    // An account id may hold signs that no file name may.
    private static string Safe(string name) => new(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or ' ' ? c : '_').ToArray());
}
