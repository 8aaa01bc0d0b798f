using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>What a rule keeps for one account, wherever it is kept.</summary>
internal interface IRuleState
{
    /// <summary>The account.</summary>
    string Account { get; }

    /// <summary>The name that what the rule keeps was begun under.</summary>
    string Rule { get; }

    /// <summary>Whether there is a ledger beside the journal.</summary>
    bool KeepsLedger { get; }

    /// <summary>Opens it for a run, and keeps others out.</summary>
    IStateFolder Open(bool rebuild);

    /// <summary>The ledger as the journal has it, without keeping anybody out; empty where there is none yet.</summary>
    /// <param name="rule">The rule, which says what Zoom is taken not to tell.</param>
    Ledger Peek(ProvisioningRule rule);

    /// <summary>What the other rules of the account have to do with some users, as far as their state is kept in the same place.</summary>
    /// <param name="zoomIds">The users.</param>
    /// <param name="now">The time, which tells the rules that nobody runs any more.</param>
    OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, DateTimeOffset now);

    /// <summary>Those of some users whom commands without a rule have created, as far as their journal is kept in the same place.</summary>
    /// <param name="zoomIds">The users.</param>
    IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds);

    /// <summary>The journal, without keeping anybody out, oldest first.</summary>
    IEnumerable<JournalEntry> ReadJournal();

    /// <summary>Keeps whom a plan has read, for the run after it. Where the disk does not let that happen they are read again.</summary>
    void KeepReads(AccountReads reads);

    /// <summary>Whom a plan before has read, as far as that counts now; null when nobody.</summary>
    AccountReads? RecallReads(DateTimeOffset now);

    /// <summary>Forgets them: a run has taken them into its ledger.</summary>
    void ForgetReads();

    /// <summary>Keeps what a plan holds back, for an approval.</summary>
    void Remember(HeldPlan plan);

    /// <summary>What a plan that was shown held back, by the beginning of its id; null when none of it was kept.</summary>
    IApproval? FindHeld(string planId);
}

/// <summary>A rule's state in its folder.</summary>
internal sealed class RuleState : IRuleState
{
    private readonly IStateFactory _factory;
    private readonly RuleCard? _card;

    public RuleState(IStateFactory factory, string folder, string account, string rule)
    {
        _factory = factory;
        Folder = folder;
        Account = account;
        Rule = rule;
    }

    private RuleState(IStateFactory factory, string folder, string account, RuleCard card)
        : this(factory, folder, account, card.Title) => _card = card;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    public string Account { get; }

    public string Rule { get; }

    /// <summary>Whether <see cref="Peek"/> passes the saved ledger over, as a run that makes it anew does.</summary>
    public bool WithoutLedger { get; init; }

    /// <summary>The other accounts that the rule has worked in, where it begins in this one.</summary>
    private IReadOnlyList<string> OtherAccounts { get; init; } = [];

    /// <summary>
    /// The state of a rule, wherever it is by now: under <paramref name="root"/>, else under ZOOM_PROVISIONING_STATE, else under the
    /// user's application data.
    /// </summary>
    /// <exception cref="ScimStateException">Nobody can say which folder is the rule's, or it is another rule's.</exception>
    public static RuleState Of(IStateFactory factory, string? root, string account, ProvisioningRule rule, bool withoutLedger = false)
    {
        var (folder, card) = RulePlace.Find(factory, StatePlace.OfAccount(root, account), rule);
        return new RuleState(factory, folder, account, card)
        {
            WithoutLedger = withoutLedger,
            OtherAccounts = factory.IsRuleFolder(folder) ? [] : RulePlace.OtherAccounts(factory, StatePlace.OfAccount(root, account), card),
        };
    }

    /// <summary>The folder that an account and a rule of a name begin with.</summary>
    public static string FolderOf(string? root, string account, string rule) => Path.Combine(StatePlace.OfAccount(root, account), RulePlace.Safe(rule));

    public bool KeepsLedger => true;

