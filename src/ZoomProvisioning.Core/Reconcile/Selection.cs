using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// The people a run is about when it is not about everybody (<c>-Only</c>), by user name, mail, anchor or Zoom id. Nobody else is
/// looked at, so a source that holds only them is no reason to take others for leavers.
/// </summary>
public sealed class Selection
{
    private readonly IReadOnlyList<string> _who;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Makes a selection.</summary>
    /// <param name="who">User names, mail addresses, anchors or Zoom ids.</param>
    public Selection(IEnumerable<string> who)
    {
        _who = who.Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var text in _who)
        {
            _names.Add(text);
            _ids.Add(text);
            if (SourceAnchor.Canonical(text) is { } anchor)
            {
                _anchors.Add(anchor);
            }
        }
    }

    /// <summary>Whether a person of the source, or the user found for it, is meant.</summary>
    internal bool Includes(Correlation correlation) =>
        Includes(correlation.Desired) || Includes(correlation.User) || (correlation.Entry is { } entry && Includes(entry))
        || correlation.Candidates.Any(_ids.Contains);

    /// <summary>Whether a person of the source is meant.</summary>
    internal bool Includes(DesiredUser person) =>
        IsNamed(person.Values.UserName) || IsNamed(person.Values.Email) || IsNamed(person.CurrentUserName) || IsAnchor(person.Anchor) || IsId(person.ZoomId);

    /// <summary>Whether a record that cannot be used is about somebody meant.</summary>
    internal bool Includes(SourceProblem problem) => IsNamed(problem.UserName) || IsNamed(problem.Label) || IsAnchor(problem.Anchor) || IsId(problem.ZoomId);

    /// <summary>Whether somebody of the ledger is meant.</summary>
    internal bool Includes(LedgerEntry entry) => IsNamed(entry.UserName) || IsAnchor(entry.Anchor) || IsId(entry.ZoomId) || Includes(entry.Seen);

    /// <summary>
    /// Refuses a selection that the source cannot answer. Whoever is not in it has left only when it is a whole one, and is the
    /// rule's; of anybody else nothing can be said.
    /// </summary>
    /// <exception cref="ScimRecordException">Somebody is nowhere, or a source that is not whole lacks somebody.</exception>
    internal void Require(ProvisioningRule rule, SourceSnapshot source, Ledger ledger, IReadOnlyList<Correlation> correlations)
    {
        foreach (var who in _who)
        {
            var one = new Selection([who]);
            if (correlations.Any(one.Includes) || source.Problems.Any(one.Includes))
            {
                continue;
            }

            var entry = ledger.Entries.FirstOrDefault(one.Includes);
            if (source.OutOfScope.Any(one.Includes))
            {
                if (entry is null)
                {
                    throw Refused(
                        $"'{who}' is in the source, but not in the scope of the rule '{rule.Name}', which has never brought that person to Zoom, "
                            + "so there is nothing to do.",
                        "Look at the rule's scope, or at the record.");
                }
            }
            else if (entry is null || rule.KeepsAbsent)
            {
                throw Refused(
                    $"Nobody is called '{who}': neither in the source nor among those the rule '{rule.Name}' has brought to Zoom.",
                    "Give the user name, the mail address, the value of the rule's anchor, or the Zoom id.");
            }
            else if (!IsWhole(rule, source, ledger))
            {
                var found = string.Format(
                    CultureInfo.CurrentCulture,
                    "'{0}' is not in the source, which has {1} in scope where the rule '{2}' manages {3:N0}.",
                    who, Counted.People(source.InScopeCount), rule.Name, ledger.ManagedCount);
                throw Refused(
                    $"{found} Only a whole source can say that somebody has left it.",
                    "Pipe that person's record in, with Active=False for somebody who leaves, or the whole source.");
            }
        }
    }

    private static bool IsWhole(ProvisioningRule rule, SourceSnapshot source, Ledger ledger) =>
        source.InScopeCount > 0 && source.InScopeCount >= (ledger.LastSourceCount ?? ledger.ManagedCount) * (1 - (rule.Guard.MaxSourceShrinkPercent / 100));

    private static ScimRecordException Refused(string message, string advice) => new("Zoom.Source.NobodyFound", message + " Nothing was sent.")
    {
        Category = "ObjectNotFound",
        RecommendedAction = advice,
    };

    private bool Includes(ScimUser? user) => user is not null && (IsNamed(user.UserName) || IsNamed(user.Email) || IsId(user.Id));

    private bool IsNamed(string? name) => name is not null && _names.Contains(name);

    private bool IsAnchor(string? anchor) => SourceAnchor.Canonical(anchor) is { } key && _anchors.Contains(key);

    private bool IsId(string? id) => id is not null && _ids.Contains(id);
}
