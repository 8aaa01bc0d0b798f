using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>
/// Makes a rule of the tree a rule file was parsed into. Finds every mistake in one go, so that a file is corrected once and
/// not ten times.
/// </summary>
public static class RuleReader
{
    /// <summary>Reads a rule.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="file">The file it is from; null when there is none.</param>
    /// <param name="scripts">Makes a function of a node with a scriptblock; null where nobody can run one.</param>
    /// <exception cref="RuleFileException">There are mistakes; the error lists all of them.</exception>
    public static ProvisioningRule Read(RuleNode root, string? file = null, Func<RuleNode, Func<ISourceRecord, object?>>? scripts = null)
    {
        var problems = TryRead(root, file, scripts, out var rule);
        return problems.Count == 0 ? rule! : throw new RuleFileException(file ?? "(without a file)", problems);
    }

    /// <summary>Every mistake in a rule, in the order of the file; none when it can be used.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="file">The file it is from; null when there is none.</param>
    /// <param name="scripts">Makes a function of a node with a scriptblock; null where nobody can run one.</param>
    /// <param name="rule">The rule; null when there are mistakes.</param>
    public static IReadOnlyList<RuleProblem> TryRead(
        RuleNode root, string? file, Func<RuleNode, Func<ISourceRecord, object?>>? scripts, out ProvisioningRule? rule)
    {
        var mistakes = new RuleMistakes();
        var table = new RuleTable(root, string.Empty, RuleSettings.OfRule, mistakes);
        rule = root.Kind == RuleNodeKind.Table ? Read(root, table, file, mistakes, scripts) : null;
        if (mistakes.InOrder.Count > 0)
        {
            rule = null;
        }

        return mistakes.InOrder;
    }

    private static ProvisioningRule Read(
        RuleNode root, RuleTable table, string? file, RuleMistakes mistakes, Func<RuleNode, Func<ISourceRecord, object?>>? scripts)
    {
        var dateFormat = ReadDateFormat(table[RuleSettings.DateFormat], mistakes);
        var requireMail = mistakes.Flag(table[RuleSettings.RequireMail], RuleSettings.RequireMail, false);
        var sources = new SourceRuleReader(mistakes, scripts) { DateFormat = dateFormat };
        var name = ReadName(root, table, mistakes);
        mistakes.Text(table[RuleSettings.Schema], RuleSettings.Schema);
        var id = ReadId(table[RuleSettings.Id], mistakes);
        var description = ReadDescription(table[RuleSettings.Description], mistakes);
        var anchor = mistakes.Text(table[RuleSettings.Anchor], RuleSettings.Anchor, "a property's name");
        var scope = sources.ReadQuestion(table[RuleSettings.Scope], RuleSettings.Scope);
        var match = ReadMatch(table[RuleSettings.Match], mistakes);
        var usePreset = mistakes.Choice(table[RuleSettings.Preset], RuleSettings.Preset, RuleSettings.Presets) != "none";
        var attributes = new AttributeRuleReader(mistakes, sources, usePreset).Read(table[RuleSettings.Attributes], root);
        var groups = ReadGroups(table[RuleSettings.Groups], mistakes, sources, out var groupSource);
        var createGroups = mistakes.Flag(table[RuleSettings.CreateGroups], RuleSettings.CreateGroups, false);
        var capabilities = new RuleTable(table[RuleSettings.Capabilities], RuleSettings.Capabilities, RuleSettings.OfCapabilities, mistakes);
        bool Allows(string capability) => mistakes.Flag(capabilities[capability], capabilities.PathOf(capability), true);
        var (create, adopt, update, disable, deprovision) = (
            Allows(RuleSettings.Create), Allows(RuleSettings.Adopt), Allows(RuleSettings.Update), Allows(RuleSettings.Disable),
            Allows(RuleSettings.Deprovision));
        var adoptInactive = mistakes.Flag(table[RuleSettings.AdoptInactive], RuleSettings.AdoptInactive, false);
        var reactivate = mistakes.Choice(table[RuleSettings.Reactivate], RuleSettings.Reactivate, RuleSettings.Reactivates) == "always";
        var remove = mistakes.Choice(table[RuleSettings.RemoveAction], RuleSettings.RemoveAction, RuleSettings.RemoveActions) == "delete"
            ? RemoveAction.Delete
            : RemoveAction.Disable;
        var onRemoval = mistakes.Flag(table[RuleSettings.DeprovisionOnRuleRemoval], RuleSettings.DeprovisionOnRuleRemoval, false);
        var protect = ReadProtected(table[RuleSettings.Protected], mistakes);
        var safety = new GuardReader(mistakes);
        var guard = safety.ReadGuard(table[RuleSettings.Guard]);
        var requirements = safety.ReadRequirements(table[RuleSettings.Source]);
        if (requirements.Ldap is { } ldap)
        {
            // A directory has a key of its own, and groups of its own where the rule says so.
            anchor ??= SourceAnchor.OfDirectories;
            groupSource = GroupsOf(ldap, table[RuleSettings.Groups], mistakes) ?? groupSource;
        }

        var leavers = safety.ReadLeavers(table[RuleSettings.Leavers]);
        var exceptions = safety.ReadExceptions(table[RuleSettings.Exceptions]);
        var planMaxAge = ReadPlanMaxAge(table[RuleSettings.PlanMaxAgeHours], mistakes);
        var approval = ApprovalReader.Read(table[RuleSettings.Approval], mistakes);
        var notify = new NotifyRules(mistakes).Read(table[RuleSettings.Notify]);

        ProvisioningRule Make(string fingerprint) => new(name)
        {
            Id = id,
            Description = description,
            Anchor = anchor,
            Scope = scope,
            Match = match,
            UsePreset = usePreset,
            RequireMail = requireMail,
            DateFormat = dateFormat,
            Attributes = attributes,
            Groups = groups,
            GroupSource = groupSource,
            CreateGroups = createGroups,
            AllowCreate = create,
            AllowAdopt = adopt,
            AllowUpdate = update,
            AllowDisable = disable,
            AllowDeprovision = deprovision,
            AdoptInactive = adoptInactive,
            ReactivatesAlways = reactivate,
            RemoveAction = remove,
            DeprovisionOnRuleRemoval = onRemoval,
            Protected = protect,
            Guard = guard,
            Source = requirements,
            Leavers = leavers,
            Exceptions = exceptions,
            PlanMaxAge = planMaxAge,
            Approval = approval,
            Notify = notify,
            Path = file,
            Fingerprint = fingerprint,
        };

        return Make(RuleFingerprint.Of(Make(string.Empty)));
    }

