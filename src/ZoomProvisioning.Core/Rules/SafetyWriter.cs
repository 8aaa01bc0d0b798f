using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>Writes what <see cref="GuardReader"/> reads. What is as without a setting is left out.</summary>
internal static class SafetyWriter
{
    public static RuleNode? OfGuard(GuardLimits guard, GuardLimits defaults)
    {
        // As version 0.1 wrote it, where that is enough: whoever compares files finds no difference.
        var isShort = new[]
        {
            GuardKind.Disable,
            GuardKind.Delete,
        }.All(k => guard[k].PerDay == defaults[k].PerDay && guard[k].PerDayPercent == defaults[k].PerDayPercent);
        var limits = new RuleEntries();
        foreach (var kind in GuardLimits.Kinds.Where(k => !isShort || k > GuardKind.Delete))
        {
            limits.Add(RuleSettings.OfLimits[(int)kind], OfLimit(guard[kind], defaults[kind]));
        }

        var entries = new RuleEntries();
        if (isShort)
        {
            entries.Add(RuleSettings.MaxDisable, Unless(defaults.MaxDisable, guard.MaxDisable));
            entries.Add(RuleSettings.MaxDisablePercent, Unless(defaults.MaxDisablePercent, guard.MaxDisablePercent));
            entries.Add(RuleSettings.MaxDelete, Unless(defaults.MaxDelete, guard.MaxDelete));
            entries.Add(RuleSettings.MaxDeletePercent, Unless(defaults.MaxDeletePercent, guard.MaxDeletePercent));
        }

        entries.Add(RuleSettings.Limits, limits.ToNode());
        entries.Add(RuleSettings.MaxSourceShrinkPercent, Unless(defaults.MaxSourceShrinkPercent, guard.MaxSourceShrinkPercent));
        entries.Add(RuleSettings.QuarantineAfterRuns, Unless(defaults.QuarantineAfterRuns, guard.QuarantineAfterRuns));
        return entries.ToNode();
    }

    public static RuleNode? OfRequirements(SourceRequirements source)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.MinimumRecords, Unless(null, source.MinimumRecords));
        entries.Add(RuleSettings.MaximumAgeHours, Unless(null, source.MaximumAgeHours));
        entries.Add(RuleSettings.EndMarker, source.EndMarker is { } marker ? RuleNode.Of(marker) : null);
        entries.Add(RuleSettings.Ldap, source.Ldap is { } ldap ? LdapWriter.Of(ldap) : null);
        entries.Add(RuleSettings.Csv, OwnSourceRules.Of(source.Csv));
        entries.Add(RuleSettings.Command, OwnSourceRules.Of(source.Command));
        return entries.ToNode();
    }

    public static RuleNode? OfLeavers(LeaverSettings leavers)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.MissingRuns, Unless(null, leavers.MissingRuns));
        entries.Add(RuleSettings.MissingDays, Unless(0, leavers.MissingDays));
        entries.Add(RuleSettings.DeleteAfterDays, Unless(null, leavers.DeleteAfterDays));
        entries.Add(RuleSettings.TransferTo, leavers.TransferTo is { } to ? RuleNode.Of(to) : null);
        return entries.ToNode();
    }

    public static RuleNode? OfExceptions(IReadOnlyList<ExceptedUser> exceptions) => exceptions.Count == 0 ? null : RuleNode.Of(exceptions.Select(e =>
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.User, RuleNode.Of(e.User));
        entries.Add(RuleSettings.Reason, RuleNode.Of(e.Reason));
        entries.Add(RuleSettings.Until, e.Until is { } day ? RuleNode.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null);
        return RuleNode.Of(entries);
    }));

    private static RuleNode? OfLimit(GuardLimit limit, GuardLimit defaults)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Max, Unless(defaults.Max, limit.Max));
        entries.Add(RuleSettings.MaxPercent, Unless(defaults.MaxPercent, limit.MaxPercent));
        entries.Add(RuleSettings.PerDay, Unless(defaults.PerDay, limit.PerDay));
        entries.Add(RuleSettings.PerDayPercent, Unless(defaults.PerDayPercent, limit.PerDayPercent));
        return entries.ToNode();
    }

    private static RuleNode? Unless(double? otherwise, double? value) => value is null || value.Equals(otherwise) ? null : RuleNode.Of(value.Value);
}
