using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// Keeps a ledger in step with the journal, entry by entry: the same code while a run goes on, when a killed run is caught up
/// with, and when a lost ledger is rebuilt.
/// </summary>
public sealed class LedgerFold
{
    private readonly Dictionary<long, JournalEntry> _open = [];

    private readonly Rules.ProvisioningRule? _rule;

    /// <summary>Makes a fold onto a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="rule">The rule, which says what Zoom is not to be asked about; null where nothing will be planned with the ledger.</param>
    public LedgerFold(Ledger ledger, Rules.ProvisioningRule? rule = null)
    {
        Ledger = ledger;
        _rule = rule;
    }

    /// <summary>The ledger.</summary>
    public Ledger Ledger { get; }

    /// <summary>The requests whose outcome nobody has written down yet, or that ended without one, oldest first.</summary>
    public IReadOnlyList<JournalEntry> InDoubt => _open.Values.OrderBy(e => e.Number).ToList();

    /// <summary>Folds one entry in. Entries come in their order, each once.</summary>
    public void Apply(JournalEntry entry)
    {
        // Entries written at the same moment may come in either order.
        var isNext = entry.Number > Ledger.JournalPosition;
        if (isNext)
        {
            LedgerDates.Follow(Ledger, entry.At);
        }

        Ledger.TroubledRuns = entry.Resumes == true || entry.WentWell == true ? 0 : Ledger.TroubledRuns + (entry.WentWell == false ? 1 : 0);
        switch (entry.Kind)
        {
            case JournalKind.Intent:
                _open[entry.Number] = entry;
                break;
            case JournalKind.Outcome or JournalKind.Settled when entry.Answers is { } number && _open.TryGetValue(number, out var intent):
                Conclude(intent, entry);
                break;
            case JournalKind.Linked:
                Link(entry);
                break;
            case JournalKind.Unlinked when entry.ZoomId is { } id:
                Ledger.Drop(id);
                break;
            case JournalKind.Missed or JournalKind.Present:
                Count(entry);
                break;
            case JournalKind.Relinked when entry.ZoomId is { } id && Ledger.Find(id) is { } known:
                known.Anchor = entry.Anchor ?? known.Anchor;
                break;
            case JournalKind.Lost:
                Ledger.LoseLine();
                break;
            case JournalKind.RunStarted when entry.IsSavedPlan == true:
                Ledger.AppliedPlans[entry.PlanId ?? string.Empty] = entry.At;
                break;
            case JournalKind.RunStarted:
                Ledger.LastStartedAt = entry.At;
                Ledger.StateDoubtedAt = entry.DoubtsState == true ? entry.At : Ledger.StateDoubtedAt;
                break;
            case JournalKind.NotDone:
                Ledger.Undone.Add(UndoneChange.Of(entry));
                break;
            case JournalKind.RunEnded when entry.SourceCount is { } count:
                Ledger.LastSourceCount = count;
                Ledger.LastRunAt = entry.At;
                Ledger.SourceProperties = entry.Properties ?? Ledger.SourceProperties;
                break;
            default:
                break;
        }

        Ledger.JournalPosition = isNext ? entry.Number : Ledger.JournalPosition;
    }

    /// <summary>
    /// Gives up waiting for the outcome of what is in doubt, for a plan that is only looked at: those users are read before
    /// anything is decided about them. What is in doubt stays so.
    /// </summary>
    public void DistrustInDoubt() => InDoubt.ToList().ForEach(Distrust);

    /// <summary>Gives up waiting for the outcome of one request: its user is read before anything is decided about it. It stays in doubt.</summary>
    public void Distrust(JournalEntry intent) => MarkUncertain(intent);

    /// <summary>The last entry after which nothing is in doubt: from there on a later start must read the journal again.</summary>
    public long SafePosition => _open.Count == 0 ? Ledger.JournalPosition : _open.Keys.Min() - 1;

