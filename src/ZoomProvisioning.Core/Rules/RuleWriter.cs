using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Rules;

/// <summary>Makes a tree of a rule, from which a file can be written. What is as without a setting is left out.</summary>
public static class RuleWriter
{
    /// <summary>The tree of a rule.</summary>
    public static RuleNode Write(ProvisioningRule rule)
    {
        var defaults = new ProvisioningRule(rule.Name);
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Name, RuleNode.Of(rule.Name));
        entries.Add(RuleSettings.Id, rule.Id is { } id ? RuleNode.Of(id.ToString("D", CultureInfo.InvariantCulture)) : null);
        entries.Add(RuleSettings.Description, rule.Description.Length > 0 ? RuleNode.Of(rule.Description) : null);
        entries.Add(
            RuleSettings.Anchor,
            rule.Anchor is { } anchor && !(rule.Source.Ldap is not null && anchor == SourceAnchor.OfDirectories) ? RuleNode.Of(anchor) : null);
        entries.Add(RuleSettings.Scope, OfQuestion(rule.Scope));
        entries.Add(RuleSettings.Match, rule.Match.Count > 1 ? RuleNode.Of(rule.Match.Select(a => RuleNode.Of(a.Name))) : null);
        entries.Add(RuleSettings.Preset, rule.UsePreset ? null : RuleNode.Of("none"));
        entries.Add(RuleSettings.RequireMail, Unless(defaults.RequireMail, rule.RequireMail));
        entries.Add(RuleSettings.DateFormat, rule.DateFormat is { } format ? RuleNode.Of(format) : null);
        entries.Add(RuleSettings.Attributes, rule.Attributes.Count > 0
            ? RuleNode.Of(rule.Attributes.Select(a => new KeyValuePair<string, RuleNode>(a.Key, OfAttribute(a.Value))))
            : null);
        entries.Add(RuleSettings.Groups, rule.Source.Ldap?.Groups is not null ? null
            : rule.GroupSource is { } source ? RuleNode.Of([OfSource(source)])
            : rule.Groups.Count > 0 ? RuleNode.Of(rule.Groups.Select(OfGroup))
            : null);
        entries.Add(RuleSettings.CreateGroups, Unless(defaults.CreateGroups, rule.CreateGroups));
        entries.Add(RuleSettings.Capabilities, OfCapabilities(rule, defaults));
        entries.Add(RuleSettings.AdoptInactive, Unless(defaults.AdoptInactive, rule.AdoptInactive));
        entries.Add(RuleSettings.Reactivate, rule.ReactivatesAlways ? RuleNode.Of("always") : null);
        entries.Add(RuleSettings.RemoveAction, rule.RemoveAction == defaults.RemoveAction ? null : RuleNode.Of("delete"));
        entries.Add(RuleSettings.DeprovisionOnRuleRemoval, Unless(defaults.DeprovisionOnRuleRemoval, rule.DeprovisionOnRuleRemoval));
        entries.Add(RuleSettings.Leavers, SafetyWriter.OfLeavers(rule.Leavers));
        entries.Add(RuleSettings.Protected, OfProtected(rule.Protected));
        entries.Add(RuleSettings.Exceptions, SafetyWriter.OfExceptions(rule.Exceptions));
        entries.Add(RuleSettings.Guard, SafetyWriter.OfGuard(rule.Guard, defaults.Guard));
        entries.Add(RuleSettings.Source, SafetyWriter.OfRequirements(rule.Source));
        entries.Add(RuleSettings.PlanMaxAgeHours, rule.PlanMaxAge == defaults.PlanMaxAge ? null : RuleNode.Of(rule.PlanMaxAge.TotalHours));
        entries.Add(RuleSettings.Approval, ApprovalReader.Write(rule.Approval));
        entries.Add(RuleSettings.Notify, NotifyRules.Write(rule.Notify));
        return RuleNode.Of(entries);
    }

    private static RuleNode? OfQuestion(ScopeRule? question) =>
        question is null ? null
        : question.Text.StartsWith("{", StringComparison.Ordinal) ? OfScript(question.Text.Substring(1, question.Text.Length - 2))
        : RuleNode.Of(question.Text);

    private static RuleNode OfAttribute(AttributeRule rule)
    {
        var isPlain = rule is { Apply: ApplyWhen.Always, WriteOnly: false, Optional: false };
        if (isPlain && rule.Source.Property is { } property)
        {
            return RuleNode.Of(property);
        }

        if (isPlain && rule.Source == AttributeSource.Nothing)
        {
            return RuleNode.Nothing;
        }

        var entries = new RuleEntries();
        if (rule.Source != AttributeSource.Preset)
        {
            var source = OfSource(rule.Source);
            entries.Add(source.Key, source.Value);
        }

        entries.Add(RuleSettings.Apply, rule.Apply == ApplyWhen.Always ? null : RuleNode.Of(RuleSettings.Applies[(int)rule.Apply]));
        entries.Add(RuleSettings.WriteOnly, Unless(false, rule.WriteOnly));
        entries.Add(RuleSettings.Optional, Unless(false, rule.Optional));
        return RuleNode.Of(entries);
    }

    private static KeyValuePair<string, RuleNode> OfSource(AttributeSource source) =>
        source.Property is { } property ? new(RuleSettings.Property, RuleNode.Of(property))
        : source.Template is { } template ? new(RuleSettings.Template, RuleNode.Of(template.Text))
        : source.Script is not null ? new(RuleSettings.Script, OfScript(source.ScriptText ?? string.Empty))
        : new(RuleSettings.Constant, OfValue(source.Constant));

    private static RuleNode OfScript(string text) => new(RuleNodeKind.Script, 0, 0) { Text = text.Trim() };

    private static RuleNode OfValue(object? value) => value switch
    {
        null => RuleNode.Nothing,
        bool flag => RuleNode.Of(flag),
        string text => RuleNode.Of(text),
        IReadOnlyDictionary<string, object?> table => RuleNode.Of(table.Select(e => new KeyValuePair<string, RuleNode>(e.Key, OfValue(e.Value)))),
        IEnumerable many => RuleNode.Of(many.Cast<object?>().Select(OfValue)),
        _ => RuleNode.Of(ZoomAttribute.Display(value)),
    };

    private static RuleNode OfGroup(GroupRule group)
    {
        if (group.When is null)
        {
            return RuleNode.Of(group.Name);
        }

        var entries = new RuleEntries();
        entries.Add(RuleSettings.Name, RuleNode.Of(group.Name));
        entries.Add(RuleSettings.When, OfQuestion(group.When));
        return RuleNode.Of(entries);
    }

    private static RuleNode? OfCapabilities(ProvisioningRule rule, ProvisioningRule defaults)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Create, Unless(defaults.AllowCreate, rule.AllowCreate));
        entries.Add(RuleSettings.Adopt, Unless(defaults.AllowAdopt, rule.AllowAdopt));
        entries.Add(RuleSettings.Update, Unless(defaults.AllowUpdate, rule.AllowUpdate));
        entries.Add(RuleSettings.Disable, Unless(defaults.AllowDisable, rule.AllowDisable));
        entries.Add(RuleSettings.Deprovision, Unless(defaults.AllowDeprovision, rule.AllowDeprovision));
        return entries.Count > 0 ? RuleNode.Of(entries) : null;
    }

    private static RuleNode? OfProtected(ProtectedUsers protect)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Users, protect.Users.Count > 0 ? RuleNode.Of(protect.Users.Select(RuleNode.Of)) : null);
        entries.Add(RuleSettings.Roles, protect.Roles.Count > 0 ? RuleNode.Of(protect.Roles.Select(RuleNode.Of)) : null);
        return entries.Count > 0 ? RuleNode.Of(entries) : null;
    }

    private static RuleNode? Unless(bool otherwise, bool value) => value == otherwise ? null : RuleNode.Of(value);
}
