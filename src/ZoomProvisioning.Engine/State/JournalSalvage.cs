using System;
using System.Collections.Generic;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Reads of a journal that is not as it was written every line that is: whole by its own hash, and in its place by its number. In the
/// place of each line that is not stands one that says so (<see cref="JournalKind.Lost"/>), so that nobody takes the rest for all.
/// </summary>
internal static class JournalSalvage
{
    // A number that is further away was not written by a run.
    private const long MostMissing = 100_000;

    /// <summary>The entries of a journal, in the order of their numbers, which have no gap.</summary>
    public static IEnumerable<JournalEntry> Read(string folder)
    {
        var last = new Last();
        foreach (var path in JournalPart.PathsIn(folder))
        {
            using var stream = JournalReader.OpenShared(path);
            var lines = new LineReader(stream, 0);
            for (var isTitle = true; ; isTitle = false)
            {
                var isEnded = !lines.TryRead(out var line);
                if (isTitle && !isEnded && JournalLine.ReadTitle(line, out var hash, out _) is { } title)
                {
                    if (!last.Begin(title, hash))
                    {
                        break;
                    }

                    continue;
                }

                // Of a killed run the last line may be whole but for its line feed; a torn one was never sent.
                if (line.Count > 0 && JournalLine.Read(line, null, out var own, out _) is { } entry && last.Precedes(entry))
                {
                    foreach (var lost in last.Missing(entry.Number - 1, entry.At))
                    {
                        yield return lost;
                    }

                    last.Take(entry, line, own);
                    yield return entry;
                }
                else if (!isEnded)
                {
                    last.Skip();
                }

                if (isEnded)
                {
                    break;
                }
            }
        }

        foreach (var lost in last.Missing(last.Number + last.Unplaced, last.At))
        {
            yield return lost;
        }
    }

    /// <summary>The last line that was taken.</summary>
    private sealed class Last
    {
        private JournalTitle? _title;
        private string _hash = JournalMark.Beginning.Hash;

        public long Number { get; private set; }

        public DateTimeOffset At { get; private set; }

        /// <summary>How many lines were passed over for which the numbers have no place.</summary>
        public long Unplaced { get; private set; }

        /// <summary>Takes a first line; false for that of another account or rule.</summary>
        public bool Begin(JournalTitle title, string hash)
        {
            if (_title is { } first && (title.Account != first.Account || !string.Equals(title.Rule, first.Rule, StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }

            (Number, _hash) = _title is null && Number == 0 ? (title.Continues, hash) : (Number, title.Previous == _hash ? hash : _hash);
            _title ??= title;
            return true;
        }

        public bool Precedes(JournalEntry entry) => entry.Number > Number && entry.Number - Number <= MostMissing;

        public void Skip() => Unplaced++;

        public void Take(JournalEntry entry, ArraySegment<byte> line, string hash)
        {
            // A line that follows in number and was written after another one stands behind one that was exchanged.
            if (_hash.Length > 0 && Unplaced == 0 && JournalLine.IsAsWritten(line, out _, out var previous) && previous != _hash)
            {
                Unplaced++;
            }

            (Number, At, _hash) = (entry.Number, entry.At, hash);
        }

        /// <summary>An entry for each number up to one that has none.</summary>
        public IEnumerable<JournalEntry> Missing(long upTo, DateTimeOffset at)
        {
            while (Number < upTo)
            {
                Number++;
                Unplaced = Math.Max(0, Unplaced - 1);
                _hash = string.Empty;
                yield return new JournalEntry(JournalKind.Lost).Written(Number, at);
            }
        }
    }
}
