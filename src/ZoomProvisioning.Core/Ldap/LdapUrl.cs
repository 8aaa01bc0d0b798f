using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Ldap;

/// <summary>The addresses of directories (RFC 4516): <c>ldaps://dc.example.com/OU=Staff,DC=example,DC=com??sub?(department=Sales)</c>.</summary>
internal static class LdapUrl
{
    private const string Example = "ldaps://dc.example.com/OU=Staff,DC=example,DC=com??sub?(department=Sales)";
    private const string StartTls = "1.3.6.1.4.1.1466.20037";
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, DirectoryScope> Scopes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sub"] = DirectoryScope.Subtree,
        ["one"] = DirectoryScope.OneLevel,
        ["base"] = DirectoryScope.Base,
    };

    /// <summary>The scopes, as addresses and rules write them, in the order of <see cref="DirectoryScope"/>.</summary>
    public static IReadOnlyList<string> ScopeNames { get; } = ["sub", "one", "base"];

    /// <summary>Whether a text is meant as the address of a directory.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("ldap://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ldaps://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("ldapi://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message is a sentence.</exception>
    public static LdapSettings Parse(string text)
    {
        var parts = text.Substring(text.IndexOf("://", StringComparison.Ordinal) + 3).Split('?');
        var slash = parts[0].IndexOf('/');
        var settings = new LdapSettings
        {
            Servers = [Server(slash < 0 ? text.Split('?')[0] : text.Substring(0, text.IndexOf("://", StringComparison.Ordinal) + 3 + slash))],
        };
        var name = slash < 0 ? string.Empty : Decode(parts[0].Substring(slash + 1), "the base");
        if (name.Length > 0 && !DistinguishedName.IsOne(name))
        {
            throw new FormatException($"'{name}' is no distinguished name. It looks like OU=Staff,DC=example,DC=com; the whole address like {Example}.");
        }

        settings = settings with { Bases = name.Length > 0 ? [name] : [] };
        var rest = parts.Skip(1).ToList();
        // Everybody forgets the empty place of the attributes once: …/OU=Staff?sub?(…).
        if (rest.Count > 0 && (IsFilter(rest[0]) || (Scopes.ContainsKey(rest[0]) && (rest.Count == 1 || IsFilter(rest[1])))))
        {
            rest.Insert(0, string.Empty);
        }

        if (rest.Count > 1 && IsFilter(rest[1]))
        {
            rest.Insert(1, string.Empty);
        }

        if (rest.Count > 4)
        {
            throw new FormatException($"The address has {rest.Count} question marks, and an address of a directory has four at most; "
                + $"a '?' in a value is written %3F. It looks like {Example}.");
        }

        string Part(int index) => rest.Count > index ? rest[index] : string.Empty;
        if (Part(0).Length > 0 && Part(0) != "*")
        {
            throw Part(0).IndexOf(',') < 0 && Spelling.Closest(Part(0), ScopeNames) is not null
                ? NoScope(Part(0))
                : new FormatException($"The address names attributes ({Part(0)}), and the rule says which are read. "
                    + $"Leave them out, and both question marks in: {Example}.");
        }

        settings = settings with { Scope = ScopeOf(Decode(Part(1), "the scope")), Filter = FilterOf(Decode(Part(2), "the filter")) };
        return Part(3).Length == 0 ? settings : WithExtensions(settings, Part(3));
    }

    /// <summary>Reads a server: <c>ldaps://dc1.example.com</c>, <c>ldap://dc1.example.com:389</c>, or its name alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="startTls">Whether TLS is begun also where none is needed.</param>
    /// <exception cref="FormatException">It is none; the message is a sentence.</exception>
    public static DirectoryServer Server(string text, bool startTls = false)
    {
        var at = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = at < 0 ? "ldaps" : text.Substring(0, at).ToLowerInvariant();
        if (scheme is not ("ldap" or "ldaps"))
        {
            throw new FormatException(scheme == "ldapi"
                ? "A directory is reached by ldaps:// or ldap:// here; ldapi:// is a socket of this machine alone. Use ldap://localhost."
                : $"'{scheme}://' is no address of a directory. It looks like ldaps://dc.example.com.");
        }

        var authority = (at < 0 ? text : text.Substring(at + 3)).TrimEnd('/');
        if (authority.IndexOf('@') >= 0)
        {
            // Not repeated: it may be a password.
            throw new FormatException("The address must not hold a user name or a password: those belong into the rule (bind) or the environment.");
        }

        var (host, port) = Split(authority);
        var isLocal = IsLoopback(host);
        var security = scheme == "ldaps" ? DirectorySecurity.Tls : isLocal && !startTls ? DirectorySecurity.None : DirectorySecurity.StartTls;
        return new DirectoryServer(host, port ?? (scheme == "ldaps" ? 636 : 389), security);
    }

    /// <summary>Whether a name is this machine's own.</summary>
    public static bool IsLoopback(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsFilter(string text) => text.StartsWith("(", StringComparison.Ordinal) || text.StartsWith("%28", StringComparison.Ordinal);

    private static (string Host, int? Port) Split(string authority)
    {
        var close = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > close && (close >= 0 || authority.IndexOf(':') == colon);
        var host = (hasPort ? authority.Substring(0, colon) : authority).Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new FormatException(host.Length == 0
                ? $"The address names no server. It looks like {Example}."
                : $"'{host}' is no name of a server. An address looks like {Example}.");
        }

        if (!hasPort)
        {
            return (host, null);
        }

        var text = authority.Substring(colon + 1);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (host, port)
            : throw new FormatException($"'{text}' is no port; ports are numbers from 1 to 65535.");
    }

    private static DirectoryScope ScopeOf(string text) => text.Length == 0 ? DirectoryScope.Subtree
        : Scopes.TryGetValue(text, out var scope) ? scope
        : throw NoScope(text);

    private static FormatException NoScope(string text) =>
        new($"'{text}' is no scope{Spelling.Suggest(text, ScopeNames)}; there are {string.Join(", ", ScopeNames)}. An address looks like {Example}.");

    private static string? FilterOf(string text) => text.Length == 0 ? null
        : LdapFilter.MistakeIn(text) is { } mistake ? throw new FormatException($"'{text}' is no filter of LDAP: {mistake}.")
        : text;

    private static LdapSettings WithExtensions(LdapSettings settings, string text)
    {
        foreach (var extension in text.Split(',').Select(e => Decode(e, "the extensions")))
        {
            var isCritical = extension.StartsWith("!", StringComparison.Ordinal);
            var parts = extension.TrimStart('!').Split(['='], 2);
            if (parts[0] == StartTls || string.Equals(parts[0], "StartTLS", StringComparison.OrdinalIgnoreCase))
            {
                settings = settings with
                {
                    Servers = [.. settings.Servers.Select(s => s.Security == DirectorySecurity.None ? s with { Security = DirectorySecurity.StartTls } : s)],
                };
            }
            else if (string.Equals(parts[0], "bindname", StringComparison.OrdinalIgnoreCase) && parts.Length == 2)
            {
                settings = settings with { Bind = new LdapBind { Method = DirectoryBindMethod.Simple, User = parts[1] } };
            }
            else if (isCritical)
            {
                throw new FormatException($"The address asks for '{parts[0]}', which is not known here. Leave it out.");
            }
        }

        return settings;
    }

    private static string Decode(string text, string what)
    {
        if (text.IndexOf('%') < 0)
        {
            return text;
        }

        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.AddRange(Utf8.GetBytes(char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? text.Substring(i++, 2) : text.Substring(i, 1)));
            }
            else if (i + 2 < text.Length && Uri.IsHexDigit(text[i + 1]) && Uri.IsHexDigit(text[i + 2]))
            {
                bytes.Add((byte)((Uri.FromHex(text[i + 1]) * 16) + Uri.FromHex(text[i + 2])));
                i += 2;
            }
            else
            {
                throw new FormatException("'%' begins two hexadecimal digits in an address, such as %20 for a blank; "
                    + $"in {what} it does not ('{text}'). For '%' itself write %25.");
            }
        }

        try
        {
            return Utf8.GetString(bytes.ToArray());
        }
        catch (ArgumentException)
        {
            throw new FormatException($"What {what} writes with '%' is no text in UTF-8 ('{text}').");
        }
    }
}
