using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// The journal of a run that is going on: <c>journal.jsonl</c>. Lines that are waiting for the disk when it becomes free are
/// written together, so that many writers share one flush; nobody gets back before its own line is on the disk.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    public const string Name = "journal.jsonl";

    private const int LinesBetweenMarks = 1024;

    private readonly object _gate = new();
    private readonly object _disk = new();
    private readonly JournalPart _part;
    private readonly string _path;
    private readonly string _folder;
    private readonly FileStream _stream;
    private readonly IClock _clock;
    private readonly List<JournalMark> _marks;
    private readonly MemoryStream _waiting = new();
    private JournalMark _composed;
    private JournalMark _onDisk;
    private Exception? _failure;

    private JournalFile(JournalPart part, FileStream stream, IClock clock, List<JournalMark> marks)
    {
        _part = part;
        _path = part.Path;
        _folder = Path.GetDirectoryName(part.Path)!;
        _stream = stream;
        _clock = clock;
        _marks = marks;
        _composed = _onDisk = marks[marks.Count - 1];
        _stream.Position = _onDisk.Offset;
    }

    /// <summary>The number of the last entry on the disk.</summary>
    public long LastEntry => OnDisk.Number;

    private JournalMark OnDisk
    {
        get
        {
            lock (_gate)
            {
                return _onDisk;
            }
        }
    }

    /// <summary>
    /// Opens a journal, or begins one; what is of a past month becomes a part of its own. Only the first and last lines are read,
    /// and the one the ledger was saved after.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="title">Whose it must be.</param>
    /// <param name="saved">What the ledger knows of it; null where there is no ledger.</param>
    /// <param name="clock">What dates the entries.</param>
    /// <exception cref="ScimStateException">It belongs to somebody else, or is not as it was written.</exception>
    public static JournalFile Open(string path, JournalTitle title, JournalMark? saved, IClock clock)
    {
        var (journal, lastAt) = OpenCurrent(path, title, saved, clock);
        if (lastAt is not { } month || string.CompareOrdinal(JournalPart.NameOf(month), JournalPart.NameOf(clock.UtcNow)) >= 0)
        {
            return journal;
        }

        var folder = Path.GetDirectoryName(path)!;
        var closed = Path.Combine(folder, JournalPart.NameOf(month));
        if (JournalPart.ClosedIn(folder) is [.., { } last] && string.CompareOrdinal(Path.GetFileName(last), Path.GetFileName(closed)) >= 0)
        {
            // The clock went back and forth. Parts are read by the order of their names, so it becomes one with a month after them.
            return journal;
        }

        journal.Dispose();
        File.Move(path, closed);
        return OpenCurrent(path, title, saved, clock).Journal;
    }

    /// <summary>
    /// Opens a journal, and makes one of its lines that are as they were written where not all are. What is cut off is kept beside it.
    /// </summary>
    /// <exception cref="ScimStateException">It belongs to somebody else.</exception>
    public static JournalFile Repair(string path, JournalTitle title, IClock clock)
    {
        JournalRepair.Salvage(path, title);
        return OpenCurrent(path, title, null, clock).Journal;
    }

    /// <summary>Numbers, dates and writes an entry.</summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="ScimStateException">It could not be written, or one before it could not.</exception>
    public JournalEntry Append(JournalEntry entry) => Append([entry])[0];

    /// <summary>Numbers, dates and writes entries, which share one flush.</summary>
    /// <returns>The entries as they were written.</returns>
    /// <exception cref="ScimStateException">They could not be written, or one before them could not.</exception>
    public IReadOnlyList<JournalEntry> Append(IReadOnlyList<JournalEntry> entries)
    {
        List<JournalEntry> written;
        lock (_gate)
        {
            ThrowIfFailed();
            written = entries.Select(Compose).ToList();
        }

        lock (_disk)
        {
            // Whoever comes first has written for all who were waiting.
            if (LastEntry < written[written.Count - 1].Number)
            {
                WriteWaiting();
            }
        }

        return written;
    }

    /// <summary>The entries after a number, up to the last one on the disk now.</summary>
    public IEnumerable<JournalEntry> Read(long after)
    {
        var end = OnDisk;
        return after >= end.Number ? [] : Marked(after, end).Select(e => e.Entry).Where(e => e.Number > after);
    }

    /// <summary>Where the journal stands after an entry that is on the disk.</summary>
    public JournalMark MarkAfter(long number)
    {
        var end = OnDisk;
        if (number > end.Number)
        {
            throw new ArgumentOutOfRangeException(nameof(number), $"The journal has {end.Number} entries, so nothing can have been folded up to {number}.");
        }

        if (number > 0 && number == _part.First.Number)
        {
            return _part.Before;
        }

        if (number == end.Number)
        {
            return end;
        }

        return number >= _part.First.Number && NearestMark(number) is var nearest && nearest.Number == number
            ? nearest
            : number == 0 ? JournalPart.Open(JournalPart.PathsIn(_folder)[0]).First
            : Marked(number - 1, end).First(e => e.Entry.Number == number).Mark;
    }

    /// <summary>The entries around a number and all behind it, each with its mark; those of past months first.</summary>
    private IEnumerable<(JournalEntry Entry, JournalMark Mark)> Marked(long after, JournalMark end)
    {
        if (after >= _part.First.Number)
        {
            return JournalReader.Read(_part, NearestMark(after), end.Offset);
        }

        var closed = JournalPart.ClosedIn(_folder).Select(JournalPart.Open).ToList();
        var first = Math.Max(0, closed.FindLastIndex(p => p.First.Number <= after));
        return closed.Skip(first).SelectMany(JournalReader.Read).Concat(JournalReader.Read(_part, _part.First, end.Offset));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_disk)
        {
            _stream.Dispose();
        }
    }

    private static (JournalFile Journal, DateTimeOffset? LastAt) OpenCurrent(string path, JournalTitle title, JournalMark? saved, IClock clock)
    {
        var (part, stream, marks, lastAt) = JournalOpening.Open(path, title, saved);
        return (new JournalFile(part, stream, clock, marks), lastAt);
    }

    private JournalEntry Compose(JournalEntry entry)
    {
        var written = entry.Written(_composed.Number + 1, _clock.UtcNow);
        var line = JournalLine.Write(written, _composed.Hash, out var hash);
        _waiting.Write(line, 0, line.Length);
        _composed = new JournalMark(written.Number, _composed.Offset + line.Length, hash);
        if (written.Number % LinesBetweenMarks == 0)
        {
            _marks.Add(_composed);
        }

        return written;
    }

    private void WriteWaiting()
    {
        byte[] lines;
        JournalMark last;
        lock (_gate)
        {
            ThrowIfFailed();
            lines = _waiting.ToArray();
            _waiting.SetLength(0);
            last = _composed;
        }

        try
        {
            Lines.Append(_stream, lines);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fail(exception);
            throw StateErrors.JournalUnwritable(_path, exception);
        }

        lock (_gate)
        {
            _onDisk = last;
        }
    }

    /// <summary>After a failed write nobody knows what of it is in the file, so nothing more may be written behind it.</summary>
    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
        }

        try
        {
            _stream.SetLength(_onDisk.Offset);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // What is left of the lines is settled when the journal is opened the next time, as after a kill.
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw StateErrors.JournalUnwritable(_path, failure);
        }
    }

    private JournalMark NearestMark(long number)
    {
        lock (_gate)
        {
            return _marks.Last(m => m.Number <= number || m.Number == _part.First.Number);
        }
    }
}
