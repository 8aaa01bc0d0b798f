using System;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>What is wrong with a source as a whole, as its headings show: said once, and nothing is read.</summary>
internal static class SourceFault
{
    private const string Prefix = "Zoom.Source.";

    private static readonly char[] Delimiters = [';', '\t', '|', ','];

    /// <summary>Whether an error is about the source as a whole.</summary>
    public static bool IsOne(ScimException error) => error.ErrorId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The fault of a source whose records have these headings; null when there is none.</summary>
    public static ScimRecordException? Of(RecordLayout layout, ISourceRecord record)
    {
        foreach (var name in layout.Names)
        {
            if (DamageOf(name) is { } damage)
            {
                return Make("Encoding", $"The heading '{name}' is not what was once written: {damage}. Nothing was sent.", DamagedTextException.Advice);
            }
        }

        return layout.Names.Count == 1 ? OfSingle(layout.Names[0], record) : null;
    }

    /// <summary>Makes the error.</summary>
    public static ScimRecordException Make(string id, string message, string advice) =>
        new(Prefix + id, message) { Category = "InvalidData", RecommendedAction = advice };

    private static ScimRecordException? OfSingle(string heading, ISourceRecord record)
    {
        if (heading.TrimStart().StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            var named = heading.Trim().Length > 4 ? heading.Trim().Substring(4, 1) : ",";
            return Make("Separator", $"The file begins with '{heading}', a line for Excel, and it was taken for the headings. Nothing was sent.",
                $"Leave the line out: Get-Content FILE | Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter '{named}'.");
        }

        var delimiter = Array.Find(Delimiters, d => heading.IndexOf(d) >= 0);
        if (delimiter == '\0' || heading.IndexOf("://", StringComparison.Ordinal) >= 0 || record.Read(heading) is not (null or string))
        {
            return null;
        }

        var shown = delimiter == '\t' ? "`t" : delimiter.ToString();
        return Make("Delimiter", $"The records have one column, '{heading}': the file is separated by "
            + $"{(delimiter == '\t' ? "tabs" : $"'{delimiter}'")}, and was read as if by another sign. Nothing was sent.",
            $"Name the sign: Import-Csv FILE -Delimiter {(delimiter == '\t' ? $"\"{shown}\"" : $"'{shown}'")}.");
    }

    private static string? DamageOf(string heading)
    {
        try
        {
            CellText.RefuseDamage(heading);
            return null;
        }
        catch (DamagedTextException exception)
        {
            return exception.Message;
        }
    }
}
