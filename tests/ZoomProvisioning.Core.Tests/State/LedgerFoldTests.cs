using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What the journal makes of the ledger, line by line: what was asked, what became of it, and what nobody knows.</summary>
public class LedgerFoldTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly LedgerFold _fold = new(new Ledger("account", "rule"));
    private long _number;

    private Ledger Ledger => _fold.Ledger;

    private LedgerEntry Ada => Ledger.Find("1")!;

    private static ScimObject User(Action<ScimUser>? more = null)
    {
        var user = new ScimUser { Id = "1", UserName = "ada@example.com", Active = true };
        more?.Invoke(user);
        return user.Attributes;
    }

    private long Line(JournalEntry entry)
    {
        _fold.Apply(entry with { Number = ++_number, At = Noon.AddMinutes(_number) });
        return _number;
    }

    private void Knows(Action<LedgerEntry>? more = null)
    {
        var entry = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default) { Seen = new ScimUser(User(), UserDetail.Read) };
        more?.Invoke(entry);
        Ledger.Put(entry);
    }

    private long Intent(WriteKind request, JournalEntry? more = null) => Line((more ?? new JournalEntry(JournalKind.Intent)) with
    {
        Request = request,
        ZoomId = request == WriteKind.Create ? null : "1",
        UserName = "ada@example.com",
    });

    private void Outcome(long answers, ChangeOutcome outcome, JournalEntry? more = null, bool settled = false) =>
        Line((more ?? new JournalEntry(JournalKind.Outcome)) with
        {
            Kind = settled ? JournalKind.Settled : JournalKind.Outcome,
            Answers = answers,
            Outcome = outcome,
        });

    private static JournalEntry About(ScimObject? body = null, ScimObject? before = null, ScimObject? after = null) =>
        new(JournalKind.Intent) { Body = body, Before = before, After = after };

    [Fact]
    public void Who_was_created_is_the_rules_own_with_anchor_and_what_Zoom_showed()
    {
        Outcome(
            Intent(WriteKind.Create, About(User(u => u.Title = "Boss")) with { Anchor = "a1" }),
            ChangeOutcome.Done,
            About(after: User()) with { ZoomId = "1", UserName = "Ada@example.com" });

        Assert.Equal(("Ada@example.com", "a1", LedgerOrigin.Created, Noon.AddMinutes(2)), (Ada.UserName, Ada.Anchor, Ada.Origin, Ada.LinkedAt));
        Assert.False(Ada.MustRead);
        Assert.Equal("Boss", Ada.Untold.Text("Title"));
        Assert.Empty(_fold.InDoubt);
    }

    [Fact]
    public void Who_was_created_without_a_look_must_be_read()
    {
        Outcome(Intent(WriteKind.Create), ChangeOutcome.Done, About() with { ZoomId = "1" });
        Assert.True(Ada.MustRead);
        Assert.Equal("ada@example.com", Ada.UserName);
    }

    [Fact]
    public void Who_was_found_created_by_a_later_run_is_sent_again_what_nobody_can_see()
    {
        Outcome(Intent(WriteKind.Create, About(User(u => u.Title = "Boss"))), ChangeOutcome.Done, About(after: User()) with { ZoomId = "1" }, settled: true);
        Assert.Null(Ada.Untold.Text("Title"));
    }

    [Theory]
    [InlineData(ChangeOutcome.NotSent, false, false)]
    [InlineData(ChangeOutcome.Unknown, true, true)]
    [InlineData(ChangeOutcome.Failed, false, true)]
    [InlineData(ChangeOutcome.Done, false, true)]
    public void What_became_of_a_request_says_what_is_still_believed(ChangeOutcome outcome, bool inDoubt, bool mustRead)
    {
        Knows(e => e.Untold["Title"] = "Boss");
        Outcome(Intent(WriteKind.Update, About(new ScimUser { Title = "Chief", Department = "Sales" }.Attributes)), outcome);

        Assert.Equal(inDoubt, _fold.InDoubt.Count == 1);
        Assert.Equal(mustRead, Ada.MustRead);
        Assert.Equal(outcome switch { ChangeOutcome.NotSent => "Boss", ChangeOutcome.Done => "Chief", _ => null }, Ada.Untold.Text("Title"));
        Assert.Equal(inDoubt ? 0 : 2, _fold.SafePosition);
    }

    [Fact]
    public void A_settled_request_is_open_no_more_whatever_was_found_out()
    {
        Knows();
        var intent = Intent(WriteKind.Update);
        Outcome(intent, ChangeOutcome.Unknown);
        Assert.Single(_fold.InDoubt);
        Outcome(intent, ChangeOutcome.Unknown, settled: true);
        Assert.Empty(_fold.InDoubt);
        intent = Intent(WriteKind.Update);
        Outcome(intent, ChangeOutcome.NotSent, settled: true);
        Assert.Empty(_fold.InDoubt);
        Assert.Equal(_number, _fold.SafePosition);
    }

    [Fact]
    public void What_was_never_answered_is_in_doubt_in_the_order_of_the_journal()
    {
        Knows();
        var first = Intent(WriteKind.Update);
        Intent(WriteKind.Activate);
        Outcome(99, ChangeOutcome.Done);
        Assert.Equal([WriteKind.Update, WriteKind.Activate], _fold.InDoubt.Select(e => e.Request!.Value));
        Assert.Equal(first - 1, _fold.SafePosition);
        Assert.False(Ada.MustRead);
        _fold.DistrustInDoubt();
        Assert.True(Ada.MustRead);
    }

    [Fact]
    public void Who_was_deleted_is_forgotten_and_who_was_let_go_too()
    {
        Knows();
        Outcome(Intent(WriteKind.Delete), ChangeOutcome.Failed);
        Assert.NotNull(Ada);
        Outcome(Intent(WriteKind.Delete), ChangeOutcome.Done);
        Assert.Empty(Ledger.Entries);
        Knows();
        Line(new JournalEntry(JournalKind.Unlinked) { ZoomId = "1" });
        Assert.Empty(Ledger.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_deactivation_is_a_removal_when_it_says_so(bool isRemoval)
    {
        Knows(e => e.DeactivatedByOthers = true);
        Outcome(
            Intent(WriteKind.Deactivate, About(before: User(u => u.UserType = "Licensed")) with { IsRemoval = isRemoval, LeftUnder = "policy" }),
            ChangeOutcome.Done,
            About(after: User(u => u.Active = false)));

        Assert.Equal((isRemoval, isRemoval ? Noon.AddMinutes(2) : null, isRemoval ? "policy" : null), (Ada.IsRemoved, Ada.RemovedAt, Ada.LeftUnder));
        Assert.Equal("Licensed", Ada.LicensesBefore["UserType"]);
        Assert.False(Ada.DeactivatedByOthers);
        Assert.Equal(1 - (isRemoval ? 1 : 0), Ledger.ManagedCount);
    }

    [Theory]
    [InlineData(PlanAction.Reactivate, false)]
    [InlineData(PlanAction.Delete, true)]
    public void An_activation_brings_back_unless_it_is_on_the_way_to_a_deletion(PlanAction action, bool staysRemoved)
    {
        Knows(e => (e.IsRemoved, e.DeactivatedByOthers) = (true, true));
        Outcome(Intent(WriteKind.Activate, About() with { Action = action }), ChangeOutcome.NoChange);
        Assert.Equal((staysRemoved, false), (Ada.IsRemoved, Ada.DeactivatedByOthers));
    }

    [Fact]
    public void An_update_does_not_say_who_deactivated_somebody()
    {
        Knows(e => (e.IsRemoved, e.DeactivatedByOthers) = (true, true));
        Outcome(Intent(WriteKind.Update, About() with { Anchor = "a2" }), ChangeOutcome.Done, About() with { UserName = "new@example.com" });
        Assert.True(Ada.IsRemoved && Ada.DeactivatedByOthers);
        Assert.Equal(("new@example.com", "a2"), (Ada.UserName, Ada.Anchor));
    }

    [Fact]
    public void What_Zoom_ignored_is_remembered_until_it_takes_it()
    {
        Knows();
        var sent = new ScimUser { Department = "Legal", CostCenter = "42" }.Attributes;
        Outcome(Intent(WriteKind.Update, About(sent)), ChangeOutcome.Done, About(after: User(u => (u.Department, u.CostCenter) = ("Sales", "42"))));
        Assert.Equal(new IgnoredValue("Legal", "Sales"), Assert.Single(Ada.Ignored).Value);
        Outcome(Intent(WriteKind.Update, About(sent)), ChangeOutcome.Done, About(after: User(u => (u.Department, u.CostCenter) = ("Legal", "42"))));
        Assert.Empty(Ada.Ignored);
    }

    [Fact]
    public void A_licence_that_was_given_is_owed_no_more()
    {
        Knows(e => e.LicensesBefore["UserType"] = "Licensed");
        Outcome(Intent(WriteKind.Update, About(new ScimUser { UserType = "Licensed" }.Attributes)), ChangeOutcome.Done);
        Assert.Empty(Ada.LicensesBefore);
    }

    [Fact]
    public void What_a_failed_request_took_all_the_same_is_owed()
    {
        Knows(e => e.Untold["Title"] = "Boss");
        Outcome(
            Intent(WriteKind.Update),
            ChangeOutcome.Failed,
            About(new ScimUser { Department = "Sales" }.Attributes, after: User(u => u.GivenName = "Ada")));
        Assert.Equal("Ada", Ada.Seen!.GivenName);
        Assert.Null(Ada.Untold.Text("Title"));
        Assert.Equal("Sales", Ada.LicensesBefore["Department"]);
        Assert.True(Ada.MustRead);
    }

    [Theory]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Done, false, true)]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Done, true, false)]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Unknown, false, false)]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Failed, false, null)]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.NotSent, false, null)]
    [InlineData(WriteKind.RemoveFromGroup, ChangeOutcome.Unknown, false, null)]
    public void Who_came_into_a_group_is_a_member_as_far_as_anybody_knows(WriteKind request, ChangeOutcome outcome, bool settled, bool? isCertain)
    {
        Knows();
        Ledger.Put(new LedgerEntry("2", "bob@example.com", LedgerOrigin.Created, default));
        Outcome(Intent(request, About() with { GroupId = "g1", GroupName = "Sales", Members = ["1", "2", "nobody"] }), outcome, settled: settled);
        Assert.All(Ledger.Entries, e => Assert.Equal(isCertain, e.Groups.TryGetValue("g1", out var group) ? group.IsCertain : null));
        Assert.False(Ada.MustRead);
    }

    [Theory]
    [InlineData(ChangeOutcome.Done, false, null)]
    [InlineData(ChangeOutcome.Done, true, false)]
    [InlineData(ChangeOutcome.Unknown, false, false)]
    [InlineData(ChangeOutcome.Failed, false, true)]
    public void Who_was_taken_out_of_a_group_is_a_member_no_more_as_far_as_anybody_knows(ChangeOutcome outcome, bool settled, bool? isCertain)
    {
        Knows(e => e.Groups["g1"] = new LedgerGroup("Sales", IsCertain: true));
        Outcome(Intent(WriteKind.RemoveFromGroup, About() with { GroupId = "g1" }), outcome, settled: settled);
        Assert.Equal(isCertain, Ada.Groups.TryGetValue("g1", out var group) ? group.IsCertain : null);
    }

    [Fact]
    public void Whoever_is_taken_over_is_known_from_then_on_and_back_where_known_before()
    {
        Line(new JournalEntry(JournalKind.Linked) { ZoomId = "1", UserName = "ada@example.com", Anchor = "a1", After = User() });
        Assert.Equal((LedgerOrigin.Adopted, "a1", Noon.AddMinutes(1), false), (Ada.Origin, Ada.Anchor, Ada.LinkedAt, Ada.MustRead));
        Assert.NotNull(Ada.Seen);

        (Ada.IsRemoved, Ada.MissingRuns, Ada.MissingSince, Ada.MustRead) = (true, 2, Noon, true);
        Line(new JournalEntry(JournalKind.Linked) { ZoomId = "1", UserName = "new@example.com" });
        Assert.Equal(("new@example.com", "a1", false, 0, null), (Ada.UserName, Ada.Anchor, Ada.IsRemoved, Ada.MissingRuns, Ada.MissingSince));
        Assert.True(Ada.MustRead);
        Assert.Equal(Noon.AddMinutes(1), Ada.LinkedAt);

        Line(new JournalEntry(JournalKind.Linked) { UserName = "nobody@example.com" });
        Assert.Single(Ledger.Entries);
    }

    [Fact]
    public void Another_anchor_under_the_same_user_is_taken_and_none_is_not()
    {
        Knows(e => e.Anchor = "a1");
        Line(new JournalEntry(JournalKind.Relinked) { ZoomId = "1" });
        Assert.Equal("a1", Ada.Anchor);
        Line(new JournalEntry(JournalKind.Relinked) { ZoomId = "1", Anchor = "a2" });
        Assert.Equal("a2", Ada.Anchor);
        Line(new JournalEntry(JournalKind.Relinked) { ZoomId = "nobody", Anchor = "a3" });
        Assert.Single(Ledger.Entries);
    }

    [Fact]
    public void Whoever_is_missed_is_counted_from_the_first_time_until_present()
    {
        Knows();
        Line(new JournalEntry(JournalKind.Missed) { Members = ["1", "nobody"] });
        Line(new JournalEntry(JournalKind.Missed) { ZoomId = "1" });
        Assert.Equal((2, Noon.AddMinutes(1)), (Ada.MissingRuns, Ada.MissingSince));
        Line(new JournalEntry(JournalKind.Present) { Members = ["1"] });
        Assert.Equal((0, null), (Ada.MissingRuns, Ada.MissingSince));
    }

    [Fact]
    public void Runs_tell_when_they_began_and_what_they_read()
    {
        Line(new JournalEntry(JournalKind.RunStarted) { DoubtsState = true });
        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(1)), (Ledger.LastStartedAt!.Value, Ledger.StateDoubtedAt!.Value));
        Line(new JournalEntry(JournalKind.RunStarted));
        Assert.Equal((Noon.AddMinutes(2), Noon.AddMinutes(1)), (Ledger.LastStartedAt!.Value, Ledger.StateDoubtedAt!.Value));
        Line(new JournalEntry(JournalKind.RunStarted) { IsSavedPlan = true, PlanId = "p1" });
        Assert.Equal(Noon.AddMinutes(2), Ledger.LastStartedAt);
        Assert.Equal(Noon.AddMinutes(3), Ledger.AppliedPlans["p1"]);

        Line(new JournalEntry(JournalKind.RunEnded));
        Assert.Null(Ledger.LastRunAt);
        Line(new JournalEntry(JournalKind.RunEnded) { SourceCount = 7, Properties = ["Mail"] });
        Line(new JournalEntry(JournalKind.RunEnded) { SourceCount = 8 });
        Assert.Equal((8, Noon.AddMinutes(6)), (Ledger.LastSourceCount!.Value, Ledger.LastRunAt!.Value));
        Assert.Equal(["Mail"], Ledger.SourceProperties);

        Line(new JournalEntry(JournalKind.NotDone) { ZoomId = "1", Action = PlanAction.Update });
        Assert.Equal("id 1", Assert.Single(Ledger.Undone).Who);
    }

    [Fact]
    public void The_place_in_the_journal_is_the_last_ones_whatever_the_order()
    {
        _fold.Apply(new JournalEntry(JournalKind.LedgerSaved) { Number = 5, At = Noon });
        _fold.Apply(new JournalEntry(JournalKind.LedgerSaved) { Number = 4, At = Noon.AddHours(1) });
        Assert.Equal((5, Noon, 5), (Ledger.JournalPosition, Ledger.LastEntryAt!.Value, _fold.SafePosition));
    }
}
