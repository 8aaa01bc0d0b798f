using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>Reads how attributes map.</summary>
internal sealed class AttributeRuleReader
{
    private readonly RuleMistakes _mistakes;
    private readonly SourceRuleReader _sources;
    private readonly bool _usePreset;
    private readonly Dictionary<string, RuleNode> _nodes = new(StringComparer.OrdinalIgnoreCase);

    public AttributeRuleReader(RuleMistakes mistakes, SourceRuleReader sources, bool usePreset)
    {
        _mistakes = mistakes;
        _sources = sources;
        _usePreset = usePreset;
    }

    /// <summary>The mappings by attribute name.</summary>
    public IReadOnlyDictionary<string, AttributeRule> Read(RuleNode? node, RuleNode root)
    {
        var rules = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase);
        if (node is not null && node.Kind != RuleNodeKind.Table)
        {
            _mistakes.AddKind(node, RuleSettings.Attributes, "a table of attributes");
            return rules;
        }

        foreach (var entry in node?.Entries ?? [])
        {
            var path = $"{RuleSettings.Attributes}.{entry.Key}";
            if (TargetOf(entry.Key) is not { } target)
            {
                _mistakes.AddName(
                    entry.Value,
                    path,
                    $"there is no such attribute{Suggest(entry.Key)}. An attribute of Zoom's extension that this module does not know is written "
                        + $"{MappingTarget.Prefix}{entry.Key}");
            }
            else if (_nodes.TryGetValue(target, out var first))
            {
                _mistakes.AddName(entry.Value, path, $"the attribute stands twice{(first.Line > 0 ? $", first in line {first.Line}" : string.Empty)}");
            }
            else
            {
                _nodes.Add(target, entry.Value);
                if (ReadRule(target, entry.Value, path) is { } rule)
                {
                    rules.Add(target, rule);
                }
            }
        }

