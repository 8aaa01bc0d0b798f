using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Engine.State.Contracts;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A file of a journal. The one that is written is <c>journal.jsonl</c>; when a month is over it becomes <c>journal-2026-11.jsonl</c>,
/// and the next one goes on with its numbers and its chain of hashes.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Title">Its first line.</param>
/// <param name="First">The mark after the first line; its number is that of the last entry in the parts before.</param>
internal sealed record JournalPart(string Path, JournalTitle Title, JournalMark First)
{
    private const string Prefix = "journal-";
    private const string Suffix = ".jsonl";
    private const string Month = "yyyy-MM";

    /// <summary>The file's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The mark after the last entry before this part, of which nobody asks the place.</summary>
    public JournalMark Before => new(First.Number, First.Offset, Title.Previous);

    /// <summary>The files of the journal in a folder, oldest first: the parts of past months, and the one that is written where it is there.</summary>
    public static IReadOnlyList<string> PathsIn(string folder) =>
    [
        .. ClosedIn(folder),
        .. new[] { System.IO.Path.Combine(folder, JournalFile.Name) }.Where(File.Exists),
    ];

    /// <summary>The parts of past months in a folder, oldest first.</summary>
    public static IReadOnlyList<string> ClosedIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, Prefix + "*" + Suffix).Where(IsClosed).OrderBy(p => p, StringComparer.Ordinal)]
        : [];

    /// <summary>The name of the part of a month.</summary>
    public static string NameOf(DateTimeOffset month) => Prefix + month.UtcDateTime.ToString(Month, CultureInfo.InvariantCulture) + Suffix;

    /// <summary>Reads a part's first line.</summary>
    /// <exception cref="ScimStateException">It is not as it was written.</exception>
    public static JournalPart Open(string path)
    {
        using var stream = JournalReader.OpenShared(path);
        return Open(path, stream);
    }

    /// <summary>Reads a part's first line.</summary>
    /// <exception cref="ScimStateException">It is not as it was written.</exception>
    public static JournalPart Open(string path, Stream stream)
    {
        var lines = new LineReader(stream, 0);
        lines.TryRead(out var line);
        var title = JournalLine.ReadTitle(line, out var hash, out var problem) ?? throw StateErrors.JournalDamaged(path, 1, problem!);
        return new JournalPart(path, title, new JournalMark(title.Continues, lines.Offset, hash));
    }

    /// <summary>The number, counted from 1, of the line after a mark.</summary>
    public long LineAfter(JournalMark mark) => mark.Number - First.Number + 2;

    /// <summary>Whether this part goes on where another one ended.</summary>
    public bool Follows(JournalMark end) => First.Number == end.Number && string.Equals(Title.Previous, end.Hash, StringComparison.Ordinal);

    /// <summary>The month of a part of a past month; null for the one that is written.</summary>
    public static DateTimeOffset? MonthOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return name.Length == Prefix.Length + Month.Length + Suffix.Length
            && DateTime.TryParseExact(name.Substring(Prefix.Length, Month.Length), Month, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
                ? new DateTimeOffset(month, TimeSpan.Zero)
                : null;
    }

    private static bool IsClosed(string path) => MonthOf(path) is not null;
}
