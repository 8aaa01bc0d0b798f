using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Adds users to one group, or takes them out, many with each request. Members come one by one, each with work of its own on
/// the lane; those that came together are looked up at the same time and sent in one request, and each has its own result.
/// </summary>
/// <remarks>
/// Zoom does not document how many members one request may name; its v2 API takes 30. It does not show members either, so
/// only what is to be added or taken out is ever sent, never a new list of all.
/// </remarks>
public sealed class GroupMembership
{
    /// <summary>The most members sent in one request.</summary>
    public const int BatchSize = 30;

    private readonly int _batchSize;
    private readonly HashSet<string> _handled = new(StringComparer.Ordinal);
    private MemberBatch? _open;
    private MemberBatch? _last;

    /// <summary>Makes the work on one group.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="group">The group, as Zoom has shown it.</param>
    /// <param name="adds">Whether members are added; else they are taken out.</param>
    /// <param name="batchSize">How many members go into one request. At least as many must be able to run at once.</param>
    /// <param name="journal">Where each request is noted before it is sent; null for nowhere.</param>
    public GroupMembership(ZoomScimConnection connection, ScimGroup group, bool adds, int batchSize = BatchSize, DirectJournal? journal = null)
    {
        Journal = journal;
        Writes = new JournaledGroupClient(connection.Service.Groups, journal);
        Connection = connection;
        Group = group;
        Adds = adds;
        _batchSize = Math.Max(1, Math.Min(BatchSize, batchSize));
    }

    internal ZoomScimConnection Connection { get; }

    internal ScimGroup Group { get; }

    internal JournaledGroupClient Writes { get; }

    internal DirectJournal? Journal { get; }

    internal bool Adds { get; }

    internal string Done => Adds ? $"is in group '{Group}'" : $"is not in group '{Group}'";

    internal string Action => Adds ? $"Add to Zoom group '{Group}'" : $"Remove from Zoom group '{Group}'";

    /// <summary>Takes the next member, in the order of the input. Call it on one thread, and the work it gives back on any.</summary>
    /// <param name="member">Who it is.</param>
    public Func<IOperationHost, ScimCall, Task<ChangeResult?>> Take(GroupMember member)
    {
        _open ??= _last = new MemberBatch(this, _last);
        var batch = _open;
        var slot = batch.Add(member);
        if (batch.Count == _batchSize)
        {
            Flush();
        }

        return (host, call) => batch.WorkAsync(slot, host, call);
    }

    /// <summary>Says that no more members come for now, so that those taken are sent.</summary>
    public void Flush()
    {
        _open?.Close();
        _open = null;
    }

    /// <summary>Whether this user has not come before in this command. The batches ask in the order of the input.</summary>
    internal bool IsFirst(string id) => _handled.Add(id);

    internal ChangeResult Result(GroupMember member, ScimUser? user, string? id, ChangeOutcome outcome, string reason) =>
        new(user?.UserName ?? member.Label, outcome == ChangeOutcome.Done ? PlanAction.Update : PlanAction.NoOp, outcome, reason)
        {
            Group = Group,
            User = user,
            MemberId = id,
            Source = member.Source,
        };
}

/// <summary>A user who is to be put into a group or taken out of it.</summary>
public sealed class GroupMember
{
    /// <summary>Makes a member to be looked up.</summary>
    /// <param name="label">What to call it in messages.</param>
    public GroupMember(string label) => Label = label;

    /// <summary>What to call it in messages.</summary>
    public string Label { get; }

    /// <summary>The sign-in name, where the id is not known.</summary>
    public string? UserName { get; init; }

    /// <summary>The Zoom id.</summary>
    public string? Id { get; init; }

    /// <summary>The user as Zoom has shown it a moment ago; spares looking it up.</summary>
    public ScimUser? User { get; init; }

    /// <summary>The source record.</summary>
    public object? Source { get; init; }
}
