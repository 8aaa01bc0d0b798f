using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests.Reconcile;

namespace ZoomProvisioning.Tests.State;

/// <summary>
/// A machine's clock that is set back, or was ahead: nobody is removed earlier for it, nothing that a day may have is had twice, and
/// nothing waits for as long as the clock was wrong. Hours count from a noon; a year is 8760 of them.
/// </summary>
public class ClockTests
{
    private const int Year = 8760;

    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 1 3", 3)]
    [InlineData("0 -1 0", 0)]
    [InlineData("0 -1 0 2", 2)]
    [InlineData("0 -24 -23", 1)]
    [InlineData("0 -24 -23 1", 1)]
    [InlineData("0 -8760 -8759 5", 5)]
    [InlineData("0 -8760 -8640 5", 120)]
    [InlineData("0 8760 1 2", 8761)]
    [InlineData("0 8760 1 8761", 8761)]
    [InlineData("10 0 5 -20 -19 6 8 11", 8)]
    public void So_much_time_has_passed_along_a_journal(string hours, int passed)
    {
        var time = new JournalTime();
        var last = TimeSpan.Zero;
        foreach (var hour in hours.Split(' ').Select(int.Parse))
        {
            var now = time.GoTo(Noon.AddHours(hour));
            Assert.True(now >= last);
            last = now;
        }

        Assert.Equal(TimeSpan.FromHours(passed), last);
    }

    [Theory]
    // Somebody is disabled at 0; then the clock is set, and set right.
    [InlineData("-1", -1, 1)]
    [InlineData("", -24, 1)]
    [InlineData("", -Year, 1)]
    [InlineData("-8760", 1, 1)]
    [InlineData("-8760 -8750", 1, 1)]
    [InlineData("-8760", 23, 1)]
    [InlineData("-8760", 24, 0)]
    // Set back for good, the day of before ends a day later, and not in a year.
    [InlineData("-8760", -Year + 23, 1)]
    [InlineData("-8760", -Year + 24, 0)]
    [InlineData("-24", 0, 1)]
    // What was done while the clock was ahead is of this day when the clock is right again.
    [InlineData("8760", 1, 0)]
    public void A_day_of_before_is_neither_over_at_once_nor_for_ever(string runs, int now, int count)
    {
        var number = 0L;
        JournalEntry At(JournalKind kind, int hour) => new(kind) { Number = ++number, At = Noon.AddHours(hour), RunId = "run" };
        var hours = runs.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        var journal = new[]
        {
            At(JournalKind.Intent, 0) with { ZoomId = "1", Request = WriteKind.Deactivate, Action = PlanAction.Disable },
            At(JournalKind.Outcome, 0) with { Answers = 1, Outcome = ChangeOutcome.Done },
        }.Concat(hours.Select(h => At(JournalKind.RunStarted, h))).ToList();
        Assert.Equal(count, RecentChanges.Read(journal, Noon.AddHours(now), TimeSpan.FromDays(1))[GuardKind.Disable]);
    }

    [Fact]
    public void What_was_done_while_the_clock_was_ahead_counts_for_the_day_after_it_is_right()
    {
        JournalEntry[] journal =
        [
            new(JournalKind.RunStarted) { Number = 1, At = Noon },
            new(JournalKind.Intent) { Number = 2, At = Noon.AddYears(1), ZoomId = "1", Request = WriteKind.Delete },
            new(JournalKind.Outcome) { Number = 3, At = Noon.AddYears(1), Answers = 2, Outcome = ChangeOutcome.Done },
            new(JournalKind.RunStarted) { Number = 4, At = Noon.AddHours(1) },
        ];
        int After(int hours) => RecentChanges.Read(journal, Noon.AddHours(hours), TimeSpan.FromDays(1))[GuardKind.Delete];
        Assert.Equal((1, 1, 0), (After(1), After(24), After(25)));
    }

