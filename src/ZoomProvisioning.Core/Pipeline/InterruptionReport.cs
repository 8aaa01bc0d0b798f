using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Pipeline;

/// <summary>Says in a few lines what became of the records under way when a command was ended early.</summary>
public static class InterruptionReport
{
    private const int Named = 10;

    /// <summary>The report.</summary>
    /// <param name="command">The command that was ended.</param>
    /// <param name="outcomes">The records whose results were not written.</param>
    public static string Text(string command, IReadOnlyList<ChangeResult> outcomes)
    {
        var parts = new List<string>();
        Add(parts, outcomes, ChangeOutcome.Done, "done, though not shown");
        Add(parts, outcomes, ChangeOutcome.NoChange, "unchanged");
        Add(parts, outcomes, ChangeOutcome.Skipped, "skipped");
        Add(parts, outcomes, ChangeOutcome.Failed, "failed");
        Add(parts, outcomes, ChangeOutcome.NotSent, "not sent (nothing happened in Zoom; safe to repeat)");
        Add(parts, outcomes, ChangeOutcome.Unknown, "UNKNOWN (sent, no answer; look them up with Get-ZoomScimUser before repeating)");
        return $"{command} was ended early with {outcomes.Count} record(s) under way: {string.Join(". ", parts)}. All of them are in $Error[0].TargetObject.";
    }

    private static void Add(List<string> parts, IReadOnlyList<ChangeResult> outcomes, ChangeOutcome outcome, string words)
    {
        var names = outcomes.Where(o => o.Outcome == outcome).Select(o => o.UserName).ToList();
        if (names.Count > 0)
        {
            parts.Add($"{names.Count} {words}: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? ", …" : string.Empty)}");
        }
    }
}
