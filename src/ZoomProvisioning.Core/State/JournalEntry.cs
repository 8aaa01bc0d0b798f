using System;
using System.Collections.Generic;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>What a line of the journal says.</summary>
public enum JournalKind
{
    /// <summary>A run began.</summary>
    RunStarted,

    /// <summary>A request is about to be sent. Flushed to the disk before it is.</summary>
    Intent,

    /// <summary>What became of the request named by <see cref="JournalEntry.Answers"/>.</summary>
    Outcome,

    /// <summary>What a request of an earlier run, killed before its outcome was written, turned out to have done.</summary>
    Settled,

    /// <summary>A person came under the rule without a request, being in Zoom already.</summary>
    Linked,

    /// <summary>A person is no longer under the rule, without a request: gone from Zoom, or released.</summary>
    Unlinked,

    /// <summary>A person is known under another anchor from now on, without a request.</summary>
    Relinked,

    /// <summary>A planned change that was not made: held by the guard, protected, blocked, stale, stopped.</summary>
    NotDone,

    /// <summary>A run ended.</summary>
    RunEnded,

    /// <summary>
    /// Somebody had looked at a plan (<see cref="JournalEntry.PlanId"/>), and what it held of these people
    /// (<see cref="JournalEntry.Members"/>) is let go. Each plan once.
    /// </summary>
    Approved,

    /// <summary>The run missed these people (<see cref="JournalEntry.Members"/>) in its source, and believed it.</summary>
    Missed,

    /// <summary>These people (<see cref="JournalEntry.Members"/>), who had been missed, are in the source again.</summary>
    Present,

    /// <summary>The ledger was saved: <see cref="JournalEntry.LedgerHash"/> is the hash of its lines. A ledger the journal does not know is refused.</summary>
    LedgerSaved,

    /// <summary>
    /// There was a line here that is not as it was written, when the ledger was made anew; what it said nobody knows. It is kept beside
    /// the journal.
    /// </summary>
    Lost,
}

/// <summary>The write requests of SCIM.</summary>
public enum WriteKind
{
    /// <summary>POST of a user.</summary>
    Create,

    /// <summary>PUT of a user.</summary>
    Update,

    /// <summary>PATCH of active to true.</summary>
    Activate,

    /// <summary>PATCH of active to false.</summary>
    Deactivate,

    /// <summary>DELETE of a user.</summary>
    Delete,

    /// <summary>PATCH of a group, adding members.</summary>
    AddToGroup,

    /// <summary>PATCH of a group, taking members out.</summary>
    RemoveFromGroup,

    /// <summary>POST of a group.</summary>
    CreateGroup,

    /// <summary>PATCH of a group's name or mail address.</summary>
    UpdateGroup,

    /// <summary>DELETE of a group.</summary>
    DeleteGroup,
}

