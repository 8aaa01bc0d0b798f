using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A simulated account, a rule with its state in memory, and the real engine between them.</summary>
internal sealed class RuleTenant : IDisposable, IRuleState
{
    /// <summary>Approves whatever is held and may be approved.</summary>
    public const string Everything = "everything";

    private readonly IScimService _service;
    private readonly List<HeldPlan> _held = [];
    private Anything? _anything;
    private int _approvals;

    public RuleTenant(ProvisioningRule? rule = null, string behaviour = "{}", int seed = 0, string? state = null)
    {
        Zoom = new SimulatorFactory().Create(new SimulatorOptions { SeedUsers = seed, Clock = Clock.True, State = state });
        Zoom.PatchBehaviour("""{"ids":"hostile"}""");
        Zoom.PatchBehaviour("""{"rate_plan":"none"}""");
        Zoom.PatchBehaviour(behaviour);
        _service = new EngineFactory().Connect(new EngineOptions
        {
            ScimUri = Zoom.ScimUri,
            TokenUri = Zoom.TokenUri,
            AccountId = Zoom.AccountId,
            ClientId = Zoom.ClientId,
            ClientSecret = Fixture.Secure(Zoom.ClientSecret),
            Transport = new Tap(this, Zoom.CreateTransport()),
            Clock = Clock,
        });
        Connection = new ZoomScimConnection("zoom", _service);
        Rule = rule ?? Rules.Plain;
        Memory = new MemoryState(Clock);
    }

    public EagerClock Clock { get; } = new();

    /// <summary>Answers a request instead of Zoom, which never sees it; null lets Zoom answer.</summary>
    public Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage?>>? Instead { get; set; }

    /// <summary>Takes each result of a run.</summary>
    public Action<ChangeResult>? OnResult { get; set; }

    /// <summary>Asks about the plan; null asks nobody.</summary>
    public Func<SyncPlan, Task<bool>>? Confirm { get; set; }

    /// <summary>How a run is stopped.</summary>
    public ScimCall Call { get; set; } = ScimCall.None;

    public ISimulator Zoom { get; }

    public ZoomScimConnection Connection { get; }

    public ProvisioningRule Rule { get; set; }

    /// <summary>The people runs and plans are about; null for everybody.</summary>
    public Selection? Only { get; set; }

    /// <summary>Whether runs go on in quarantine.</summary>
    public bool Resume { get; set; }

    /// <summary>What the rule's folder holds.</summary>
    public MemoryState Memory { get; private set; }

    public IScimUserClient Users => _service.Users;

    public IScimGroupClient Groups => _service.Groups;

    string IRuleState.Account => "account";

    string IRuleState.Rule => Rule.Name;

    /// <summary>A rule's run; everything an admin could be asked is approved unless told otherwise.</summary>
    public Task<ProvisioningRun> RunAsync(
        SourceSnapshot source, string? approve = Everything, int concurrency = 4, OnGuard onGuard = OnGuard.HoldRemovals, bool verify = false)
    {
        Clock.Advance(TimeSpan.FromMinutes(60));
        return Sync(approve, concurrency, onGuard, verify).RunAsync(source, Call);
    }

    public Task<SyncPlan> PlanAsync(SourceSnapshot source, string? approve = Everything) =>
        Sync(approve, 4, OnGuard.HoldRemovals).PlanAsync(source, ScimCall.None);

    public Task<ProvisioningRun> ApplyAsync(SyncPlan plan, string? approve = null) => Sync(approve, 4, OnGuard.HoldRemovals).ApplyAsync(plan, ScimCall.None);

    /// <summary>The journal as a history has it.</summary>
    public AccountHistory History => new(_ => [new MemoryPart(Memory)], [new JournalPlace("memory", Rule.Name, Rule.Name, null)]);

    /// <summary>An undo of a run; everything an admin could be asked is approved unless told otherwise.</summary>
    public UndoRun Undo(string runId, bool deletesCreated = true, string? approve = Everything, Func<string, bool>? user = null)
    {
        var (run, place) = HistoryRuns.Find(History, runId);
        IReadOnlyList<NamePattern>? named = user is null ? null : [new NamePattern("somebody", user)];
        var request = new UndoRequest(History, run, place) { DeletesCreated = deletesCreated, User = named };
        return new UndoRun(Connection, Rule, this, request, Options(approve, 4, OnGuard.HoldRemovals, verify: false));
    }

    public static SourceSnapshot Source(params DesiredUser[] people) => new(people, [], []);

    public static DesiredUser Person(string name, Action<ScimUser>? more = null, string? anchor = null, params string[] groups)
    {
        var user = new ScimUser { UserName = $"{name}@example.com", Email = $"{name}@example.com", GivenName = "Jill", FamilyName = "Jones" };
        more?.Invoke(user);
        return new DesiredUser(user) { Label = user.UserName!, Anchor = anchor ?? name, Groups = groups };
    }