    private void Conclude(JournalEntry intent, JournalEntry outcome)
    {
        var settled = outcome.Kind == JournalKind.Settled;
        if (outcome.Outcome == ChangeOutcome.Unknown && !settled)
        {
            // Stays open: the next run looks at Zoom and settles it.
            MarkUncertain(intent);
            return;
        }

        _open.Remove(intent.Number);
        if (outcome.Outcome == ChangeOutcome.NotSent && !settled)
        {
            // Nothing has happened, so what was known before still holds.
            return;
        }

        if (outcome.Outcome is not (ChangeOutcome.Done or ChangeOutcome.NoChange))
        {
            // Refused, or found not to have happened. What Zoom has now is for the next read to say; a membership that was
            // refused is what it was, and nobody is later taken out of a group the rule did not put them into.
            if (intent.GroupId is null)
            {
                MarkUncertain(intent);
                if (outcome is { After: { } after, Body: { } taken } && Find(intent) is { } harmed)
                {
                    harmed.Seen = new ScimUser(after, UserDetail.Read);
                    harmed.ForgetUntold();
                    HeldLicenses.KeepTaken(harmed, taken);
                }
            }

            return;
        }

        switch (intent.Request)
        {
            case WriteKind.Create when outcome.ZoomId is { } id:
                var created = new LedgerEntry(id, outcome.UserName ?? intent.UserName ?? id, LedgerOrigin.Created, outcome.At) { Anchor = intent.Anchor };
                Ledger.Put(created);
                See(created, intent, outcome, UserDetail.Created, trustUntold: !settled);
                break;
            case WriteKind.Delete when intent.ZoomId is { } id:
                Ledger.Drop(id);
                break;
            case WriteKind.Update or WriteKind.Activate or WriteKind.Deactivate when Find(intent) is { } entry:
                if (intent.Request == WriteKind.Activate)
                {
                    HeldLicenses.KeepSeen(entry);
                }

                // Deactivated by the rule, or active again.
                entry.DeactivatedByOthers &= intent.Request == WriteKind.Update;

                See(entry, intent, outcome, UserDetail.Updated, trustUntold: !settled);
                if (intent.Request == WriteKind.Update && intent.Body is { } given)
                {
                    HeldLicenses.Settle(entry, new ScimUser(given, UserDetail.None));
                }

                if (intent.Request == WriteKind.Activate && intent.Action != PlanAction.Delete)
                {
                    entry.IsRemoved = false;
                }
                else if (intent.Request == WriteKind.Deactivate)
                {
                    entry.IsRemoved = intent.IsRemoval == true;
                    if (entry.IsRemoved)
                    {
                        (entry.RemovedAt, entry.LeftUnder) = (outcome.At, intent.LeftUnder);
                    }

                    HeldLicenses.Keep(entry, intent.Before);
                }

                break;
            case WriteKind.AddToGroup or WriteKind.RemoveFromGroup when intent.GroupId is { } group:
                foreach (var entry in Members(intent))
                {
                    if (intent.Request == WriteKind.AddToGroup)
                    {
                        entry.Groups[group] = new LedgerGroup(intent.GroupName ?? group, IsCertain: !settled);
                    }
                    else if (settled)
                    {
                        entry.Groups[group] = new LedgerGroup(intent.GroupName ?? group, IsCertain: false);
                    }
                    else
                    {
                        entry.Groups.Remove(group);
                    }
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Whether Zoom shows an attribute, and the rule cares what it shows. Of anything else the ledger keeps what was sent.</summary>
    private bool IsComparable(ZoomAttribute attribute, ScimUser? seen) =>
        seen is not null && attribute.ToldBy.Contains(UserDetail.Read) && attribute.IsToldBy(seen) && _rule?.IsWriteOnly(attribute) != true;

    private void See(LedgerEntry entry, JournalEntry intent, JournalEntry outcome, UserDetail detail, bool trustUntold)
    {
        entry.UserName = outcome.UserName ?? entry.UserName;
        entry.Anchor = intent.Anchor ?? entry.Anchor;
        if (outcome.After is { } after)
        {
            entry.Seen = new ScimUser(after, UserDetail.Read);
            entry.MustRead = false;
        }
        else
        {
            entry.MustRead = true;
        }

        if (intent.Body is not { } body || intent.Request is WriteKind.Activate or WriteKind.Deactivate)
        {
            return;
        }

        var sent = new ScimUser(body, detail);
        foreach (var attribute in SeenUser.AttributesIn(sent))
        {
            var value = ZoomAttribute.Display(attribute.Get(sent));
            if (!IsComparable(attribute, entry.Seen))
            {
                if (trustUntold)
                {
                    entry.Untold[attribute.Name] = value;
                }
                else
                {
                    // Nobody can see whether it arrived, so it will be sent again.
                    entry.Untold.Remove(attribute.Name);
                }
            }
            else if (outcome.After is not null && entry.Seen is { } seen && !attribute.AreEqual(attribute.Get(seen), attribute.Get(sent)))
            {
                entry.Ignored[attribute.Name] = new IgnoredValue(value, ZoomAttribute.Display(attribute.Get(seen)));
            }
            else if (entry.HasIgnored)
            {
                entry.Ignored.Remove(attribute.Name);
            }
        }
    }

    private void Link(JournalEntry entry)
    {
        if (entry.ZoomId is not { } id)
        {
            return;
        }

        var known = Ledger.Find(id);
        var linked = known ?? new LedgerEntry(id, entry.UserName ?? id, entry.Origin ?? LedgerOrigin.Adopted, entry.At);
        linked.UserName = entry.UserName ?? linked.UserName;
        linked.Anchor = entry.Anchor ?? linked.Anchor;
        linked.IsRemoved = false;
        (linked.MissingRuns, linked.MissingSince) = (0, null);
        if (entry.After is { } after)
        {
            linked.Seen = new ScimUser(after, UserDetail.Read);
            linked.MustRead = false;
        }

        Ledger.Put(linked);
    }

    private void Count(JournalEntry run)
    {
        foreach (var entry in Members(run))
        {
            var isMissed = run.Kind == JournalKind.Missed;
            entry.MissingRuns = isMissed ? entry.MissingRuns + 1 : 0;
            entry.MissingSince = isMissed ? entry.MissingSince ?? run.At : null;
        }
    }

    /// <summary>Until the next read nobody knows what Zoom has.</summary>
    private void MarkUncertain(JournalEntry intent)
    {
        foreach (var entry in Members(intent))
        {
            if (intent.GroupId is { } group)
            {
                if (intent.Request == WriteKind.AddToGroup || entry.Groups.ContainsKey(group))
                {
                    entry.Groups[group] = new LedgerGroup(intent.GroupName ?? group, IsCertain: false);
                }

                continue;
            }

            entry.MustRead = true;
            if (intent.Body is { } body)
            {
                foreach (var attribute in SeenUser.AttributesIn(new ScimUser(body, UserDetail.None)))
                {
                    entry.Untold.Remove(attribute.Name);
                }
            }
        }
    }

    private LedgerEntry? Find(JournalEntry intent) => intent.ZoomId is { } id ? Ledger.Find(id) : null;

    private IEnumerable<LedgerEntry> Members(JournalEntry intent) =>
        (intent.Members ?? (intent.ZoomId is { } id ? [id] : [])).Select(Ledger.Find).OfType<LedgerEntry>();
}
