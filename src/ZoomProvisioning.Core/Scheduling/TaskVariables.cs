using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Scheduling;

/// <summary>The environment variables a run needs, which a task does not have because the session that made it has them.</summary>
internal static class TaskVariables
{
    private static readonly string[] OfSignIn = ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"];

    /// <summary>Their names.</summary>
    /// <param name="rule">The rule: whom it tells, how its directory is read, whose signatures count.</param>
    /// <param name="hasProfile">Whether a profile says how to sign in.</param>
    /// <param name="secret">The variable in which the profile's secret lies; null where it lies elsewhere.</param>
    public static IReadOnlyList<string> Of(ProvisioningRule rule, bool hasProfile, string? secret)
    {
        var names = new[]
        {
            secret,
            rule.Source?.Ldap?.Bind?.PasswordVariable,
            rule.Notify?.Webhook?.UrlVariable,
            rule.Notify?.Webhook?.TokenVariable,
            rule.Notify?.Mail?.PasswordVariable,
            rule.Approval?.KeyVariable,
        };
        return [.. (hasProfile ? [] : OfSignIn).Concat(names.OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Those that no line of a text sets, as crontabs and files of variables are written: NAME=value.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string> names, string text)
    {
        var set = text.Split('\n').Where(l => l.Contains('=')).Select(l => l.Substring(0, l.IndexOf('=')).Trim()).ToList();
        return [.. names.Where(n => !set.Contains(n, StringComparer.Ordinal))];
    }

    /// <summary>What to say of those that are missing; null where none is.</summary>
    public static string? Warning(TaskScheduler scheduler, IReadOnlyList<string> missing) => missing.Count == 0 ? null
        : $"The task does not have the environment variables of this session. It needs {string.Join(", ", missing)}: " + scheduler switch
        {
            TaskScheduler.Windows => "set them for its account (setx NAME value), or use a profile whose secret lies in a vault.",
            TaskScheduler.Cron => "write NAME=value lines at the head of the crontab (crontab -e), or use a profile whose secret lies in a vault.",
            _ => "write NAME=value lines into a file that its account alone can read, and give it with -EnvironmentFile.",
        };
}
