using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>A line of the journal in words, for somebody who asks what was changed.</summary>
internal static class EntryWords
{
    /// <summary>For example <c>Update: Department: Sales → Legal</c>, <c>Update: Done</c> or <c>Run ended: 3 done</c>.</summary>
    public static string Of(JournalEntry entry) => string.Join(": ", Parts(entry).Where(p => !string.IsNullOrEmpty(p)));

    private static IEnumerable<string?> Parts(JournalEntry entry)
    {
        yield return Head(entry);
        yield return entry.Outcome?.ToString();
        yield return entry.GroupName;
        yield return entry switch
        {
            { Kind: JournalKind.Intent, Request: WriteKind.Update, Body: { } body } => Changes(entry, body),
            { Kind: JournalKind.RunStarted } => entry.Command ?? (entry.Undoes is { } undone ? $"undo of {IdText.Short(undone)}" : $"rule {entry.Rule}"),
            { Kind: JournalKind.RunEnded, Message: null, Summary: null, Counts: { Count: > 0 } counts } => OutcomeCounts.Words(counts),
            _ => entry.Message ?? entry.Summary ?? entry.Command,
        };
    }

    private static string Head(JournalEntry entry) => entry.Request?.ToString() ?? entry.Action?.ToString() ?? entry.Kind switch
    {
        JournalKind.RunStarted => "Run started",
        JournalKind.RunEnded => "Run ended",
        var kind => kind.ToString(),
    };

    // Zoom wants all numbers and the display name again beside a change, so that what stays the same is left out.
    private static string Changes(JournalEntry entry, ScimObject body)
    {
        var wanted = new ScimUser(body, UserDetail.None);
        var before = entry.Before is { } image ? new ScimUser(image, entry.BeforeDetail ?? UserDetail.Read) : null;
        return string.Join("; ", SentAttributes.In(body)
            .Select(a => new AttributeChange(a, before is null ? null : a.Get(before), a.Get(wanted), before is not null && a.IsToldBy(before)))
            .Where(c => !c.Attribute.AreEqual(c.OldValue, c.NewValue))
            .Select(c => c.InBrief));
    }
}
