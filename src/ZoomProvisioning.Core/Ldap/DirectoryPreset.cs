using System.Collections.Generic;
using System.Linq;
using System.Text;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>What a kind of directory calls things: who is a person, which attributes are usual, how groups are looked through.</summary>
internal sealed class DirectoryPreset
{
    private const string ActiveDirectoryCapability = "1.2.840.113556.1.4.800";

    /// <summary>Active Directory, and Samba's.</summary>
    public static DirectoryPreset ActiveDirectory { get; } = new("Active Directory")
    {
        People = "(&(objectCategory=person)(objectClass=user))",
        Groups = "(objectClass=group)",
        LooksThroughGroups = true,
        Keys = ["objectGUID", "objectClass", "sAMAccountName", "userAccountControl", "accountExpires"],
        Usual =
        [
            "mail", "userPrincipalName", "givenName", "sn", "displayName", "title", "department", "company", "physicalDeliveryOfficeName",
            "l", "telephoneNumber", "mobile", "homePhone", "facsimileTelephoneNumber", "employeeID", "employeeNumber", "manager",
        ],
    };

    /// <summary>OpenLDAP, 389 Directory Server, and others that keep to the RFCs.</summary>
    public static DirectoryPreset OpenLdap { get; } = new("an LDAP directory")
    {
        People = "(objectClass=inetOrgPerson)",
        Groups = "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=groupOfMembers))",
        Keys =
        [
            "entryUUID", "nsUniqueId", "objectClass", "uid", "nsAccountLock", "pwdAccountLockedTime", "krbPrincipalExpiration",
            "inetUserStatus", "shadowExpire",
        ],
        Usual =
        [
            "mail", "cn", "givenName", "sn", "displayName", "title", "departmentNumber", "ou", "o", "physicalDeliveryOfficeName", "l",
            "telephoneNumber", "mobile", "homePhone", "facsimileTelephoneNumber", "employeeNumber", "manager",
        ],
    };

    private DirectoryPreset(string name) => Name = name;

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The filter of people.</summary>
    public required string People { get; init; }

    /// <summary>The filter of groups.</summary>
    public required string Groups { get; init; }

    /// <summary>Whether the server itself finds the members of groups in groups (1.2.840.113556.1.4.1941).</summary>
    public bool LooksThroughGroups { get; init; }

    /// <summary>What tells people apart and who may sign in; always asked for.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>What Zoom's attributes come from where a rule does not say.</summary>
    public required IReadOnlyList<string> Usual { get; init; }

    /// <summary>The preset of a directory, as a rule says, and else as the server says of itself.</summary>
    public static DirectoryPreset Of(string kind, DirectoryEntry root) => kind switch
    {
        "activeDirectory" => ActiveDirectory,
        "openLdap" => OpenLdap,
        _ => Texts(root, "supportedCapabilities").Contains(ActiveDirectoryCapability) || Texts(root, "rootDomainNamingContext").Count > 0
            ? ActiveDirectory
            : OpenLdap,
    };

    /// <summary>The first text of an attribute; null where it has none.</summary>
    public static string? Text(DirectoryEntry entry, string attribute) => Texts(entry, attribute).Find(_ => true);

    /// <summary>The texts of an attribute; none where it has none.</summary>
    public static List<string> Texts(DirectoryEntry entry, string attribute) =>
        entry.Attributes.TryGetValue(attribute, out var values) ? [.. values.Select(Encoding.UTF8.GetString)] : [];
}
