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
    private const string Waits = "waits for a ";
    private const string SeatPrefix = "seat of ";
    private const string NoneLeft = ": Zoom has none left";
    private readonly ConcurrentDictionary<string, int> _waiting = new(StringComparer.OrdinalIgnoreCase);

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

    /// <summary>Leaves out of a change what needs a seat that Zoom has said is gone, and counts whoever waits for it.</summary>
    /// <returns>What is left to do, and, where nothing is and the person waits as a whole, why.</returns>
    public (PlannedChange Left, string? WaitsFor) Reduce(PlannedChange change)
    {
        if (change.Changes.Where(c => c.IsPaid).Select(SeatOf).FirstOrDefault(_waiting.ContainsKey) is not { } seat)
        {
            return (change, null);
        }

        _waiting.AddOrUpdate(seat, 1, (_, count) => count + 1);
        var others = change.Changes.Where(c => !c.IsPaid || !_waiting.ContainsKey(SeatOf(c))).ToList();
        return change.Action == PlanAction.Create || (others.Count == 0 && change.Action is PlanAction.Update or PlanAction.Adopt)
            ? (change, $"{Waits}{seat}{NoneLeft}")
            : (change.With(others, $"No {seat} is left, so everything else is changed and the licence waits."), null);
    }

    /// <summary>What to tell at the end, a sentence for each seat.</summary>
    public IReadOnlyList<string> Report() => _waiting
        .Where(w => w.Value > 0)
        .OrderBy(w => w.Key, StringComparer.OrdinalIgnoreCase)
        .Select(w => $"Zoom has no {w.Key} left: {w.Value} more record(s) wait for one and were not assigned it. Free seats or buy more, then run them again.")
        .ToList();

    /// <summary>The licence that somebody waits for, by the reason for which nothing was done; null for another reason.</summary>
    internal static string? WaitsFor(string? reason) =>
        reason?.StartsWith(Waits, StringComparison.Ordinal) == true && reason.EndsWith(NoneLeft, StringComparison.Ordinal)
            ? reason.Substring(Waits.Length, reason.Length - Waits.Length - NoneLeft.Length) is var seat && seat == PaidLicense ? "Licensed"
                : seat.Substring(SeatPrefix.Length)
            : null;

    private static string SeatOf(AttributeChange change) => change.Attribute.Kind == AttributeKind.Code
        ? SeatPrefix
            + (ZoomPlans.Find(change.Attribute.Name, ZoomAttribute.Display(change.NewValue))?.Name
                ?? $"{change.Attribute.Name}={ZoomAttribute.Display(change.NewValue)}")
        : PaidLicense;
}
