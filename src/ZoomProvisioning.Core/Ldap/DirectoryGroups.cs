using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>
/// Who belongs to a group, directly or by other groups. Active Directory answers that itself; elsewhere all groups are read once
/// and gone through here.
/// </summary>
internal sealed class DirectoryGroups
{
    /// <summary>LDAP_MATCHING_RULE_IN_CHAIN.</summary>
    private const string InChain = "1.2.840.113556.1.4.1941";

    private static readonly string[] MemberAttributes = ["member", "uniqueMember", "memberUid"];

    private readonly IDirectoryConnection _connection;
    private readonly DirectoryPreset _preset;
    private readonly DirectoryPlan _plan;
    private readonly CancellationToken _stop;
    private Dictionary<string, DirectoryEntry>? _groups;

    public DirectoryGroups(IDirectoryConnection connection, DirectoryPreset preset, DirectoryPlan plan, CancellationToken stop)
    {
        _connection = connection;
        _preset = preset;
        _plan = plan;
        _stop = stop;
    }

    /// <summary>A filter of those who belong to a group, for a server that finds them itself.</summary>
    public static string MemberFilter(string group) => $"(memberOf:{InChain}:={LdapFilter.Escape(group)})";

    /// <summary>The distinguished name of a group that is called by it, or by its name.</summary>
    /// <exception cref="ScimRecordException">There is none, or there are several.</exception>
    public string Find(string group)
    {
        var found = new List<string>();
        if (DistinguishedName.IsOne(group))
        {
            try
            {
                Whole(_connection.Search(Search(group, DirectoryScope.Base, LdapFilter.Everything, ["objectClass"]), e => found.Add(e.Name), _stop));
            }
            catch (ScimRecordException exception) when (exception.ErrorId == LdapFaults.NoSuchBase)
            {
                // Told below, as a group.
            }
        }
        else
        {
            var name = LdapFilter.Escape(group);
            var names = _preset.LooksThroughGroups ? $"(|(cn={name})(sAMAccountName={name}))" : $"(cn={name})";
            Whole(_connection.Search(
                Search(_plan.Root, DirectoryScope.Subtree, LdapFilter.And(_preset.Groups, names), ["objectClass"]),
                e => found.Add(e.Name),
                _stop));
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw LdapFaults.NoSuchGroup(group, _connection.Server),
            _ => throw LdapFaults.SeveralGroups(group, found),
        };
    }

    /// <summary>The keys of the people who belong to a group.</summary>
    /// <param name="group">Its distinguished name.</param>
    /// <param name="people">The people who were read.</param>
    public HashSet<string> MembersOf(string group, IReadOnlyDictionary<string, DirectoryEntry> people)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        if (_preset.LooksThroughGroups)
        {
            foreach (var place in _plan.Bases)
            {
                Whole(_connection.Search(
                    Search(place, _plan.Scope, LdapFilter.And(_plan.Filter, MemberFilter(group)), ["1.1"]),
                    e => members.Add(DistinguishedName.KeyOf(e.Name)),
                    _stop));
            }

            return members;
        }

        _groups ??= ReadGroups();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([DistinguishedName.KeyOf(group)]);
        Dictionary<string, string>? byUid = null;
        while (waiting.Count > 0)
        {
            var next = waiting.Dequeue();
            if (!seen.Add(next) || !_groups.TryGetValue(next, out var entry))
            {
                continue;
            }

            foreach (var key in MemberAttributes.Take(2).SelectMany(a => DirectoryPreset.Texts(entry, a)).Select(WithoutBits).Select(DistinguishedName.KeyOf))
            {
                members.Add(key);
                waiting.Enqueue(key);
            }

            foreach (var uid in DirectoryPreset.Texts(entry, "memberUid"))
            {
                byUid ??= people.SelectMany(p => DirectoryPreset.Texts(p.Value, "uid").Select(u => (Uid: u, p.Key)))
                    .GroupBy(p => p.Uid, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.First().Key, StringComparer.Ordinal);
                _ = byUid.TryGetValue(uid, out var key) && members.Add(key);
            }
        }

        return members;
    }

    /// <summary>The groups that become Zoom groups, with the keys of their members.</summary>
    public Dictionary<string, HashSet<string>> ZoomGroups(LdapGroups wanted, IReadOnlyDictionary<string, DirectoryEntry> people)
    {
        var found = new List<(string Name, string Group)>();
        Whole(_connection.Search(
            Search(
                wanted.Base ?? _plan.Root,
                DirectoryScope.Subtree,
                wanted.Filter is { } filter ? LdapFilter.And(_preset.Groups, filter) : _preset.Groups,
                [wanted.Name]),
            e => found.AddRange(DirectoryPreset.Texts(e, wanted.Name).Take(1).Select(n => (n.Trim(), e.Name))), _stop));
        var groups = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, group) in found.Where(f => f.Name.Length > 0))
        {
            if (groups.TryGetValue(name, out var members))
            {
                members.UnionWith(MembersOf(group, people));
            }
            else
            {
                groups.Add(name, MembersOf(group, people));
            }
        }

        return groups;
    }

    private Dictionary<string, DirectoryEntry> ReadGroups()
    {
        var groups = new Dictionary<string, DirectoryEntry>(StringComparer.Ordinal);
        Whole(_connection.Search(
            Search(_plan.Root, DirectoryScope.Subtree, _preset.Groups, MemberAttributes),
            e => groups[DistinguishedName.KeyOf(e.Name)] = e,
            _stop));
        return groups;
    }

    private DirectorySearch Search(string place, DirectoryScope scope, string filter, IReadOnlyList<string> attributes) =>
        new(place, scope, filter, attributes) { PageSize = _plan.PageSize, TimeLimit = _plan.Remaining() };

    // Half a group would look as if the others had left it.
    private static void Whole(DirectoryEnd end)
    {
        if (end.Early is { } early)
        {
            throw early;
        }
    }

    // A name may have bits behind it that tell it from an earlier bearer (RFC 4519 section 2.40).
    private static string WithoutBits(string name) =>
        name.LastIndexOf('#') is > 0 and var sign && name.EndsWith("'B", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, sign) : name;
}