    /// <summary>The ledger as a new start would find it.</summary>
    public Ledger Ledger
    {
        get
        {
            var fold = new LedgerFold(Memory.Ledger ?? new Ledger("account", Rule.Name), Rule);
            foreach (var entry in Memory.ReadJournal(fold.Ledger.JournalPosition))
            {
                fold.Apply(entry);
            }

            fold.DistrustInDoubt();
            return fold.Ledger;
        }
    }

    /// <summary>The requests since <see cref="Forget"/>, tokens left out.</summary>
    public IReadOnlyList<SimulatorRequest> Requests => Zoom.Requests.Where(r => !r.Path.EndsWith("/oauth/token", StringComparison.Ordinal)).ToList();

    public IReadOnlyList<SimulatorRequest> Writes => Requests.Where(r => r.Method != "GET").ToList();

    public void Forget() => Zoom.ClearRequests();

    /// <summary>Lets another process find what a killed one has left.</summary>
    public void Restart() => Memory = Memory.Reopen();

    /// <summary>What a backup of the rule's folder would hold.</summary>
    public MemoryState Backup() => Memory.Reopen();

    /// <summary>Puts a backup in the place of the rule's folder.</summary>
    public void Restore(MemoryState backup) => Memory = backup.Reopen();

    /// <summary>All users by name, without ids and times: what two tenants can be compared by.</summary>
    public string Truth()
    {
        var users = JsonNode.Parse(Zoom.ExportState())!["users"]!.AsArray();
        return string.Join("\n", users.Select(u => u!.AsObject()).OrderBy(u => u["userName"]!.GetValue<string>(), StringComparer.Ordinal).Select(u =>
        {
            u.Remove("id");
            u.Remove("meta");
            var groups = u["groups"] is JsonArray list
                ? string.Join(",", list.Select(g => g!["display"]!.GetValue<string>()).OrderBy(x => x, StringComparer.Ordinal))
                : string.Empty;
            u.Remove("groups");
            return $"{u.ToJsonString()} in {groups}";
        }));
    }

    /// <summary>The truth about one user.</summary>
    public JsonObject? State(string name) => States().SingleOrDefault(u => u["userName"]!.GetValue<string>() == $"{name}@example.com");

    /// <summary>The truth about everybody, looked at once.</summary>
    public IReadOnlyList<JsonObject> States() => [.. JsonNode.Parse(Zoom.ExportState())!["users"]!.AsArray().Select(u => u!.AsObject())];

    public string Id(string name) => State(name)!["id"]!.GetValue<string>();

    /// <summary>The ledgers of the account's other rules.</summary>
    public List<Ledger> OtherLedgers { get; } = [];

    public IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds) => [];

    public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, DateTimeOffset now) =>
        OtherRules.Find(zoomIds, OtherLedgers.Select(l => (l.Rule, new Func<Ledger?>(() => l))), now);

    public IEnumerable<JournalEntry> ReadJournal() => Memory.Journal;

    /// <summary>Whom the last plan has read.</summary>
    public AccountReads? Reads { get; set; }

    void IRuleState.KeepReads(AccountReads reads) => Reads = reads;

    AccountReads? IRuleState.RecallReads(DateTimeOffset now) => Reads?.CountsFor("account", now) == true ? Reads : null;

    void IRuleState.ForgetReads() => Reads = null;

    void IRuleState.Remember(HeldPlan plan) => _held.Add(plan);

    IApproval? IRuleState.FindHeld(string planId) =>
        _anything?.PlanId == planId ? _anything : _held.LastOrDefault(h => h.PlanId.StartsWith(planId, StringComparison.Ordinal));

    public bool KeepsLedger => true;

    public IStateFolder Open(bool rebuild) => Memory;

    public Ledger Peek(ZoomProvisioning.Rules.ProvisioningRule rule) => Ledger;

    public void Dispose()
    {
        _service.Dispose();
        Zoom.Dispose();
    }

    private RuleSync Sync(string? approve, int concurrency, OnGuard onGuard, bool verify = false) =>
        new(Connection, Rule, this, Options(approve, concurrency, onGuard, verify));

    private RuleSyncOptions Options(string? approve, int concurrency, OnGuard onGuard, bool verify) => new()
    {
        Approve = approve == Everything ? (_anything = new Anything($"{++_approvals:x12}", Clock.UtcNow)).PlanId : approve,
        Concurrency = concurrency,
        OnGuard = onGuard,
        Verify = verify,
        Only = Only,
        Resume = Resume,
        OnResult = OnResult,
        Confirm = Confirm,
        Clock = Clock,
    };

    private sealed class MemoryPart(MemoryState memory) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            memory.Journal.Where(e => kinds is null || kinds.Contains(e.Kind));
    }

    private sealed record Anything(string PlanId, DateTimeOffset ShownAt) : IApproval
    {
        public string By => "Approved";

        public string Left => "are held";

        public bool Covers(PlannedChange change) => true;

        public bool Covers(GuardCheck check) => true;
    }

    private sealed class Tap(RuleTenant tenant, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (tenant.Instead is { } instead ? await instead(request, r => base.SendAsync(r, cancellationToken)) : null)
                ?? await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Rules of the tests.</summary>
    internal static class Rules
    {
        public static ProvisioningRule Plain => new("rule") { CreateGroups = true };
    }
}
