using System;
using System.IO;
using System.Text;
using ZoomProvisioning.Input.Tables;

namespace ZoomProvisioning.Cli.Source;

/// <summary>Reads a file of people: a table in a text, or LDIF; from a file or from standard input.</summary>
internal static class CsvSource
{
    private const string StandardInput = "-";

    /// <summary>The rows as they are, for a rule to read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ScimRecordException">The file is empty, is not a table, or has two columns of one name.</exception>
    public static SourceTable Open(FileInfo file, string? encoding)
    {
        var named = encoding is null ? null : Named(encoding);
        if (file.ToString() == StandardInput)
        {
            // Kept as a whole: what it is shows at its beginning, and a pipe cannot be turned back.
            var bytes = new MemoryStream();
            using var input = Console.OpenStandardInput();
            input.CopyTo(bytes);
            bytes.Position = 0;
            return SourceTable.Open(bytes, "standard input", named);
        }

        return SourceTable.Open(new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), file.ToString(), named);
    }

    private static Encoding Named(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var known = name.ToUpperInvariant() switch
        {
            "ANSI" or "DEFAULT" => "windows-1252",
            "UTF8" or "UTF8BOM" or "UTF8NOBOM" => "utf-8",
            "UNICODE" => "utf-16",
            "BIGENDIANUNICODE" => "utf-16BE",
            "OEM" => "ibm850",
            _ => name,
        };
        try
        {
            return int.TryParse(known, out var page)
                ? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Encoding.GetEncoding(known, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ScimRecordException("Zoom.Source.UnknownEncoding", $"There is no encoding called '{name}'.", exception)
            {
                Category = "InvalidArgument",
                RecommendedAction = "Name one such as utf-8, utf-16, windows-1252, iso-8859-1 or shift_jis.",
            };
        }
    }
}
