using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests;

/// <summary>A plan and a run with something in every section, and names from everywhere, some of them meant to do harm.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Names of people as directories have them.</summary>
    public static readonly string[] Names =
    [
        "Ada Lovelace", "محمد عبد الله", "שרה לוי (HR)", "山田 太郎", "Zoë Ångström-Łukasiewicz", "علی‌رضا محمدی", "Νίκος Παπαδόπουλος", "ราตรี ใจดี",
        "<script>document.title='owned'</script>", "=HYPERLINK(\"http://evil.example\",\"pay\")",
        "\" onmouseover=\"document.title='owned'", "Invoice \u202Efdp.exe",
        "'><img src=http://evil.example/x onerror=document.title='owned'>", "Nul\0 half\uD83D end", "Family 👩‍👩‍👧 & Sons", "</td></table><h1>owned</h1>",
        "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe",
    ];

    public static SyncPlan Plan(int more = 0)
    {
        var changes = new List<PlannedChange>();
        for (var i = 0; i < Names.Length; i++)
        {
            changes.Add(Create(i, Names[i]));
        }

        changes.Add(Update("grace@example.com", "Grace Hopper", [Department("Sales", "Research", ChangeCause.SourceChanged), Title("Engineer", "Admiral")]));
        changes.Add(Update("leila@example.com", "ليلى حسن", [Department("مبيعات", "أبحاث", ChangeCause.ZoomChanged)]));
        changes.Add(Update("noam@example.com", "נועם כהן",
        [
            Department("By hand", "Research", ChangeCause.BothChanged, "Sales"),
            new AttributeChange(ZoomAttributes.Phone, "+1 5125550123", string.Empty, true) { Cause = ChangeCause.SourceChanged },
        ]));
        changes.Add(new PlannedChange(PlanAction.ChangeGroups, "lin@example.com", "groups +Research, -Sales")
        {
            Current = Person("lin@example.com", "林美玲"),
            GroupChanges = [new GroupChange(null, "Research", true), new GroupChange("g2", "Sales", false)],
        });
        changes.Add(new PlannedChange(PlanAction.Adopt, "adopt@example.com", "in Zoom under this user name; has what the source wants")
        {
            Current = Person("adopt@example.com", "Alan Turing"),
            Adopts = true,
            Anchor = "4711",
        });
        changes.Add(new PlannedChange(PlanAction.Reactivate, "back@example.com", "deactivated in Zoom, but active in the source")
        {
            Current = Person("back@example.com", "Barbara Liskov"),
            ActiveCause = ChangeCause.ZoomChanged,
        });
        changes.Add(Removal(PlanAction.Disable, "left1@example.com", "Left One", null));
        changes.Add(Removal(
            PlanAction.Disable,
            "left2@example.com",
            "שמעון בן דוד",
            "3 of 40 people would be disabled; the rule allows 2 in one run (10, and 5 %)."));
        changes.Add(Removal(PlanAction.Delete, "gone@example.com", "Deleted Person", "The source has 20 people in scope; it had 40 in the run before."));
        changes.Add(new PlannedChange(PlanAction.Blocked, "twice@example.com", "two records of the source are about this user: rows 4 and 9")
        {
            Remarks = ["Nothing is done about either."],
        });
        changes.Add(new PlannedChange(PlanAction.Blocked, "row 12", "Row 12: 'Email' is not an address: 'nobody'.") { Problem = BadRow });
        changes.Add(new PlannedChange(PlanAction.Protected, "owner@example.com", "no longer in the source, but the owner of the account is never touched")
        {
            Current = Person("owner@example.com", "The Owner"),
        });
        changes.AddRange(Enumerable.Range(0, 5).Select(i => new PlannedChange(PlanAction.NoOp, $"same{i}@example.com", "nothing to change")));
        changes.AddRange(Enumerable.Range(0, more).Select(i => Update(
            $"person{i:00000}@example.com",
            $"Person Number {i}",
            [Department("Sales", "Research", ChangeCause.SourceChanged), Title("Engineer", "Senior engineer")])));
        return new SyncPlan(changes)
        {
            Id = "5f1c0de5f1c0de5f1c0de5f1c0de5f1c0de5f1c0de5f1c0de5f1c0de5f1c0de0",
            Account = "Abc123DEFghi",
            Rule = "Staff – <b>Köln</b>",
            CreatedAt = Noon,
            SourceCount = 1234,
            OutOfScopeCount = 56,
            ManagedCount = 40,
            Guard =
            [
                new GuardFinding(
                    GuardCheck.DuplicatesInSource,
                    false,
                    "1 person is named more than once or cannot be told apart; nothing is done about this one."),
                new GuardFinding(GuardCheck.TooManyDisables, true, "3 of 40 people would be disabled; the rule allows 2 in one run (10, and 5 %)."),
            ],
            Gone = [new ManagedUser("z99", "vanished@example.com", null, null)],
        };
    }

    public static ProvisioningRun Run()
    {
        var plan = Plan();
        return new ProvisioningRun(plan, plan.Changes.Select(Result).ToList())
        {
            RunId = "20260329-120000-1",
            Actor = "admin@runbook-1",
            StartedAt = Noon,
            Duration = TimeSpan.FromSeconds(83.4),
            SourceProblems = [new SourceProblem("row 12", null, "4712", BadRow, null)],
            Notes = ["2 people wait for a Licensed seat: Zoom has none left."],
        };
    }

    public static SyncPlan EmptyPlan(int unchanged) =>
        new(Enumerable.Range(0, unchanged).Select(i => new PlannedChange(PlanAction.NoOp, $"same{i}@example.com", "nothing to change")).ToList())
        {
            Id = "00",
            Account = "Abc123DEFghi",
            Rule = "Staff",
            CreatedAt = Noon,
            SourceCount = unchanged,
        };

    public static ProvisioningRun EmptyRun(int unchanged)
    {
        var plan = EmptyPlan(unchanged);
        return new ProvisioningRun(
            plan,
            plan.Changes.Select(c => new ChangeResult(c.UserName, c.Action, ChangeOutcome.NoChange, c.Reason) { Planned = c }).ToList())
        {
            RunId = "1",
            Actor = "admin@runbook-1",
            StartedAt = Noon,
            Duration = TimeSpan.FromSeconds(1.25),
        };
    }

    /// <summary>A plan that creates one person, all of whose texts are these.</summary>
    public static SyncPlan PlanOf(string text) => new([new PlannedChange(PlanAction.Update, text, text)
    {
        Anchor = text,
        Current = new ScimUser { DisplayName = text },
        Changes = [new AttributeChange(ZoomAttributes.Department, text, text + "2", true)],
        GroupChanges = [new GroupChange("g", text, true)],
        Held = text,
        Remarks = [text],
    }])
    {
        Id = text,
        Account = text,
        Rule = text,
        Guard = [new GuardFinding(GuardCheck.EmptySource, true, text)],
    };

    /// <summary>A run in which everything has this text.</summary>
    public static ProvisioningRun RunOf(string text)
    {
        var plan = PlanOf(text);
        var error = new ScimException("Zoom.User.Refused", text)
        {
            RecommendedAction = text,
            ZoomMessage = text + "z",
            ZoomCode = text,
            TrackingId = text,
            Status = 400,
        };
        var change = plan.Changes[0];
        return new ProvisioningRun(
            plan,
            [new ChangeResult(text, PlanAction.Update, ChangeOutcome.Failed, text) { Planned = change, Error = error, Warnings = [text + "w"] }])
        {
            RunId = text,
            Actor = text,
            StoppedBecause = text,
            Notes = [text],
            SourceProblems = [new SourceProblem(text, text, text, new ScimException("Zoom.Input.Invalid", text), null)],
        };
    }

    private static ScimException BadRow { get; } = new("Zoom.Input.InvalidAddress", "Row 12: 'Email' is not an address: 'nobody'.")
    {
        RecommendedAction = "Correct the address in row 12 of the source.",
    };

    private static ChangeResult Result(PlannedChange change) => change switch
    {
        { Held: { } held } => new ChangeResult(change.UserName, change.Action, ChangeOutcome.Held, held) { Planned = change },
        { Problem: { } problem } => new ChangeResult(change.UserName, change.Action, ChangeOutcome.Failed, change.Reason) { Planned = change, Error = problem },
        { Action: PlanAction.NoOp } => new ChangeResult(change.UserName, change.Action, ChangeOutcome.NoChange, change.Reason) { Planned = change },
        { Action: PlanAction.Blocked or PlanAction.Protected } =>
            new ChangeResult(change.UserName, change.Action, ChangeOutcome.Skipped, change.Reason) { Planned = change },
        { UserName: "noam@example.com" } =>
            new ChangeResult(change.UserName, change.Action, ChangeOutcome.Failed, "noam@example.com was not updated. Zoom: 'Invalid phone number.'")
            {
                Planned = change,
                Error = new ScimException("Zoom.User.Refused", "noam@example.com was not updated. Zoom: 'Invalid phone number.'")
                {
                    RecommendedAction = "Write the number as '+972 501234567'.",
                    ZoomMessage = "Invalid phone number.",
                    ZoomCode = "300",
                    Status = 400,
                    TrackingId = "v=2.0;clid=us04;rid=WEB_abc123",
                },
            },
        { UserName: "user3@example.com" } => new ChangeResult(change.UserName, change.Action, ChangeOutcome.Unknown, "no reply came") { Planned = change },
        { UserName: "user4@example.com" } =>
            new ChangeResult(change.UserName, change.Action, ChangeOutcome.NotSent, "Not begun, because the run was stopped") { Planned = change },
        _ => new ChangeResult(change.UserName, change.Action, ChangeOutcome.Done, change.Reason)
        {
            Planned = change,
            Changes = change.Changes,
            GroupChanges = change.GroupChanges,
            Warnings = change.UserName == "user0@example.com" ? ["Zoom sends the invitation by mail."] : [],
        },
    };

    private static PlannedChange Create(int index, string name)
    {
        var values = new ScimUser { UserName = $"user{index}@example.com", DisplayName = name, Department = "Research", UserType = "Licensed" };
        return new PlannedChange(PlanAction.Create, $"user{index}@example.com", "not in Zoom")
        {
            Desired = new DesiredUser(values),
            Anchor = (1000 + index).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Changes = UserDiff.ForCreate(values),
        };
    }

    private static PlannedChange Update(string userName, string name, AttributeChange[] changes) =>
        new(PlanAction.Update, userName, string.Join(", ", changes.Select(c => c.Name)) + (changes.Length == 1 ? " differs" : " differ"))
        {
            Current = Person(userName, name),
            Changes = changes,
        };

    private static PlannedChange Removal(PlanAction action, string userName, string name, string? held) => new(action, userName, "no longer in the source")
    {
        Current = Person(userName, name),
        Leaves = true,
        Held = held,
    };

    private static ScimUser Person(string userName, string name) => new() { Id = "z-" + userName, UserName = userName, DisplayName = name };

    private static AttributeChange Department(string old, string wanted, ChangeCause cause, string? ledger = null) =>
        new(ZoomAttributes.Department, old, wanted, true) { Cause = cause, LedgerValue = ledger ?? (cause == ChangeCause.ZoomChanged ? wanted : old) };

    private static AttributeChange Title(string sent, string wanted) => new(ZoomAttributes.Title, sent, wanted, false) { Cause = ChangeCause.SourceChanged };
}
