using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;

namespace ZoomProvisioning.Setup;

/// <summary>A source that is looked at to propose a rule for it.</summary>
internal sealed class SampleSource
{
    private const string OldEncoding = "windows-1252";

    private SampleSource(IReadOnlyList<ISourceRecord> records) => Records = records;

    /// <summary>The records that are not blank.</summary>
    public IReadOnlyList<ISourceRecord> Records { get; }

    /// <summary>The file; null for what was piped in.</summary>
    public string? Path { get; private init; }

    /// <summary>The encoding that the rule must name; null where the bytes show it.</summary>
    public string? Encoding { get; private init; }

    /// <summary>How the text is written, for people; empty for objects.</summary>
    public string Form { get; private init; } = string.Empty;

    /// <summary>Whether the file breaks off in the middle of a line.</summary>
    public bool IsUnfinished { get; private init; }

    /// <summary>What was piped in.</summary>
    public static SampleSource Of(IEnumerable<ISourceRecord> records) => new(Filled(records));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding, where somebody named it.</param>
    /// <exception cref="ScimRecordException">It is no table of people that can be read for certain.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SampleSource Read(string path, string? encoding)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var table = SourceTable.Open(stream, path, encoding is null ? null : NamedEncoding.Find(encoding));
        var records = Filled(table);
        return new SampleSource(records)
        {
            Path = path,
            Encoding = encoding,
            Form = $"{table.Form}, {table.EncodingName}",
            IsUnfinished = table.IsUnfinished,
        };
    }

    /// <summary>Reads a file, and asks in which encoding where its bytes do not show it. Nothing is guessed without an answer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding, where somebody named it.</param>
    /// <param name="ask">Answers a question by the number of the choice.</param>
    /// <exception cref="ScimRecordException">It is no table of people that can be read for certain.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SampleSource Read(string path, string? encoding, Func<SetupQuestion, int> ask)
    {
        try
        {
            return Read(path, encoding);
        }
        catch (ScimRecordException exception) when (encoding is null && exception.ErrorId == "Zoom.Source.Encoding")
        {
            var read = Read(path, OldEncoding);
            var examples = ExamplesIn(read.Records);
            var choices = new[]
            {
                new SetupChoice("No", "It is written otherwise. Nothing is written; name the encoding with -Encoding."),
                new SetupChoice("Yes", "Read it as Windows-1252, the ANSI of Western Europe and America."),
            };
            if (examples.Count > 0 && ask(new SetupQuestion(
                "Encoding", $"The file is not UTF-8. As Windows-1252 it says: {string.Join(", ", examples)}. Is that right?", choices, 0)) == 1)
            {
                return read;
            }

            throw new ScimRecordException(exception.ErrorId, exception.Message, exception)
            {
                Category = exception.Category,
                RecommendedAction = "Save it as 'CSV UTF-8', or name its encoding: -Encoding windows-1252"
                    + (examples.Count > 0 ? $", which reads: {string.Join(", ", examples)}." : "."),
            };
        }
    }

    private static List<string> ExamplesIn(IEnumerable<ISourceRecord> records) => records
        .SelectMany(r => r.Names.Select(n => r is TableRecord { Fault: null } ? r.Read(n) as string : null))
        .OfType<string>()
        .Where(t => t.Length < 60 && t.Any(c => c > 127 && char.IsLetter(c)))
        .Distinct(StringComparer.Ordinal)
        .Take(3)
        .ToList();

    private static List<ISourceRecord> Filled(IEnumerable<ISourceRecord> records) => records.Where(r => !RecordRow.IsBlank(r)).ToList();
}
