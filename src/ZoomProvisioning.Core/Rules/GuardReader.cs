using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>Reads the settings that keep people from harm: limits, what a source must be like, the stages of leavers, exceptions.</summary>
internal sealed class GuardReader
{
    private const int Most = 1_000_000;
    private const int MostDays = 36_500;
    private const int MostRuns = 1000;

    // The short forms of version 0.1, which stay.
    private static readonly (string Short, GuardKind Kind, string Long)[] ShortForms =
    [
        (RuleSettings.MaxDisable, GuardKind.Disable, RuleSettings.Max),
        (RuleSettings.MaxDisablePercent, GuardKind.Disable, RuleSettings.MaxPercent),
        (RuleSettings.MaxDelete, GuardKind.Delete, RuleSettings.Max),
        (RuleSettings.MaxDeletePercent, GuardKind.Delete, RuleSettings.MaxPercent),
    ];

    private readonly RuleMistakes _mistakes;

    public GuardReader(RuleMistakes mistakes) => _mistakes = mistakes;

    /// <summary>The limits of the guard.</summary>
    public GuardLimits ReadGuard(RuleNode? node)
    {
        var table = new RuleTable(node, RuleSettings.Guard, RuleSettings.OfGuard, _mistakes);
        var kinds = new RuleTable(table[RuleSettings.Limits], table.PathOf(RuleSettings.Limits), RuleSettings.OfLimits, _mistakes);
        var defaults = new GuardLimits();
        var limits = GuardLimits.Kinds.Select(kind => ReadLimit(kind, kinds, table, defaults[kind])).ToList();
        return new GuardLimits
        {
            [GuardKind.Disable] = limits[(int)GuardKind.Disable],
            [GuardKind.Delete] = limits[(int)GuardKind.Delete],
            [GuardKind.LicenseLoss] = limits[(int)GuardKind.LicenseLoss],
            [GuardKind.GroupLeave] = limits[(int)GuardKind.GroupLeave],
            [GuardKind.Reactivate] = limits[(int)GuardKind.Reactivate],
            [GuardKind.Rename] = limits[(int)GuardKind.Rename],
            [GuardKind.Clear] = limits[(int)GuardKind.Clear],
            [GuardKind.Create] = limits[(int)GuardKind.Create],
            [GuardKind.Update] = limits[(int)GuardKind.Update],
            MaxSourceShrinkPercent = Percent(table, RuleSettings.MaxSourceShrinkPercent) ?? defaults.MaxSourceShrinkPercent,
            QuarantineAfterRuns = Count(table, RuleSettings.QuarantineAfterRuns, MostRuns) ?? defaults.QuarantineAfterRuns,
        };
    }

    /// <summary>What the source must be like.</summary>
    public SourceRequirements ReadRequirements(RuleNode? node)
    {
        var table = new RuleTable(node, RuleSettings.Source, RuleSettings.OfRequirements, _mistakes);
        OwnSourceRules.RefuseTwo(table, _mistakes);
        return new SourceRequirements
        {
            MinimumRecords = Count(table, RuleSettings.MinimumRecords, Most),
            MaximumAgeHours = Number(table, RuleSettings.MaximumAgeHours, MostDays * 24),
            EndMarker = _mistakes.Text(table[RuleSettings.EndMarker], table.PathOf(RuleSettings.EndMarker)),
            Ldap = new LdapRuleReader(_mistakes).Read(table[RuleSettings.Ldap], table.PathOf(RuleSettings.Ldap)),
            Csv = OwnSourceRules.ReadCsv(table[RuleSettings.Csv], table.PathOf(RuleSettings.Csv), _mistakes),
            Command = OwnSourceRules.ReadCommand(table[RuleSettings.Command], table.PathOf(RuleSettings.Command), _mistakes),
        };
    }

    /// <summary>The stages of leavers.</summary>
    public LeaverSettings ReadLeavers(RuleNode? node)
    {
        var table = new RuleTable(node, RuleSettings.Leavers, RuleSettings.OfLeavers, _mistakes);
        var runs = Count(table, RuleSettings.MissingRuns, 1000, otherwise: 1);
        if (runs == 0)
        {
            _mistakes.Add(
                table[RuleSettings.MissingRuns]!,
                table.PathOf(RuleSettings.MissingRuns),
                "0 is not possible here; whoever leaves is missing in one run at least");
        }

        var to = table[RuleSettings.TransferTo] is { Kind: RuleNodeKind.Null }
            ? null
            : _mistakes.Text(table[RuleSettings.TransferTo], table.PathOf(RuleSettings.TransferTo), "an address, or manager,");
        if (to is not null && !to.Contains('@') && !string.Equals(to, LeaverSettings.Manager, StringComparison.OrdinalIgnoreCase))
        {
            _mistakes.Add(
                table[RuleSettings.TransferTo]!,
                table.PathOf(RuleSettings.TransferTo),
                $"'{to}' is neither an address nor the word {LeaverSettings.Manager}");
        }

        return new LeaverSettings
        {
            MissingRuns = runs,
            MissingDays = Number(table, RuleSettings.MissingDays, MostDays) ?? 0,
            DeleteAfterDays = table[RuleSettings.DeleteAfterDays] is { Kind: RuleNodeKind.Null } ? null : Number(table, RuleSettings.DeleteAfterDays, MostDays),
            TransferTo = string.Equals(to, LeaverSettings.Manager, StringComparison.OrdinalIgnoreCase) ? LeaverSettings.Manager : to,
        };
    }

