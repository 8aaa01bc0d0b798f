using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Members that are sent together. Each one's work looks its user up and then waits for the others; when all are there, one of
/// them sends for all. A stop lets go of those who wait.
/// </summary>
internal sealed class MemberBatch
{
    private readonly GroupMembership _membership;
    private MemberBatch? _before;
    private readonly List<Slot> _slots = [];
    private readonly TaskCompletionSource<bool> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private Task? _sending;
    private int _missing = 1;

    /// <param name="membership">The work this is a part of.</param>
    /// <param name="before">The batch to be sent before this one; null for the first.</param>
    public MemberBatch(GroupMembership membership, MemberBatch? before)
    {
        _membership = membership;
        _before = before is { _sent.Task.IsCompleted: true } ? null : before;
    }

    public int Count => _slots.Count;

    public Slot Add(GroupMember member)
    {
        var slot = new Slot(member);
        _slots.Add(slot);
        Interlocked.Increment(ref _missing);
        return slot;
    }

    /// <summary>Nobody else comes.</summary>
    public void Close() => OneIsThere();

    public async Task<ChangeResult?> WorkAsync(Slot slot, IOperationHost host, ScimCall call)
    {
        try
        {
            await PrepareAsync(slot, host, call).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            slot.Error = exception;
        }

        OneIsThere();

        // Who has nothing to send waits all the same: a batch of such members must let the next one go on.
        if (await UnlessStoppedAsync(_complete.Task, call).ConfigureAwait(false))
        {
            Task sending;
            lock (_gate)
            {
                sending = _sending ??= SendAllAsync(host, call);
            }

            await sending.ConfigureAwait(false);
        }
        else if (!slot.IsSettled)
        {
            throw Stopped();
        }

        return slot.Error is { } error ? throw error : slot.Result;
    }

    /// <summary>Finds out who the member is and whether there is anything to send.</summary>
    private async Task PrepareAsync(Slot slot, IOperationHost host, ScimCall call)
    {
        var member = slot.Member;
        if (_membership.Connection.RefusalOf(Capability.Update, "groups") is { } refusal)
        {
            Skip(slot, null, refusal, host);
            return;
        }

        var user = member.User ?? await LookUpAsync(member, call).ConfigureAwait(false);
        slot.User = user;
        slot.Id = user.Id ?? member.Id ?? throw new ScimServerException("Zoom.Reply.Unreadable", $"{member.Label}: Zoom shows the user without an id.")
        {
            Category = "InvalidResult",
            RecommendedAction = "Name the user by Zoom id.",
        };
        if (_membership.Adds && user.Active == false)
        {
            // What Zoom does with an inactive user in a group is not documented (sheet section 10, row 40).
            Skip(slot, user, "deactivated in Zoom, and only active users are added", host);
        }
    }

    private async Task<ScimUser> LookUpAsync(GroupMember member, ScimCall call)
    {
        var directory = new UserDirectory(_membership.Connection);
        var found = member.Id is { } id
            ? await directory.FindByIdAsync(id, call).ConfigureAwait(false)
            : await directory.LookUpAsync(member.UserName!, call).ConfigureAwait(false);
        return found ?? throw new ScimNotFoundException("Zoom.User.NotFound", $"There is no user '{member.UserName ?? member.Id}' in this Zoom account.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = ZoomErrorCatalog.FindUser,
        };
    }

    private void Skip(Slot slot, ScimUser? user, string reason, IOperationHost host)
    {
        host.Warn($"{user?.UserName ?? slot.Member.Label}: skipped, {reason}.");
        slot.Result = _membership.Result(slot.Member, user, slot.Id, ChangeOutcome.Skipped, reason);
    }

    private async Task SendAllAsync(IOperationHost host, ScimCall call)
    {
        try
        {
            if (_before is not null && !await UnlessStoppedAsync(_before._sent.Task, call).ConfigureAwait(false))
            {
                throw Stopped();
            }

            // Not to keep all batches of a long run.
            _before = null;
            var toSend = new List<Slot>();
            foreach (var slot in _slots.Where(s => !s.IsSettled))
            {
                if (!_membership.IsFirst(slot.Id!))
                {
                    slot.Result = _membership.Result(slot.Member, slot.User, slot.Id, ChangeOutcome.NoChange, "named more than once");
                }
                else if (await host.ShouldProcessAsync(NameOf(slot), _membership.Action).ConfigureAwait(false))
                {
                    toSend.Add(slot);
                }
            }

            if (toSend.Count > 0)
            {
                await SendAsync(toSend, host, call).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // Stopped, or the pipeline ended at the question: nothing of what is open was sent.
            foreach (var slot in _slots.Where(s => !s.IsSettled))
            {
                slot.Error = exception;
            }
        }
        finally
        {
            _sent.TrySetResult(true);
        }
    }

    private Task SendAsync(List<Slot> slots, IOperationHost host, ScimCall call) => MemberHalves.SendAsync(
        slots,
        some => _membership.Writes.ChangeMembersAsync(
            new GroupChange(_membership.Group.Id!, _membership.Group.ToString(), _membership.Adds), some.ConvertAll(s => s.Id!), call),
        some => some.ForEach(s =>
        {
            s.Result = _membership.Result(s.Member, s.User, s.Id, ChangeOutcome.Done, _membership.Done);
            _membership.Journal?.Tell(s.Result, host.Warn);
        }),
        (some, error) => some.ForEach(s => s.Error = error),
        host.Tell);

    private static string NameOf(Slot slot)
    {
        var address = slot.User?.UserName ?? slot.Member.Label;
        return slot.User?.DisplayName is { Length: > 0 } name && name != address ? $"{name} <{address}>" : address;
    }

    /// <summary>Waits for something that only happens while the command goes on; false when it was stopped before.</summary>
    private static async Task<bool> UnlessStoppedAsync(Task task, ScimCall call)
    {
        if (!task.IsCompleted)
        {
            var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = call.Stop.Register(() => stopped.TrySetResult(true));
            await Task.WhenAny(task, stopped.Task).ConfigureAwait(false);
        }

        // What is complete is sent by whoever comes first, and the sender minds the stop by itself.
        return task.IsCompleted;
    }

    private static ScimNotSentException Stopped() => new("The change was stopped before it was sent. Nothing was changed in Zoom by it.");

    private void OneIsThere()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _complete.TrySetResult(true);
        }
    }

    /// <summary>One member's place in the batch.</summary>
    internal sealed class Slot(GroupMember member)
    {
        public GroupMember Member { get; } = member;

        public ScimUser? User { get; set; }

        public string? Id { get; set; }

        public ChangeResult? Result { get; set; }

        /// <summary>Why it was not done.</summary>
        public Exception? Error { get; set; }

        public bool IsSettled => Result is not null || Error is not null;
    }
}
