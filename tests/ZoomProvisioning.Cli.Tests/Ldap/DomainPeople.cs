using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>The people of the domain EXAMPLE.TEST: 1,500 of staff with everything that real directories have, and others around them.</summary>
internal static class DomainPeople
{
    public const string Domain = "DC=example,DC=test";
    public const string Password = "Reader.Passw0rd";
    public const int Staff = 1500;
    public const int Contractors = 20;

    /// <summary>Staff without mail, in the order of their numbers from 1.</summary>
    public const int WithoutMail = 10;

    /// <summary>Two people who share one address, after those.</summary>
    public const int Sharing = 2;

    private const int Disabled = 30;
    private const int Expired = 5;

    /// <summary>What a domain calls a person of staff.</summary>
    public static string NameOf(int number) =>
        number % 150 == 7 ? $"CN=Family{number}\\, Given{number},OU=Staff,{Domain}" : $"CN=Person {number:0000},OU=Staff,{Domain}";

    /// <summary>How many of staff can be provisioned: everybody with an address that is theirs alone.</summary>
    public static int Usable => Staff - WithoutMail - Sharing;

    /// <summary>Staff who are active and usable.</summary>
    public static int Active => Usable - Disabled - Expired;

    /// <summary>The LDIF for samba.sh.</summary>
    public static string Ldif()
    {
        var text = new StringBuilder();
        foreach (var unit in new[] { "Staff", "Contractors", "Service", "Groups", "Life" })
        {
            Add($"OU={unit},{Domain}", ("objectClass", "organizationalUnit"));
        }

        for (var i = 1; i <= Staff; i++)
        {
            Add(NameOf(i), [.. PersonOf(i)]);
        }

        for (var i = 1; i <= Contractors; i++)
        {
            Add(
                $"CN=Contractor {i},OU=Contractors,{Domain}",
                [.. Account($"c{i}", 512 + 32, ("givenName", "Con"), ("sn", $"Tractor{i}"), ("mail", $"contractor{i}@example.com"))]);
        }

        for (var i = 1; i <= 80; i++)
        {
            Add($"CN=svc {i},OU=Service,{Domain}", [.. Account($"svc{i}", 512 + 32, ("description", "A service"))]);
        }

        // Accounts that sign in, each with one thing against it.
        Add($"CN=Reader,OU=Service,{Domain}", [.. SignIn("reader", 512 + 65536)]);
        Add($"CN=Off,OU=Service,{Domain}", [.. SignIn("off", 514 + 65536)]);
        Add($"CN=Over,OU=Service,{Domain}", [.. SignIn("over", 512 + 65536, ("accountExpires", FileTime(2020)))]);
        Add($"CN=Stale,OU=Service,{Domain}", [.. SignIn("stale", 512, ("pwdLastSet", "0"))]);
        Add($"CN=Locked,OU=Service,{Domain}", [.. SignIn("locked", 512 + 65536)]);
        text.Append("%\n");

        for (var i = 11; i <= Staff; i++)
        {
            Change(NameOf(i), $"add: manager\nmanager: {NameOf(i / 10)}");
        }

        var everybody = Enumerable.Range(1, Staff).Select(NameOf)
            .Concat(Enumerable.Range(1, Contractors).Select(i => $"CN=Contractor {i},OU=Contractors,{Domain}"))
            .Concat(Enumerable.Range(1, 80).Select(i => $"CN=svc {i},OU=Service,{Domain}"));
        Group("Everybody", everybody);
        Group("Sales EMEA", Enumerable.Range(101, 50).Select(NameOf));
        Group("Sales APAC", Enumerable.Range(151, 25).Select(NameOf));
        Group("Sales, all", [$"CN=Sales EMEA,OU=Groups,{Domain}", $"CN=Sales APAC,OU=Groups,{Domain}", NameOf(200)]);
        text.Append("%\n");
        // In a circle, as grown directories have them.
        Change($"CN=Sales EMEA,OU=Groups,{Domain}", $"add: member\nmember: CN=Sales\\, all,OU=Groups,{Domain}");
        Change(Domain, "replace: lockoutThreshold\nlockoutThreshold: 2");
        text.Append("%\n");
        return text.ToString();

        void Group(string name, IEnumerable<string> members) => Add($"CN={name.Replace(",", "\\,", StringComparison.Ordinal)},OU=Groups,{Domain}",
            [("objectClass", "group"), ("sAMAccountName", name.Replace(",", string.Empty, StringComparison.Ordinal)), .. members.Select(m => ("member", m))]);

        void Add(string name, params (string Attribute, string Value)[] attributes)
        {
            text.Append(CultureInfo.InvariantCulture, $"dn: {name}\nchangetype: add\n");
            foreach (var (attribute, value) in attributes)
            {
                text.Append(Line(attribute, value));
            }

            text.Append('\n');
        }

        void Change(string name, string change) => text.Append(CultureInfo.InvariantCulture, $"dn: {name}\nchangetype: modify\n{change}\n\n");
    }

    /// <summary>A line of LDIF; what is not plain ASCII goes as Base64.</summary>
    public static string Line(string attribute, string value) =>
        value.All(c => c is > ' ' and < '\x7f' || c == ' ') && value.Length > 0 && value[0] is not (' ' or ':' or '<')
        ? $"{attribute}: {value}\n"
        : $"{attribute}:: {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}\n";

    /// <summary>An account of a person.</summary>
    public static IEnumerable<(string Attribute, string Value)> Account(string login, int control, params (string, string)[] more) =>
        [("objectClass", "user"), ("sAMAccountName", login), ("userPrincipalName", $"{login}@example.test"),
         ("userAccountControl", control.ToString(CultureInfo.InvariantCulture)), .. more];

    private static IEnumerable<(string, string)> SignIn(string login, int control, params (string, string)[] more) =>
        [.. Account(login, control, more), ("clearTextPassword:", Convert.ToBase64String(Encoding.Unicode.GetBytes(Password)))];

    private static IEnumerable<(string, string)> PersonOf(int number)
    {
        var state = number > Staff - Disabled ? 2 : 0;
        var (given, family) = (number % 100) switch
        {
            17 => ("太郎", $"山田{number}"),
            18 => ("محمد", $"الأحمد{number}"),
            19 => ("Zoë", $"O'Brien-Çelik{number}"),
            _ => ($"Given{number}", $"Family{number}"),
        };
        var mail = number <= WithoutMail ? null : number <= WithoutMail + Sharing ? "shared@example.com" : $"p{number:0000}@example.com";
        return Account(
            $"p{number:0000}", 512 + 32 + state,
            [
                ("givenName", given), ("sn", family), ("displayName", $"{given} {family}"), ("department", $"Department {number % 7}"),
                ("employeeID", $"E{number:00000}"),
                ("telephoneNumber", $"+49 30 {1000000 + number}"),
                .. mail is null ? [] : new[] { ("mail", mail) },
                .. number > Staff - Disabled - Expired && number <= Staff - Disabled ? new[] { ("accountExpires", FileTime(2020)) } : [],
            ]);
    }

    private static string FileTime(int year) => new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc().ToString(CultureInfo.InvariantCulture);
}