    /// <summary>Who is left alone on purpose.</summary>
    public IReadOnlyList<ExceptedUser> ReadExceptions(RuleNode? node)
    {
        if (node is null || node.Kind == RuleNodeKind.Null)
        {
            return [];
        }

        // PowerShell gives a list of one as the one.
        var items = node.Kind == RuleNodeKind.Table ? [node] : node.Items;
        if (node.Kind is not (RuleNodeKind.List or RuleNodeKind.Table))
        {
            _mistakes.AddKind(node, RuleSettings.Exceptions, "a list of tables { user, reason, until }");
        }

        var found = new List<ExceptedUser>();
        for (var i = 0; i < items.Count; i++)
        {
            var path = RuleMistakes.PathOf(RuleSettings.Exceptions, i);
            var table = new RuleTable(items[i], path, RuleSettings.OfException, _mistakes);
            var user = _mistakes.Text(table[RuleSettings.User], table.PathOf(RuleSettings.User), "an address, a Zoom id or an anchor");
            var reason = _mistakes.Text(table[RuleSettings.Reason], table.PathOf(RuleSettings.Reason));
            var until = Day(table[RuleSettings.Until], table.PathOf(RuleSettings.Until));
            foreach (var setting in items[i].Kind == RuleNodeKind.Table ? new[] { RuleSettings.User, RuleSettings.Reason }.Where(s => table[s] is null) : [])
            {
                _mistakes.Add(items[i], path, setting == RuleSettings.User
                    ? "the exception does not say whom it is about (user)"
                    : "the exception does not say why (reason); whoever reads it in a year wants to know");
            }

            if (user is not null && found.Exists(f => string.Equals(f.User, user, StringComparison.OrdinalIgnoreCase)))
            {
                _mistakes.Add(items[i], path, $"'{user}' stands twice");
            }
            else if (user is not null && reason is not null)
            {
                found.Add(new ExceptedUser(user, reason, until));
            }
        }

        return found;
    }

    private GuardLimit ReadLimit(GuardKind kind, RuleTable kinds, RuleTable guard, GuardLimit otherwise)
    {
        var name = RuleSettings.OfLimits[(int)kind];
        var table = new RuleTable(kinds[name], kinds.PathOf(name), RuleSettings.OfLimit, _mistakes);
        foreach (var (shortForm, _, longForm) in ShortForms.Where(f => f.Kind == kind && guard[f.Short] is not null && table[f.Long] is not null))
        {
            _mistakes.AddName(guard[shortForm]!, guard.PathOf(shortForm), $"the same stands as {table.PathOf(longForm)}; leave one of them out");
        }

        int? ShortCount(string longForm) =>
            ShortForms.Where(f => f.Kind == kind && f.Long == longForm).Select(f => Count(guard, f.Short, Most)).FirstOrDefault();
        double? ShortPercent(string longForm) =>
            ShortForms.Where(f => f.Kind == kind && f.Long == longForm).Select(f => Percent(guard, f.Short)).FirstOrDefault();
        return new GuardLimit
        {
            Max = Count(table, RuleSettings.Max, Most) ?? ShortCount(RuleSettings.Max) ?? otherwise.Max,
            MaxPercent = Percent(table, RuleSettings.MaxPercent) ?? ShortPercent(RuleSettings.MaxPercent) ?? otherwise.MaxPercent,
            PerDay = Count(table, RuleSettings.PerDay, Most) ?? otherwise.PerDay,
            PerDayPercent = Percent(table, RuleSettings.PerDayPercent) ?? otherwise.PerDayPercent,
        };
    }

    private int? Count(RuleTable table, string setting, int most, int otherwise = 0) =>
        table[setting] is { } node ? (int)_mistakes.Number(node, table.PathOf(setting), otherwise, most, whole: true) : null;

    private double? Number(RuleTable table, string setting, double most) =>
        table[setting] is { } node ? _mistakes.Number(node, table.PathOf(setting), 0, most, whole: false) : null;

    private double? Percent(RuleTable table, string setting) => Number(table, setting, 100);

    private DateTime? Day(RuleNode? node, string path)
    {
        if (node is null || node.Kind == RuleNodeKind.Null || _mistakes.Text(node, path, "a day, such as 2027-03-31,") is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _mistakes.Add(node, path, $"'{text}' is no day; write it as 2027-03-31");
        return null;
    }
}