    public IStateFolder Open(bool rebuild)
    {
        var folder = _factory.Open(Folder, Account, Rule, rebuild);
        try
        {
            _card?.Write(Folder, _factory);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public Ledger Peek(ProvisioningRule rule) => Read(rule);

    public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, DateTimeOffset now) => FindBeside(zoomIds, now).With(OtherAccounts);

    private OtherRules FindBeside(IReadOnlyCollection<string> zoomIds, DateTimeOffset now)
    {
        var account = Path.GetDirectoryName(Path.GetFullPath(Folder))!;
        if (zoomIds.Count == 0 || !Directory.Exists(account))
        {
            return OtherRules.None;
        }

        return OtherRules.Find(zoomIds, Directory.EnumerateDirectories(account)
            .Where(d => !SameName(Path.GetFileName(d), Path.GetFileName(Folder)) && !StatePlace.IsDirect(d) && _factory.IsRuleFolder(d))
            // It removes nobody for being absent, so nobody is left to it either.
            .Where(d => !SameName(Path.GetFileName(d), BuiltInRule.Name))
            .Select(d => (Path: d, Card: RuleCard.Read(d, _factory)))
            .Where(d => d.Card is null || (d.Card.Id != _card?.Id && !RulePlace.IsCopy(d.Path, d.Card, _factory)))
            .Select(d => (d.Card?.Name ?? Path.GetFileName(d.Path), new Func<Ledger?>(() => ReadOther(d.Path, d.Card)))), now);
    }

    public IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds)
    {
        var direct = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Folder))!, StatePlace.Direct);
        return zoomIds.Count == 0 || !Directory.Exists(direct) ? [] : CreatedUsers.In(() => _factory.ReadJournal(direct), zoomIds);
    }

    public IEnumerable<JournalEntry> ReadJournal() =>
        !Directory.Exists(Folder) ? [] : WithoutLedger ? _factory.SalvageJournal(Folder) : _factory.ReadJournal(Folder);

    public void KeepReads(AccountReads reads)
    {
        try
        {
            _factory.SaveReads(Folder, reads);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // They only spare requests.
        }
    }

    public AccountReads? RecallReads(DateTimeOffset now) => _factory.FindReads(Folder) is { } reads && reads.CountsFor(Account, now) ? reads : null;

    public void ForgetReads() => _factory.ForgetReads(Folder);

    public void Remember(HeldPlan plan) => plan.Save(Folder);

    public IApproval? FindHeld(string planId) => HeldPlan.Find(Folder, planId);

    /// <summary>The ledger of another rule; null for a copy of a folder of 0.1.0, which has no card: its ledger bears the name of a folder beside it.</summary>
    private Ledger? ReadOther(string folder, RuleCard? card)
    {
        var name = Path.GetFileName(folder);
        var ledger = new RuleState(_factory, folder, Account, card?.Title ?? name).Read(null);
        var original = RulePlace.Safe(ledger.Rule);
        var isCopy = card is null && !SameName(original, name)
            && (SameName(ledger.Rule, Rule) || Directory.Exists(Path.Combine(Path.GetDirectoryName(folder)!, original)));
        return isCopy ? null : ledger;
    }

    private Ledger Read(ProvisioningRule? rule)
    {
        var fold = new LedgerFold((WithoutLedger ? null : _factory.ReadLedger(Folder)) ?? new Ledger(Account, Rule), rule);
        var position = fold.Ledger.JournalPosition;
        foreach (var entry in ReadJournal().Where(e => e.Number > position))
        {
            fold.Apply(entry);
        }

        fold.DistrustInDoubt();
        return fold.Ledger;
    }

    /// <summary>What making the ledger anew does about a damaged journal, in words; null when it is as it was written.</summary>
    public string? DescribeDamage()
    {
        if (_factory.CheckJournal(Folder, withoutLedger: true) is not { IsIntact: false } check)
        {
            return null;
        }

        var entries = _factory.SalvageJournal(Folder).Select(e => e.Kind == JournalKind.Lost).ToList();
        var lost = entries.Count(l => l);
        return $"The journal is damaged at line {check.FirstBadLine}: {check.Problem} The ledger is made from the "
            + $"{Counted.Of(entries.Count - lost, "line", "lines")} that are as they were written. {Counted.Of(lost, "line", "lines")} cannot be "
            + "used, and what stood there nobody knows, so "
            + "nobody is removed or taken over in this run before somebody has looked; it is kept in journal.cut.txt beside the journal.";
    }

    private static bool SameName(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