    private static string ReadName(RuleNode root, RuleTable table, RuleMistakes mistakes)
    {
        var node = table[RuleSettings.Name];
        if (node is null)
        {
            mistakes.Add(root, RuleSettings.Name, "the rule has no name");
            return string.Empty;
        }

        if (node.Kind != RuleNodeKind.Text)
        {
            mistakes.AddKind(node, RuleSettings.Name, "a text");
            return string.Empty;
        }

        if (RuleName.MistakeIn(node.Text!) is { } mistake)
        {
            mistakes.Add(node, RuleSettings.Name, mistake);
        }

        return node.Text!;
    }

    private static Guid? ReadId(RuleNode? node, RuleMistakes mistakes)
    {
        if (mistakes.Text(node, RuleSettings.Id, "a GUID") is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty)
        {
            return id;
        }

        mistakes.Add(node!, RuleSettings.Id, $"'{text}' is no GUID of 36 characters; New-Guid makes one, and New-ZoomProvisioningRule writes it");
        return null;
    }

    private static TimeSpan ReadPlanMaxAge(RuleNode? node, RuleMistakes mistakes)
    {
        var hours = mistakes.Number(node, RuleSettings.PlanMaxAgeHours, ProvisioningRule.UsualPlanMaxAge.TotalHours, most: 8784, whole: false);
        if (node is not null && hours == 0)
        {
            mistakes.Add(node, RuleSettings.PlanMaxAgeHours, "0 is not possible here: no saved plan could ever be applied");
        }

        return TimeSpan.FromHours(hours);
    }

    private static string ReadDescription(RuleNode? node, RuleMistakes mistakes)
    {
        if (node is not null && node.Kind != RuleNodeKind.Text)
        {
            mistakes.AddKind(node, RuleSettings.Description, "a text");
        }

        return node?.Text ?? string.Empty;
    }

    private static string? ReadDateFormat(RuleNode? node, RuleMistakes mistakes)
    {
        if (mistakes.Text(node, RuleSettings.DateFormat, "the form of dates, such as dd.MM.yyyy,") is not { } format)
        {
            return null;
        }

        // A form that loses the day, the month or the year cannot be read back. Of a past year, since a date without one is of this year.
        var probe = new DateTime(2019, 11, 29, 0, 0, 0, DateTimeKind.Local);
        try
        {
            if (DateTime.TryParseExact(
                probe.ToString(format, CultureInfo.InvariantCulture),
                format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var back) && back.Date == probe)
            {
                return format;
            }
        }
        catch (FormatException)
        {
            // Told below, as any other text that is no form of dates.
        }

        mistakes.Add(node!, RuleSettings.DateFormat, $"'{format}' is no form of dates; it is made of d, M and y, such as dd.MM.yyyy or M/d/yyyy h:mm:ss tt");
        return null;
    }

