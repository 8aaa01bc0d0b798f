using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A run as its journal tells of it, Zoom as it is now, and the plan that takes the run back. Nothing is sent anywhere.</summary>
internal sealed class UndoScene
{
    public const string RunId = "0123abcd-run";
    private const string Later = "later-run";

    private static readonly JournalPlace Own = new("own", "rule", "rule", null);
    private static readonly JournalPlace Other = new("other", "other", "other", null);

    private readonly List<JournalEntry> _own = [];
    private readonly List<JournalEntry> _other = [];
    private readonly Dictionary<string, ScimUser?> _now = new(StringComparer.Ordinal);
    private long _number;

    public Dictionary<string, ScimException> Unread { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ScimUser> Successors { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, IReadOnlyDictionary<string, string>> FormerGroups { get; } = new(StringComparer.Ordinal);

    public List<ScimGroup> Groups { get; } = [];

    public Action<ZoomScimConnection>? Allow { get; set; }

    public ProvisioningRule? Rule { get; set; }

    public bool DeletesCreated { get; set; }

    public Func<string, bool>? User { get; set; }

    public IReadOnlyList<string>? Asked { get; set; }

    /// <summary>A user as a read shows it.</summary>
    public static ScimUser Image(string name, Action<ScimUser>? more = null, UserDetail detail = UserDetail.Read)
    {
        var user = new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com", Email = $"{name}@example.com", UserType = "Basic", Active = true };
        more?.Invoke(user);
        return new ScimUser(user.Attributes, detail);
    }

    public static ScimGroup Group(string id, string name, string? alias = null) =>
        new(new ScimObject { ["id"] = id, ["displayName"] = name, [ScimSchemas.ZoomGroup] = new ScimObject { ["emailAlias"] = alias } });

    /// <summary>How Zoom has somebody now.</summary>
    public UndoScene Now(string name, Action<ScimUser>? more = null)
    {
        _now[$"id-{name}"] = Image(name, more);
        return this;
    }

    public UndoScene Gone(string name)
    {
        _now[$"id-{name}"] = null;
        return this;
    }

    /// <summary>A request of the run about a person, with its answer; none when the run was killed.</summary>
    public UndoScene Wrote(
        WriteKind request,
        string name,
        ScimUser? before = null,
        Action<ScimUser>? sent = null,
        ScimUser? after = null,
        ChangeOutcome? outcome = ChangeOutcome.Done,
        Func<JournalEntry, JournalEntry>? answer = null,
        bool idIsKnown = true)
    {
        var body = new ScimUser();
        sent?.Invoke(body);
        var intent = new JournalEntry(JournalKind.Intent)
        {
            Request = request,
            UserName = $"{name}@example.com",
            Anchor = $"anchor-{name}",
            ZoomId = idIsKnown ? $"id-{name}" : null,
            Before = before?.Attributes,
            BeforeDetail = before?.Detail,
            Body = sent is null ? null : body.Attributes,
        };
        return Wrote(intent, outcome, o => (answer ?? (e => e))(o with { After = after?.Attributes }));
    }

    /// <summary>A request of the run, with its answer.</summary>
    public UndoScene Wrote(JournalEntry intent, ChangeOutcome? outcome = ChangeOutcome.Done, Func<JournalEntry, JournalEntry>? answer = null)
    {
        var asked = intent with { Number = ++_number, RunId = RunId, At = Scene.Now };
        _own.Add(asked);
        if (outcome is not null)
        {
            var made = new JournalEntry(JournalKind.Outcome)
            {
                Number = ++_number,
                RunId = RunId,
                At = Scene.Now,
                Answers = asked.Number,
                Outcome = outcome,
                ZoomId = asked.ZoomId,
            };
            _own.Add((answer ?? (e => e))(made));
        }

        return this;
    }

    /// <summary>Something that was asked for since, by another run of this rule or by another rule.</summary>
    public UndoScene Since(JournalEntry intent, bool byAnother = false)
    {
        (byAnother ? _other : _own).Add(intent with { Number = ++_number, RunId = Later, At = Scene.Now.AddHours(1) });
        return this;
    }

    public static JournalEntry Membership(WriteKind request, string group, string name, params string[] members) =>
        new(JournalKind.Intent) { Request = request, GroupId = group, GroupName = name, Members = [.. members.Select(m => $"id-{m}")] };

    public RunTrace Trace() => RunTrace.Read(
        new AccountHistory(folder => [new Part(folder == Own.Folder ? _own : _other)], [Own, Other]),
        new HistoryRun(RunId) { StartedAt = Scene.Now },
        Own);

    public UndoInput Input()
    {
        var trace = Trace();
        return new UndoInput
        {
            Trace = trace,
            Images = trace.People.Select(p => (p.Key, Image: UndoImage.Of(p.Value))).Where(p => !p.Image.IsUntouched).ToDictionary(p => p.Key, p => p.Image),
            Now = _now,
            Unread = Unread,
            Successors = Successors,
            FormerGroups = FormerGroups,
            Groups = Groups,
            Connection = Wishes.Connection(new FakeZoom(), Allow),
            Rule = Rule,
            DeletesCreated = DeletesCreated,
            User = User is { } user ? [new NamePattern("somebody", user)] : Asked?.Select(a => new NamePattern(a, a.Equals)).ToList(),
        };
    }

    public IReadOnlyList<PlannedChange> Plan() => UndoPlanner.Plan(Input());

    /// <summary>The one entry there is.</summary>
    public PlannedChange Only() => Plan().Single();

    /// <summary>What is to be sent, in short: <c>Department=Sales</c>.</summary>
    public static string Sent(PlannedChange change) =>
        string.Join(", ", change.Changes.Select(c => $"{c.Name}={ZoomAttribute.Display(c.NewValue)}").OrderBy(s => s, StringComparer.Ordinal));

    private sealed class Part(IReadOnlyList<JournalEntry> entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            entries.Where(e => kinds is null || kinds.Contains(e.Kind));
    }
}
