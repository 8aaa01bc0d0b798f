using System.Collections.Generic;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// What differs between a person of the source and the Zoom user, with the ledger as the third side: it decides about what Zoom
/// does not tell, knows what Zoom was sent in vain, and says who changed what.
/// </summary>
internal static class LedgerDiff
{
    /// <summary>The attributes to change, <c>Active</c> excepted.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="desired">The person.</param>
    /// <param name="current">The user as Zoom has it, read in full.</param>
    /// <param name="entry">The ledger's entry; null for a user to be adopted.</param>
    /// <param name="remarks">Takes what the admin should know.</param>
    public static IReadOnlyList<AttributeChange> Compute(ProvisioningRule rule, ScimUser desired, ScimUser current, LedgerEntry? entry, List<string> remarks)
    {
        var changes = new List<AttributeChange>();
        foreach (var attribute in ZoomAttributes.ChangedOn(desired))
        {
            // userName cannot be changed by name; the mail carries it along.
            if (attribute == ZoomAttributes.UserName || attribute == ZoomAttributes.Active || !rule.AppliesOnUpdate(attribute))
            {
                continue;
            }

            var wanted = attribute.Get(desired);
            if (rule.IsWriteOnly(attribute) || !attribute.IsToldBy(current))
            {
                var sent = entry is { HasUntold: true } ? entry.Untold.Text(attribute.Name) : null;
                if (sent != ZoomAttribute.Display(wanted))
                {
                    changes.Add(new AttributeChange(attribute, sent, wanted, oldIsKnown: false)
                    {
                        Cause = sent is null ? ChangeCause.Unknown : ChangeCause.SourceChanged,
                    });
                }

                continue;
            }

            var old = attribute.Get(current);
            if (attribute.AreEqual(old, wanted))
            {
                continue;
            }

            if (entry is { HasIgnored: true } && entry.Ignored.TryGetValue(attribute.Name, out var ignored)
                && ignored.Sent == ZoomAttribute.Display(wanted) && ignored.Shown == ZoomAttribute.Display(old))
            {
                remarks.Add($"Zoom was sent {attribute.Name} '{ignored.Sent}' before and kept '{ignored.Shown}', so it is not sent again.");
                continue;
            }

            changes.Add(new AttributeChange(attribute, old, wanted, oldIsKnown: true)
            {
                Cause = CauseOf(attribute, old, wanted, entry),
                LedgerValue = entry?.Seen is { } seen ? attribute.Get(seen) : null,
            });
        }

        return changes.Count == 0 ? changes : UserDiff.Complete(changes, current, desired);
    }

    /// <summary>Who changed an attribute since the ledger saw it.</summary>
    public static ChangeCause CauseOf(ZoomAttribute attribute, object? old, object? wanted, LedgerEntry? entry)
    {
        if (entry?.Seen is not { } seen)
        {
            return ChangeCause.Unknown;
        }

        var before = attribute.Get(seen);
        return attribute.AreEqual(old, before) ? ChangeCause.SourceChanged
            : attribute.AreEqual(before, wanted) ? ChangeCause.ZoomChanged
            : ChangeCause.BothChanged;
    }
}