    private static List<ZoomAttribute> ReadMatch(RuleNode? node, RuleMistakes mistakes)
    {
        // The user name is always tried, and first: it is the one key Zoom itself keeps unique.
        var keys = new List<ZoomAttribute> { ZoomAttributes.UserName };
        foreach (var (item, path, text) in mistakes.Texts(node, RuleSettings.Match))
        {
            var attribute = MappingTarget.Find(text);
            if (attribute is null)
            {
                mistakes.Add(
                    item,
                    path,
                    $"there is no attribute '{text}'{Spelling.Suggest(text, MatchKeys.All.Select(a => a.Name))}; people are matched by {Names(MatchKeys.All)}");
            }
            else if (!MatchKeys.All.Contains(attribute))
            {
                mistakes.Add(
                    item,
                    path,
                    $"people cannot be matched by {attribute.Name}, which does not tell them apart; they are matched by {Names(MatchKeys.All)}");
            }
            else if (attribute == ZoomAttributes.UserName && item != (node!.Kind == RuleNodeKind.Text ? node : node.Items[0]))
            {
                mistakes.Add(item, path, "UserName is always tried first; put it first, or leave it out");
            }
            else if (keys.Contains(attribute) && attribute != ZoomAttributes.UserName)
            {
                mistakes.Add(item, path, $"{attribute.Name} stands twice");
            }
            else if (!keys.Contains(attribute))
            {
                keys.Add(attribute);
            }
        }

        return keys;
    }

    private static List<GroupRule> ReadGroups(RuleNode? node, RuleMistakes mistakes, SourceRuleReader sources, out AttributeSource? source)
    {
        source = null;
        switch (node?.Kind)
        {
            case null or RuleNodeKind.Null:
                return [];
            case RuleNodeKind.Script:
                source = sources.ReadShort(node, RuleSettings.Groups);
                return [];
            case RuleNodeKind.Table:
                var table = new RuleTable(node, RuleSettings.Groups, RuleSettings.OfSource, mistakes);
                source = sources.ReadTable(table, node, RuleSettings.Groups, out var hasSource);
                if (!hasSource)
                {
                    mistakes.Add(node, RuleSettings.Groups, $"there is no source; write one of {string.Join(", ", RuleSettings.OfSource)}, or a list of names");
                }

                return [];
            case RuleNodeKind.List:
                return ReadGroupList(node, mistakes, sources);
            default:
                mistakes.AddKind(node, RuleSettings.Groups, "a list of names, or a table such as { property: … },");
                return [];
        }
    }

    private static AttributeSource? GroupsOf(LdapSettings ldap, RuleNode? groups, RuleMistakes mistakes)
    {
        if (ldap.Groups is null)
        {
            return null;
        }

        if (groups is not null && groups.Kind != RuleNodeKind.Null)
        {
            mistakes.Add(groups, RuleSettings.Groups, "groups and source.ldap.groups exclude each other; Zoom groups come from the rule or from the directory");
        }

        return AttributeSource.FromProperty(DirectoryNeeds.GroupsProperty);
    }

    private static List<GroupRule> ReadGroupList(RuleNode node, RuleMistakes mistakes, SourceRuleReader sources)
    {
        var groups = new List<GroupRule>();
        for (var i = 0; i < node.Items.Count; i++)
        {
            var (item, path) = (node.Items[i], RuleMistakes.PathOf(RuleSettings.Groups, i));
            ScopeRule? when = null;
            string? name;
            if (item.Kind == RuleNodeKind.Table)
            {
                var table = new RuleTable(item, path, RuleSettings.OfGroup, mistakes);
                name = mistakes.Text(table[RuleSettings.Name], table.PathOf(RuleSettings.Name), "a group's name");
                when = sources.ReadQuestion(table[RuleSettings.When], table.PathOf(RuleSettings.When));
                if (table[RuleSettings.Name] is null)
                {
                    mistakes.Add(item, path, "the group has no name");
                }
            }
            else
            {
                name = mistakes.Text(item, path, "a group's name, or a table { name, when },");
            }

            if (name is not null && groups.Any(g => string.Equals(g.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                mistakes.Add(item, path, $"the group '{name}' stands twice; join the two with 'or'");
            }
            else if (name is not null)
            {
                groups.Add(new GroupRule(name, when));
            }
        }

        return groups;
    }

    private static ProtectedUsers ReadProtected(RuleNode? node, RuleMistakes mistakes)
    {
        var table = new RuleTable(node, RuleSettings.Protected, RuleSettings.OfProtected, mistakes);
        IReadOnlyList<string> Read(string setting) => mistakes.Texts(table[setting], table.PathOf(setting)).Select(t => t.Text).ToList();
        return new ProtectedUsers(Read(RuleSettings.Users), Read(RuleSettings.Roles));
    }

    private static string Names(IEnumerable<ZoomAttribute> attributes) => string.Join(", ", attributes.Select(a => a.Name));
}
