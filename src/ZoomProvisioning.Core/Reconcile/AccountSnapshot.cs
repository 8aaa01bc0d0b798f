using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Reconcile;

/// <summary>What was read of a Zoom account for a plan.</summary>
public sealed class AccountSnapshot
{
    private readonly Dictionary<string, ScimUser> _byId;
    private readonly Dictionary<string, ScimException> _unread = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimUser> _byName;

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

    /// <summary>The user of a sign-in name; null when there is none.</summary>
    public ScimUser? FindByName(string userName) => _byName.TryGetValue(userName, out var user) ? user : null;

    /// <summary>Takes a user in, in place of what was known of it.</summary>
    internal void Put(ScimUser user)
    {
        if (user.Id is not { } id)
        {
            return;
        }

        _byId[id] = user;
        if (user.UserName is { } name)
        {
            _byName[name] = user;
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
