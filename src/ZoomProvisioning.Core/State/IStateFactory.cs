using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>The door to what a rule keeps on disk, and to the texts it is written in. Implemented by the engine assembly, which has JSON.</summary>
public interface IStateFactory : IRuleTexts
{
    /// <summary>Opens a rule's folder for a run and locks it. The folder is made where there is none.</summary>
    /// <param name="folder">The folder of one account and rule.</param>
    /// <param name="account">The account (see <see cref="AccountKey"/>); a folder of another one is refused.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="rebuild">
    /// Whether the ledger is to be made anew: the saved one is not read, and <see cref="IStateFolder.Ledger"/> is null. What is
    /// damaged is kept beside under another name, and the journal goes on after its last line that is as it was written.
    /// </param>
    /// <exception cref="ScimStateException">
    /// Another run has it (<c>Zoom.State.Locked</c>), it belongs to another account or rule (<c>Zoom.State.OtherAccount</c>,
    /// <c>Zoom.State.OtherRule</c>), the ledger is missing while the journal has entries (<c>Zoom.State.LedgerLost</c>), a file
    /// is not as it was written (<c>Zoom.State.LedgerDamaged</c>, <c>Zoom.State.JournalDamaged</c>), or the folder cannot be
    /// used at all (<c>Zoom.State.Unusable</c>).
    /// </exception>
    IStateFolder Open(string folder, string account, string rule, bool rebuild = false);

    /// <summary>Reads a ledger without locking; null when there is none.</summary>
    /// <exception cref="ScimStateException">The file is no ledger.</exception>
    Ledger? ReadLedger(string folder);

    /// <summary>Reads a journal without locking, oldest first; a last line that is still being written is left out.</summary>
    /// <exception cref="ScimStateException">A line is no journal entry.</exception>
    IEnumerable<JournalEntry> ReadJournal(string folder);

    /// <summary>
    /// Reads of a journal without locking every line that is as it was written; in the place of the others stand entries that say so
    /// (<see cref="JournalKind.Lost"/>).
    /// </summary>
    IEnumerable<JournalEntry> SalvageJournal(string folder);

    /// <summary>The files of a journal, oldest first, each read by itself: what is not asked for is not read.</summary>
    IReadOnlyList<IJournalPart> ReadParts(string folder);

    /// <summary>Checks the hash chain of a journal.</summary>
    /// <param name="folder">The folder of one account and rule.</param>
    /// <param name="withoutLedger">Whether the ledger is left out, which else says how far the journal must reach.</param>
    JournalCheck CheckJournal(string folder, bool withoutLedger = false);

    /// <summary>
    /// Keeps runs out of a rule's folder, whatever state it is in, while it is moved or deleted. Null when there is no folder.
    /// </summary>
    /// <exception cref="ScimStateException">A run has it (<c>Zoom.State.Locked</c>), or it cannot be used (<c>Zoom.State.Unusable</c>).</exception>
    IHeldFolder? Hold(string folder);

    /// <summary>Whether a folder is one that a rule keeps ledger and journal in.</summary>
    bool IsRuleFolder(string folder);

    /// <summary>
    /// The journal of the writes that no rule made, to be added to. Nothing is done before the first entry; several processes may
    /// add to it at once, each for as long as its lines take.
    /// </summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="account">The account (see <see cref="AccountKey"/>).</param>
    IJournal OpenDirect(string folder, string account);

    /// <summary>Writes a plan as JSON, a person at a time: it may hold a hundred thousand.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="to">Takes the text, in UTF-8 without a byte order mark.</param>
    void WritePlan(SyncPlan plan, Stream to);

    /// <summary>Reads a plan that <see cref="WritePlan"/> wrote.</summary>
    /// <param name="from">The text, in UTF-8, or in UTF-16 with a byte order mark as editors and Windows PowerShell may leave it; can seek.</param>
    /// <exception cref="ScimStateException">The text is no plan, or was changed by hand (<c>Zoom.Plan.Invalid</c>).</exception>
    SyncPlan ReadPlan(Stream from);

    /// <summary>Keeps what a plan has read, in a rule's folder, which is made where there is none.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    void SaveReads(string folder, AccountReads reads);

    /// <summary>What <see cref="SaveReads"/> kept; null when there is nothing, or it is not as it was written.</summary>
    AccountReads? FindReads(string folder);

    /// <summary>Forgets what <see cref="SaveReads"/> kept.</summary>
    void ForgetReads(string folder);

    /// <summary>A SCIM resource as JSON text.</summary>
    string ToJson(ScimObject resource, bool indented);

    /// <summary>A line of a log as JSON text, without a line end.</summary>
    string ToJson(LogEntry entry);
}

/// <summary>A rule's folder that no run can use as long as this is there.</summary>
public interface IHeldFolder : IDisposable
{
    /// <summary>Moves all that is in it to a folder that is made for it.</summary>
    /// <exception cref="System.IO.IOException">It cannot be moved.</exception>
    void MoveTo(string target);

    /// <summary>Deletes it with all that is in it.</summary>
    /// <exception cref="System.IO.IOException">It cannot be deleted.</exception>
    void Delete();
}

/// <summary>A file of a journal: a month of it, or what is written now.</summary>
public interface IJournalPart
{
    /// <summary>When its first entry was written (UTC).</summary>
    DateTimeOffset From { get; }

    /// <summary>A time after all of its entries (UTC); nobody knows one of the file that is written now.</summary>
    DateTimeOffset? Until { get; }

    /// <summary>Its entries, oldest first. What is before a time is passed over without being read.</summary>
    /// <param name="after">The time; null for all. A day before it may come too, for clocks are put right.</param>
    /// <param name="kinds">Only entries of these kinds; null for all.</param>
    /// <exception cref="ScimStateException">A line is not as it was written (<c>Zoom.State.JournalDamaged</c>).</exception>
    IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds);
}

/// <summary>A journal that is written.</summary>
public interface IJournal
{
    /// <summary>
    /// Writes an entry, numbered and dated, and flushes it to the disk before it returns. Safe to call from many threads; the
    /// order of the calls is the order of the numbers.
    /// </summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="ScimStateException">It could not be written (<c>Zoom.State.JournalUnwritable</c>):
    /// nothing may be sent. Nothing more can be written either.</exception>
    JournalEntry Append(JournalEntry entry);
}

/// <summary>A rule's folder while a run has it.</summary>
public interface IStateFolder : IJournal, IDisposable
{
    /// <summary>The ledger as last saved, an empty one in a new folder; null when it is to be made anew.</summary>
    Ledger? Ledger { get; }

    /// <summary>The number of the journal's last entry; 0 when it is empty.</summary>
    long LastEntry { get; }

    /// <summary>What to tell about others who can open the folder, as a sentence; null when nobody else can.</summary>
    string? OpenToOthers { get; }

    /// <summary>The journal's entries after a number, oldest first, up to the last one on disk when this is called.</summary>
    /// <exception cref="ScimStateException">A line is not as it was written (<c>Zoom.State.JournalDamaged</c>).</exception>
    IEnumerable<JournalEntry> ReadJournal(long after);

    /// <summary>Replaces the ledger's file, whole or not at all.</summary>
    /// <exception cref="ScimStateException">It could not be written (<c>Zoom.State.LedgerUnwritable</c>); the journal has what it would have said.</exception>
    void SaveLedger(Ledger ledger);
}
