using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Reconcile;

/// <summary>What was read of a Zoom account for a plan.</summary>
public sealed class AccountSnapshot
{
    private readonly Dictionary<string, ScimUser> _byId;
    private readonly Dictionary<string, ScimException> _unread = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimUser> _byName;

    // Zoom should have none of these, and sometimes has (after sign-ins by SSO were merged).
    private readonly Dictionary<string, SortedSet<string>> _namesakes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a snapshot.</summary>
    /// <param name="users">The users, as much of each as was read.</param>
    /// <param name="isComplete">Whether they are all there are.</param>
    public AccountSnapshot(IEnumerable<ScimUser> users, bool isComplete)
    {
        IsComplete = isComplete;
        // A dictionary that grows leaves all its smaller selves behind.
        var count = (users as IReadOnlyCollection<ScimUser>)?.Count ?? 0;
        _byId = new(count, StringComparer.Ordinal);
        _byName = new(count, StringComparer.OrdinalIgnoreCase);
        foreach (var user in users)
        {
            Put(user);
        }
    }

    /// <summary>Whether <see cref="Users"/> are all there are.</summary>
    public bool IsComplete { get; }

    /// <summary>The users, in no order.</summary>
    public IReadOnlyCollection<ScimUser> Users => _byId.Values;

    /// <summary>The groups; null when the rule has none and nobody asked.</summary>
    public IReadOnlyList<ScimGroup>? Groups { get; init; }

    /// <summary>The users that should have been read in full and could not be, by Zoom id, and why.</summary>
    public IReadOnlyDictionary<string, ScimException> Unread => _unread;

    /// <summary>
    /// Whether the keys that a list does not tell are known of everybody whom one might find by them. Until then nobody is found
    /// by them: two users may have the same, and only one of them be known.
    /// </summary>
    public bool HasKeysBeyondLists { get; internal set; }

    /// <summary>The user of a Zoom id; null when there is none.</summary>
    public ScimUser? Find(string id) => _byId.TryGetValue(id, out var user) ? user : null;

    /// <summary>The user of a sign-in name, the first by id where several have it; null when there is none.</summary>
    public ScimUser? FindByName(string userName) =>
        _namesakes.TryGetValue(userName, out var ids) && ids.Count > 0 ? _byId[ids.Min!]
        : _byName.TryGetValue(userName, out var user) ? user
        : null;

    /// <summary>The users of a sign-in name, ordered by id: one at most, unless Zoom has gone wrong.</summary>
    public IReadOnlyList<ScimUser> NamedBy(string userName) =>
        _namesakes.TryGetValue(userName, out var ids) && ids.Count > 0 ? ids.Select(id => _byId[id]).ToList()
        : _byName.TryGetValue(userName, out var user) ? [user]
        : [];

    /// <summary>Takes a user in, in place of what was known of it.</summary>
    internal void Put(ScimUser user)
    {
        if (user.Id is not { } id)
        {
            return;
        }

        if (_byId.TryGetValue(id, out var before) && before.UserName is { } old && !string.Equals(old, user.UserName, StringComparison.OrdinalIgnoreCase))
        {
            Forget(old, id);
        }

        _byId[id] = user;
        if (user.UserName is not { } name)
        {
            return;
        }

        if (_byName.TryGetValue(name, out var other) && other.Id != id)
        {
            if (!_namesakes.TryGetValue(name, out var ids))
            {
                _namesakes[name] = ids = new SortedSet<string>(StringComparer.Ordinal) { other.Id! };
            }

            ids.Add(id);
        }

        _byName[name] = user;
    }

    /// <summary>Somebody has another name by now than the list said.</summary>
    private void Forget(string name, string id)
    {
        if (_namesakes.TryGetValue(name, out var ids))
        {
            ids.Remove(id);
        }

        if (_byName.TryGetValue(name, out var user) && user.Id == id)
        {
            _byName.Remove(name);
            if (ids is { Count: > 0 })
            {
                _byName[name] = _byId[ids.Min!];
            }
        }
    }

    /// <summary>Notes that users should have been read in full and could not be.</summary>
    internal void AddUnread(IReadOnlyDictionary<string, ScimException> unread)
    {
        foreach (var pair in unread)
        {
            _unread[pair.Key] = pair.Value;
        }
    }
}
