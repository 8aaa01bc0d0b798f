using System;
using System.IO;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Input.Tables;

/// <summary>Finds out how the bytes of a file are letters. What cannot be told for certain is refused, not guessed.</summary>
internal static class SourceEncoding
{
    private const int SampleSize = 4096;

    /// <summary>A reader over a stream, in the encoding its bytes show, or in the one that was named.</summary>
    /// <param name="stream">The stream; it must be able to seek.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="named">The encoding somebody named; null when nobody did.</param>
    /// <exception cref="ScimRecordException">It is no text.</exception>
    public static StreamReader Open(Stream stream, string name, Encoding? named)
    {
        var sample = new byte[SampleSize];
        var count = 0;
        for (int read; count < sample.Length && (read = stream.Read(sample, count, sample.Length - count)) > 0;)
        {
            count += read;
        }

        stream.Position = 0;
        RefuseOtherFiles(sample, count, name);
        var encoding = named ?? (Encoding?)OfWide(sample, count) ?? new UTF8Encoding(false, throwOnInvalidBytes: true);
        return new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }

    /// <summary>The error for bytes that are not UTF-8.</summary>
    public static ScimRecordException NotUtf8(string name, int line, Exception inner) => new("Zoom.Source.Encoding",
        $"The file '{name}' is not UTF-8: behind line {line} there are bytes that are no letters in it. Most likely it was saved in an ANSI "
            + "encoding such as Windows-1252. Nothing was sent.", inner)
    {
        Category = "InvalidData",
        RecommendedAction = "Save it as 'CSV UTF-8', or name its encoding (zoomprov --encoding windows-1252; Import-Csv -Encoding).",
    };

    // Plain letters in UTF-16 have a zero byte each, on one side.
    private static UnicodeEncoding? OfWide(byte[] sample, int count)
    {
        if (count < 4 || (sample[0] == 0xFF && sample[1] == 0xFE) || (sample[0] == 0xFE && sample[1] == 0xFF))
        {
            return null;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < count; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        return even == 0 && odd > count / 8 ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)
            : odd == 0 && even > count / 8 ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)
            : null;
    }

    private static void RefuseOtherFiles(byte[] sample, int count, string name)
    {
        bool Begins(params byte[] bytes) => count >= bytes.Length && !bytes.Where((b, i) => sample[i] != b).Any();

        var what = Begins(0x50, 0x4B, 0x03, 0x04) ? "a workbook or an archive, and no text"
            : Begins(0xD0, 0xCF, 0x11, 0xE0) ? "an old workbook, and no text"
            : Begins(0x25, 0x50, 0x44, 0x46) ? "a PDF, and no table"
            : Begins(0x1F, 0x8B) ? "compressed, and no text"
            : null;
        if (what is not null)
        {
            throw SourceFault.Make("NotText", $"The file '{name}' is {what}. Nothing was sent.", "Save the table as 'CSV UTF-8'.");
        }
    }
}
