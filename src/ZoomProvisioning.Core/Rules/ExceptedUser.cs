using System;
using System.Globalization;

namespace ZoomProvisioning.Rules;

/// <summary>Somebody a rule leaves alone on purpose. Shown in each run, and no reason to call a run unfinished.</summary>
/// <param name="User">The address, with * and ? where several are meant, the Zoom id, or the source's own key.</param>
/// <param name="Reason">Why, in the admin's words.</param>
/// <param name="Until">The last day it holds, where the rule runs; null for always.</param>
public sealed record ExceptedUser(string User, string Reason, DateTime? Until)
{
    /// <summary>Why, and until when, in words.</summary>
    internal string Words => Until is { } last
        ? string.Format(CultureInfo.InvariantCulture, "left alone on purpose until {0:yyyy-MM-dd}: {1}", last, Reason)
        : $"left alone on purpose: {Reason}";

    /// <summary>What is said when the last day is past.</summary>
    internal string PastWords =>
        string.Format(CultureInfo.InvariantCulture, "An exception of the rule until {0:yyyy-MM-dd} ({1}); that day is past.", Until, Reason);

    /// <summary>Whether it still holds.</summary>
    public bool Holds(DateTimeOffset now) => HoldsIn(TimeZoneInfo.Local, now);

    /// <summary>Whether it still holds where the last day begins and ends as it does in a time zone.</summary>
    internal bool HoldsIn(TimeZoneInfo zone, DateTimeOffset now) => Until is not { } last || TimeZoneInfo.ConvertTime(now, zone).Date <= last.Date;
}
