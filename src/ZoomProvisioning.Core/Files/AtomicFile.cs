using System;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Files;

/// <summary>
/// Writes files that are there whole or not at all, for their owner alone; a narrower mode is kept. Where the path is a symbolic
/// link, the file it leads to is written, and the link stays.
/// </summary>
internal static class AtomicFile
{
    private const string Suffix = ".tmp";

    /// <summary>Writes a text as UTF-8, replacing what the file held. Its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="isPrivate">Whether it is about people; else its mode is as its owner has it.</param>
    public static void WriteAllText(string path, string text, bool isPrivate = true) => Write(path, Text(text), isPrivate: isPrivate);

    /// <summary>Writes a text that need not be in memory as a whole, as UTF-8, replacing what the file held.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the text, which is about people.</param>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, Text(write));

    /// <summary>What writes a text as UTF-8.</summary>
    public static Action<Stream> Text(string text) => Text(writer => writer.Write(text));

    /// <summary>As above, for a text that need not be in memory as a whole.</summary>
    public static Action<Stream> Text(Action<TextWriter> write) => stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 14, leaveOpen: true);
        write(writer);
    };

    /// <summary>Writes what does not fit into a text, replacing what the file held. Its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="beforeReplacing">Called when the new file is safe on the disk and before it takes the old one's place.</param>
    /// <param name="isPrivate">Whether it is about people; else its mode is as its owner has it.</param>
    public static void Write(string path, Action<Stream> write, Action? beforeReplacing = null, bool isPrivate = true)
    {
        var target = PrivateFiles.Target(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        if (PrivateFiles.IsDevice(target))
        {
            // A device is no file in whose place another one may come.
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16);
            write(device);
            beforeReplacing?.Invoke();
            return;
        }

        PrivateFiles.MakeFolder(folder, isPrivate);
        var unfinished = Path.Combine(folder, "." + Guid.NewGuid().ToString("N") + Suffix);
        try
        {
            using (var stream = isPrivate
                ? PrivateStream.Open(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16)
                : new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                PrivateFiles.SetModeLike(target, unfinished, isPrivate);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            beforeReplacing?.Invoke();
            if (File.Exists(target))
            {
                File.Replace(unfinished, target, null);
            }
            else
            {
                File.Move(unfinished, target);
            }
        }
        catch (IOException exception) when (exception.Message.IndexOf(unfinished, StringComparison.Ordinal) >= 0)
        {
            // Nobody has heard of the other name.
            throw new IOException(exception.Message.Replace(unfinished, target), exception);
        }
        catch (UnauthorizedAccessException exception) when (exception.Message.IndexOf(unfinished, StringComparison.Ordinal) >= 0)
        {
            throw new UnauthorizedAccessException(exception.Message.Replace(unfinished, target), exception);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Deletes what killed writers left in a folder. Only for a folder nobody else is writing to.</summary>
    public static void DeleteUnfinished(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, ".*" + Suffix))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path).TrimStart('.'), "N", out _))
            {
                File.Delete(path);
            }
        }
    }
}
