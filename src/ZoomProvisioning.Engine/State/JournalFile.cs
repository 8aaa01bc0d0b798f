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

    // What was cut off the journal: the last line of a killed run, or what was behind a damaged line when the ledger was rebuilt.
    private const string CutName = "journal.cut.txt";
    private const int LinesBetweenMarks = 1024;
    private const int BlockSize = 1 << 16;

    private readonly object _gate = new();
    private readonly object _disk = new();
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly IClock _clock;
    private readonly List<JournalMark> _marks;
    private readonly MemoryStream _waiting = new();
    private JournalMark _composed;
    private JournalMark _onDisk;
    private Exception? _failure;

    private JournalFile(string path, FileStream stream, IClock clock, List<JournalMark> marks)
    {
        _path = path;
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

    /// <summary>Opens a journal, or begins one. Only its first and last lines are read, and the one the ledger was saved after.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">Whose it must be.</param>
    /// <param name="saved">What the ledger knows of it; null where there is no ledger.</param>
    /// <param name="clock">What dates the entries.</param>
    /// <exception cref="ScimStateException">It belongs to somebody else, or is not as it was written.</exception>
    public static JournalFile Open(string path, JournalTitle title, JournalMark? saved, IClock clock) => Open(path, clock, stream =>
    {
        var end = LineStart(stream, stream.Length);
        if (end == 0)
        {
            return saved is { } known ? throw Damaged(path, known) : [Begin(path, stream, title)];
        }

        var first = JournalReader.ReadTitle(path, stream, out var found);
        RequireSame(path, found, title);
        var last = end == first.Offset ? first : LastLine(stream, end) ?? throw Damaged(path, saved);
        last = SettleLastLine(path, stream, last);
        var marks = new List<JournalMark> { first };
        if (saved is { } mark)
        {
            marks.Add(mark.Number <= last.Number && IsThere(stream, mark, first) ? mark : throw Damaged(path, mark));
        }

        marks.Add(last);
        return marks;
    });

    /// <summary>Opens a journal and cuts it behind its last line that is as it was written. What is cut off is kept beside it.</summary>
    /// <exception cref="ScimStateException">It belongs to somebody else.</exception>
    public static JournalFile Repair(string path, JournalTitle title, IClock clock) => Open(path, clock, stream =>
    {
        var lines = new LineReader(stream, 0);
        if (!lines.TryRead(out var line) || JournalLine.ReadTitle(line, out var hash, out _) is not { } found)
        {
            return [Begin(path, stream, title)];
        }

        RequireSame(path, found, title);
        var first = new JournalMark(0, lines.Offset, hash);
        var last = first;
        while (lines.TryRead(out line) && JournalLine.Read(line, last, out hash, out _) is { } entry)
        {
            last = new JournalMark(entry.Number, lines.Offset, hash);
        }

        return [first, SettleLastLine(path, stream, last)];
    });

    /// <summary>Numbers, dates and writes an entry.</summary>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="ScimStateException">It could not be written, or one before it could not.</exception>
    public JournalEntry Append(JournalEntry entry)
    {
        JournalEntry written;
        lock (_gate)
        {
            ThrowIfFailed();
            written = entry.Written(_composed.Number + 1, _clock.UtcNow);
            var line = JournalLine.Write(written, _composed.Hash, out var hash);
            _waiting.Write(line, 0, line.Length);
            _composed = new JournalMark(written.Number, _composed.Offset + line.Length, hash);
            if (written.Number % LinesBetweenMarks == 0)
            {
                _marks.Add(_composed);
            }
        }

        lock (_disk)
        {
            // Whoever comes first has written for all who were waiting.
            if (LastEntry < written.Number)
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
        return after >= end.Number ? [] : JournalReader.Read(_path, NearestMark(after), end.Offset).Select(e => e.Entry).Where(e => e.Number > after);
    }

    /// <summary>Where the journal stands after an entry that is on the disk.</summary>
    public JournalMark MarkAfter(long number)
    {
        var end = OnDisk;
        if (number > end.Number)
        {
            throw new ArgumentOutOfRangeException(nameof(number), $"The journal has {end.Number} entries, so nothing can have been folded up to {number}.");
        }

        var nearest = number == end.Number ? end : NearestMark(number);
        return nearest.Number == number
            ? nearest
            : JournalReader.Read(_path, nearest, end.Offset).First(e => e.Mark.Number == number).Mark;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_disk)
        {
            _stream.Dispose();
        }
    }

    private static JournalFile Open(string path, IClock clock, Func<FileStream, List<JournalMark>> find)
    {
        // Others may read while this run writes.
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
        try
        {
            return new JournalFile(path, stream, clock, find(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes the first line of a new journal. A run killed while writing it leaves a part of it, or an empty file.</summary>
    private static JournalMark Begin(string path, FileStream stream, JournalTitle title)
    {
        CutOff(path, stream, 0);
        var line = JournalLine.WriteTitle(title, out var hash);
        Put(stream, line);
        return new JournalMark(0, line.Length, hash);
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
    private static JournalMark SettleLastLine(string path, FileStream stream, JournalMark last)
    {
        if (stream.Length == last.Offset)
        {
            return last;
        }

        var rest = new byte[stream.Length - last.Offset];
        ReadAt(stream, last.Offset, rest);
        if (JournalLine.Read(new ArraySegment<byte>(rest), last, out var hash, out _) is { } entry)
        {
            stream.Position = stream.Length;
            Put(stream, [(byte)'\n']);
            return new JournalMark(entry.Number, stream.Length, hash);
        }

        CutOff(path, stream, last.Offset);
        return last;
    }

    /// <summary>Cuts the journal and keeps what is cut off beside it. It stays in the journal until it is safe there.</summary>
    private static void CutOff(string path, FileStream stream, long offset)
    {
        if (stream.Length > offset)
        {
            using (var cut = new FileStream(Path.Combine(Path.GetDirectoryName(path)!, CutName), FileMode.Append, FileAccess.Write))
            {
                stream.Position = offset;
                stream.CopyTo(cut);
                cut.WriteByte((byte)'\n');
                cut.Flush(flushToDisk: true);
            }

            stream.SetLength(offset);
            stream.Flush(flushToDisk: true);
        }

        stream.Position = offset;
    }

    private static void Put(FileStream stream, byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The mark after the line that ends at an offset; null when it is not as it was written.</summary>
    private static JournalMark? LastLine(FileStream stream, long end)
    {
        var line = LineEndingAt(stream, end);
        return JournalLine.Read(new ArraySegment<byte>(line), null, out var hash, out _) is { } entry ? new JournalMark(entry.Number, end, hash) : null;
    }

    private static bool IsThere(FileStream stream, JournalMark mark, JournalMark first) =>
        mark.Number == 0 ? mark == first : mark.Offset > first.Offset && mark.Offset <= stream.Length && LastLine(stream, mark.Offset) == mark;

    /// <summary>Says what is wrong: the whole journal is read only when something is.</summary>
    private static ScimStateException Damaged(string path, JournalMark? saved)
    {
        var check = JournalReader.Check(path, saved);
        return StateErrors.JournalDamaged(path, check.FirstBadLine ?? check.Entries + 1, check.Problem ?? "It is not the line the ledger was saved after.");
    }

    private static byte[] LineEndingAt(FileStream stream, long end)
    {
        var start = LineStart(stream, end - 1);
        var line = new byte[end - 1 - start];
        ReadAt(stream, start, line);
        return line;
    }

    /// <summary>The first byte after the last line feed before an offset; 0 when there is none.</summary>
    private static long LineStart(FileStream stream, long before)
    {
        var block = new byte[BlockSize];
        while (before > 0)
        {
            var size = (int)Math.Min(block.Length, before);
            before -= size;
            ReadAt(stream, before, block, size);
            var index = Array.LastIndexOf(block, (byte)'\n', size - 1, size);
            if (index >= 0)
            {
                return before + index + 1;
            }
        }

        return 0;
    }

    private static void ReadAt(FileStream stream, long offset, byte[] bytes) => ReadAt(stream, offset, bytes, bytes.Length);

    private static void ReadAt(FileStream stream, long offset, byte[] bytes, int count)
    {
        stream.Position = offset;
        for (var done = 0; done < count;)
        {
            var read = stream.Read(bytes, done, count - done);
            done += read > 0 ? read : throw new EndOfStreamException();
        }
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
            return _marks.Last(m => m.Number <= number || m.Number == 0);
        }
    }
}
