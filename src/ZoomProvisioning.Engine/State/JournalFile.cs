using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;
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

        var closed = Path.Combine(Path.GetDirectoryName(path)!, JournalPart.NameOf(month));
        if (File.Exists(closed))
        {
            // The clock went back and forth; it becomes a part with the next month.
            return journal;
        }

        journal.Dispose();
        File.Move(path, closed);
        return OpenCurrent(path, title, saved, clock).Journal;
    }

    /// <summary>Opens a journal and cuts it behind its last line that is as it was written. What is cut off is kept beside it.</summary>
    /// <exception cref="ScimStateException">It belongs to somebody else.</exception>
    public static JournalFile Repair(string path, JournalTitle title, IClock clock)
    {
        JournalRepair.CutAtFirstDamage(path);
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

    /// <summary>Opens the part that is written.</summary>
    /// <returns>It, and when its last entry was written; null when it has none.</returns>
    private static (JournalFile Journal, DateTimeOffset? LastAt) OpenCurrent(string path, JournalTitle title, JournalMark? saved, IClock clock)
    {
        // Others may read while this run writes.
        var isNew = !File.Exists(path);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
        try
        {
            if (isNew)
            {
                PrivateFiles.Restrict(path);
            }
            else
            {
                PrivateFiles.Narrow(path);
            }

            var closed = JournalPart.ClosedIn(Path.GetDirectoryName(path)!).Select(JournalPart.Open).ToList();
            if (Lines.StartOfLast(stream, stream.Length) == 0)
            {
                var end = closed.Count > 0 ? EndOf(closed[closed.Count - 1]) : (JournalMark?)null;
                if (saved?.Number is { } needed && !(end?.Number >= needed))
                {
                    throw Damaged(path, saved);
                }

                Begin(path, stream, end is { } before ? title.After(before) : title);
            }

            var part = JournalPart.Open(path, stream);
            RequireSame(path, part.Title, title);
            var (last, lastAt) = LastOf(path, stream, part, saved);
            if (saved is { } mark && !IsThere(mark, last, part, stream, closed))
            {
                throw Damaged(path, saved);
            }

            var marks = new List<JournalMark> { part.First };
            if (saved is { } known && known.Number > part.First.Number)
            {
                marks.Add(known);
            }

            marks.Add(last);
            return (new JournalFile(part, stream, clock, marks), lastAt);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The end of a part that is written no more.</summary>
    private static JournalMark EndOf(JournalPart part)
    {
        using var stream = JournalReader.OpenShared(part.Path);
        return LastLine(stream, stream.Length) is var (mark, _) ? mark : part.First;
    }

    private static (JournalMark Mark, DateTimeOffset? At) LastOf(string path, FileStream stream, JournalPart part, JournalMark? saved)
    {
        var end = Lines.StartOfLast(stream, stream.Length);
        var (last, at) = end == part.First.Offset ? (part.First, (DateTimeOffset?)null) : LastLine(stream, end) ?? throw Damaged(path, saved);
        return SettleLastLine(path, stream, last) is { } more ? more : (last, at);
    }

    /// <summary>Writes the first line of a new journal. A run killed while writing it leaves a part of it, or an empty file.</summary>
    private static void Begin(string path, FileStream stream, JournalTitle title)
    {
        CutOff(path, stream, 0);
        Put(stream, JournalLine.WriteTitle(title, out _));
    }

    private static void RequireSame(string path, JournalTitle found, JournalTitle wanted)
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

    /// <summary>
    /// A run that is killed while it writes leaves a last line without its line feed. Where all else of it is there, it is given
    /// that, for a whole line is never lost; else its request was not sent, and it is cut off.
    /// </summary>
    /// <returns>The line and when it was written; null when there was no such line.</returns>
    private static (JournalMark Mark, DateTimeOffset? At)? SettleLastLine(string path, FileStream stream, JournalMark last)
    {
        if (stream.Length == last.Offset)
        {
            return null;
        }

        var rest = Lines.Read(stream, last.Offset, stream.Length);
        if (JournalLine.Read(new ArraySegment<byte>(rest), last, out var hash, out _) is { } entry)
        {
            stream.Position = stream.Length;
            Put(stream, [(byte)'\n']);
            return (new JournalMark(entry.Number, stream.Length, hash), entry.At);
        }

        CutOff(path, stream, last.Offset);
        return null;
    }

    /// <summary>Cuts the journal and keeps what is cut off beside it.</summary>
    private static void CutOff(string path, FileStream stream, long offset)
    {
        if (stream.Length > offset)
        {
            JournalRepair.CutOff(path, stream, offset);
        }

        stream.Position = offset;
    }

    private static void Put(FileStream stream, byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The mark after the line that ends at an offset, and when it was written; null when it is not as it was written.</summary>
    private static (JournalMark Mark, DateTimeOffset? At)? LastLine(FileStream stream, long end)
    {
        var line = Lines.EndingAt(stream, end);
        return JournalLine.Read(new ArraySegment<byte>(line), null, out var hash, out _) is { } entry ? (new JournalMark(entry.Number, end, hash), entry.At) : null;
    }

    /// <summary>Whether the line the ledger was saved after is in the journal, in whatever part.</summary>
    private static bool IsThere(JournalMark mark, JournalMark last, JournalPart current, FileStream stream, List<JournalPart> closed)
    {
        if (mark.Number > last.Number)
        {
            return false;
        }

        if (mark.Number > current.First.Number)
        {
            return IsAt(stream, mark);
        }

        if (mark.Number == current.First.Number)
        {
            return mark.Number == 0 ? mark == current.First : string.Equals(mark.Hash, current.Before.Hash, StringComparison.Ordinal);
        }

        if (closed.LastOrDefault(p => p.First.Number < mark.Number) is not { } part)
        {
            return mark.Number == 0 && closed.Count > 0 && mark == closed[0].First;
        }

        using var older = JournalReader.OpenShared(part.Path);
        return IsAt(older, mark);
    }

    private static bool IsAt(FileStream stream, JournalMark mark) =>
        mark.Offset > 0 && mark.Offset <= stream.Length && LastLine(stream, mark.Offset) is var (found, _) && found == mark;

    /// <summary>Says what is wrong: the whole journal is read only when something is.</summary>
    private static ScimStateException Damaged(string path, JournalMark? saved)
    {
        var check = JournalReader.Check(Path.GetDirectoryName(path)!, saved);
        return StateErrors.JournalDamaged(path, check.FirstBadLine ?? check.Entries + 1, check.Problem ?? "It is not the line the ledger was saved after.");
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
            Put(_stream, lines);
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
