using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A rule, a source, an account and a ledger, for decisions that are looked at in a table. Nothing is sent anywhere.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly List<DesiredUser> _people = [];
    private readonly List<DesiredUser> _outOfScope = [];
    private readonly List<SourceProblem> _problems = [];
    private readonly List<ScimUser> _users = [];

    public Scene(ProvisioningRule? rule = null)
    {
        Rule = rule ?? new ProvisioningRule("rule");
        Ledger = new Ledger("account", "rule") { LastSourceCount = null };
    }

    public ProvisioningRule Rule { get; set; }

    public Ledger Ledger { get; }

    public DateTimeOffset At { get; set; } = Now;

    public TimeSpan? ClockAhead { get; set; }

    /// <summary>When the journal's last line was written.</summary>
    public DateTimeOffset? LastEntryAt { get; set; }

    public RecentChanges Recent { get; set; } = RecentChanges.None;

    public string? StateDoubt { get; set; }

    public OtherRules Others { get; set; } = OtherRules.None;

    /// <summary>Whose details could not be read, by id.</summary>
    public Dictionary<string, ScimException> Unread { get; } = new(StringComparer.Ordinal);

    public bool RemovesRule { get; set; }

    public bool ListsAll { get; set; } = true;

    /// <summary>What the source looks like beyond its people.</summary>
    public Func<SourceSnapshot, SourceSnapshot> Look { get; set; } = s => s;

    public ZoomScimConnection Connection { get; set; } = Wishes.Connection(new FakeZoom());

    /// <summary>People who are managed, and in the source as they are in Zoom.</summary>
    public Scene Staff(int number, Action<ScimUser>? zoom = null, Action<ScimUser>? wish = null, int from = 0)
    {
        foreach (var i in Enumerable.Range(from, number))
        {
            Managed($"p{i}", zoom);
            InSource($"p{i}", wish ?? zoom);
        }

        return this;
    }

    /// <summary>People who are managed, and not in the source.</summary>
    public Scene Missing(int number, string prefix = "gone")
    {
        for (var i = 0; i < number; i++)
        {
            Managed($"{prefix}{i}");
        }

        return this;
    }

    public LedgerEntry Managed(string name, Action<ScimUser>? zoom = null)
    {
        var user = InZoom(name, zoom);
        var entry = new LedgerEntry(user.Id!, user.UserName!, LedgerOrigin.Created, Now.AddYears(-1)) { Seen = user };
        Ledger.Put(entry);
        return entry;
    }

    public ScimUser InZoom(string name, Action<ScimUser>? zoom = null)
    {
        var made = new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com", Email = $"{name}@example.com", Active = true };
        zoom?.Invoke(made);
        var user = new ScimUser(made.Attributes, UserDetail.Read);
        _users.Add(user);
        return user;
    }

    public DesiredUser InSource(string name, Action<ScimUser>? wish = null, params string[] groups)
    {
        var values = new ScimUser { UserName = $"{name}@example.com", Email = $"{name}@example.com" };
        wish?.Invoke(values);
        var person = new DesiredUser(values) { Label = values.UserName!, Groups = groups };
        _people.Add(person);
        return person;
    }

    /// <summary>Gives the last record an anchor.</summary>
    public void Anchor(string anchor) => _people[^1] = _people[^1].Under(anchor, _people[^1].Groups);

    public void OutOfScope(string name) => _outOfScope.Add(new DesiredUser(new ScimUser { UserName = $"{name}@example.com" }) { Label = name });

    public void Unusable(string label, string? userName = null) =>
        _problems.Add(new SourceProblem(label, userName, null, new ScimRecordException("Zoom.Record.InvalidValue", "broken"), null));

    public SyncPlan Plan()
    {
        var source = Look(new SourceSnapshot(_people, _outOfScope, _problems));
        var account = new AccountSnapshot(_users, ListsAll) { Groups = [Group("g1", "Sales"), Group("g2", "Legal")] };
        account.AddUnread(Unread);
        return RulePlanner.Plan(new PlanInput
        {
            Rule = Rule,
            Source = source,
            Account = account,
            Ledger = Ledger,
            Correlations = new Correlator(Rule, account, Ledger).Correlate(source.People),
            OtherRules = Others,
            Connection = Connection,
            Recent = () => Recent,
            StateDoubt = StateDoubt,
            RemovesRule = RemovesRule,
            Now = At,
            ClockAhead = ClockAhead,
            SetBackBy = LedgerDates.SetBack(LastEntryAt, At),
        }).Identified();
    }

    /// <summary>The source beside the account, without the ledger.</summary>
    public IReadOnlyList<UserComparison> Compare()
    {
        var source = Look(new SourceSnapshot(_people, _outOfScope, _problems));
        var account = new AccountSnapshot(_users, ListsAll);
        return AccountComparer.Compare(Rule, source, account, new Correlator(Rule, account, AccountComparer.Nothing).Correlate(source.People));
    }

    private static ScimGroup Group(string id, string name) => new(new ScimObject { ["id"] = id, ["displayName"] = name });

    /// <summary>The entry of somebody.</summary>
    public PlannedChange Of(string name) => Plan().Changes.Single(c => c.UserName == $"{name}@example.com");
}
