using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Ldap;

/// <summary>Makes records of entries, in the spellings that were asked for.</summary>
internal static class DirectoryEntries
{
    private const string DistinguishedNameProperty = "distinguishedName";
    private const string MemberOf = "memberOf";

    /// <summary>The records.</summary>
    /// <param name="entries">The entries, by the key of their names.</param>
    /// <param name="names">What was asked for, as far as the directory knows it.</param>
    /// <param name="groups">The groups that were looked through: as each is to be called, and the keys of its members.</param>
    /// <param name="zoomGroups">The groups that become Zoom groups, likewise; null where there are none.</param>
    public static IReadOnlyList<ISourceRecord> Records(
        IReadOnlyDictionary<string, DirectoryEntry> entries, IEnumerable<string> names,
        IReadOnlyDictionary<string, HashSet<string>> groups, IReadOnlyDictionary<string, HashSet<string>>? zoomGroups)
    {
        var all = new List<string> { DistinguishedNameProperty };
        all.AddRange(names.Where(n => groups.Count == 0 || !Same(n, MemberOf)));
        all.AddRange(groups.Count > 0 ? [MemberOf] : []);
        all.AddRange(zoomGroups is not null ? [DirectoryNeeds.GroupsProperty] : []);
        return [.. entries.Select(e => new DirectoryRecord(e.Value.Name, all, [.. all.Select(n => Value(e.Key, e.Value, n))]))];

        object? Value(string key, DirectoryEntry entry, string name) =>
            name == DistinguishedNameProperty ? entry.Name
            : name == DirectoryNeeds.GroupsProperty ? zoomGroups!.Where(g => g.Value.Contains(key)).Select(g => (object)g.Key).ToArray()
            : Same(name, MemberOf) && groups.Count > 0 ? Groups(key, entry)
            : entry.Attributes.TryGetValue(name, out var values) ? Decoded(name, values)
            : null;

        // Those the entry itself names, and those it is in by way of others, as they were asked for.
        object[] Groups(string key, DirectoryEntry entry) =>
            [.. DirectoryPreset.Texts(entry, MemberOf)
                .Concat(groups.Where(g => g.Value.Contains(key)).Select(g => g.Key))
                .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static object? Decoded(string name, IReadOnlyList<byte[]> values)
    {
        try
        {
            return values.Count == 1 ? LdapText.Decode(name, values[0]) : values.Select(v => LdapText.Decode(name, v)).ToArray();
        }
        catch (DamagedTextException exception)
        {
            // The record's own reading tells it; who it is about may be known all the same.
            return exception;
        }
    }
}
