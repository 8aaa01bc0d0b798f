using System;
using System.IO;
using System.Linq;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>Takes out of a journal what is not as it was written, and keeps it beside it.</summary>
internal static class JournalRepair
{
    // The last line of a killed run, or what was behind the first damaged line when the ledger was rebuilt.
    private const string CutName = "journal.cut.txt";

    /// <summary>Cuts a file and keeps what is cut off beside it. It stays in the file until it is safe there.</summary>
    public static void CutOff(string path, FileStream stream, long offset)
    {
        using (var cut = PrivateFiles.OpenToAppend(Path.Combine(Path.GetDirectoryName(path)!, CutName)))
        {
            stream.Position = offset;
            stream.CopyTo(cut);
            cut.WriteByte((byte)'\n');
            cut.Flush(flushToDisk: true);
        }

        stream.SetLength(offset);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Makes of a damaged journal one that is whole: from its first damaged part on everything goes into the file that is written, the
    /// lines that are as they were written with a new chain. What the damaged parts said is kept beside it, every byte.
    /// </summary>
    /// <param name="path">The file that is written.</param>
    /// <param name="title">Whose it is, where its first line does not say it any more.</param>
    public static void Salvage(string path, JournalTitle title)
    {
        var folder = Path.GetDirectoryName(path)!;
        var parts = JournalPart.PathsIn(folder);
        JournalMark? end = null;
        var first = -1;
        long good = 0;
        for (var i = 0; i < parts.Count && first < 0; i++)
        {
            first = IsWhole(parts[i], isLast: i == parts.Count - 1, ref end, out good) ? -1 : i;
        }

        if (first < 0)
        {
            return;
        }

        foreach (var damaged in parts.Skip(first))
        {
            Keep(damaged, damaged == parts[first] ? good : 0);
        }

        AtomicFile.Write(path, stream =>
        {
            var mark = end ?? JournalMark.Beginning with { Number = 0 };
            if (good > 0)
            {
                using var whole = JournalReader.OpenShared(parts[first]);
                Copy(whole, stream, good);
            }
            else
            {
                Put(JournalLine.WriteTitle(end is { } before ? title.After(before) : title, out var hash), hash, mark.Number);
            }

            foreach (var entry in JournalSalvage.Read(folder).Where(e => e.Number > mark.Number).ToList())
            {
                Put(JournalLine.Write(entry, mark.Hash, out var hash), hash, entry.Number);
            }

            void Put(byte[] line, string hash, long number)
            {
                stream.Write(line, 0, line.Length);
                mark = new JournalMark(number, 0, hash);
            }
        });
        foreach (var damaged in parts.Skip(first).Where(p => p != path))
        {
            File.Delete(damaged);
        }
    }

    /// <summary>
    /// Whether a part is as it was written and follows the one before, with the mark after its last good line, and that line's end; a last
    /// line that is torn is settled elsewhere.
    /// </summary>
    private static bool IsWhole(string path, bool isLast, ref JournalMark? end, out long good)
    {
        good = 0;
        using var stream = JournalReader.OpenShared(path);
        var lines = new LineReader(stream, 0);
        if (!lines.TryRead(out var line) || JournalLine.ReadTitle(line, out var hash, out _) is not { } title)
        {
            return false;
        }

        var part = new JournalPart(path, title, new JournalMark(title.Continues, lines.Offset, hash));
        if (end is { } before && !part.Follows(before))
        {
            return false;
        }

        end = part.First;
        good = part.First.Offset;
        while (lines.TryRead(out line))
        {
            if (JournalLine.Read(line, end, out hash, out _) is not { } entry)
            {
                return false;
            }

            end = new JournalMark(entry.Number, lines.Offset, hash);
            good = lines.Offset;
        }

        return isLast || line.Count == 0;
    }

    /// <summary>Keeps what a file says from an offset on.</summary>
    private static void Keep(string path, long offset)
    {
        using var stream = JournalReader.OpenShared(path);
        if (stream.Length <= offset)
        {
            return;
        }

        using var cut = PrivateFiles.OpenToAppend(Path.Combine(Path.GetDirectoryName(path)!, CutName));
        stream.Position = offset;
        stream.CopyTo(cut);
        cut.WriteByte((byte)'\n');
        cut.Flush(flushToDisk: true);
    }

    private static void Copy(Stream from, Stream to, long length)
    {
        var block = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var read = from.Read(block, 0, (int)Math.Min(block.Length, left));
            to.Write(block, 0, read > 0 ? read : throw new EndOfStreamException());
            left -= read;
        }
    }
}
