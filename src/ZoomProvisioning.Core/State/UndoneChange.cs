using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>A planned change that a run left undone. What is the same as in the run before is not written into the journal again.</summary>
/// <param name="Who">Whom it is about (see <see cref="KeyOf(string?, string?, string?)"/>).</param>
/// <param name="Action">What was planned.</param>
/// <param name="Outcome">Held, skipped, failed.</param>
/// <param name="Message">Why, in words.</param>
/// <param name="ErrorId">The stable id of the error.</param>
public sealed record UndoneChange(string Who, PlanAction? Action, ChangeOutcome? Outcome, string? Message, string? ErrorId)
{
    /// <summary>What an entry of the journal says was left undone.</summary>
    internal static UndoneChange Of(JournalEntry entry) =>
        new(KeyOf(entry.ZoomId, entry.Anchor, entry.UserName), entry.Action, entry.Outcome, entry.Message, entry.ErrorId);

    /// <summary>The key of a person: Zoom's id where there is one, else the source's own, else the name.</summary>
    internal static string KeyOf(string? zoomId, string? anchor, string? userName) =>
        zoomId is not null ? $"id {zoomId}" : anchor is not null ? $"anchor {anchor}" : $"name {userName?.ToUpperInvariant()}";
}
