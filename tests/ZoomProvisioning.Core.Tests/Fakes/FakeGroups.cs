using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Tests;

/// <summary>The groups of a fake account. As with Zoom, nothing but <see cref="Members"/> tells who is in one.</summary>
internal sealed class FakeGroups(Func<string, bool> isUser) : IScimGroupClient
{
    private readonly object _gate = new();
    private readonly List<ScimObject> _groups = [];
    private readonly List<Sent> _sent = [];
    private int _lastId;

    /// <summary>Looks at a request before it is carried out; may throw.</summary>
    public Action<Sent>? Before { get; set; }

    /// <summary>What Zoom's v2 API says to the token; null when it may read members.</summary>
    public string? MembersRefusal { get; set; }

    /// <summary>The most members one request may name.</summary>
    public int MostMembers { get; set; } = int.MaxValue;

    /// <summary>Ids that Zoom does not know, and for which it refuses the whole request.</summary>
    public HashSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a filter understands quotes and backslashes in a name.</summary>
    public bool FilterKnowsQuotes { get; set; } = true;

    /// <summary>Whether a rename is accepted and ignored.</summary>
    public bool IgnoresNames { get; set; }

    /// <summary>Ids of the members, by the group's id.</summary>
    public Dictionary<string, List<string>> Members { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Sent> All
    {
        get
        {
            lock (_gate)
            {
                return _sent.ToList();
            }
        }
    }

    public IReadOnlyList<Sent> Writes => All.Where(s => s.IsWrite).ToList();

    public ScimGroup Add(string name, string? emailAlias = null)
    {
        lock (_gate)
        {
            var group = new ScimObject { ["id"] = $"gr&{(++_lastId).ToString("0000", CultureInfo.InvariantCulture)}/+=", ["displayName"] = name };
            if (emailAlias is not null)
            {
                group[ScimSchemas.ZoomGroup] = new ScimObject { ["emailAlias"] = emailAlias };
            }

            _groups.Add(group);
            Members[group.Text("id")!] = [];
            return new ScimGroup(group.DeepCopy());
        }
    }

    public bool Exists(string name) => _groups.Any(g => g.Text("displayName") == name);

    public Task<ScimPage<ScimGroup>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) => Carry(
        new Sent("LIST", filter?.ToString() ?? string.Format(CultureInfo.InvariantCulture, "{0}+{1}", startIndex, count)), call, () =>
        {
            var found = _groups.Where(g => filter is null || (Same(g.Text("displayName"), filter.Value)
                && (FilterKnowsQuotes || filter.Value.IndexOfAny(['"', '\\']) < 0))).ToList();
            return new ScimPage<ScimGroup>(found.Skip(startIndex - 1).Take(count).Select(g => new ScimGroup(g.DeepCopy())).ToList(), found.Count, startIndex);
        });

    public Task<ScimGroup> GetAsync(string id, ScimCall call) => Carry(new Sent("GET", id), call, () => new ScimGroup(Find(id).DeepCopy()));

    public Task<ScimGroup> CreateAsync(string displayName, string? emailAlias, ScimCall call) => Carry(new Sent("POST", displayName), call, () =>
        _groups.Any(g => Same(g.Text("displayName"), displayName)) ? throw Refusal(409, $"Group {displayName} exists.") : Add(displayName, emailAlias));

    public Task RenameAsync(string id, string displayName, ScimCall call) => Carry(new Sent("RENAME", $"{id} {displayName}"), call, () =>
    {
        var group = Find(id);
        if (displayName.Length == 0)
        {
            throw Refusal(400, "The \"Operations\" of the request is invalid.");
        }

        if (_groups.Any(g => g != group && Same(g.Text("displayName"), displayName)))
        {
            throw Refusal(400, $"Group {displayName} exists.");
        }

        group["displayName"] = IgnoresNames ? group["displayName"] : displayName;
        return true;
    });

    public Task SetEmailAliasAsync(string id, string emailAlias, ScimCall call) => Carry(new Sent("EMAIL", $"{id} {emailAlias}"), call, () =>
    {
        Find(id).ComplexOrNew(ScimSchemas.ZoomGroup)["emailAlias"] = emailAlias;
        return true;
    });

    public Task DeleteAsync(string id, ScimCall call) => Carry(new Sent("DELETE", id), call, () =>
    {
        if (Find(id).Text("displayName") == "Everyone")
        {
            throw Refusal(400, "Cannot delete account default group.");
        }

        _groups.Remove(Find(id));
        Members.Remove(id);
        return true;
    });

    public Task AddMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call) => Change("ADD", id, userIds, call, user =>
    {
        if (isUser(user) && !Members[id].Contains(user))
        {
            Members[id].Add(user);
        }
    });

    public Task RemoveMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call) =>
        Change("REMOVE", id, userIds, call, user => Members[id].Remove(user));

    public Task<IReadOnlyList<ScimGroupMember>> ListMembersAsync(string id, ScimCall call) =>
        Carry<IReadOnlyList<ScimGroupMember>>(new Sent("GET", id + " members"), call, () =>
            MembersRefusal is { } words ? throw Refusal(400, words, "GroupMembers")
            : !Members.TryGetValue(id, out var members) ? throw Refusal(404, $"A group with this {id} does not exist.", "GroupMembers", "4130")
            : members.Select(m => new ScimGroupMember(new ScimObject { ["id"] = m })).ToList());

    private static ScimException Refusal(int status, string text, string resource = "Groups", string? code = null) =>
        ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = status, Code = code, Text = text, Resource = resource });

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private ScimObject Find(string id) => _groups.FirstOrDefault(g => g.Text("id") == id) ?? throw Refusal(404, "Group does not exist.");

    private async Task Change(string method, string id, IReadOnlyList<string> userIds, ScimCall call, Action<string> change)
    {
        if (userIds.Count == 0)
        {
            // For nobody no request is made.
            return;
        }

        await Carry(new Sent(method, string.Join(" ", userIds)), call, () =>
        {
            Find(id);
            if (userIds.Count > MostMembers || userIds.Any(Unknown.Contains))
            {
                throw Refusal(400, "The \"Operations\" of the request is invalid.");
            }

            userIds.ToList().ForEach(change);
            return true;
        });
    }

    private async Task<T> Carry<T>(Sent sent, ScimCall call, Func<T> act)
    {
        await Task.Yield();
        if (call.Stop.IsCancellationRequested)
        {
            throw new ScimNotSentException("stopped");
        }

        lock (_gate)
        {
            _sent.Add(sent);
        }

        Before?.Invoke(sent);
        lock (_gate)
        {
            return act();
        }
    }
}
