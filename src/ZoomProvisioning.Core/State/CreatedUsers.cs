using System;
using System.Collections.Generic;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>Finds in the journal of what was done without a rule whom those commands have created.</summary>
internal static class CreatedUsers
{
    /// <summary>Those of some users who were created by it.</summary>
    /// <param name="read">Reads the journal.</param>
    /// <param name="zoomIds">The users.</param>
    public static IReadOnlyCollection<string> In(Func<IEnumerable<JournalEntry>> read, IReadOnlyCollection<string> zoomIds)
    {
        var (asked, found, open) = (new HashSet<string>(zoomIds, StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<long>());
        try
        {
            foreach (var entry in read())
            {
                if (entry is { Kind: JournalKind.Intent, Request: WriteKind.Create })
                {
                    open.Add(entry.Number);
                }
                else if (entry is { Answers: { } intent, Kind: JournalKind.Outcome or JournalKind.Settled } && open.Contains(intent)
                    && entry is { Outcome: ChangeOutcome.Done, ZoomId: { } id } && asked.Contains(id))
                {
                    found.Add(id);
                }
            }
        }
        catch (ScimStateException)
        {
            // What was read before the damage holds, and nobody more is known: people are taken over with fewer words.
            // Test-ZoomProvisioningHistory tells of the damage itself.
        }

        return found;
    }
}
