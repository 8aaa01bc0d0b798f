using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>A real OpenLDAP on this machine alone, with 700 people and groups in groups.</summary>
public sealed class OpenLdap : IAsyncLifetime
{
    public const string Address = "127.0.7.2";
    public const int Port = 3890;
    public const int People = 700;
    private const string Password = "Reader.Passw0rd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-openldap-");
    private readonly Authority _authority = new("Example Org Authority");
    private ServerProcess? _server;

    /// <summary>What a machine lacks for it, as a sentence; null when nothing.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() ? "Needs Linux, for OpenLDAP's server."
        : ServerProcess.Missing("slapd", "slapadd") is { Count: > 0 } ? "Needs OpenLDAP's server (slapd missing): apt-get install slapd."
        : null;

    public string Certificate => Path.Combine(_folder.FullName, "tls", "ca.pem");

    public string PasswordFile => Path.Combine(_folder.FullName, "password");

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _authority.WriteTo(Path.Combine(_folder.FullName, "tls"), Address);
        await File.WriteAllTextAsync(PasswordFile, Password);
        _server = await ServerProcess.StartAsync("openldap.sh", Ldif(), Address, Port, _folder.FullName, Address, Port.ToString(CultureInfo.InvariantCulture));
    }

    public Task DisposeAsync()
    {
        _server?.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static string Ldif()
    {
        var text = new StringBuilder("dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\no: Example\n\n");
        foreach (var unit in new[] { "people", "groups" })
        {
            text.Append(CultureInfo.InvariantCulture, $"dn: ou={unit},dc=example,dc=org\nobjectClass: organizationalUnit\n\n");
        }

        foreach (var reader in new[] { "reader", "limited" })
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"dn: cn={reader},dc=example,dc=org\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\nuserPassword: {Password}\n\n");
        }

        for (var i = 1; i <= People; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"dn: uid=p{i},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nobjectClass: shadowAccount\nuid: p{i}\ncn: "
                    + $"Given{i} Family{i}\ngivenName: Given{i}\nsn: Family{i}\nmail: p{i}@example.com\nemployeeNumber: {i}\n");
            text.Append(i > 1 ? $"manager: uid=p1,ou=people,dc=example,dc=org\n" : string.Empty);
            // Long past, in days since 1970.
            text.Append(i > People - 5 ? "shadowExpire: 100\n\n" : "\n");
        }

        text.Append(Group("inner", Enumerable.Range(1, 30).Select(i => $"uid=p{i},ou=people,dc=example,dc=org")));
        text.Append(Group("outer", ["cn=inner,ou=groups,dc=example,dc=org", "uid=p40,ou=people,dc=example,dc=org"]));
        // A part that another server keeps.
        text.Append("dn: ou=abroad,dc=example,dc=org\nobjectClass: referral\nobjectClass: extensibleObject\nou: abroad\nref: "
            + "ldap://abroad.example.org/ou=abroad,dc=example,dc=org\n\n");
        return text.ToString();
    }

    private static string Group(string name, System.Collections.Generic.IEnumerable<string> members) =>
        $"dn: cn={name},ou=groups,dc=example,dc=org\nobjectClass: groupOfNames\ncn: {name}\n{string.Concat(members.Select(m => $"member: {m}\n"))}\n";
}

/// <summary>A test against a real OpenLDAP. Where one cannot be had it is skipped and says why; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenLdapFactAttribute : FactAttribute
{
    public OpenLdapFactAttribute() => Skip = DomainFactAttribute.OnlyElsewhere(OpenLdap.Missing);
}
