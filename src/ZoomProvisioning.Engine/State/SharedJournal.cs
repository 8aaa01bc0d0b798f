using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A journal that several processes add to. Each has the folder's lock only while it has lines to write, and not for long at a time,
/// and looks each time where the journal ends by then; the entries that are waiting when their turn comes are written together.
/// </summary>
internal sealed class SharedJournal : IJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // To open the journal anew for each line takes longer than to write it, so it stays open while lines keep coming. Whoever waits
    // for it looks every 5 ms, which Windows may make 15.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(15);

    private readonly object _gate = new();
    private readonly string _folder;
    private readonly JournalTitle _title;
    private readonly IClock _clock;
    private readonly Stopwatch _sinceTurn = new();
    private List<Waiting> _waiting = [];
    private bool _isWriting;
    private Turn? _turn;
    private bool _isWatched;
    private bool _wasUsed;

    /// <param name="folder">The folder, by its full path.</param>
    /// <param name="account">The account.</param>
    /// <param name="clock">What dates the entries.</param>
    public SharedJournal(string folder, string account, IClock clock)
    {
        _folder = folder;
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
            while (_isWriting && !mine.IsSettled)
            {
                Monitor.Wait(_gate);
            }

            // Whoever comes first has written for all who were waiting.
            _isWriting |= !mine.IsSettled;
        }

        if (!mine.IsSettled)
        {
            try
            {
                WriteWaiting();
            }
            finally
            {
                HandOver(isLast: entry.Kind == JournalKind.RunEnded);
            }
        }

        return mine.Failure is { } failure ? throw failure : mine.Entry;
    }

    private void WriteWaiting()
    {
        if (_sinceTurn.IsRunning)
        {
            // Other processes get in between two turns, and their lines wait no longer than ours.
            var rest = Rest - _sinceTurn.Elapsed;
            if (rest > TimeSpan.Zero)
            {
                Thread.Sleep(rest);
            }

            _sinceTurn.Reset();
        }

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
        if (_turn is { } before && before.Part != JournalPart.NameOf(_clock.UtcNow))
        {
            EndTurn();
        }

        _turn ??= new Turn(_folder, _title, _clock);
        try
        {
            return _turn.Journal.Append(entries);
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    /// <summary>Lets the next of those who wait here write, with the journal as it is, or else other processes.</summary>
    /// <param name="isLast">Whether the command has nothing more to write.</param>
    private void HandOver(bool isLast)
    {
        lock (_gate)
        {
            try
            {
                if (_turn?.Took >= LongestTurn)
                {
                    EndTurn();
                    _sinceTurn.Restart();
                }
                else if (isLast && _waiting.Count == 0)
                {
                    EndTurn();
                }
                else if (_turn is not null)
                {
                    _wasUsed = true;
                    if (!_isWatched)
                    {
                        _isWatched = true;
                        _ = EndWhenIdleAsync();
                    }
                }
            }
            finally
            {
                // Whatever became of the files, those who wait here go on.
                _isWriting = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Lets other processes write when nothing has come for a while.</summary>
    private async Task EndWhenIdleAsync()
    {
        while (true)
        {
            await Task.Delay(LongestIdle).ConfigureAwait(false);
            lock (_gate)
            {
                if (_isWriting || _wasUsed)
                {
                    _wasUsed = false;
                    continue;
                }

                _isWatched = false;
                try
                {
                    EndTurn();
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // All that was written is on the disk, and whoever writes next opens the journal anew.
                }

                return;
            }
        }
    }

    private void EndTurn()
    {
        var turn = _turn;
        _turn = null;
        turn?.Dispose();
    }

    /// <summary>The time in which nobody else writes.</summary>
    private sealed class Turn : IDisposable
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly RunLock _lock;

        public Turn(string folder, JournalTitle title, IClock clock)
        {
            Part = JournalPart.NameOf(clock.UtcNow);
            _lock = RunLock.TakeBriefly(folder, clock, Patience);
            try
            {
                Journal = JournalFile.Open(Path.Combine(folder, JournalFile.Name), title, null, clock);
            }
            catch
            {
                _lock.Dispose();
                throw;
            }
        }

        public JournalFile Journal { get; }

        /// <summary>What the part of its month is called: another month has another one.</summary>
        public string Part { get; }

        public TimeSpan Took => _clock.Elapsed;

        public void Dispose()
        {
            try
            {
                Journal.Dispose();
            }
            finally
            {
                _lock.Dispose();
            }
        }
    }

    /// <summary>An entry on its way to the disk.</summary>
    private sealed class Waiting(JournalEntry entry)
    {
        public JournalEntry Entry { get; set; } = entry;

        public ScimStateException? Failure { get; set; }

        public bool IsSettled { get; set; }
    }
}
