using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>A part of a journal for somebody who looks for something: begun where the time is that is asked for, found by halving.</summary>
internal sealed class JournalSpan : IJournalPart
{
    private const int Near = 1 << 16;

    // A clock that is put right goes back, but not by more than this.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly JournalPart _part;

    private JournalSpan(string folder, JournalPart part, DateTimeOffset from)
    {
        _folder = folder;
        _part = part;
        From = from;
    }

    /// <inheritdoc/>
    public DateTimeOffset From { get; }

    /// <inheritdoc/>
    public DateTimeOffset? Until => JournalPart.MonthOf(_part.Path) is { } month ? month.AddMonths(1) + ClockTolerance : null;

    /// <summary>The parts of a journal that have an entry, oldest first.</summary>
    public static IReadOnlyList<IJournalPart> Of(string folder) => JournalPart.PathsIn(folder).Select(p => Open(folder, p)).OfType<JournalSpan>().ToList();

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds)
    {
        var marks = kinds?.Select(k => Encoding.ASCII.GetBytes($"\"kind\":\"{k}\"")).ToArray();
        using var stream = JournalReader.OpenShared(_part.Path);
        var start = after is { } time && From < time ? FirstLineNear(stream, time - ClockTolerance) : _part.First.Offset;
        var lines = new LineReader(stream, start);
        JournalMark? mark = start == _part.First.Offset ? _part.First : null;
        while (lines.TryRead(out var line))
        {
            if (marks is not null && !Array.Exists(marks, m => line.AsSpan().IndexOf(m) >= 0))
            {
                mark = null;
                continue;
            }

            var entry = JournalLine.Read(line, mark, out var hash, out var problem) ?? throw Damaged(problem!);
            mark = new JournalMark(entry.Number, lines.Offset, hash);
            if (kinds is null || kinds.Contains(entry.Kind))
            {
                yield return entry;
            }
        }
    }

    private static JournalSpan? Open(string folder, string path)
    {
        using var stream = JournalReader.OpenShared(path);
        var lines = new LineReader(stream, 0);
        if (!lines.TryRead(out _))
        {
            // Whoever began it was killed before its title was there.
            return null;
        }

        var part = JournalPart.Open(path, stream);
        lines = new LineReader(stream, part.First.Offset);
        return !lines.TryRead(out var line) ? null
            : JournalLine.Read(line, part.First, out _, out var problem) is { } first ? new JournalSpan(folder, part, first.At)
            : throw StateErrors.JournalDamaged(path, 2, problem!);
    }

    /// <summary>Where a line begins that is older than a time, and not far from it.</summary>
    private long FirstLineNear(FileStream stream, DateTimeOffset time)
    {
        var (low, high) = (_part.First.Offset, stream.Length);
        while (high - low > Near)
        {
            var middle = low + ((high - low) / 2);
            var lines = new LineReader(stream, middle);
            var isLine = lines.TryRead(out _);
            var start = lines.Offset;
            if (!isLine || start >= high || !lines.TryRead(out var line))
            {
                high = middle;
                continue;
            }

            if (JournalLine.Read(line, null, out _, out var problem) is not { } entry)
            {
                throw Damaged(problem!);
            }

            (low, high) = entry.At < time ? (start, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Says where it is: the whole journal is read only when something is wrong.</summary>
    private ScimStateException Damaged(string problem)
    {
        var check = JournalReader.Check(_folder, null);
        return StateErrors.JournalDamaged(_part.Path, check.FirstBadLine ?? 0, check.Problem ?? problem);
    }
}
