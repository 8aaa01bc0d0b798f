using System;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Compares every line of a journal with its own hash and with the line before, by its bytes alone. A run needs only the end of a
/// journal, but begins on none that was changed anywhere: limits of a day, history and undo rest on the rest of it.
/// </summary>
internal static class JournalChain
{
    /// <summary>
    /// Goes through all parts. The journal says of each ledger that it was saved, just before it is there. One it does not know was
    /// exchanged; those of version 0.1.0 have no hash to be known by.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ledger">The ledger beside it; null where there is none.</param>
    /// <exception cref="ScimStateException">A line is not as it was written, or the ledger is not known; the error says which.</exception>
    public static void Require(string folder, LedgerFile? ledger)
    {
        var wanted = ledger is { Hash: { } own, IsBlank: false } ? Encoding.ASCII.GetBytes(own) : null;
        string? before = null;
        foreach (var path in JournalPart.PathsIn(folder))
        {
            using var stream = JournalReader.OpenShared(path);
            var lines = new LineReader(stream, 0);
            for (var number = 1L; lines.TryRead(out var line); number++)
            {
                if (!JournalLine.IsAsWritten(line, out var hash, out var previous) || (before is not null && previous != before))
                {
                    // Saying what is wrong takes more than seeing that something is.
                    var problem = JournalReader.Check(folder, ledger?.Journal).Problem ?? "It does not follow the line before.";
                    throw StateErrors.JournalDamaged(path, number, problem);
                }

                before = hash;
                wanted = wanted is not null && line.AsSpan().IndexOf(wanted) >= 0 ? null : wanted;
            }
        }

        if (wanted is not null)
        {
            throw StateErrors.LedgerDamaged(Path.Combine(folder, LedgerFile.Name), "it is not the one the journal says was saved.");
        }
    }
}
