using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Brings a Zoom account to what a source wants: reads, plans, applies. Never touches who is missing from the source.</summary>
public sealed class SyncOperation
{
    private readonly ZoomScimConnection _connection;
    private readonly int _concurrency;

    /// <summary>Makes a sync over a connection.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="concurrency">The most requests under way at once; the governor sets the pace.</param>
    public SyncOperation(ZoomScimConnection connection, int concurrency = 16)
    {
        _connection = connection;
        _concurrency = concurrency;
    }

    /// <summary>Reads the account and makes the plan. Sends no write.</summary>
    /// <exception cref="ScimServerException">Zoom's list is incomplete, and a plan made of it would be wrong.</exception>
    public async Task<SyncPlan> PlanAsync(IReadOnlyList<DesiredUser> desired, ScimCall call)
    {
        var directory = new UserDirectory(_connection);
        var users = new List<ScimUser>();
        var (total, delivered) = await directory.ListAsync(null, page =>
        {
            users.AddRange(page);
            return Task.CompletedTask;
        }, call).ConfigureAwait(false);
        if (delivered < total)
        {
            throw new ScimServerException("Zoom.List.Incomplete", $"Zoom speaks of {total} users but gave {delivered} different ones in three passes, so no plan can be made.")
            {
                Category = "InvalidResult",
                RecommendedAction = "Run again when less is changing in the account.",
            };
        }

        var unread = await ReadDetailsAsync(desired, users, directory, call).ConfigureAwait(false);
        var plan = Planner.Plan(desired, users, _connection);
        return unread.IsEmpty ? plan : new SyncPlan(plan.Changes.Select(BlockIfUnread).ToList());

        PlannedChange BlockIfUnread(PlannedChange change) => change.Current?.Id is { } id && unread.TryGetValue(id, out var error)
            ? new PlannedChange(PlanAction.Blocked, change.UserName, $"could not be read: {error.Message}") { Current = change.Current, Desired = change.Desired }
            : change;
    }

    /// <summary>Applies a plan. A user that fails does not stop the others.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="onResult">Takes each result as it comes, one at a time.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    public async Task ApplyAsync(SyncPlan plan, Action<ChangeResult> onResult, ScimCall call)
    {
        var executor = new ChangeExecutor(_connection);
        var gate = new object();
        // Who comes back or joins goes first; who leaves goes last.
        var ordered = plan.Changes.OrderBy(c => c.Action switch
        {
            PlanAction.Reactivate => 0,
            PlanAction.Create => 1,
            PlanAction.Update => 2,
            PlanAction.Disable => 4,
            PlanAction.Delete => 5,
            _ => 3,
        });
        await ParallelWork.ForEachAsync(ordered, _concurrency, async change =>
        {
            var result = await ApplyOneAsync(executor, change, call).ConfigureAwait(false);
            lock (gate)
            {
                onResult(result);
            }
        }).ConfigureAwait(false);
    }

    private static async Task<ChangeResult> ApplyOneAsync(ChangeExecutor executor, PlannedChange change, ScimCall call)
    {
        try
        {
            return await executor.ApplyAsync(change, call).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            var outcome = exception switch
            {
                ScimNotSentException => ChangeOutcome.NotSent,
                ScimOutcomeUnknownException => ChangeOutcome.Unknown,
                _ => ChangeOutcome.Failed,
            };
            return new ChangeResult(change.UserName, change.Action, outcome, exception.Message)
            {
                Error = exception,
                Source = change.Desired?.Source,
                User = change.Current,
                Changes = change.Changes,
            };
        }
    }

    /// <summary>A list tells little of each user, so those the source speaks of are read one by one.</summary>
    /// <returns>Those who could not be read, by Zoom id, and why. What concerns the whole account is thrown.</returns>
    private async Task<ConcurrentDictionary<string, ScimException>> ReadDetailsAsync(IReadOnlyList<DesiredUser> desired, List<ScimUser> users, UserDirectory directory, ScimCall call)
    {
        var names = new HashSet<string>(desired.Select(d => d.LookupName).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        var ids = new HashSet<string>(desired.Select(d => d.ZoomId).OfType<string>(), StringComparer.Ordinal);
        var wanted = Enumerable.Range(0, users.Count)
            .Where(i => users[i].Id is { } id && (ids.Contains(id) || (users[i].UserName is { } name && names.Contains(name))));
        var unread = new ConcurrentDictionary<string, ScimException>(StringComparer.Ordinal);
        await ParallelWork.ForEachAsync(wanted, _concurrency, async index =>
        {
            try
            {
                // Who vanished since the list was read stays as listed; the write will tell.
                users[index] = await directory.FindByIdAsync(users[index].Id!, call).ConfigureAwait(false) ?? users[index];
            }
            catch (ScimException exception) when (AccountReader.ConcernsOneUser(exception))
            {
                unread[users[index].Id!] = exception;
            }
        }).ConfigureAwait(false);
        return unread;
    }
}
