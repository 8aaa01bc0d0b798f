using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>Shows a rule's journal: every request of every run with its outcome, the user as it was before, and Zoom's tracking id.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomProvisioningHistory")]
[OutputType(typeof(JournalEntry))]
public sealed class GetZoomProvisioningHistoryCommand : HistoryCmdlet
{
    /// <summary>Only entries about this person: the user name or the Zoom id, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Only entries of this run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>Only the last so many entries, 1 or more.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    private protected override void OnFolder(string folder)
    {
        var pattern = User is null ? null : WildcardPattern.Get(User, WildcardOptions.IgnoreCase);
        var kept = new Queue<JournalEntry>();
        foreach (var entry in EngineLoader.State.ReadJournal(folder).Where(e => Fits(e, pattern)))
        {
            if (Last is not { } last)
            {
                WriteObject(entry);
                continue;
            }

            kept.Enqueue(entry);
            if (kept.Count > last)
            {
                kept.Dequeue();
            }
        }

        WriteObject(kept, enumerateCollection: true);
    }

    // That the ledger was saved is for Test-ZoomProvisioningHistory, and tells a reader nothing.
    private bool Fits(JournalEntry entry, WildcardPattern? pattern) =>
        entry.Kind != JournalKind.LedgerSaved
        && (RunId is null || string.Equals(entry.RunId, RunId, StringComparison.OrdinalIgnoreCase))
        && (pattern is null || (entry.UserName is { } name && pattern.IsMatch(name)) || (entry.ZoomId is { } id && pattern.IsMatch(id)));
}
