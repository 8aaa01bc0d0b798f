using System;
using System.Collections.Generic;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>A run's pen: writes entries with the run's id on them and keeps the ledger in step with every one. Safe to call from many threads.</summary>
internal sealed class RunJournal : IJournalPen
{
    private readonly object _gate = new();
    private readonly IJournal _journal;
    private readonly LedgerFold _fold;
    private readonly HashSet<UndoneChange> _undone = [];

    public RunJournal(IJournal journal, LedgerFold fold, string runId, string actor)
    {
        _journal = journal;
        _fold = fold;
        RunId = runId;
        Actor = actor;
    }

    public string RunId { get; }

    public string Actor { get; }

    public string? PlanId { get; set; }

    /// <summary>What the rule says about leavers, as a mark for those it removes.</summary>
    public string? LeaverPolicy { get; init; }

    /// <summary>Why the journal can no longer be written; null while it can. From then on nothing may be sent.</summary>
    public ScimStateException? Failure { get; private set; }

    public Ledger Ledger => _fold.Ledger;

    /// <summary>How many changes were left undone for the same reason as in the run before.</summary>
    public int StillUndone { get; private set; }

    /// <summary>
    /// Writes an entry. When this returns it is on the disk. The ledger is brought in step afterwards, in the order of the
    /// numbers as far as one person is concerned, because nobody writes two entries about one person at once.
    /// </summary>
    public JournalEntry Write(JournalEntry entry)
    {
        try
        {
            var written = _journal.Append(entry);
            lock (_gate)
            {
                _fold.Apply(written);
            }

            return written;
        }
        catch (Exception exception)
        {
            var failure = exception as ScimStateException
                ?? new ScimStateException("Zoom.State.JournalUnwritable", $"The journal could not be written: {exception.Message}", exception)
                {
                    Category = "WriteError",
                    RecommendedAction = "Look at the disk and the folder of the rule's state, then run the rule again: it settles what is open.",
                };
            lock (_gate)
            {
                Failure ??= failure;
            }

            throw failure;
        }
    }

    /// <summary>
    /// Writes what does not stand before a request. That it cannot be written does not undo what was done: the run goes on to tell
    /// of it, and <see cref="Failure"/> keeps it from sending anything more.
    /// </summary>
    public void Note(JournalEntry entry)
    {
        try
        {
            Write(entry);
        }
        catch (ScimStateException)
        {
            // Kept as Failure.
        }
    }

    /// <summary>Notes that a change was left undone, unless the run before has written just that.</summary>
    public void NoteUndone(JournalEntry entry)
    {
        var undone = UndoneChange.Of(entry);
        lock (_gate)
        {
            _undone.Add(undone);
            if (_fold.Ledger.Undone.Contains(undone))
            {
                StillUndone++;
                return;
            }
        }

        Note(entry);
    }

    /// <summary>Forgets what earlier runs left undone and this one did not meet. Only for a run that has been through everybody.</summary>
    public void ForgetUndone() => With(fold => fold.Ledger.Undone.IntersectWith(_undone));

    /// <summary>Does something with the ledger while nobody else does.</summary>
    public T With<T>(Func<LedgerFold, T> action)
    {
        lock (_gate)
        {
            return action(_fold);
        }
    }

    /// <summary>Does something to the ledger while nobody else does.</summary>
    public void With(Action<LedgerFold> action)
    {
        lock (_gate)
        {
            action(_fold);
        }
    }

    /// <summary>An entry of this run.</summary>
    public JournalEntry Entry(JournalKind kind, PlannedChange? change = null) => new(kind)
    {
        RunId = RunId,
        Actor = Actor,
        PlanId = PlanId,
        UserName = change?.UserName,
        ZoomId = change?.ZoomId,
        Anchor = change?.Anchor,
        Action = change?.Action,
    };
}
