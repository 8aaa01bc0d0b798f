using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Rules;

/// <summary>Reads the directory that a rule names as its source (source.ldap).</summary>
internal sealed class LdapRuleReader
{
    private const int MostSeconds = 86_400;

    private readonly RuleMistakes _mistakes;

    public LdapRuleReader(RuleMistakes mistakes) => _mistakes = mistakes;

    /// <summary>The directory; null where there is none.</summary>
    public LdapSettings? Read(RuleNode? node, string path)
    {
        if (node is null || node.Kind == RuleNodeKind.Null)
        {
            return null;
        }

        if (node.Kind == RuleNodeKind.Text)
        {
            // The whole of it may be one address, as on the command line.
            return Try(node, path, () => LdapUrl.Parse(node.Text!.Trim()));
        }

        var table = new RuleTable(node, path, RuleSettings.OfLdap, _mistakes);
        var startTls = _mistakes.Flag(table[RuleSettings.StartTls], table.PathOf(RuleSettings.StartTls), false);
        var kind = _mistakes.Choice(table[RuleSettings.Directory], table.PathOf(RuleSettings.Directory), LdapSettings.Kinds);
        var scope = _mistakes.Choice(table[RuleSettings.Scope], table.PathOf(RuleSettings.Scope), LdapUrl.ScopeNames) ?? LdapUrl.ScopeNames[0];
        return new LdapSettings
        {
            Servers = ReadServers(table, node, path, startTls),
            Bases = Names(table, RuleSettings.Base),
            Scope = (DirectoryScope)LdapUrl.ScopeNames.ToList().IndexOf(scope),
            Filter = Filter(table, RuleSettings.Filter),
            MemberOf = [.. _mistakes.Texts(table[RuleSettings.MemberOf], table.PathOf(RuleSettings.MemberOf)).Select(t => t.Text)],
            Kind = kind ?? LdapSettings.Kinds[0],
            Attributes = [.. _mistakes.Texts(table[RuleSettings.Attributes], table.PathOf(RuleSettings.Attributes)).Select(t => t.Text)],
            Groups = ReadGroups(table[RuleSettings.Groups], table.PathOf(RuleSettings.Groups)),
            Bind = ReadBind(table[RuleSettings.Bind], table.PathOf(RuleSettings.Bind)),
            Certificate = _mistakes.Text(table[RuleSettings.Certificate], table.PathOf(RuleSettings.Certificate), "the path of a certificate file"),
            IgnoresReferrals = _mistakes.Choice(
                table[RuleSettings.Referrals],
                table.PathOf(RuleSettings.Referrals),
                RuleSettings.OfReferrals) == RuleSettings.OfReferrals[1],
            TimeLimit = TimeSpan.FromSeconds(AtLeastOne(table, RuleSettings.TimeLimitSeconds, LdapSettings.UsualTimeLimit.TotalSeconds, MostSeconds)),
            PageSize = (int)AtLeastOne(table, RuleSettings.PageSize, 1000, 100_000),
        };
    }

    private List<DirectoryServer> ReadServers(RuleTable table, RuleNode node, string path, bool startTls)
    {
        var servers = new List<DirectoryServer>();
        foreach (var (item, at, text) in _mistakes.Texts(table[RuleSettings.Servers], table.PathOf(RuleSettings.Servers)))
        {
            if (Try(item, at, () => LdapUrl.Server(text, startTls)) is { } server)
            {
                if (servers.Contains(server))
                {
                    _mistakes.Add(item, at, $"{server} stands twice");
                }

                servers.Add(server);
            }
        }

        if (table[RuleSettings.Servers] is null or { Items.Count: 0, Kind: RuleNodeKind.List })
        {
            _mistakes.Add(node, path, "there is no server; write servers: [\"ldaps://dc1.example.com\", \"ldaps://dc2.example.com\"]");
        }

        return servers;
    }