/// <summary>
/// One line of the journal: append-only, hash-chained, and never with a secret in it. What does not concern a kind of line is
/// null and not written.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>Makes an entry.</summary>
    public JournalEntry(JournalKind kind) => Kind = kind;

    /// <summary>Counted from 1 without a gap; given by the journal.</summary>
    public long Number { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it says.</summary>
    public JournalKind Kind { get; init; }

    /// <summary>The run it belongs to.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>Who ran it: user@machine.</summary>
    public string? Actor { get; init; }

    /// <summary>The rule whose journal it is from; null for what was done without one. Known to who reads, and not written.</summary>
    public string? Rule { get; init; }

    /// <summary>What was called, without values: a command with the names of its parameters (RunStarted, of a command without a rule).</summary>
    public string? Command { get; init; }

    /// <summary>The plan it carries out.</summary>
    public string? PlanId { get; init; }

    /// <summary>The person's sign-in name.</summary>
    public string? UserName { get; init; }

    /// <summary>The person's Zoom id, as far as it is known.</summary>
    public string? ZoomId { get; init; }

    /// <summary>The source's own key of the person.</summary>
    public string? Anchor { get; init; }

    /// <summary>The planned action this is part of.</summary>
    public PlanAction? Action { get; init; }

    /// <summary>The request.</summary>
    public WriteKind? Request { get; init; }

    /// <summary>What is sent: a SCIM resource without its schemas.</summary>
    public ScimObject? Body { get; init; }

    /// <summary>
    /// The user as it was before, as far as it was known: what the write did not have to read is not in it, and what Zoom does not
    /// tell is in it only where the ledger knew it. Of a group, its name and mail address.
    /// </summary>
    public ScimObject? Before { get; init; }

    /// <summary>How much <see cref="Before"/> can tell, where that is not all that a read by id tells.</summary>
    public UserDetail? BeforeDetail { get; init; }

    /// <summary>The user as Zoom answered, completed by what it does not tell in a reply.</summary>
    public ScimObject? After { get; init; }

    /// <summary>The number of the intent this is the outcome of.</summary>
    public long? Answers { get; init; }

    /// <summary>How a request or a planned change ended.</summary>
    public ChangeOutcome? Outcome { get; init; }

    /// <summary>The stable id of the error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What happened, in words: the reason, or Zoom's own words.</summary>
    public string? Message { get; init; }

    /// <summary>Zoom's <c>x-zm-trackingid</c>.</summary>
    public string? TrackingId { get; init; }

    /// <summary>How a linked person came under the rule.</summary>
    public LedgerOrigin? Origin { get; init; }

    /// <summary>The group's Zoom id.</summary>
    public string? GroupId { get; init; }

    /// <summary>The group's name.</summary>
    public string? GroupName { get; init; }

    /// <summary>The Zoom ids of the members added or taken out.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>How many records of the source were in scope (RunStarted, RunEnded).</summary>
    public int? SourceCount { get; init; }

    /// <summary>The run's one-line summary (RunEnded), or the plan's (RunStarted).</summary>
    public string? Summary { get; init; }

    /// <summary>How many people, or groups, ended how, by the name of the outcome (RunEnded).</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    /// <summary>How the run ended as a whole, in one word (RunEnded).</summary>
    public string? Ended { get; init; }

    /// <summary>The id of the run that this one undoes (RunStarted).</summary>
    public string? Undoes { get; init; }

    /// <summary>Whether the run applies a plan that was saved before (RunStarted).</summary>
    public bool? IsSavedPlan { get; init; }

    /// <summary>Whether somebody said that the rule goes on, however its last runs ended (RunStarted).</summary>
    public bool? Resumes { get; init; }

    /// <summary>Whether the run counts as one that went well, or as one that was held back or failed; null where it is neither (RunEnded).</summary>
    public bool? WentWell { get; init; }

    /// <summary>Whether the run took its ledger to be older than Zoom (RunStarted).</summary>
    public bool? DoubtsState { get; init; }

    /// <summary>How many changes the run left undone for the same reason as the run before, which have no line of their own (RunEnded).</summary>
    public int? StillUndone { get; init; }

    /// <summary>The hash of the ledger's lines (LedgerSaved).</summary>
    public string? LedgerHash { get; init; }

    /// <summary>Whether a person was removed because it left the source or the scope (Outcome of a deactivation).</summary>
    public bool? IsRemoval { get; init; }

    /// <summary>What the rule said about leavers when the person was removed (Intent of a removal).</summary>
    public string? LeftUnder { get; init; }

    /// <summary>What the guard counts the request as (<see cref="GuardKind"/>), beyond what it is by itself (Intent of an update).</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>The attributes and properties of which the source had values (RunEnded).</summary>
    public IReadOnlyList<string>? Properties { get; init; }

    /// <summary>The line in words: what was sent, with the values before and after as far as they are known, or what became of it.</summary>
    public string What => EntryWords.Of(this);

    /// <summary>The same as the journal keeps it: numbered and dated.</summary>
    internal JournalEntry Written(long number, DateTimeOffset at) => this with { Number = number, At = at };
}
