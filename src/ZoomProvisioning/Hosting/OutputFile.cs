using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Hosting;

/// <summary>Writes files that were asked for: plans, reports, logs.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text, replacing what the file held.</summary>
    /// <exception cref="ScimStateException">The file cannot be written.</exception>
    public static void Write(string file, string text) => Write(file, AtomicFile.Text(text));

    /// <summary>Writes a text that need not be in memory as a whole, replacing what the file held.</summary>
    /// <exception cref="ScimStateException">The file cannot be written.</exception>
    public static void WriteText(string file, Action<TextWriter> write) => Write(file, AtomicFile.Text(write));

    /// <summary>Writes what may be too long for a text, replacing what the file held.</summary>
    /// <exception cref="ScimStateException">The file cannot be written.</exception>
    public static void Write(string file, Action<Stream> write) => Open(file, () =>
    {
        AtomicFile.Write(file, write);
        return file;
    });

    /// <summary>Opens a file to write to it.</summary>
    /// <exception cref="ScimStateException">The file cannot be written.</exception>
    public static T Open<T>(string file, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.File.NotWritten", $"The file '{file}' cannot be written: {exception.Message}", exception)
            {
                Category = exception is UnauthorizedAccessException ? nameof(ErrorCategory.PermissionDenied) : nameof(ErrorCategory.WriteError),
                RecommendedAction = "Look at the path and at your rights to it; it names a file, not a folder.",
            };
        }
    }
}
