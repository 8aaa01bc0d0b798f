using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>A rule's folder: the lock, the ledger and the journal, and what makes them fit together.</summary>
internal sealed class StateFolder : IStateFolder
{
    private readonly string _ledgerPath;
    private readonly RunLock _lock;
    private readonly JournalFile _journal;
    private string? _keepLedgerAs;

    // Whose run it is, for the entry that a ledger was saved.
    private JournalEntry? _lastWritten;

    private StateFolder(string ledgerPath, RunLock runLock, JournalFile journal, Ledger? ledger)
    {
        _ledgerPath = ledgerPath;
        _lock = runLock;
        _journal = journal;
        Ledger = ledger;
    }

    /// <inheritdoc/>
    public Ledger? Ledger { get; }

    /// <inheritdoc/>
    public long LastEntry => _journal.LastEntry;

    /// <inheritdoc/>
    public string? OpenToOthers => PrivateFiles.OpenToOthers(Path.GetDirectoryName(_ledgerPath)!);

    /// <summary>Opens a folder for a run.</summary>
    /// <exception cref="ScimStateException">See <see cref="IStateFactory.Open"/>.</exception>
    public static StateFolder Open(string folder, string account, string rule, bool rebuild, IClock clock)
    {
        try
        {
            PrivateFiles.MakeFolder(Path.GetFullPath(folder));
            var runLock = RunLock.Take(folder, clock);
            try
            {
                AtomicFile.DeleteUnfinished(folder);
                var title = new JournalTitle(account, rule);
                return rebuild ? OpenForRebuild(folder, title, runLock, clock) : Open(folder, title, runLock, clock);
            }
            catch
            {
                runLock.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw StateErrors.Unusable(folder, exception);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadJournal(long after) => _journal.Read(after);

    /// <inheritdoc/>
    public JournalEntry Append(JournalEntry entry) => _lastWritten = _journal.Append(entry);

    /// <inheritdoc/>
    public void SaveLedger(Ledger ledger)
    {
        var file = new LedgerFile(ledger, _journal.MarkAfter(ledger.JournalPosition));
        try
        {
            if (_keepLedgerAs is { } kept && File.Exists(_ledgerPath))
            {
                // Somebody may still want to know what the ledger was that the rebuilt one replaces.
                File.Move(_ledgerPath, kept);
            }

            _keepLedgerAs = null;
            file.Write(_ledgerPath, hash =>
            {
                if (!file.IsBlank)
                {
                    _journal.Append(new JournalEntry(JournalKind.LedgerSaved)
                    {
                        RunId = _lastWritten?.RunId ?? string.Empty,
                        Actor = _lastWritten?.Actor,
                        LedgerHash = hash,
                    });
                }
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StateErrors.LedgerUnwritable(_ledgerPath, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _journal.Dispose();
        }
        finally
        {
            // Whatever becomes of the journal, another run must not find the folder locked.
            _lock.Dispose();
        }
    }

    private static StateFolder Open(string folder, JournalTitle title, RunLock runLock, IClock clock)
    {
        var ledgerPath = Path.Combine(folder, LedgerFile.Name);
        var saved = LedgerFile.Read(ledgerPath);
        if (saved is not null)
        {
            RequireSame(ledgerPath, saved.Ledger, title);
        }

        var journal = JournalFile.Open(Path.Combine(folder, JournalFile.Name), title, saved?.Journal, clock);
        try
        {
            JournalChain.Require(folder, saved);
            if (saved is not null)
            {
                return new StateFolder(ledgerPath, runLock, journal, saved.Ledger);
            }

            if (journal.LastEntry > 0)
            {
                throw StateErrors.LedgerLost(ledgerPath, journal.LastEntry);
            }

            // A ledger is there from the first moment on, so that one that is missing later was lost.
            var ledger = new Ledger(title.Account, title.Rule);
            var created = new StateFolder(ledgerPath, runLock, journal, ledger);
            created.SaveLedger(ledger);
            return created;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static StateFolder OpenForRebuild(string folder, JournalTitle title, RunLock runLock, IClock clock)
    {
        var ledgerPath = Path.Combine(folder, LedgerFile.Name);
        try
        {
            if (LedgerFile.ReadHead(ledgerPath) is { } saved)
            {
                RequireSame(ledgerPath, saved.Ledger, title);
            }
        }
        catch (ScimStateException exception) when (exception.ErrorId == StateErrors.LedgerDamagedId)
        {
            // That is what it is rebuilt for.
        }

        var journal = JournalFile.Repair(Path.Combine(folder, JournalFile.Name), title, clock);
        var stamp = clock.UtcNow.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        return new StateFolder(ledgerPath, runLock, journal, null) { _keepLedgerAs = Path.Combine(folder, $"ledger.before-{stamp}.json") };
    }

    private static void RequireSame(string path, Ledger found, JournalTitle wanted)
    {
        if (!string.Equals(found.Account, wanted.Account, StringComparison.Ordinal))
        {
            throw StateErrors.OtherAccount(path, found.Account, wanted.Account);
        }

        if (!string.Equals(found.Rule, wanted.Rule, StringComparison.OrdinalIgnoreCase))
        {
            throw StateErrors.OtherRule(path, found.Rule, wanted.Rule);
        }
    }
}
