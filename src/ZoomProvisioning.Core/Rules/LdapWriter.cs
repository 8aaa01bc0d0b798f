using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Rules;

/// <summary>Writes what <see cref="LdapRuleReader"/> reads. What is as without a setting is left out.</summary>
internal static class LdapWriter
{
    public static RuleNode Of(LdapSettings ldap)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Servers, Texts(ldap.Servers.Select(s => s.ToString())));
        entries.Add(RuleSettings.Base, Texts(ldap.Bases));
        entries.Add(RuleSettings.Scope, ldap.Scope == DirectoryScope.Subtree ? null : RuleNode.Of(LdapUrl.ScopeNames[(int)ldap.Scope]));
        entries.Add(RuleSettings.Filter, Text(ldap.Filter));
        entries.Add(RuleSettings.MemberOf, Texts(ldap.MemberOf));
        entries.Add(RuleSettings.Groups, ldap.Groups is { } groups ? OfGroups(groups) : null);
        entries.Add(RuleSettings.Bind, OfBind(ldap.Bind));
        entries.Add(RuleSettings.Certificate, Text(ldap.Certificate));
        // Elsewhere the address alone says it.
        entries.Add(
            RuleSettings.StartTls,
            ldap.Servers.Any(s => s.Security == DirectorySecurity.StartTls && LdapUrl.IsLoopback(s.Host)) ? RuleNode.Of(true) : null);
        entries.Add(RuleSettings.Directory, ldap.Kind == LdapSettings.Kinds[0] ? null : RuleNode.Of(ldap.Kind));
        entries.Add(RuleSettings.Attributes, Texts(ldap.Attributes));
        entries.Add(RuleSettings.Referrals, ldap.IgnoresReferrals ? RuleNode.Of(RuleSettings.OfReferrals[1]) : null);
        entries.Add(RuleSettings.TimeLimitSeconds, ldap.TimeLimit == LdapSettings.UsualTimeLimit ? null : RuleNode.Of(ldap.TimeLimit.TotalSeconds));
        entries.Add(RuleSettings.PageSize, ldap.PageSize == 1000 ? null : RuleNode.Of(ldap.PageSize));
        return RuleNode.Of(entries);
    }

    private static RuleNode OfGroups(LdapGroups groups)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Base, Text(groups.Base));
        entries.Add(RuleSettings.Filter, Text(groups.Filter));
        entries.Add(RuleSettings.Name, groups.Name == new LdapGroups().Name ? null : RuleNode.Of(groups.Name));
        return RuleNode.Of(entries);
    }

    private static RuleNode? OfBind(LdapBind bind)
    {
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Method, bind.Method == DirectoryBindMethod.Anonymous ? RuleNode.Of(LdapBind.Methods[(int)bind.Method]) : null);
        entries.Add(RuleSettings.User, Text(bind.User));
        entries.Add(RuleSettings.PasswordVariable, Text(bind.PasswordVariable));
        entries.Add(RuleSettings.PasswordFile, Text(bind.PasswordFile));
        entries.Add(RuleSettings.SecretName, Text(bind.SecretName));
        entries.Add(RuleSettings.SecretVault, Text(bind.SecretVault));
        return entries.ToNode();
    }

    private static RuleNode? Text(string? text) => text is null ? null : RuleNode.Of(text);

    private static RuleNode? Texts(IEnumerable<string> texts)
    {
        var nodes = texts.Select(RuleNode.Of).ToList();
        return nodes.Count == 0 ? null : nodes.Count == 1 ? nodes[0] : RuleNode.Of(nodes);
    }
}