        CheckAddress(rules, node ?? root);
        return rules;
    }

    private AttributeRule? ReadRule(string target, RuleNode node, string path)
    {
        if (node.Kind != RuleNodeKind.Table)
        {
            return _sources.ReadShort(node, path) is { } shortSource && Check(target, shortSource, node, path) ? new AttributeRule(shortSource) : null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfAttribute, _mistakes);
        var source = _sources.ReadTable(table, node, path, out var hasSource);
        if (!hasSource)
        {
            // Only when it is sent is said here; where it comes from is the preset's.
            source = AttributeSource.Preset;
            if (!_usePreset || node.Entries.Count == 0)
            {
                _mistakes.Add(
                    node,
                    path,
                    "there is no source; write one of "
                        + $"{string.Join(", ", RuleSettings.OfSource)}{(_usePreset ? string.Empty : $", since {RuleSettings.Preset} is none")}");
                return null;
            }
        }

        var apply = ReadApply(table);
        var writeOnly = _mistakes.Flag(table[RuleSettings.WriteOnly], table.PathOf(RuleSettings.WriteOnly), false);
        var optional = _mistakes.Flag(table[RuleSettings.Optional], table.PathOf(RuleSettings.Optional), false);
        CheckTiming(target, table, apply, writeOnly);
        return source is not null && Check(target, source, node, path)
            ? new AttributeRule(source) { Apply = apply, WriteOnly = writeOnly, Optional = optional }
            : null;
    }

    private ApplyWhen ReadApply(RuleTable table) =>
        _mistakes.Choice(table[RuleSettings.Apply], table.PathOf(RuleSettings.Apply), RuleSettings.Applies) is { } word
            ? (ApplyWhen)Enum.Parse(typeof(ApplyWhen), word, ignoreCase: true)
            : ApplyWhen.Always;

    /// <summary>Who somebody is, and whether he may sign in, is no matter of when.</summary>
    private void CheckTiming(string target, RuleTable table, ApplyWhen apply, bool writeOnly)
    {
        var says = MappingTarget.IsIdentity(target) || target is nameof(ScimUser.UserName) or nameof(ScimUser.Email);
        if (says && apply != ApplyWhen.Always)
        {
            _mistakes.Add(table[RuleSettings.Apply]!, table.PathOf(RuleSettings.Apply), $"{target} says who somebody is, so it applies always");
        }

        if (writeOnly && (says || target is nameof(ScimUser.Active)))
        {
            _mistakes.Add(table[RuleSettings.WriteOnly]!, table.PathOf(RuleSettings.WriteOnly), $"Zoom always tells {target}, so it is compared");
        }
    }

    /// <summary>Whether a source makes sense for a target: constants are tried, and must not make one person of all.</summary>
    private bool Check(string target, AttributeSource source, RuleNode node, string path)
    {
        if (!source.IsConstant)
        {
            return true;
        }

        if (MappingTarget.IsIdentity(target) || target is nameof(ScimUser.UserName) or nameof(ScimUser.Email) or nameof(ScimUser.EmployeeNumber))
        {
            _mistakes.Add(node, path, $"a constant would be the same for everybody, and {target} tells people apart");
            return false;
        }

        try
        {
            if (MappingTarget.IsLicense(target))
            {
                foreach (var license in SourceValue.Convert(ZoomAttributes.Roles, source.Constant) as string[] ?? [])
                {
                    ZoomLicenses.Apply(new ScimUser(), license);
                }
            }
            else if (MappingTarget.Find(target) is { } attribute
                && SourceValue.Convert(attribute, source.Constant) is string text && attribute.MaxLength > 0 && text.Length > attribute.MaxLength)
            {
                throw new FormatException($"it has {text.Length} characters, and Zoom takes {attribute.MaxLength}.");
            }

            return true;
        }
        catch (FormatException exception)
        {
            _mistakes.Add(node, path, $"the constant cannot be used: {exception.Message}");
            return false;
        }
    }

    /// <summary>Zoom keeps one address: its POST reads the user name, its PUT the mail.</summary>
    private void CheckAddress(Dictionary<string, AttributeRule> rules, RuleNode node)
    {
        var userName = SourceOf(rules, nameof(ScimUser.UserName));
        var email = SourceOf(rules, nameof(ScimUser.Email));
        var isWrong = _nodes.ContainsKey(nameof(ScimUser.UserName)) && userName is null || _nodes.ContainsKey(nameof(ScimUser.Email)) && email is null;
        if (isWrong)
        {
            // Something else is wrong with one of them, and was said.
            return;
        }

        if (userName is not null && email is not null && !IsSame(userName, email) && userName != AttributeSource.Nothing && email != AttributeSource.Nothing)
        {
            var second = Later(_nodes[nameof(ScimUser.UserName)], _nodes[nameof(ScimUser.Email)]);
            _mistakes.Add(
                second,
                $"{RuleSettings.Attributes}.{(second == _nodes[nameof(ScimUser.Email)] ? nameof(ScimUser.Email) : nameof(ScimUser.UserName))}",
                $"UserName comes from {userName.Text} and Email from {email.Text}, but Zoom keeps one address for both; "
                    + "give both the same source, or leave Email out");
        }

        var hasUserName = userName is null ? _usePreset : userName != AttributeSource.Nothing;
        var hasEmail = email is null ? _usePreset : email != AttributeSource.Nothing;
        if (!hasUserName && !hasEmail)
        {
            _mistakes.Add(node, RuleSettings.Attributes, "nothing says who people are in Zoom; map UserName to the property with the mail address");
        }
    }

    private static AttributeSource? SourceOf(Dictionary<string, AttributeRule> rules, string name) =>
        rules.TryGetValue(name, out var rule) ? rule.Source : null;

    private static bool IsSame(AttributeSource left, AttributeSource right) =>
        left.Property is { } one && right.Property is { } other ? MappingPreset.SameHeading(one, other) : left.Text == right.Text;

    private static RuleNode Later(RuleNode left, RuleNode right) =>
        (left.Line, left.Column).CompareTo((right.Line, right.Column)) > 0 ? left : right;

    /// <summary>The name by which a target is kept: its own spelling, and the prefix only where it is needed.</summary>
    private static string? TargetOf(string name) =>
        MappingTarget.IsLicense(name) ? MappingPreset.LicenseName
        : MappingTarget.IsIdentity(name) ? MappingPreset.IdentityName
        : MappingTarget.Find(name) is not { } attribute ? null
        : attribute.IsExtension && !ZoomExtension.IsKnown(attribute.Name) ? MappingTarget.Prefix + attribute.Name
        : attribute.Name;

    private static string Suggest(string name)
    {
        // What a directory calls it is nearer than any spelling.
        foreach (var shape in new[] { RecordShape.Generic, RecordShape.ActiveDirectory, RecordShape.EntraId })
        {
            foreach (var entry in MappingPreset.For(shape))
            {
                if (entry.Value.Any(heading => MappingPreset.SameHeading(heading, name)))
                {
                    return $" (did you mean '{entry.Key}'?)";
                }
            }
        }

        return Spelling.Suggest(
            name,
            ZoomAttributes.All.Concat(ZoomExtension.Known).Select(a => a.Name).Concat([MappingPreset.LicenseName, MappingPreset.IdentityName]));
    }
}
