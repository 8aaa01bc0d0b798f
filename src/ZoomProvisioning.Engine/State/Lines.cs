using System;
using System.IO;

namespace ZoomProvisioning.Engine.State;

/// <summary>Lines of a file: found from their ends without reading what is before them, and written so that they stay.</summary>
internal static class Lines
{
    // Nearly every line is in it; a longer one is found in steps.
    private const int BlockSize = 1 << 12;

    /// <summary>The line that ends at an offset, without its line feed.</summary>
    public static byte[] EndingAt(FileStream stream, long end) => Read(stream, StartOfLast(stream, end - 1), end - 1);

    /// <summary>The first byte after the last line feed before an offset; 0 when there is none.</summary>
    public static long StartOfLast(FileStream stream, long before)
    {
        var block = new byte[BlockSize];
        while (before > 0)
        {
            var size = (int)Math.Min(block.Length, before);
            before -= size;
            Read(stream, before, block, size);
            var index = Array.LastIndexOf(block, (byte)'\n', size - 1, size);
            if (index >= 0)
            {
                return before + index + 1;
            }
        }

        return 0;
    }

    /// <summary>The bytes from one offset to another.</summary>
    public static byte[] Read(FileStream stream, long start, long end)
    {
        var bytes = new byte[end - start];
        Read(stream, start, bytes, bytes.Length);
        return bytes;
    }

    private static void Read(FileStream stream, long offset, byte[] bytes, int count)
    {
        stream.Position = offset;
        for (var done = 0; done < count;)
        {
            var read = stream.Read(bytes, done, count - done);
            done += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    /// <summary>Writes lines where the file stands, and comes back when they are on the disk.</summary>
    public static void Append(FileStream stream, byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush(flushToDisk: true);
    }
}