    [Theory]
    // Created under a name alone, and somebody deleted who has both; an approval may be for the one, the other, or for nobody.
    [InlineData("", 1, 1)]
    [InlineData("nobody", 1, 1)]
    [InlineData("1", 1, 0)]
    [InlineData("ada", 0, 1)]
    [InlineData("1 ada", 0, 0)]
    public void Who_was_approved_is_known_by_id_and_by_name_only_where_there_is_none(string approved, int created, int deleted)
    {
        JournalEntry[] journal =
        [
            new(JournalKind.Approved) { Number = 1, At = Noon, RunId = "run", Members = approved.Length == 0 ? null : approved.Split(' ') },
            new(JournalKind.Intent) { Number = 2, At = Noon, RunId = "run", UserName = "ada", Request = WriteKind.Create },
            new(JournalKind.Intent) { Number = 3, At = Noon, RunId = "run", UserName = "ada", ZoomId = "1", Request = WriteKind.Delete },
        ];
        var recent = RecentChanges.Read(journal, Noon.AddHours(1), TimeSpan.FromDays(1));
        Assert.Equal((created, deleted, deleted), (recent[GuardKind.Create], recent[GuardKind.Delete], recent.Left));
    }

    [Theory]
    // Missed first at the first hour and then at the others: since when, by the clock of the last one.
    [InlineData("0 24 48", 0)]
    [InlineData("0 -1", -1)]
    [InlineData("0 -1 1", 0)]
    [InlineData("0 -24 -23", -24)]
    [InlineData("0 -8760 -8750", -8760)]
    [InlineData("0 -8760 1", 0)]
    [InlineData("0 -8760 -8750 20", 0)]
    [InlineData("8760 1", 1)]
    [InlineData("8760 1 30", 1)]
    [InlineData("8760 1 8761", 8760)]
    public void Somebody_who_is_missed_is_so_since_no_time_yet_to_come_and_not_since_before_it_was_so(string hours, int since)
    {
        var fold = new LedgerFold(new Ledger("account", "rule"));
        fold.Ledger.Put(new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default));
        var number = 0L;
        foreach (var hour in hours.Split(' ').Select(int.Parse))
        {
            fold.Apply(new JournalEntry(JournalKind.Missed) { Number = ++number, At = Noon.AddHours(hour), Members = ["1"] });
        }

