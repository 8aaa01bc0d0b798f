using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Remembers which seats have run out during a command: after Zoom's first no, asking again for every further record would
/// only burn requests.
/// </summary>
public sealed class SeatGate
{
    private const string PaidLicense = "paid licence";
    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of the changes' seats that is known to be gone; null when there may be one for each.</summary>
    public string? Exhausted(IEnumerable<AttributeChange> changes) =>
        changes.Where(c => c.IsPaid).Select(SeatOf).FirstOrDefault(_waiting.ContainsKey);

    /// <summary>Whether this very change asks for a seat that is known to be gone.</summary>
    public bool IsExhausted(AttributeChange change) => change.IsPaid && _waiting.ContainsKey(SeatOf(change));

    /// <summary>Learns from Zoom's no.</summary>
    public void Learn(ScimSeatsException refusal, IEnumerable<AttributeChange> changes)
    {
        if (!HasRunOut(refusal))
        {
            return;
        }

        var paid = changes.Where(c => c.IsPaid).ToList();
        var plans = paid.Where(c => c.Attribute.Kind == AttributeKind.Code).ToList();
        // 'Cannot add paid users' is said of the account's licences; the texts with a plan's name of that plan.
        foreach (var change in refusal.ErrorId == "Zoom.Seats.NoPaidLicence" || plans.Count == 0 ? paid : plans)
        {
            _waiting.TryAdd(SeatOf(change), 0);
        }
    }

    /// <summary>Whether a refusal says that there are no seats left. Too many Basic users, or a plan the account never had, is something else.</summary>
    internal static bool HasRunOut(ScimSeatsException refusal) => refusal.ErrorId is "Zoom.Seats.NoPaidLicence" or "Zoom.Seats.PlanExhausted";

    /// <summary>Counts a record that waits for a seat.</summary>
    public void CountWaiting(string seat) => _waiting.AddOrUpdate(seat, 1, (_, count) => count + 1);

    /// <summary>What to tell at the end, a sentence for each seat.</summary>
    public IReadOnlyList<string> Report() => _waiting
        .Where(w => w.Value > 0)
        .OrderBy(w => w.Key, StringComparer.OrdinalIgnoreCase)
        .Select(w => $"Zoom has no {w.Key} left: {w.Value} more record(s) wait for one and were not assigned it. Free seats or buy more, then run them again.")
        .ToList();

    private static string SeatOf(AttributeChange change) => change.Attribute.Kind == AttributeKind.Code
        ? $"seat of {ZoomPlans.Find(change.Attribute.Name, ZoomAttribute.Display(change.NewValue))?.Name ?? $"{change.Attribute.Name}={ZoomAttribute.Display(change.NewValue)}"}"
        : PaidLicense;
}
