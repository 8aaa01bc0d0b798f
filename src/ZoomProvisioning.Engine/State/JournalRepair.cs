using System.IO;
using System.Linq;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>Takes out of a journal what is not as it was written, and keeps it beside it.</summary>
internal static class JournalRepair
{
    // The last line of a killed run, or what was behind a damaged line when the ledger was rebuilt.
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
    /// Ends a journal before its first damaged line, in whatever part that is: the part becomes the one that is written, and the
    /// parts after it are cut off with it.
    /// </summary>
    /// <param name="path">The part that is written.</param>
    public static void CutAtFirstDamage(string path)
    {
        var parts = JournalPart.PathsIn(Path.GetDirectoryName(path)!);
        JournalMark? end = null;
        for (var i = 0; i < parts.Count; i++)
        {
            var isWhole = IsWhole(parts[i], isLast: i == parts.Count - 1, ref end, out var good);
            if (isWhole)
            {
                continue;
            }

            foreach (var damaged in parts.Skip(i).Where(p => p != parts[i]).Reverse())
            {
                Cut(damaged, 0);
                File.Delete(damaged);
            }

            Cut(parts[i], good);
            if (parts[i] != path)
            {
                File.Move(parts[i], path);
            }

            return;
        }
    }

    /// <summary>Whether a part is as it was written and follows the one before; a last line that is torn is settled elsewhere.</summary>
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

        var mark = part.First;
        good = mark.Offset;
        while (lines.TryRead(out line))
        {
            if (JournalLine.Read(line, mark, out hash, out _) is not { } entry)
            {
                return false;
            }

            mark = new JournalMark(entry.Number, lines.Offset, hash);
            good = mark.Offset;
        }

        end = mark;
        return isLast || line.Count == 0;
    }

    private static void Cut(string path, long offset)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1);
        if (stream.Length > offset)
        {
            CutOff(path, stream, offset);
        }
    }
}