        Assert.Equal(Noon.AddHours(since), fold.Ledger.Find("1")!.MissingSince);
    }

    [Theory]
    [InlineData("0 -8760", 0, -Year)]
    [InlineData("0 -8760 2", 0, 0)]
    [InlineData("8760 1", Year, 1)]
    [InlineData("0 -0.05", 0, 0)]
    public void When_somebody_was_removed_follows_the_clock_as_well(string hours, int removed, int after)
    {
        var fold = new LedgerFold(new Ledger("account", "rule"));
        var entry = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default) { IsRemoved = true, RemovedAt = Noon.AddHours(removed) };
        fold.Ledger.Put(entry);
        fold.Ledger.StateDoubtedAt = entry.RemovedAt;
        var number = 0L;
        foreach (var hour in hours.Split(' ').Select(h => double.Parse(h, System.Globalization.CultureInfo.InvariantCulture)))
        {
            fold.Apply(new JournalEntry(JournalKind.RunEnded) { Number = ++number, At = Noon.AddHours(hour) });
        }

        Assert.Equal((Noon.AddHours(after), Noon.AddHours(after)), (entry.RemovedAt, fold.Ledger.StateDoubtedAt));
    }

    [Theory]
    // Missed once before, and to be missed for three days: since a time that the clock says is yet to come.
    [InlineData(1, PlanAction.NoOp)]
    [InlineData(Year, PlanAction.NoOp)]
    [InlineData(-71, PlanAction.NoOp)]
    [InlineData(-73, PlanAction.Disable)]
    public void Whoever_is_missed_since_a_time_yet_to_come_is_not_removed(int since, PlanAction action)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Leavers = new LeaverSettings { MissingDays = 3 } }).Staff(20);
        var entry = scene.Managed("gone");
        (entry.MissingRuns, entry.MissingSince) = (1, Scene.Now.AddHours(since));
        Assert.Equal(action, scene.Of("gone").Action);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0.0, false)]
    [InlineData(0.9, false)]
    [InlineData(-0.9, false)]
    [InlineData(1.0, true)]
    [InlineData(-1.0, true)]
    [InlineData(24.0, true)]
    [InlineData(-(double)Year, true)]
    public void Nobody_gets_or_loses_anything_by_a_clock_that_is_not_Zooms(double? hoursAhead, bool isHeld)
    {
        var scene = new Scene { ClockAhead = hoursAhead is { } hours ? TimeSpan.FromHours(hours) : null }.Staff(20);
        scene.Managed("gone");
        scene.InSource("joiner");
        scene.Managed("mover");
        scene.InSource("mover", u => u.Title = "Captain");
        var plan = scene.Plan();
        Assert.Equal(isHeld ? 2 : 0, plan.Held.Count);
        Assert.Equal(isHeld, plan.Guard.Any(f => f is { Check: GuardCheck.WrongClock, HoldsRemovals: true, DoubtsMissing: true }));
        Assert.Null(scene.Of("mover").Held);
        if (isHeld)
        {
            Assert.Contains("Set the clock", Assert.Single(plan.Guard).Message, StringComparison.Ordinal);
            Assert.All(plan.Held, c => Assert.True(PlanGuard.Concerns(plan.Guard[0], c)));
        }
    }

    [Fact]
    public void A_wrong_clock_is_told_where_there_is_nothing_to_hold_as_well() =>
        Assert.True(Assert.Single(new Scene { ClockAhead = TimeSpan.FromDays(-3) }.Staff(3).Plan().Guard).HoldsRemovals);

    [Theory]
    [InlineData(-10, "10 minutes")]
    [InlineData(-60 * 24, "24 hours")]
    [InlineData(-60 * 24 * 365, "365 days")]
    [InlineData(-4, null)]
    [InlineData(60, null)]
    public void That_it_was_set_back_is_told_and_holds_nothing(int minutes, string? says)
    {
        var scene = new Scene { LastEntryAt = Scene.Now.AddMinutes(-minutes) }.Staff(20);
        scene.Managed("gone");
        var plan = scene.Plan();
        Assert.Equal((1, 0), (plan.Count(PlanAction.Disable), plan.Held.Count));
        var told = plan.Guard.Where(f => f.Check == GuardCheck.ClockSetBack).ToList();
        Assert.Equal(says is null ? 0 : 1, told.Count);
        Assert.All(told, f => Assert.Contains(says!, f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    [InlineData(-1.01, "yet to come")]
    [InlineData(-Year, "yet to come")]
    [InlineData(24, null)]
    [InlineData(25, "of the last 24 hours only")]
    public void Of_a_plan_that_is_yet_to_be_made_nobody_knows_how_old_it_is(double hoursLater, string? says)
    {
        var problem = PlanValidity.AgeProblem(Noon, TimeSpan.FromHours(24), Noon.AddHours(hoursLater));
        Assert.Equal(says is null, problem is null);
        Assert.Contains(says ?? string.Empty, problem ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(-23, true)]
    [InlineData(-Year, true)]
    [InlineData(null, false)]
    public void A_run_after_a_plan_is_after_it_whatever_the_clock_said_then(int? ranAt, bool isStale)
    {
        var ledger = new Ledger("account", "rule") { LastStartedAt = Noon.AddDays(-1) };
        var plan = new SyncPlan([new PlannedChange(PlanAction.Disable, "ada@example.com", "no longer in the source")]) { CreatedAt = Noon };
        var remembered = PlanValidity.Remember(plan, ledger);
        ledger.LastStartedAt = ranAt is { } hour ? Noon.AddHours(hour) : ledger.LastStartedAt;
        Assert.Equal(isStale, Assert.Single(PlanValidity.Confirm(remembered, ledger).Changes).Stale is not null);
    }
}
