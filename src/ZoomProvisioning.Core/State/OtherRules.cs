using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>What the other rules of an account have to do with some of its users.</summary>
public sealed class OtherRules
{
    /// <summary>After so many days without a run a rule manages nobody any more.</summary>
    public const int DaysUntilDormant = 30;

    private readonly IReadOnlyDictionary<string, OtherClaim> _managing;

    /// <summary>Makes a list.</summary>
    /// <param name="managing">By the Zoom id of a user, which other rule manages it; the first one that took it over, where several do.</param>
    /// <param name="unreadable">The rules whose ledger or journal cannot be read, and why.</param>
    public OtherRules(IReadOnlyDictionary<string, OtherClaim> managing, IReadOnlyList<string> unreadable)
    {
        _managing = managing;
        Unreadable = unreadable;
    }

    /// <summary>There is no other rule, or it has nothing to do with anybody asked about.</summary>
    public static OtherRules None { get; } = new(new Dictionary<string, OtherClaim>(), []);

    /// <summary>The rules whose ledger or journal cannot be read, and why: nobody knows whom they manage.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    /// <summary>The rules that have not run for so long that they manage nobody any more, as sentences.</summary>
    public IReadOnlyList<string> Dormant { get; init; } = [];

    /// <summary>The users whom another rule deactivated because they had left it, and the name of that rule, by Zoom id.</summary>
    public IReadOnlyDictionary<string, string> Removed { get; init; } = new Dictionary<string, string>();

    /// <summary>The same users as that rule's ledger has them, by Zoom id: it knows what they held.</summary>
    internal IReadOnlyDictionary<string, LedgerEntry> Leavers { get; init; } = new Dictionary<string, LedgerEntry>();

    /// <summary>The other accounts that this very rule has worked in, told before its first run in this one.</summary>
    internal IReadOnlyList<string> OtherAccounts { get; init; } = [];

    /// <summary>The name of another rule that manages a user; null when none does.</summary>
    public string? Managing(string zoomId) => ClaimOn(zoomId)?.Rule;

    /// <summary>The other rule that manages a user, and since when; null when none does.</summary>
    public OtherClaim? ClaimOn(string zoomId) => _managing.TryGetValue(zoomId, out var claim) ? claim : null;

    /// <summary>The same, with the accounts that this very rule has worked in.</summary>
    internal OtherRules With(IReadOnlyList<string> otherAccounts) => otherAccounts.Count == 0 ? this
        : new OtherRules(_managing, Unreadable) { Dormant = Dormant, Removed = Removed, Leavers = Leavers, OtherAccounts = otherAccounts };

    /// <summary>Looks through the other rules' ledgers, one after the other, so that only one of them is in memory at a time.</summary>
    /// <param name="zoomIds">The users asked about.</param>
    /// <param name="rules">Each rule by its name, and how its ledger is read; null when it turns out to be no rule's.</param>
    /// <param name="now">The time, which tells the rules that nobody runs any more.</param>
    internal static OtherRules Find(IReadOnlyCollection<string> zoomIds, IEnumerable<(string Name, Func<Ledger?> Read)> rules, DateTimeOffset now)
    {
        var managing = new Dictionary<string, OtherClaim>(StringComparer.Ordinal);
        var removed = new Dictionary<string, string>(StringComparer.Ordinal);
        var leavers = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        var unreadable = new List<string>();
        var dormant = new List<string>();
        foreach (var (name, read) in rules.OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            try
            {
                if (read() is not { } ledger)
                {
                    continue;
                }

                var known = zoomIds.Select(ledger.Find).OfType<LedgerEntry>().ToList();
                var managed = known.FindAll(e => !e.IsRemoved);
                foreach (var entry in known.Where(e => e.IsRemoved && !removed.ContainsKey(e.ZoomId)))
                {
                    (removed[entry.ZoomId], leavers[entry.ZoomId]) = (name, entry);
                }

                if (managed.Count > 0 && ledger.LastRunAt is { } last && last.AddDays(DaysUntilDormant) < now)
                {
                    dormant.Add(string.Format(
                        CultureInfo.CurrentCulture,
                        "The rule '{0}' has not run since {1:yyyy-MM-dd}, so it manages nobody any more; {2:N0} of these people were its.",
                        name, last.UtcDateTime, managed.Count));
                    continue;
                }

                foreach (var entry in managed)
                {
                    var claim = new OtherClaim(name, entry.LinkedAt);
                    if (!managing.TryGetValue(entry.ZoomId, out var other) || claim.Precedes(other))
                    {
                        managing[entry.ZoomId] = claim;
                    }
                }
            }
            catch (ScimStateException exception)
            {
                unreadable.Add($"'{name}' ({exception.Message})");
            }
        }

        return new OtherRules(managing, unreadable) { Dormant = dormant, Removed = removed, Leavers = leavers };
    }
}

/// <summary>A rule that manages a user. The one that created or took over the user first looks after it.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Since">When it created or took over the user.</param>
public sealed record OtherClaim(string Rule, DateTimeOffset Since)
{
    /// <summary>Whether this rule comes first. Two rules decide alike about each other, also when they began in the same moment.</summary>
    internal bool Precedes(OtherClaim other) =>
        Since != other.Since ? Since < other.Since : string.Compare(Rule, other.Rule, StringComparison.OrdinalIgnoreCase) < 0;
}
