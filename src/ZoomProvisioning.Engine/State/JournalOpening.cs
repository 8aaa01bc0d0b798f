using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Opens a journal to be written on: whose it is, whether it is what the ledger was saved after, and what becomes of a last line
/// that a killed run left. Only the first and last lines are read, and the one the ledger was saved after.
/// </summary>
internal static class JournalOpening
{
    /// <summary>Opens the part that is written.</summary>
    /// <returns>It, the marks that are known of it, and when its last entry was written; null when it has none.</returns>
    /// <exception cref="ScimStateException">It belongs to somebody else, or is not as it was written.</exception>
    public static (JournalPart Part, FileStream Stream, List<JournalMark> Marks, DateTimeOffset? LastAt) Open(
        string path, JournalTitle title, JournalMark? saved)
    {
        // Others may read while this run writes.
        var isNew = !File.Exists(path);
        var stream = PrivateStream.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
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
            return (part, stream, marks, lastAt);
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
        Lines.Append(stream, JournalLine.WriteTitle(title, out _));
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
            Lines.Append(stream, [(byte)'\n']);
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

    /// <summary>The mark after the line that ends at an offset, and when it was written; null when it is not as it was written.</summary>
    private static (JournalMark Mark, DateTimeOffset? At)? LastLine(FileStream stream, long end)
    {
        var line = Lines.EndingAt(stream, end);
        return JournalLine.Read(new ArraySegment<byte>(line), null, out var hash, out _) is { } entry
            ? (new JournalMark(entry.Number, end, hash), entry.At)
            : null;
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
}
