using System;
using System.IO;
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
        var named = encoding is null ? null : NamedEncoding.Find(encoding);
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
}
