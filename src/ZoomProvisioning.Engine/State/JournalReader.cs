using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>Reads a journal from the disk, part by part and line by line, and checks each line against the one before.</summary>
internal static class JournalReader
{
    /// <summary>The entries of a part behind a mark, each with the mark after it.</summary>
    /// <param name="part">The part.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="end">Where to end: the first byte that is not to be read.</param>
    /// <exception cref="ScimStateException">A line is not as it was written.</exception>
    public static IEnumerable<(JournalEntry Entry, JournalMark Mark)> Read(JournalPart part, JournalMark from, long end)
    {
        using var stream = OpenShared(part.Path);
        var lines = new LineReader(stream, from.Offset);
        var mark = from;
        while (mark.Offset < end && lines.TryRead(out var line))
        {
            var entry = JournalLine.Read(line, mark, out var hash, out var problem)
                ?? throw StateErrors.JournalDamaged(part.Path, part.LineAfter(mark), problem!);
            mark = new JournalMark(entry.Number, lines.Offset, hash);
            yield return (entry, mark);
        }
    }

    /// <summary>All entries of a part of a past month, each with the mark after it.</summary>
    public static IEnumerable<(JournalEntry Entry, JournalMark Mark)> Read(JournalPart part) => Read(part, part.First, long.MaxValue);

    /// <summary>All entries of a journal that a run may be writing to; a last line without its line feed is left out.</summary>
    public static IEnumerable<JournalEntry> ReadAll(string folder)
    {
        JournalMark? mark = null;
        foreach (var path in JournalPart.PathsIn(folder))
        {
            if (new FileInfo(path).Length == 0 || !HasLine(path))
            {
                continue;
            }

            var part = JournalPart.Open(path);
            if (mark is { } end && !part.Follows(end))
            {
                throw StateErrors.JournalDamaged(path, 1, NotFollowing);
            }

            mark = part.First;
            foreach (var (entry, after) in Read(part, part.First, new FileInfo(path).Length))
            {
                mark = after;
                yield return entry;
            }
        }
    }

    /// <summary>Checks every line of every part, and that the journal reaches to where the ledger knows it to.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="saved">What the ledger knows; null where there is none.</param>
    /// <param name="ledgerHash">The hash of the ledger, which the journal must know; null where it need not.</param>
    public static JournalCheck Check(string folder, JournalMark? saved, string? ledgerHash = null)
    {
        var progress = new Progress(saved, ledgerHash);
        foreach (var path in JournalPart.PathsIn(folder))
        {
            if (progress.CheckPart(path) is { } bad)
            {
                return bad;
            }
        }

        return progress.End();
    }

    /// <summary>Opens a file for reading that somebody else may be writing to or replacing.</summary>
    public static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    private const string NotFollowing = "it does not go on where the part before ended.";

    private static bool HasLine(string path)
    {
        using var stream = OpenShared(path);
        return new LineReader(stream, 0).TryRead(out _);
    }

    /// <summary>How far a check has come.</summary>
    private sealed class Progress(JournalMark? saved, string? ledgerHash)
    {
        private JournalMark _mark = JournalMark.Beginning;
        private DateTimeOffset? _first;
        private DateTimeOffset? _last;
        private bool _knowsLedger = ledgerHash is null;

        // What is missing before the first part; the rest is worth checking all the same.
        private string? _missing;

        public JournalCheck? CheckPart(string path)
        {
            using var stream = OpenShared(path);
            var lines = new LineReader(stream, 0);
            for (var number = 1L; lines.TryRead(out var line); number++)
            {
                if (CheckLine(line, number == 1, out var hash, out var entryNumber) is { } problem)
                {
                    return Bad(path, number, problem);
                }

                if (entryNumber is { } entry && entry == saved?.Number && !string.Equals(hash, saved.Value.Hash, StringComparison.Ordinal))
                {
                    return Bad(path, number, "it is not the line the ledger was saved after: the journal was written anew.");
                }

                _mark = new JournalMark(entryNumber ?? Math.Max(0, _mark.Number), lines.Offset, hash);
            }

            return null;
        }

        public JournalCheck End()
        {
            if ((saved is { } known && known.Number > _mark.Number) || !_knowsLedger)
            {
                var problem = $"The journal ends here, but the ledger was saved after entry {saved?.Number}: lines at its end are missing, "
                    + "or the ledger was exchanged.";
                return new JournalCheck(false, Math.Max(0, _mark.Number), _mark.Number + 2, problem) { From = _first, To = _last };
            }

            return new JournalCheck(_missing is null, Math.Max(0, _mark.Number), _missing is null ? null : 1, _missing) { From = _first, To = _last };
        }

        private string? CheckLine(ArraySegment<byte> line, bool isTitle, out string hash, out long? number)
        {
            number = null;
            if (!isTitle)
            {
                if (JournalLine.Read(line, _mark, out hash, out var problem) is { } entry)
                {
                    number = entry.Number;
                    _first ??= entry.At;
                    _last = entry.At;
                    _knowsLedger |= entry.Kind == JournalKind.LedgerSaved && entry.LedgerHash == ledgerHash;
                }

                return problem;
            }

            if (JournalLine.ReadTitle(line, out hash, out var wrong) is not { } title)
            {
                return wrong;
            }

            if (_mark.Number >= 0)
            {
                return title.Continues == _mark.Number && string.Equals(title.Previous, _mark.Hash, StringComparison.Ordinal) ? null : NotFollowing;
            }

            if (title.Continues > 0)
            {
                _missing = $"The parts of the journal up to entry {title.Continues} are not there.";
            }

            _mark = new JournalMark(title.Continues, 0, hash);
            return null;
        }

        private JournalCheck Bad(string path, long line, string problem)
        {
            var where = Path.GetFileName(path) is var name && name != JournalFile.Name ? $"{name}: " : string.Empty;
            return new JournalCheck(false, Math.Max(0, _mark.Number), line, where + char.ToUpperInvariant(problem[0]) + problem.Substring(1))
            {
                From = _first,
                To = _last,
            };
        }
    }
}
