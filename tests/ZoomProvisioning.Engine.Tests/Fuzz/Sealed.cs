#if !NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ZoomProvisioning.Engine.State;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>Ledgers and journals whose hashes fit again after somebody has changed what they say: the reader behind the hash is tried too.</summary>
internal static class Sealed
{
    private const string HashName = ",\"hash\":\"";
    private const string PreviousName = ",\"prev\":\"";

    /// <summary>The ledger with the hash it would have.</summary>
    public static byte[] Ledger(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var end = text.LastIndexOf("],\"hash\":\"", StringComparison.Ordinal);
        if (end < 0)
        {
            return input;
        }

        var before = Encoding.Latin1.GetBytes(text[..end]);
        return [.. before, .. Encoding.ASCII.GetBytes($"],\"hash\":\"{Hashes.Of(before, 0, before.Length)}\"}}\n")];
    }

    /// <summary>The journal in which each line follows the one before it.</summary>
    public static byte[] Journal(byte[] input)
    {
        var sealedLines = new List<byte>();
        var previous = string.Empty;
        foreach (var line in Encoding.Latin1.GetString(input).Split('\n').Where(l => l.Length > 0))
        {
            var content = Cut(Cut(line, HashName), PreviousName).TrimEnd('}');
            var whole = Encoding.Latin1.GetBytes(previous.Length == 0 ? content + "}" : $"{content}{PreviousName}{previous}\"}}");
            previous = Hashes.Of(whole, 0, whole.Length);
            sealedLines.AddRange(whole[..^1]);
            sealedLines.AddRange(Encoding.ASCII.GetBytes($"{HashName}{previous}\"}}\n"));
        }

        return [.. sealedLines];
    }

    private static string Cut(string line, string from) => line.LastIndexOf(from, StringComparison.Ordinal) is > 0 and var at ? line[..at] : line;
}
#endif
