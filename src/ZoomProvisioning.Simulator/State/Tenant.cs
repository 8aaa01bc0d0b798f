using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// The simulated tenant: account, users, groups. Everything here is fast (dictionaries, and a list in the order of creation)
/// and expects the caller to hold <see cref="Gate"/>; replies are written from the immutable records after letting go of it.
/// </summary>
internal sealed class Tenant(Account account)
{
    private readonly Dictionary<string, UserRecord> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserRecord> _byUserName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<UserRecord> _inOrder = [];
    private readonly List<GroupRecord> _groups = [];
    private readonly Dictionary<string, GroupRecord> _groupById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seatsTaken = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>The lock around every access.</summary>
    public object Gate { get; } = new();

    public Account Account { get; } = account;

    /// <summary>Addresses that were invited and have not accepted: not users yet, and taken all the same.</summary>
    public HashSet<string> Pending { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Addresses that belong to other Zoom accounts.</summary>
    public HashSet<string> Foreign { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<Transfer> Transfers { get; } = [];

    /// <summary>How many ids were given out; the next one follows from it.</summary>
    public long IdsGiven { get; set; }

    public int UserCount => _inOrder.Count;

    public IReadOnlyList<GroupRecord> Groups => _groups;

    public string NewId(string kind, bool isHostile = false)
    {
        string id;
        do
        {
            IdsGiven++;
            id = IdGenerator.Next(kind, IdsGiven, isHostile);
        }
        while (_byId.ContainsKey(id) || _groupById.ContainsKey(id));

        return id;
    }

    public UserRecord? FindUser(string id) => _byId.TryGetValue(id, out var user) ? user : null;

    public UserRecord? FindUserByName(string userName) => _byUserName.TryGetValue(userName, out var user) ? user : null;

    /// <summary>Whether an address cannot be given to anybody: a user's, a pending one, or another account's.</summary>
    public bool IsTaken(string address) => _byUserName.ContainsKey(address) || Pending.Contains(address) || Foreign.Contains(address);

    public UserRecord[] Page(int startIndex, int count)
    {
        var skip = Math.Min(startIndex - 1, _inOrder.Count);
        return _inOrder.GetRange(skip, Math.Min(count, _inOrder.Count - skip)).ToArray();
    }

    public UserRecord[] AllUsers() => _inOrder.ToArray();

    public UserRecord Add(UserRecord user)
    {
        var added = user with { Sequence = ++_sequence };
        _byId.Add(added.Id, added);
        _byUserName.Add(added.UserName, added);
        _inOrder.Add(added);
        Count(added, 1);
        foreach (var group in added.Groups)
        {
            group.MemberIds.Add(added.Id);
        }

        return added;
    }

    public void Replace(UserRecord old, UserRecord updated)
    {
        _byId[old.Id] = updated;
        _byUserName.Remove(old.UserName);
        _byUserName.Add(updated.UserName, updated);
        _inOrder[IndexOf(old)] = updated;
        Count(old, -1);
        Count(updated, 1);
        if (!ReferenceEquals(old.Groups, updated.Groups))
        {
            foreach (var group in old.Groups)
            {
                group.MemberIds.Remove(old.Id);
            }

            foreach (var group in updated.Groups)
            {
                group.MemberIds.Add(old.Id);
            }
        }
    }

    public void Remove(UserRecord user)
    {
        _byId.Remove(user.Id);
        _byUserName.Remove(user.UserName);
        _inOrder.RemoveAt(IndexOf(user));
        Count(user, -1);
        foreach (var group in user.Groups)
        {
            group.MemberIds.Remove(user.Id);
        }
    }

    public GroupRecord? FindGroup(string id) => _groupById.TryGetValue(id, out var group) ? group : null;

    public GroupRecord? FindGroupByName(string name) =>
        _groups.FirstOrDefault(group => string.Equals(group.DisplayName, name, StringComparison.OrdinalIgnoreCase));

    public GroupRecord? DefaultGroup => Account.DefaultGroupId is { } id ? FindGroup(id) : null;

    public void AddGroup(GroupRecord group)
    {
        _groupById.Add(group.Id, group);
        _groups.Add(group);
    }

    public void RemoveGroup(GroupRecord group)
    {
        foreach (var id in group.MemberIds.ToArray())
        {
            RemoveMember(group, _byId[id]);
        }

        _groupById.Remove(group.Id);
        _groups.Remove(group);
    }

    public void AddMember(GroupRecord group, UserRecord user)
    {
        if (!group.MemberIds.Contains(user.Id))
        {
            Replace(user, user with { Groups = [.. user.Groups, group] });
        }
    }

    public void RemoveMember(GroupRecord group, UserRecord user)
    {
        if (group.MemberIds.Contains(user.Id))
        {
            Replace(user, user with { Groups = user.Groups.Where(other => other != group).ToArray() });
        }
    }

    /// <summary>The first pool that the change needs a seat of and that has none left, or null.</summary>
    public string? MissingSeat(UserRecord? old, UserRecord updated)
    {
        var held = old is null ? [] : Licences.PoolsOf(old, Account).ToArray();
        return Licences.PoolsOf(updated, Account)
            .FirstOrDefault(pool => Array.IndexOf(held, pool) < 0 && SeatsTaken(pool) >= Licences.TotalOf(pool, Account));
    }

    private int SeatsTaken(string pool) => _seatsTaken.TryGetValue(pool, out var taken) ? taken : 0;

    private void Count(UserRecord user, int change)
    {
        foreach (var pool in Licences.PoolsOf(user, Account))
        {
            _seatsTaken[pool] = SeatsTaken(pool) + change;
        }
    }

    // The list is sorted by sequence, so a user's place is found without walking it.
    private int IndexOf(UserRecord user)
    {
        var low = 0;
        var high = _inOrder.Count - 1;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (_inOrder[middle].Sequence == user.Sequence)
            {
                return middle;
            }

            if (_inOrder[middle].Sequence < user.Sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        throw new InvalidOperationException("The user is not in the tenant.");
    }
}
