using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>The same people of a domain as different tools give them, and what a rule makes of each.</summary>
internal sealed class SameSources
{
    private static readonly string[] Attributes =
        ["objectGUID", "objectClass", "sAMAccountName", "userPrincipalName", "userAccountControl", "accountExpires", "mail", "givenName",
         "sn", "displayName", "department", "employeeID", "telephoneNumber", "manager"];

    private readonly Func<IDirectoryConnection> _connect;
    private readonly ProvisioningRule _rule = new("Comparison") { Anchor = "objectGUID", RequireMail = true };
    private readonly List<DirectoryEntry> _entries = [];

    public SameSources(Func<IDirectoryConnection> connect)
    {
        _connect = connect;
        using var connection = connect();
        connection.Search(
            new DirectorySearch($"OU=Staff,{DomainPeople.Domain}", DirectoryScope.Subtree, "(objectCategory=person)", Attributes),
            _entries.Add,
            CancellationToken.None);
    }

    /// <summary>As this program reads it.</summary>
    public IReadOnlyList<string> FromDirectory()
    {
        var settings = new LdapSettings
        {
            Servers = [new DirectoryServer(DomainController.Address, 636, DirectorySecurity.Tls)],
            Bases = [$"OU=Staff,{DomainPeople.Domain}"],
        };
        var reading = new DirectoryReader(new Connected(_connect), settings, new DirectoryOptions(), DirectorySource.NeedsOf(_rule))
            .Read(CancellationToken.None);
        return Of(DirectorySource.Read(_rule, reading, DateTimeOffset.UtcNow));
    }

    /// <summary>As ldapsearch writes it: LDIF, what is not ASCII in Base64.</summary>
    public IReadOnlyList<string> FromLdif()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            text.Append(DomainPeople.Line("dn", entry.Name));
            foreach (var (name, values) in entry.Attributes)
            {
                text.AppendJoin(string.Empty, values.Select(v => name.Equals("objectGUID", StringComparison.OrdinalIgnoreCase)
                    ? $"{name}:: {Convert.ToBase64String(v)}\n"
                    : DomainPeople.Line(name, Encoding.UTF8.GetString(v))));
            }

            text.Append('\n');
        }

        return Read(text.ToString(), "people.ldf");
    }

    /// <summary>As csvde writes it: hexadecimal where it is not ASCII.</summary>
    public IReadOnlyList<string> FromTable()
    {
        var text = new StringBuilder("DN," + string.Join(',', Attributes) + "\n");
        foreach (var entry in _entries)
        {
            text.AppendJoin(',', Attributes.Select(a => entry.Attributes.TryGetValue(a, out var values) ? Cell(a, values) : string.Empty)
                .Prepend(Quoted(entry.Name))).Append('\n');
        }

        return Read(text.ToString(), "people.csv");

        static string Cell(string name, IReadOnlyList<byte[]> values) => values.Count == 1 && (name == "objectGUID" || values[0].Any(b => b is < 32 or > 126))
            ? $"X'{Convert.ToHexStringLower(values[0])}'"
            : Quoted(string.Join(';', values.Select(Encoding.UTF8.GetString)));

        static string Quoted(string value) => value.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    /// <summary>As objects of Get-OpenADUser have it: GUIDs, numbers and dates instead of texts.</summary>
    public IReadOnlyList<string> FromObjects() => Of(SourceReader.Read(_rule, _entries.Select(e => new OpenAdUser(e))));

    private List<string> Read(string text, string name) =>
        Of(SourceReader.Read(_rule, SourceTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), name)));

    private static List<string> Of(SourceSnapshot snapshot) =>
    [
        .. snapshot.People.Where(p => p.Values.UserName != "shared@example.com")
            .Select(p => string.Join(
                " | ", p.Values.UserName, p.Anchor, p.Values.GivenName, p.Values.FamilyName, p.Values.DisplayName, p.Values.Active,
                p.Values.Department, p.Values.EmployeeNumber, p.Values.Manager))
            .Order(StringComparer.Ordinal),
    ];

    private sealed class Connected(Func<IDirectoryConnection> connect) : IDirectory
    {
        public IDirectoryConnection Connect(DirectoryServer server, DirectoryOptions options, CancellationToken stop) => connect();

        public IReadOnlyList<ConnectionTestStep> Test(DirectoryServer server, DirectoryOptions options, CancellationToken stop) =>
            throw new NotSupportedException();
    }

    private sealed class OpenAdUser(DirectoryEntry entry) : ISourceRecord
    {
        private static readonly string[] All = ["DistinguishedName", .. Attributes];

        public object? Source => entry;

        public IReadOnlyList<string> TypeNames => ["PSOpenAD.OpenADUser", "PSOpenAD.OpenADObject"];

        public IReadOnlyList<string> Names => All;

        public object? Read(string name)
        {
            if (name == "DistinguishedName")
            {
                return entry.Name;
            }

            if (!entry.Attributes.TryGetValue(name, out var values))
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(values[0]);
            return name switch
            {
                "objectGUID" => new Guid(values[0]),
                "objectClass" => values.Select(Encoding.UTF8.GetString).ToArray(),
                "userAccountControl" => int.Parse(text, CultureInfo.InvariantCulture),
                "accountExpires" => long.Parse(text, CultureInfo.InvariantCulture) is var time and > 0 and < long.MaxValue
                    ? DateTimeOffset.FromFileTime(time)
                    : long.Parse(text, CultureInfo.InvariantCulture),
                _ => text,
            };
        }
    }
}
