using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>What can be wrong with what a rule asks of a directory.</summary>
internal static class LdapFaults
{
    public const string NoSuchBase = "Zoom.Directory.NoSuchBase";

    public static ScimRecordException Base(string place, DirectoryServer server) =>
        new(NoSuchBase, $"There is no '{place}' in the directory on {server}, or this account may not see it. Nothing was sent.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = "Check the base: it is a distinguished name such as OU=Staff,DC=example,DC=com, from the innermost to the outermost.",
        };

    public static ScimRecordException NoSuchGroup(string group, DirectoryServer server) =>
        new("Zoom.Directory.NoSuchGroup", $"There is no group '{group}' in the directory on {server}, or this account may not see it. Nothing was sent.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = "Check the name in the rule (memberOf): the distinguished name of the group is the safest, such as CN=Zoom "
            + "users,OU=Groups,DC=example,DC=com.",
        };

    public static ScimRecordException SeveralGroups(string group, IReadOnlyList<string> found) =>
        new("Zoom.Directory.SeveralGroups", $"{found.Count} groups are called '{group}': {string.Join("; ", found.Take(3))}. Nothing was sent.")
        {
            Category = "InvalidData",
            RecommendedAction = "Write the distinguished name of the one that is meant.",
        };

    public static ScimRecordException NoBase(DirectoryServer server) =>
        new("Zoom.Directory.NoBase", $"The directory on {server} does not say where its entries begin. Nothing was sent.")
        {
            Category = "InvalidArgument",
            RecommendedAction = "Name the base, such as ou=people,dc=example,dc=com.",
        };
}
