using System;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Files;

/// <summary>Writes files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    private const string Suffix = ".tmp";

    /// <summary>Writes a text as UTF-8, replacing what the file held. Its folder is made where there is none.</summary>
    public static void WriteAllText(string path, string text) => Write(path, stream =>
    {
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
        stream.Write(bytes, 0, bytes.Length);
    });

    /// <summary>Writes what does not fit into a text, replacing what the file held. Its folder is made where there is none.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, "." + Guid.NewGuid().ToString("N") + Suffix);
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path))
            {
                File.Replace(unfinished, path, null);
            }
            else
            {
                File.Move(unfinished, path);
            }
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
