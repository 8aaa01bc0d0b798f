using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>Who waits for a licence, as the journals tell: Zoom refused it, or a run did not ask any more, and nothing gave it since.</summary>
internal sealed class SeatWaiters
{
    private readonly Dictionary<string, (IReadOnlyList<string> Licenses, DateTimeOffset At, string UserName)> _waiting = new(StringComparer.OrdinalIgnoreCase);

    // What was asked for and not answered yet, by the journal it is in.
    private readonly Dictionary<(string? Rule, long Number), JournalEntry> _asked = [];

    /// <summary>The people, by the licence they wait for.</summary>
    /// <param name="history">The journals.</param>
    /// <param name="after">How far back it is looked.</param>
    public static ILookup<string, (string UserName, DateTimeOffset At)> Of(AccountHistory history, DateTimeOffset after)
    {
        var waiters = new SeatWaiters();
        foreach (var entry in history.Read(new HistoryQuery { After = after }))
        {
            waiters.Learn(entry);
        }

        return waiters._waiting.Values.SelectMany(w => w.Licenses.Select(l => (License: l, w.UserName, w.At)))
            .ToLookup(w => w.License, w => (w.UserName, w.At), StringComparer.OrdinalIgnoreCase);
    }

    private void Learn(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.Intent when entry.Request is WriteKind.Create or WriteKind.Update or WriteKind.Deactivate or WriteKind.Delete:
                _asked[(entry.Rule, entry.Number)] = entry;
                break;
            case JournalKind.Outcome or JournalKind.Settled when entry.Answers is { } number && _asked.TryGetValue((entry.Rule, number), out var asked):
                _asked.Remove((entry.Rule, number));
                Answered(asked, entry);
                break;
            case JournalKind.NotDone when SeatGate.WaitsFor(entry.Message) is { } license:
                Wait(entry, [license]);
                break;
        }
    }

    private void Answered(JournalEntry asked, JournalEntry answer)
    {
        var paid = asked.Body is null ? [] : ZoomLicenses.Of(new ScimUser(asked.Body, UserDetail.None))
            .Where(l => !ZoomUserTypes.IsFree(l)).ToList();
        if (answer.ErrorId is "Zoom.Seats.NoPaidLicence" or "Zoom.Seats.PlanExhausted")
        {
            var plans = paid.Where(l => ZoomLicenses.KindOf(l) != "UserType").ToList();
            Wait(asked with { At = answer.At }, answer.ErrorId == "Zoom.Seats.PlanExhausted" && plans.Count > 0 ? plans : paid.Count > 0 ? paid : ["Licensed"]);
        }
        else if (answer.Outcome == ChangeOutcome.Done && (paid.Count > 0 || asked.Request is WriteKind.Deactivate or WriteKind.Delete))
        {
            _waiting.Remove(KeyOf(asked));
        }
    }

    private void Wait(JournalEntry entry, IReadOnlyList<string> licenses) => _waiting[KeyOf(entry)] = (licenses, entry.At, KeyOf(entry));

    private static string KeyOf(JournalEntry entry) => entry.UserName ?? entry.ZoomId ?? string.Empty;
}
