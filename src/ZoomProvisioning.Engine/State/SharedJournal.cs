using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A journal that several processes add to. Each has the folder's lock only while its lines are written, and looks each time where
/// the journal ends by then; the entries that are waiting when its turn comes are written together.
/// </summary>
internal sealed class SharedJournal : IJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly object _disk = new();
    private readonly string _folder;
    private readonly JournalTitle _title;
    private readonly IClock _clock;
    private List<Waiting> _waiting = [];

    public SharedJournal(string folder, string account, IClock clock)
    {
        _folder = Path.GetFullPath(folder);
        _title = new JournalTitle(account, Path.GetFileName(_folder));
        _clock = clock;
    }

    /// <inheritdoc/>
    public JournalEntry Append(JournalEntry entry)
    {
        var mine = new Waiting(entry);
        lock (_gate)
        {
            _waiting.Add(mine);
        }

        lock (_disk)
        {
            // Whoever comes first has written for all who were waiting.
            if (!mine.IsSettled)
            {
                WriteWaiting();
            }
        }

        return mine.Failure is { } failure ? throw failure : mine.Entry;
    }

    private void WriteWaiting()
    {
        List<Waiting> mine;
        lock (_gate)
        {
            (mine, _waiting) = (_waiting, []);
        }

        try
        {
            var written = Write(mine.ConvertAll(w => w.Entry));
            for (var i = 0; i < mine.Count; i++)
            {
                mine[i].Entry = written[i];
            }
        }
        catch (ScimStateException exception)
        {
            if (exception.ErrorId == StateErrors.JournalDamagedId)
            {
                // Nobody's access hangs on this journal, so there is no ledger to be made anew.
                exception.RecommendedAction = $"Look at it with Test-ZoomProvisioningHistory -StatePath '{_folder}', and move what is in the folder "
                    + "elsewhere: the next command begins a new journal.";
            }

            mine.ForEach(w => w.Failure = exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var failure = StateErrors.SharedUnwritable(Path.Combine(_folder, JournalFile.Name), exception);
            mine.ForEach(w => w.Failure = failure);
        }
        finally
        {
            mine.ForEach(w => w.IsSettled = true);
        }
    }

    private IReadOnlyList<JournalEntry> Write(IReadOnlyList<JournalEntry> entries)
    {
        PrivateFiles.MakeFolder(_folder);
        using var turn = RunLock.TakeBriefly(_folder, _clock, Patience);
        using var journal = JournalFile.Open(Path.Combine(_folder, JournalFile.Name), _title, null, _clock);
        return journal.Append(entries);
    }

    /// <summary>An entry on its way to the disk.</summary>
    private sealed class Waiting(JournalEntry entry)
    {
        public JournalEntry Entry { get; set; } = entry;

        public ScimStateException? Failure { get; set; }

        public bool IsSettled { get; set; }
    }
}