    private LdapGroups? ReadGroups(RuleNode? node, string path)
    {
        if (node is null || node.Kind == RuleNodeKind.Null)
        {
            return null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfLdapGroups, _mistakes);
        var groups = new LdapGroups
        {
            Base = Names(table, RuleSettings.Base).FirstOrDefault(),
            Filter = Filter(table, RuleSettings.Filter),
        };
        if (groups is { Base: null, Filter: null } && node.Kind == RuleNodeKind.Table && table.Given([RuleSettings.Base, RuleSettings.Filter]).Count == 0)
        {
            _mistakes.Add(node, path, "every group of the directory would become a Zoom group; say which are meant with base or filter");
        }

        return _mistakes.Text(table[RuleSettings.Name], table.PathOf(RuleSettings.Name), "an attribute's name") is { } name
            ? groups with { Name = name }
            : groups;
    }

    private LdapBind ReadBind(RuleNode? node, string path)
    {
        var table = new RuleTable(node, path, RuleSettings.OfBind, _mistakes);
        string? Text(string setting) => _mistakes.Text(table[setting], table.PathOf(setting));
        var user = Text(RuleSettings.User);
        var method = _mistakes.Choice(table[RuleSettings.Method], table.PathOf(RuleSettings.Method), LdapBind.Methods)
            ?? LdapBind.Methods[user is null ? 0 : 1];
        var bind = new LdapBind
        {
            Method = (DirectoryBindMethod)LdapBind.Methods.ToList().IndexOf(method),
            User = user,
            PasswordVariable = Text(RuleSettings.PasswordVariable),
            PasswordFile = Text(RuleSettings.PasswordFile),
            SecretName = Text(RuleSettings.SecretName),
            SecretVault = Text(RuleSettings.SecretVault),
        };
        var given = table.Given([RuleSettings.PasswordVariable, RuleSettings.PasswordFile, RuleSettings.SecretName]);
        if (given.Count > 1)
        {
            _mistakes.Add(table[given[1]]!, table.PathOf(given[1]), $"{string.Join(" and ", given)} exclude each other; a password has one place");
        }

        if (bind.Method == DirectoryBindMethod.Simple && user is null && table[RuleSettings.User] is null)
        {
            _mistakes.Add(node!, path, "a simple bind needs the user, such as reader@example.com or cn=reader,dc=example,dc=com");
        }

        if (bind.Method != DirectoryBindMethod.Simple && (user is not null || given.Count > 0))
        {
            _mistakes.Add(
                node!,
                path,
                $"{string.Join(" and ", table.Given([RuleSettings.User, .. given]))} go with the method simple; with {method} nobody is named");
        }

        return bind;
    }

    private List<string> Names(RuleTable table, string setting)
    {
        var names = new List<string>();
        foreach (var (item, at, text) in _mistakes.Texts(table[setting], table.PathOf(setting)))
        {
            if (!DistinguishedName.IsOne(text))
            {
                _mistakes.Add(item, at, $"'{text}' is no distinguished name; it looks like OU=Staff,DC=example,DC=com");
            }

            names.Add(text);
        }

        return names;
    }

    private string? Filter(RuleTable table, string setting)
    {
        if (_mistakes.Text(table[setting], table.PathOf(setting), "a filter of LDAP, such as (department=Sales),") is not { } text)
        {
            return null;
        }

        if (LdapFilter.MistakeIn(text) is { } mistake)
        {
            _mistakes.Add(table[setting]!, table.PathOf(setting), $"'{text}' is no filter of LDAP: {mistake}");
        }

        return text;
    }

    private double AtLeastOne(RuleTable table, string setting, double otherwise, int most)
    {
        var number = _mistakes.Number(table[setting], table.PathOf(setting), otherwise, most, whole: true);
        if (number < 1)
        {
            _mistakes.Add(table[setting]!, table.PathOf(setting), "0 is not possible here");
        }

        return Math.Max(1, number);
    }

    private T? Try<T>(RuleNode node, string path, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            _mistakes.Add(node, path, exception.Message.TrimEnd('.'));
            return null;
        }
    }
}
