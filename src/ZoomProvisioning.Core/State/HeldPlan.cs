using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>What somebody looked at and now lets go.</summary>
internal interface IApproval
{
    /// <summary>The id of the plan that was shown.</summary>
    string PlanId { get; }

    /// <summary>When it was shown.</summary>
    DateTimeOffset ShownAt { get; }

    /// <summary>By what it is let go, as a sentence begins.</summary>
    string By { get; }

    /// <summary>What to say of those who stay held, after their number: not what was looked at.</summary>
    string Left { get; }

    /// <summary>Whether an entry was held in that plan and would do the same.</summary>
    bool Covers(PlannedChange change);

    /// <summary>Whether a reason for holding back was told by that plan.</summary>
    bool Covers(GuardCheck check);
}

/// <summary>
/// What the guard held back in a plan that was shown: its id, the reasons, and a digest of each entry. Kept for a day in the
/// rule's folder, so that an approval lets go that and nothing else. No names are in it.
/// </summary>
internal sealed class HeldPlan : IApproval
{
    private const string Folder = "held";
    private const string Hash = "hash ";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private readonly HashSet<string> _entries;
    private readonly HashSet<GuardCheck> _checks;

    private HeldPlan(string planId, DateTimeOffset shownAt, IEnumerable<GuardCheck> checks, IEnumerable<string> entries)
    {
        PlanId = planId;
        ShownAt = shownAt;
        _checks = [.. checks];
        _entries = new HashSet<string>(entries, StringComparer.Ordinal);
    }

    public string PlanId { get; }

    public DateTimeOffset ShownAt { get; }

    /// <summary>What a plan holds back.</summary>
    public static HeldPlan Of(SyncPlan plan) => new(
        plan.Id,
        plan.CreatedAt,
        plan.Guard.Where(f => f.HoldsRemovals).Select(f => f.Check),
        plan.Changes.Where(c => c.Held is not null).Select(PlanDigest.OfEntry));

    public string By => $"Approved by -Approve {IdText.Short(PlanId)}";

    public string Left => "not what was looked at";

    public bool Covers(PlannedChange change) => _entries.Contains(PlanDigest.OfEntry(change));

    public bool Covers(GuardCheck check) => _checks.Contains(check);

    /// <summary>Keeps what a plan holds back, and forgets what nobody can approve any more.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Save(string stateFolder)
    {
        var folder = Path.Combine(stateFolder, Folder);
        string[] lines =
        [
            string.Format(CultureInfo.InvariantCulture, "plan {0} {1:O}", PlanId, ShownAt),
            .. _checks.OrderBy(c => c).Select(c => $"reason {c}"),
            .. _entries.OrderBy(e => e, StringComparer.Ordinal).Select(e => $"entry {e}"),
        ];
        AtomicFile.WriteAllText(PathOf(stateFolder, PlanId), string.Join("\n", [.. lines, Hash + PlanDigest.OfLines(lines)]) + "\n");
        foreach (var old in Directory.GetFiles(folder, "*.txt").Where(f => ShownAt.UtcDateTime - File.GetLastWriteTimeUtc(f) > Lifetime + Lifetime))
        {
            File.Delete(old);
        }
    }

    /// <summary>Finds a plan by the first twelve digits of its id; null when none of it was kept, or the file is not as it was written.</summary>
    public static HeldPlan? Find(string stateFolder, string id)
    {
        var path = PathOf(stateFolder, id);
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllLines(path);
        if (text.Length == 0 || text[text.Length - 1] != Hash + PlanDigest.OfLines(text.Take(text.Length - 1)))
        {
            // Nobody can say any more what was shown, so it has to be looked at once more.
            return null;
        }

        var lines = text.Select(l => l.Split(' ')).ToList();
        return lines[0] is ["plan", { } plan, { } time]
            && plan.StartsWith(id, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var shown)
                ? new HeldPlan(
                    plan,
                    shown,
                    lines.Where(l => l is ["reason", _])
                        .Select(l => Enum.TryParse<GuardCheck>(l[1], out var check) ? check : (GuardCheck?)null)
                        .OfType<GuardCheck>(),
                    lines.Where(l => l is ["entry", _]).Select(l => l[1]))
                : null;
    }

    private static string PathOf(string stateFolder, string id) => Path.Combine(stateFolder, Folder, $"{id.Substring(0, 12)}.txt");
}
