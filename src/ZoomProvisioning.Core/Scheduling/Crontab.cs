using System;
using System.Linq;
using System.Text;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Scheduling;

/// <summary>What <c>crontab -l</c> says. It is written back whole, so what is not known for certain is never taken for an empty one.</summary>
internal static class Crontab
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // Of cron, cronie and BusyBox, for a user who has none yet; each ends with an exit code then as for any failure.
    private static readonly string[] NoneYet = ["no crontab for", "No such file or directory"];

    /// <summary>The crontab; empty where the user has none yet, null where it cannot be known, with <paramref name="why"/>.</summary>
    public static string? TextOf(ProgramResult listed, out string why)
    {
        why = string.Empty;
        if (listed.ExitCode != 0)
        {
            if (listed.ExitCode is not null && NoneYet.Any(w => listed.Errors.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return string.Empty;
            }

            why = $"'crontab -l' ended with exit code {listed.ExitCode}: {listed.Errors.Trim()}";
            return null;
        }

        try
        {
            return Strict.GetString(listed.Output.ToArray());
        }
        catch (DecoderFallbackException)
        {
            why = "the crontab is not written in UTF-8, and would be damaged by writing it back";
            return null;
        }
    }
}
