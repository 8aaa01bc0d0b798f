using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Whom commands without a rule have created, by their journal.</summary>
public class CreatedUsersTests
{
    private static JournalEntry Intent(long number, WriteKind request) => new(JournalKind.Intent) { Number = number, Request = request };

    private static JournalEntry Answer(long intent, string? id, ChangeOutcome outcome, JournalKind kind = JournalKind.Outcome) =>
        new(kind) { Number = 100 + intent, Answers = intent, ZoomId = id, Outcome = outcome };

    [Fact]
    public void Only_creations_that_were_done_count()
    {
        JournalEntry[] journal =
        [
            Intent(1, WriteKind.Create), Answer(1, "made", ChangeOutcome.Done),
            Intent(2, WriteKind.Create), Answer(2, "failed", ChangeOutcome.Failed),
            Intent(3, WriteKind.Update), Answer(3, "changed", ChangeOutcome.Done),
            Intent(4, WriteKind.Create), Answer(4, null, ChangeOutcome.Unknown), Answer(4, "settled", ChangeOutcome.Done, JournalKind.Settled),
            Intent(5, WriteKind.Create), Answer(5, "not-asked", ChangeOutcome.Done),
        ];

        Assert.Equal(["made", "settled"], CreatedUsers.In(() => journal, ["made", "failed", "changed", "settled"]).OrderBy(id => id, StringComparer.Ordinal));
    }

    [Fact]
    public void What_stands_before_a_damage_holds()
    {
        static IEnumerable<JournalEntry> Damaged()
        {
            yield return Intent(1, WriteKind.Create);
            yield return Answer(1, "made", ChangeOutcome.Done);
            throw new ScimStateException("Zoom.State.JournalDamaged", "Line 3 is not as it was written.");
        }

        Assert.Equal("made", Assert.Single(CreatedUsers.In(Damaged, ["made", "other"])));
    }
}
