using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Input.Tables;

namespace ZoomProvisioning.Cli.Source;

/// <summary>Reads a file of people: a table in a text, or LDIF; from a file or from standard input.</summary>
internal static class CsvSource
{
    private const string StandardInput = "-";

    /// <summary>The rows as they are, for a rule to read.</summary>
    /// <exception cref="ScimNotSentException">It was stopped.</exception>
    public static Task<SourceTable> OpenAsync(FileInfo file, string? encoding, CancellationToken stop) =>
        Opening.RunAsync(() => Open(file, encoding), $"the source '{file}'", stop);

    /// <summary>The rows as they are.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ScimRecordException">The file is empty, is not a table, or has two columns of one name.</exception>
    public static SourceTable Open(FileInfo file, string? encoding)
    {
        var named = encoding is null ? null : NamedEncoding.Find(encoding);
        if (file.ToString() == StandardInput)
        {
            return SourceTable.Open(Kept(Console.OpenStandardInput()), "standard input", named);
        }

        var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return SourceTable.Open(stream.CanSeek ? stream : Kept(stream), file.ToString(), named);
    }

    /// <summary>A pipe as a whole: what it is shows at its beginning, and a pipe cannot be turned back.</summary>
    private static MemoryStream Kept(Stream pipe)
    {
        using var input = pipe;
        var bytes = new MemoryStream();
        input.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }
}
