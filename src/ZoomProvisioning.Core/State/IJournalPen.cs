using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>Writes the journal of one run, or of one command: entries with its id on them. Safe to use from many threads.</summary>
public interface IJournalPen
{
    /// <summary>The run's id.</summary>
    string RunId { get; }

    /// <summary>Why something could not be written; null while everything could.</summary>
    ScimStateException? Failure { get; }

    /// <summary>An entry of this run.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="change">The planned change it is about; null for none.</param>
    JournalEntry Entry(JournalKind kind, PlannedChange? change = null);

    /// <summary>Writes what stands before a request. When this returns the request may be sent.</summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="ScimStateException">It could not be written, and nothing is sent that is not written down.</exception>
    JournalEntry Write(JournalEntry entry);

    /// <summary>Writes what does not stand before a request. That it cannot be written does not undo what was done.</summary>
    void Note(JournalEntry entry);
}
