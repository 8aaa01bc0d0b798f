using System;
using System.Globalization;
using System.IO;

namespace ZoomProvisioning.Engine.State;

/// <summary>What can be wrong with a rule's folder, and what to do about it.</summary>
internal static class StateErrors
{
    private const string Rebuild = "Run the sync with -Rebuild: it looks at Zoom, folds the journal again, and shows a plan before anything is written.";

    public const string LockedId = "Zoom.State.Locked";

    public static ScimStateException Locked(string folder, RunOwner? owner) =>
        new(LockedId, $"Another run ({owner?.ToString() ?? "which did not say who it is"}) has the folder '{folder}'. Nothing was sent.")
        {
            Category = "ResourceBusy",
            RecommendedAction = owner is { IsOnThisMachine: false }
                ? $"Wait for the run on {owner.Machine} to end. If there is none there any more, delete '{Path.Combine(folder, RunLock.OwnerFile)}'."
                : "Wait for it to end, then run again.",
        };

    public static ScimStateException OtherAccount(string path, string found, string wanted) =>
        new("Zoom.State.OtherAccount", $"'{path}' belongs to the account {found}, not to {wanted}. Nothing was sent.")
        {
            Category = "InvalidArgument",
            RecommendedAction = "Connect to the account the folder belongs to, or give this account a folder of its own with -StatePath.",
        };

    public static ScimStateException OtherRule(string path, string found, string wanted) =>
        new("Zoom.State.OtherRule", $"'{path}' belongs to the rule '{found}', not to '{wanted}'. Nothing was sent.")
        {
            Category = "InvalidArgument",
            RecommendedAction = "Give this rule a folder of its own with -StatePath, or, if the rule was renamed, give it back its name.",
        };

    public static ScimStateException LedgerLost(string path, long entries) =>
        new("Zoom.State.LedgerLost", string.Format(
            CultureInfo.CurrentCulture,
            "The ledger '{0}' is missing, but the journal beside it has {1}. Without it nobody knows whom the rule may remove. Nothing was sent.",
            path,
            Counted.Of(entries, "entry", "entries")))
        {
            Category = "ObjectNotFound",
            RecommendedAction = $"Put the file back from a backup. Else: {Rebuild}",
        };

    public const string LedgerDamagedId = "Zoom.State.LedgerDamaged";

    public static ScimStateException LedgerDamaged(string path, string problem, Exception? cause = null) =>
        new(LedgerDamagedId, $"The ledger '{path}' cannot be read: {problem} It was left as it is, and nothing was sent.", cause)
        {
            Category = "InvalidData",
            RecommendedAction = $"Put the file back from a backup. Else: {Rebuild}",
        };

    public const string JournalDamagedId = "Zoom.State.JournalDamaged";

    public static ScimStateException JournalDamaged(string path, long line, string problem, Exception? cause = null) =>
        new(JournalDamagedId, string.Format(
            CultureInfo.InvariantCulture,
            "The journal '{0}' is not as it was written: line {1}: {2} It was left as it is, and nothing was sent.",
            path,
            line,
            problem), cause)
        {
            Category = "InvalidData",
            RecommendedAction = $"Look at it with Test-ZoomProvisioningHistory, and put the file back from a backup if there is one. Else: {Rebuild}",
        };

    public static ScimStateException JournalUnwritable(string path, Exception cause) =>
        new("Zoom.State.JournalUnwritable", $"The journal '{path}' cannot be written: {cause.Message} What is not in the journal is not sent.", cause)
        {
            Category = "WriteError",
            RecommendedAction = "See to it that the disk has room and that the folder may be written, then run again.",
        };

    public static ScimStateException SharedUnwritable(string path, Exception cause) =>
        new("Zoom.State.JournalUnwritable", $"The journal '{path}' cannot be written: {cause.Message}", cause)
        {
            Category = "WriteError",
            RecommendedAction = "See to it that the disk has room and that the folder may be written, or name another folder with -StatePath.",
        };

    public static ScimStateException LedgerUnwritable(string path, Exception cause) =>
        new(
            "Zoom.State.LedgerUnwritable",
            $"The ledger '{path}' cannot be written: {cause.Message} The journal has what it would have said; the next run catches up.",
            cause)
        {
            Category = "WriteError",
            RecommendedAction = "See to it that the disk has room, that the folder may be written and that nothing else has the file open, then run again.",
        };

    public static ScimStateException Unusable(string folder, Exception cause) =>
        new("Zoom.State.Unusable", $"The folder '{folder}' cannot be used: {cause.Message} Nothing was sent.", cause)
        {
            Category = "OpenError",
            RecommendedAction = "See to it that the folder can be made, read and written by the account the run has, or choose another one with -StatePath.",
        };

    public static ScimStateException PlanInvalid(string problem, Exception? cause = null) =>
        new("Zoom.Plan.Invalid", $"This is no plan that can be carried out: {problem} Nothing was sent.", cause)
        {
            Category = "InvalidData",
            RecommendedAction = "Make the plan again with New-ZoomProvisioningPlan and save it with Export-ZoomProvisioningPlan. "
                + "A plan is not to be edited; change the source or the rule instead.",
        };
}
