using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>Reads a journal from the disk, line by line, and checks each against the one before.</summary>
internal static class JournalReader
{
    /// <summary>The entries behind a mark, each with the mark after it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="end">Where to end: the first byte that is not to be read.</param>
    /// <exception cref="ScimStateException">A line is not as it was written.</exception>
    public static IEnumerable<(JournalEntry Entry, JournalMark Mark)> Read(string path, JournalMark from, long end)
    {
        using var stream = OpenShared(path);
        var lines = new LineReader(stream, from.Offset);
        var mark = from;
        while (mark.Offset < end && lines.TryRead(out var line))
        {
            var entry = JournalLine.Read(line, mark, out var hash, out var problem) ?? throw StateErrors.JournalDamaged(path, mark.NextLine, problem!);
            mark = new JournalMark(entry.Number, lines.Offset, hash);
            yield return (entry, mark);
        }
    }

    /// <summary>The mark after the first line.</summary>
    /// <exception cref="ScimStateException">It is not as it was written.</exception>
    public static JournalMark ReadTitle(string path, Stream stream, out JournalTitle title)
    {
        var lines = new LineReader(stream, 0);
        lines.TryRead(out var line);
        title = JournalLine.ReadTitle(line, out var hash, out var problem) ?? throw StateErrors.JournalDamaged(path, 1, problem!);
        return new JournalMark(0, lines.Offset, hash);
    }

    /// <summary>All entries of a journal that a run may be writing to; a last line without its line feed is left out.</summary>
    public static IEnumerable<JournalEntry> ReadAll(string path)
    {
        JournalMark title;
        long end;
        using (var stream = OpenShared(path))
        {
            end = stream.Length;
            if (!new LineReader(stream, 0).TryRead(out _))
            {
                yield break;
            }

            title = ReadTitle(path, stream, out _);
        }

        foreach (var (entry, _) in Read(path, title, end))
        {
            yield return entry;
        }
    }

    /// <summary>Checks every line, and that the journal reaches to where the ledger knows it to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="saved">What the ledger knows; null where there is none.</param>
    public static JournalCheck Check(string path, JournalMark? saved)
    {
        using var stream = OpenShared(path);
        var lines = new LineReader(stream, 0);
        var mark = JournalMark.Beginning;
        DateTimeOffset? first = null, last = null;
        JournalCheck Bad(string problem) => new(false, Math.Max(0, mark.Number), mark.NextLine, problem) { From = first, To = last };

        while (lines.TryRead(out var line))
        {
            string? problem;
            string hash;
            if (mark.Number < 0)
            {
                JournalLine.ReadTitle(line, out hash, out problem);
            }
            else if (JournalLine.Read(line, mark, out hash, out problem) is { } entry)
            {
                first ??= entry.At;
                last = entry.At;
            }

            if (problem is not null)
            {
                return Bad(Sentence(problem));
            }

            if (mark.Number + 1 == saved?.Number && !string.Equals(hash, saved.Value.Hash, StringComparison.Ordinal))
            {
                return Bad("It is not the line the ledger was saved after: the journal was written anew.");
            }

            mark = new JournalMark(mark.Number + 1, lines.Offset, hash);
        }

        return saved is { } known && known.Number > mark.Number
            ? Bad($"The journal ends here, but the ledger was saved after entry {known.Number}: lines at its end are missing.")
            : new JournalCheck(true, Math.Max(0, mark.Number), null, null) { From = first, To = last };
    }

    /// <summary>Opens a file for reading that somebody else may be writing to or replacing.</summary>
    public static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    private static string Sentence(string problem) => char.ToUpperInvariant(problem[0]) + problem.Substring(1);
}
