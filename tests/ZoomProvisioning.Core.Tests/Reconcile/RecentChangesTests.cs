using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What the journal says of the day before.</summary>
public class RecentChangesTests
{
#if NETFRAMEWORK
    private static readonly GuardKind[] Kinds = (GuardKind[])System.Enum.GetValues(typeof(GuardKind));
#else
    private static readonly GuardKind[] Kinds = System.Enum.GetValues<GuardKind>();
#endif

    private static JournalEntry Intent(
        long number, WriteKind request, double hoursAgo, PlanAction action = PlanAction.Update, string run = "run", string who = "z") =>
        new(JournalKind.Intent) { Number = number, At = Scene.Now.AddHours(-hoursAgo), RunId = run, ZoomId = who, Request = request, Action = action };

    private static JournalEntry Answer(long number, ChangeOutcome outcome, double hoursAgo, JournalKind kind = JournalKind.Outcome) =>
        new(kind) { Number = number + 100, At = Scene.Now.AddHours(-hoursAgo), RunId = "run", Answers = number, Outcome = outcome };

    private static RecentChanges Read(params JournalEntry[] journal) => RecentChanges.Read(journal, Scene.Now, System.TimeSpan.FromDays(1));

    [Theory]
    [InlineData(ChangeOutcome.Done, 1)]
    [InlineData(ChangeOutcome.NoChange, 1)]
    [InlineData(ChangeOutcome.Unknown, 1)]
    [InlineData(ChangeOutcome.Failed, 0)]
    [InlineData(ChangeOutcome.NotSent, 0)]
    public void What_was_done_or_perhaps_done_counts(ChangeOutcome outcome, int count) =>
        Assert.Equal(count, Read(Intent(1, WriteKind.Deactivate, 2), Answer(1, outcome, 2))[GuardKind.Disable]);

    [Fact]
    public void What_has_no_answer_counts_and_what_a_later_run_found_out_is_believed()
    {
        Assert.Equal(1, Read(Intent(1, WriteKind.Deactivate, 2))[GuardKind.Disable]);
        Assert.Equal(0, Read(
            Intent(1, WriteKind.Deactivate, 2),
            Answer(1, ChangeOutcome.Unknown, 2),
            Answer(1, ChangeOutcome.Failed, 1, JournalKind.Settled))[GuardKind.Disable]);
    }

    [Theory]
    [InlineData(23.99, 1)]
    [InlineData(24, 0)]
    [InlineData(25, 0)]
    public void A_day_has_24_hours_and_its_beginning_does_not_belong_to_it(double hoursAgo, int count) =>
        Assert.Equal(count, Read(Intent(1, WriteKind.Delete, 30), Answer(1, ChangeOutcome.Done, hoursAgo))[GuardKind.Delete]);

    [Theory]
    [InlineData(WriteKind.Create, PlanAction.Create, GuardKind.Create)]
    [InlineData(WriteKind.Deactivate, PlanAction.Disable, GuardKind.Disable)]
    [InlineData(WriteKind.Delete, PlanAction.Delete, GuardKind.Delete)]
    [InlineData(WriteKind.Activate, PlanAction.Reactivate, GuardKind.Reactivate)]
    [InlineData(WriteKind.RemoveFromGroup, PlanAction.Update, GuardKind.GroupLeave)]
    [InlineData(WriteKind.Update, PlanAction.Update, GuardKind.Update)]
    public void Each_request_is_of_its_kind(WriteKind request, PlanAction action, GuardKind kind)
    {
        var recent = Read(Intent(1, request, 2, action), Answer(1, ChangeOutcome.Done, 2));
        Assert.Equal(1, recent[kind]);
        Assert.Equal(kind == GuardKind.GroupLeave ? 2 : 1, Kinds.Sum(k => recent[k]));
    }

    [Fact]
    public void An_update_is_of_the_kinds_it_was_written_down_with_and_somebody_counts_once_a_run()
    {
        var first = Intent(1, WriteKind.Update, 2) with { Kinds = ["LicenseLoss", "Rename", "of a newer version"] };
        var recent = Read(first, Answer(1, ChangeOutcome.Done, 2), Intent(2, WriteKind.Update, 2) with { Kinds = ["Rename"] }, Answer(2, ChangeOutcome.Done, 2),
            Intent(3, WriteKind.Update, 1, run: "next") with { Kinds = ["Rename"] }, Answer(3, ChangeOutcome.Done, 1));
        Assert.Equal((1, 2, 2), (recent[GuardKind.LicenseLoss], recent[GuardKind.Rename], recent[GuardKind.Update]));
    }

    [Fact]
    public void Whoever_is_activated_to_be_deleted_was_not_reactivated() =>
        Assert.Equal(0, Read(Intent(1, WriteKind.Activate, 2, PlanAction.Delete), Answer(1, ChangeOutcome.Done, 2))[GuardKind.Reactivate]);

    [Fact]
    public void What_was_approved_in_a_run_was_looked_at_and_neither_counts_nor_adds_to_those_of_whom_a_share_is_taken()
    {
        IEnumerable<JournalEntry> Two(string run, long number) =>
            new[] { "a", "b" }.SelectMany((who, i) => new[]
            {
                Intent(number + i, WriteKind.Deactivate, 2, PlanAction.Disable, run, who) with { IsRemoval = true },
                Answer(number + i, ChangeOutcome.Done, 2),
            });
        var approved = new JournalEntry(JournalKind.Approved) { Number = 1, At = Scene.Now.AddHours(-2), RunId = "run", Members = ["a"] };
        var recent = Read([approved, .. Two("run", 10), .. Two("next", 20)]);
        Assert.Equal((3, 2), (recent[GuardKind.Disable], recent.Left));
        Assert.Equal((1, 1), (Read([approved, .. Two("run", 10)])[GuardKind.Disable], Read([approved, .. Two("run", 10)]).Left));
    }
}
