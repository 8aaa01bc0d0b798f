using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>A run's pen, what is kept of a plan that was shown, and what the ledger and the journal call people.</summary>
public sealed class RunJournalTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static (RunJournal Pen, MemoryState State, Ledger Ledger) Pen()
    {
        var (state, ledger) = (new MemoryState(), new Ledger("account", "rule"));
        return (new RunJournal(state, new LedgerFold(ledger), "run", "ada@host") { PlanId = "plan" }, state, ledger);
    }

    private static JournalEntry Undone(string id, string message = "held") =>
        new(JournalKind.NotDone) { ZoomId = id, Action = PlanAction.Disable, Outcome = ChangeOutcome.Held, Message = message };

    [Fact]
    public void An_entry_bears_the_run_and_the_person()
    {
        var user = new ScimUser { Id = "1", UserName = "ada@example.com" };
        var entry = Pen().Pen.Entry(JournalKind.Intent, new PlannedChange(PlanAction.Update, "ada@example.com", "reason") { Anchor = "a", Current = user });
        Assert.Equal(("run", "ada@host", "plan", JournalKind.Intent), (entry.RunId, entry.Actor, entry.PlanId, entry.Kind));
        Assert.Equal(("ada@example.com", "1", "a", PlanAction.Update), (entry.UserName, entry.ZoomId, entry.Anchor, entry.Action));
        Assert.Null(Pen().Pen.Entry(JournalKind.RunStarted).UserName);
    }

    [Fact]
    public void What_is_written_is_in_the_ledger_at_once()
    {
        var (pen, state, ledger) = Pen();
        var written = pen.Write(new JournalEntry(JournalKind.Linked) { ZoomId = "1", UserName = "ada@example.com" });
        Assert.Equal((1, 1), (written.Number, state.Journal.Count));
        Assert.NotNull(ledger.Find("1"));
        Assert.Same(ledger, pen.Ledger);
        Assert.Equal(1, pen.With(fold => fold.Ledger.Entries.Count));
        pen.With(fold => { fold.Ledger.Drop("1"); });
        Assert.Null(ledger.Find("1"));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_is_told_once_and_the_first_reason_stays()
    {
        var (pen, state, _) = Pen();
        state.BeforeAppend = _ => throw new IOException("disk full");
        var error = Assert.Throws<ScimStateException>(() => pen.Write(Undone("1")));
        Assert.Equal(("Zoom.State.JournalUnwritable", "WriteError"), (error.ErrorId, error.Category));
        Assert.Equal("The journal could not be written: disk full", error.Message);
        state.BeforeAppend = _ => throw new ScimStateException("Zoom.State.Other", "other");
        pen.Note(Undone("1"));
        Assert.Same(error, pen.Failure);
        Assert.Equal("Zoom.State.Other", Assert.Throws<ScimStateException>(() => pen.Write(Undone("1"))).ErrorId);
    }

    [Fact]
    public void What_the_run_before_left_undone_alike_is_not_written_again_and_what_was_not_met_is_forgotten()
    {
        var (pen, state, ledger) = Pen();
        ledger.Undone.UnionWith([UndoneChange.Of(Undone("1")), UndoneChange.Of(Undone("2"))]);
        pen.NoteUndone(Undone("1"));
        pen.NoteUndone(Undone("2", "another reason"));
        pen.NoteUndone(Undone("3"));
        Assert.Equal((1, 2), (pen.StillUndone, state.Journal.Count));
        pen.ForgetUndone();
        Assert.Equal(
            ["id 1 held", "id 2 another reason", "id 3 held"],
            ledger.Undone.Select(u => $"{u.Who} {u.Message}").OrderBy(u => u, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1", "a", "ada", "id 1")]
    [InlineData(null, "a", "ada", "anchor a")]
    [InlineData(null, null, "ada", "name ADA")]
    public void Somebody_is_known_by_id_else_by_anchor_else_by_name(string? id, string? anchor, string? name, string key) =>
        Assert.Equal(key, UndoneChange.KeyOf(id, anchor, name));

    private static SyncPlan Shown(params string[] people) => new([.. people.Select(Held), new PlannedChange(PlanAction.Disable, "free@example.com", "left")])
    {
        Id = new string('7', 64),
        CreatedAt = Now,
        Guard =
        [
            new GuardFinding(GuardCheck.TooManyDisables, HoldsRemovals: true, "x"), new GuardFinding(GuardCheck.ShrunkenSource, HoldsRemovals: true, "y"),
            new GuardFinding(GuardCheck.SharedPeople, HoldsRemovals: false, "z"),
        ],
    };

    private static PlannedChange Held(string name) => new(PlanAction.Disable, $"{name}@example.com", "left") { Held = "too many" };

    [Fact]
    public void Of_a_plan_that_was_shown_is_kept_what_it_held_and_why()
    {
        using var disk = new DiskStates();
        var plan = HeldPlan.Of(Shown("ada", "ben"));
        plan.Save(disk.Account);
        var found = HeldPlan.Find(disk.Account, "777777777777")!;
        Assert.Equal((new string('7', 64), Now), (found.PlanId, found.ShownAt));
        foreach (var held in new[] { plan, found })
        {
            Assert.True(held.Covers(Held("ada")));
            Assert.True(held.Covers(Held("ben")));
            Assert.False(held.Covers(Held("cy")));
            Assert.False(held.Covers(new PlannedChange(PlanAction.Disable, "free@example.com", "left")));
            Assert.True(held.Covers(GuardCheck.TooManyDisables));
            Assert.True(held.Covers(GuardCheck.ShrunkenSource));
            Assert.False(held.Covers(GuardCheck.SharedPeople));
        }
    }

    [Fact]
    public void What_was_not_kept_or_was_changed_by_hand_approves_nothing()
    {
        using var disk = new DiskStates();
        Assert.Null(HeldPlan.Find(disk.Account, "777777777777"));
        HeldPlan.Of(Shown("ada")).Save(disk.Account);
        Assert.Null(HeldPlan.Find(disk.Account, new string('7', 12) + "8"));
        var path = Directory.GetFiles(Path.Combine(disk.Account, "held"))[0];
        var lines = File.ReadAllLines(path);
        Assert.DoesNotContain(lines, l => l.Contains("ada"));
        File.WriteAllLines(path, lines.Where(l => !l.StartsWith("entry", StringComparison.Ordinal)));
        Assert.Null(HeldPlan.Find(disk.Account, "777777777777"));
        File.WriteAllText(path, string.Empty);
        Assert.Null(HeldPlan.Find(disk.Account, "777777777777"));
    }

    [Theory]
    [InlineData(2.1, false)]
    [InlineData(2.0, true)]
    [InlineData(1.9, true)]
    public void What_nobody_can_approve_any_more_is_deleted(double days, bool stays)
    {
        using var disk = new DiskStates();
        var old = Path.Combine(disk.Account, "held", "old.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        File.WriteAllText(old, "x");
        File.SetLastWriteTimeUtc(old, Now.UtcDateTime.AddDays(-days));
        HeldPlan.Of(Shown("ada")).Save(disk.Account);
        Assert.Equal(stays, File.Exists(old));
    }

    private sealed class Part(params JournalEntry[] entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            entries.Where(e => kinds is null || kinds.Contains(e.Kind));
    }

    private static JournalEntry Refused(
        double daysAgo, string? name = "ada", ChangeOutcome? outcome = ChangeOutcome.Failed, JournalKind kind = JournalKind.Outcome) =>
        new(kind) { At = Now.AddDays(-daysAgo), UserName = name, Outcome = outcome, Message = $"{daysAgo}", RunId = "0123456789abcdef" };

    private static string Troubles(params JournalEntry[] entries) => string.Join(" ", PersonTrouble.Of(
        new AccountHistory(_ => [new Part(entries)], [new JournalPlace("a", "a", "a", null)]), ["ADA", null, "id-ada"], Now).Select(e => e.Message));

    [Fact]
    public void What_went_wrong_with_somebody_lately_is_the_last_three_refusals()
    {
        Assert.Equal("3 2 1", Troubles(Refused(1), Refused(3), Refused(2), Refused(4)));
        Assert.Equal("29.9", Troubles(Refused(30), Refused(29.9)));
        Assert.Equal(string.Empty, Troubles(Refused(1, "ben"), Refused(1, null)));
        Assert.Equal("2 1", Troubles(Refused(2, null) with { ZoomId = "id-ada" }, Refused(1, null) with { Anchor = "ada" }));
        Assert.Equal(string.Empty, Troubles(Refused(1, outcome: ChangeOutcome.Done), Refused(1, outcome: ChangeOutcome.NoChange), Refused(1, outcome: null)));
        Assert.Equal("4 3", Troubles(
            Refused(4, kind: JournalKind.NotDone, outcome: ChangeOutcome.Held), Refused(3, kind: JournalKind.Settled), Refused(2, kind: JournalKind.Intent)));
    }

    [Theory]
    [InlineData(WriteKind.Update, PlanAction.Adopt, " Update Failed: 1 (run 0123456789ab)")]
    [InlineData(null, PlanAction.Adopt, " Adopt Failed: 1 (run 0123456789ab)")]
    public void A_refusal_is_a_sentence_with_the_beginning_of_its_run(WriteKind? request, PlanAction action, string end) =>
        Assert.EndsWith(end, PersonTrouble.Describe(Refused(1) with { Request = request, Action = action }), StringComparison.Ordinal);

    [Fact]
    public void What_was_done_with_somebody_is_told_beside_what_went_wrong_in_the_order_of_time()
    {
        JournalEntry[] Done(double daysAgo, long number, string name, Action<ScimUser> body)
        {
            var user = new ScimUser();
            body(user);
            var intent = new JournalEntry(JournalKind.Intent)
            {
                At = Now.AddDays(-daysAgo),
                Number = number,
                RunId = "run-1",
                UserName = name,
                ZoomId = "id-1",
                Request = WriteKind.Update,
                Body = user.Attributes,
            };
            var answer = new JournalEntry(JournalKind.Outcome) { At = intent.At, Number = number + 1, RunId = "run-1", Answers = number, ZoomId = "id-1" };
            return [intent, answer with { Outcome = ChangeOutcome.Done, Request = WriteKind.Update }];
        }

        JournalEntry[] entries =
        [
            .. Done(6, 1, "old", u => u.Department = "A"), .. Done(5, 3, "old", u => u.Department = "B"), Refused(4.5, "ben") with { ZoomId = "id-2" },
            .. Done(4, 5, "old", u => u.Department = "C"), Refused(3), .. Done(2, 7, "ada", u => u.Title = "D"),
        ];
        entries[^3] = entries[^3] with { ZoomId = "id-1" };
        var told = PersonTrouble.Before(
            new AccountHistory(_ => [new Part(entries)], [new JournalPlace("a", "a", "a", null)]), ["ADA"], Now);
        Assert.Equal(4, told.Count);
        Assert.EndsWith(" Update: Department: B: Done (run run-1)", told[0], StringComparison.Ordinal);
        Assert.EndsWith(" Update: Department: C: Done (run run-1)", told[1], StringComparison.Ordinal);
        Assert.EndsWith(" Failed: 3 (run 0123456789ab)", told[2], StringComparison.Ordinal);
        Assert.EndsWith(" Update: Title: D: Done (run run-1)", told[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_id_of_a_run_is_shown_whole() =>
        Assert.EndsWith("(run r1)", PersonTrouble.Describe(Refused(1) with { RunId = "r1" }), StringComparison.Ordinal);

    [Fact]
    public void A_ledgers_entry_makes_room_only_for_what_there_is()
    {
        var entry = new LedgerEntry("1", "ada", LedgerOrigin.Created, default);
        Assert.Equal((false, false, false, false), (entry.HasUntold, entry.HasIgnored, entry.HasLicensesBefore, entry.HasGroups));
        _ = (entry.Untold, entry.Ignored, entry.LicensesBefore, entry.Groups);
        Assert.Equal((false, false, false, false), (entry.HasUntold, entry.HasIgnored, entry.HasLicensesBefore, entry.HasGroups));
        entry.Untold = new ScimObject { ["Title"] = "Chief" };
        entry.Ignored = new() { ["Title"] = new IgnoredValue("a", "b") };
        entry.LicensesBefore = new() { ["UserType"] = "Licensed" };
        entry.Groups = new() { ["g"] = new LedgerGroup("Sales", true) };
        Assert.Equal((true, true, true, true), (entry.HasUntold, entry.HasIgnored, entry.HasLicensesBefore, entry.HasGroups));
        Assert.Equal(("a", "Licensed", "Sales"), (entry.Ignored["TITLE"].Sent, entry.LicensesBefore["USERTYPE"], entry.Groups["g"].Name));
        (entry.Untold, entry.Ignored, entry.LicensesBefore, entry.Groups) = ([], [], [], []);
        Assert.Equal((false, false, false, false), (entry.HasUntold, entry.HasIgnored, entry.HasLicensesBefore, entry.HasGroups));
        entry.LicensesBefore["UserType"] = "Licensed";
        entry.ForgetLicenses();
        Assert.False(entry.HasLicensesBefore);
    }

    [Fact]
    public void Whoever_is_back_has_no_day_of_leaving()
    {
        var entry = new LedgerEntry("1", "ada", LedgerOrigin.Created, default) { IsRemoved = true, RemovedAt = Now, LeftUnder = "disable;x" };
        entry.IsRemoved = true;
        Assert.Equal((Now, "disable;x"), (entry.RemovedAt, entry.LeftUnder));
        entry.IsRemoved = false;
        Assert.Equal((null, null), (entry.RemovedAt, entry.LeftUnder));
    }

    [Fact]
    public void A_ledger_tells_who_was_seen_unless_they_must_be_read()
    {
        var ledger = new Ledger("account", "rule");
        var (seen, bystander) = (new ScimUser { Id = "1" }, new ScimUser { Id = "2" });
        ledger.Put(new LedgerEntry("1", "ada", LedgerOrigin.Created, default) { Seen = seen });
        ledger.Bystanders = [bystander, new ScimUser()];
        Assert.Same(seen, Assert.Single(ledger.Seen("1")));
        Assert.Same(bystander, Assert.Single(ledger.Seen("2")));
        Assert.Empty(ledger.Seen("3"));
        Assert.Single(ledger.Bystanders);
        ledger.Find("1")!.MustRead = true;
        Assert.Empty(ledger.Seen("1"));
        ledger.Bystanders = [];
        Assert.Empty(ledger.Seen("2"));
        ledger.Find("1")!.IsRemoved = true;
        Assert.Equal(0, ledger.ManagedCount);
    }

    [Fact]
    public void What_a_request_names_is_told_also_where_it_takes_it_off()
    {
        static string In(Action<ScimObject> fill)
        {
            var body = new ScimObject();
            fill(body);
            return string.Join(" ", SentAttributes.In(body).Select(a => a.Name));
        }

        Assert.Equal("Title", In(b => b["title"] = string.Empty));
        Assert.Equal("Department", In(b => b[ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = null }));
        Assert.Equal("GivenName", In(b => b["name"] = new ScimObject { ["givenName"] = "Ada" }));
        Assert.Equal("FamilyName", In(b => b["name"] = new ScimObject { ["familyName"] = "L" }));
        Assert.Equal("Email", In(b => b["emails"] = new System.Collections.ArrayList()));
        Assert.Equal("Phone MobilePhone HomePhone Fax", In(b => b["phoneNumbers"] = new System.Collections.ArrayList()));
        Assert.Equal("zoomOneEdu", In(b => b[ScimSchemas.ZoomUser] = new ScimObject { ["zoomOneEdu"] = "1" }));
        Assert.Equal(string.Empty, In(b => b["active"] = true));
    }

    [Fact]
    public void What_was_sent_empty_and_the_reply_does_not_name_has_been_taken_off()
    {
        var before = Reconcile.UndoScene.Image("ada", u => (u.Department, u.Roles, u.Organization) = ("Sales", new[] { "IT" }, "Example"));
        var sent = new ScimUser { Department = string.Empty, Roles = Array.Empty<string>() };
        var reply = new ScimUser(new ScimObject { ["id"] = "id-ada" }, UserDetail.Updated);
        var after = SeenUser.AfterWrite(before, reply, sent.Attributes);
        Assert.True(ZoomAttribute.IsEmpty(after.Department));
        Assert.Empty(after.Roles);
        Assert.Equal("Example", after.Organization);
        Assert.Equal("Sales", SeenUser.AfterWrite(before, reply, null).Department);
    }
}
