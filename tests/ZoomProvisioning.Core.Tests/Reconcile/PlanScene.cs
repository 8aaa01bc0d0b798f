using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A rule, its ledger, an account and a source, and the plan they make: the pure core, without a request.</summary>
internal sealed class PlanScene
{
    private readonly Dictionary<string, ScimUser> _users = new(StringComparer.Ordinal);

    public PlanScene(ProvisioningRule? rule = null)
    {
        Rule = rule ?? new ProvisioningRule("rule") { Anchor = "Id", Guard = Wide };
        Ledger = new Ledger("account", "rule") { AnchorProperty = Rule.Anchor };
    }

    /// <summary>Limits that nothing in these tests exceeds.</summary>
    public static GuardLimits Wide => new()
    {
        [GuardKind.Rename] = GuardLimit.None,
        [GuardKind.Reactivate] = GuardLimit.None,
        MaxDisable = 1000,
        MaxDisablePercent = 100,
        MaxDelete = 1000,
        MaxDeletePercent = 100,
        MaxSourceShrinkPercent = 100,
    };

    public ProvisioningRule Rule { get; set; }

    public Ledger Ledger { get; }

    public OtherRules Others { get; set; } = OtherRules.None;

    public Selection? Only { get; set; }

    /// <summary>What the connection allows.</summary>
    public Action<ZoomScimConnection>? Allow { get; set; }

    /// <summary>Whose details could not be read, by id.</summary>
    public Dictionary<string, ScimException> Unread { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<ScimGroup> Groups { get; set; } = [];

    /// <summary>Whom commands without a rule have created, by Zoom id.</summary>
    public IReadOnlyCollection<string> CreatedHere { get; set; } = [];

    /// <summary>What is read of the account once it is known who is whom.</summary>
    public Action<AccountSnapshot>? ReadsThen { get; set; }

    /// <summary>Somebody of the ledger, as the rule saw the user last, which is how Zoom has it now.</summary>
    public LedgerEntry Knows(string id, string name, string? anchor, Action<ScimUser>? more = null)
    {
        var user = InZoom(id, name, more);
        var entry = new LedgerEntry(id, user.UserName!, LedgerOrigin.Created, default) { Anchor = anchor, Seen = user };
        Ledger.Put(entry);
        return entry;
    }

    /// <summary>A Zoom user, whether or not somebody knows it; in place of what Zoom had of the same id.</summary>
    public ScimUser InZoom(string id, string name, Action<ScimUser>? more = null)
    {
        var user = new ScimUser(new ScimObject { ["id"] = id, ["userName"] = Address(name), ["active"] = true, ["displayName"] = name }, UserDetail.Read);
        user.Email = user.UserName;
        more?.Invoke(user);
        return _users[id] = user;
    }

    public void Deletes(string id) => _users.Remove(id);

    public AccountSnapshot Account
    {
        get
        {
            var account = new AccountSnapshot(_users.Values, isComplete: true) { Groups = Groups };
            account.AddUnread(Unread);
            return account;
        }
    }

    public SyncPlan Plan(params DesiredUser[] people) => Plan(new SourceSnapshot(people, [], []));

    public SyncPlan Plan(SourceSnapshot source)
    {
        var account = Account;
        var correlations = new Correlator(Rule, account, Ledger).Correlate(source.People);
        Only?.Require(Rule, source, Ledger, correlations);
        ReadsThen?.Invoke(account);
        return RulePlanner.Plan(new PlanInput
        {
            Rule = Rule,
            Source = source,
            Account = account,
            Ledger = Ledger,
            Correlations = correlations,
            OtherRules = Others,
            CreatedHere = CreatedHere,
            Connection = Wishes.Connection(new FakeZoom(), Allow),
            Only = Only,
        });
    }

    public static DesiredUser Person(string name, string? anchor, bool? active = true, Action<ScimUser>? more = null)
    {
        var user = new ScimUser { UserName = Address(name), Email = Address(name) };
        if (active is not null)
        {
            user.Active = active;
        }

        more?.Invoke(user);
        return new DesiredUser(user) { Anchor = anchor, Label = user.UserName! };
    }

    public static SourceProblem Broken(string? name, string? anchor, string? zoomId = null) =>
        new(name ?? "record 1", name is null ? null : Address(name), anchor, new ScimRecordException("Zoom.Record.InvalidValue", "broken"), null)
        {
            ZoomId = zoomId,
        };

    /// <summary>A plan in short: <c>Relink ada (held); Disable ben</c>.</summary>
    public static string Story(SyncPlan plan) =>
        string.Join("; ", plan.Changes.Select(c => $"{c.Action} {c.UserName.Split('@')[0]}{(c.Held is null ? string.Empty : " (held)")}"));

    private static string Address(string name) => name.LastIndexOf('@') >= 0 ? name : name + "@example.com";
}
