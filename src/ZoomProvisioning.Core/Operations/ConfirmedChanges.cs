using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// What happens to the planned changes of one command: each is completed by seats, licences and managers, asked about, and carried
/// out. Remembers for later ones which seats ran out and whose manager is still to be set.
/// </summary>
internal sealed class ConfirmedChanges
{
    private readonly ZoomScimConnection _connection;
    private readonly AccountIndex _index;
    private readonly ManagerDirectory _managers;
    private readonly DirectJournal? _journal;
    private readonly bool _asks;
    private readonly ChangeExecutor _unseen;

    public ConfirmedChanges(
        ZoomScimConnection connection, AccountIndex index, ManagerDirectory managers, bool verify, DirectJournal? journal, bool asks)
    {
        _asks = asks;
        _connection = connection;
        _index = index;
        _managers = managers;
        _journal = journal;
        var watch = new WriteWatch();
        Executor = new ChangeExecutor(connection, connection.Service.Users, watch, verify, journal);
        _unseen = new ChangeExecutor(connection, new CreatesUnseen(connection.Service.Users), watch, verify, journal);
    }

    /// <summary>What carries out changes of users that were looked for.</summary>
    public ChangeExecutor Executor { get; }

    /// <summary>The seats that ran out.</summary>
    public SeatGate Seats { get; } = new();

    /// <summary>Whose manager is set when all records are done, by Zoom id.</summary>
    public ConcurrentDictionary<string, PendingManager> PendingManagers { get; } = new(StringComparer.Ordinal);

    /// <summary>Carries a plan out. Where it rests on a list of the account and Zoom has moved on since, once more over the user as it is now.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="again">Plans anew over the user as it is now; null where the plan rests on no list.</param>
    /// <param name="host">Who is asked and told.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <param name="isUnseen">Whether a user is created without having been looked for.</param>
    /// <returns>What became of it; null when leave to do it was not given.</returns>
    public async Task<ChangeResult?> CarryOutAsync(
        PlannedChange plan, Func<Task<PlannedChange>>? again, IOperationHost host, ScimCall call, bool isUnseen = false)
    {
        try
        {
            return await CarryOutOnceAsync(plan, isUnseen ? _unseen : Executor, host, call).ConfigureAwait(false);
        }
        catch (ScimException exception) when (again is not null
            && plan.Current?.Detail == UserDetail.Listed && exception.ErrorId is "Zoom.User.NotFound" or "Zoom.User.Inactive")
        {
            host.Tell($"{plan.UserName}: the user is no longer as the list of the account showed it, and is looked up.");
            return await CarryOutOnceAsync(await again().ConfigureAwait(false), Executor, host, call).ConfigureAwait(false);
        }
    }

    private async Task<ChangeResult?> CarryOutOnceAsync(PlannedChange plan, ChangeExecutor executor, IOperationHost host, ScimCall call)
    {
        if (plan.Action is PlanAction.NoOp or PlanAction.Blocked)
        {
            var nothing = await executor.ApplyAsync(plan, call).ConfigureAwait(false);
            if (plan.Action == PlanAction.Blocked)
            {
                host.Warn($"{plan.UserName}: skipped, {plan.Reason}.");
            }

            return nothing;
        }

        // Who is asked, or only told what would be done, is not told of what Zoom will refuse.
        if (_asks && plan.IsRemoval && ZoomRoles.ProtectedOf(plan.Current!) is { } role)
        {
            throw ZoomErrorCatalog.Foreseen(
                plan.Action == PlanAction.Delete ? "Zoom.User.AdminProtected" : "Zoom.User.AdminOrRoomProtected",
                $"'{plan.UserName}' has the role '{role}'.");
        }

        var (withSeats, waitsFor) = Seats.Reduce(WithLicenses(plan));
        if (waitsFor is not null)
        {
            return Skipped(plan, waitsFor);
        }

        plan = await WithTransfereeAsync(await WithManagerAsync(withSeats, call).ConfigureAwait(false), call).ConfigureAwait(false);
        if (plan.Action == PlanAction.Update && plan.Changes.Count == 0)
        {
            var reason = plan.Remarks.Count > 0 ? plan.Remarks[plan.Remarks.Count - 1] : plan.Reason;
            host.Warn($"{plan.UserName}: skipped. {reason}");
            return Skipped(plan, reason);
        }

        foreach (var change in plan.Changes)
        {
            host.Tell($"{plan.UserName}: {change}");
        }

        // Whoever is deactivated by a record of many is as locked out as by Remove-ZoomScimUser.
        var isAllowed = plan.IsRemoval
            ? await host.ConfirmRemovalAsync(plan.FriendlyName, Describe(plan)).ConfigureAwait(false)
            : await host.ShouldProcessAsync(plan.FriendlyName, Describe(plan)).ConfigureAwait(false);
        if (!isAllowed)
        {
            return null;
        }

        ChangeResult result;
        try
        {
            result = await ApplyAsync(plan, executor, call).ConfigureAwait(false);
        }
        catch
        {
            _journal?.Tell(null, host.Warn);
            throw;
        }

        for (var i = plan.Desired?.Warnings.Count ?? 0; i < result.Warnings.Count; i++)
        {
            host.Warn($"{plan.UserName}: {result.Warnings[i]}");
        }

        _journal?.Tell(result, host.Warn);
        return result;
    }

    private static ChangeResult Skipped(PlannedChange plan, string reason) => new(plan.UserName, plan.Action, ChangeOutcome.Skipped, reason)
    {
        User = plan.Current,
        Source = plan.Desired?.Source,
        Warnings = plan.Desired?.Warnings ?? [],
    };

    private async Task<ChangeResult> ApplyAsync(PlannedChange plan, ChangeExecutor executor, ScimCall call)
    {
        try
        {
            var result = await executor.ApplyAsync(plan, call).ConfigureAwait(false);
            if (plan.Action == PlanAction.Create && result is { Id: { } id, User: { } created } && plan.Desired?.Values.Manager is { Length: > 0 } manager)
            {
                PendingManagers[id] = new PendingManager(created, result.UserName, manager, plan.Desired.Source);
            }

            return result;
        }
        catch (ScimSeatsException exception)
        {
            Seats.Learn(exception, plan.Changes);
            throw;
        }
        finally
        {
            if (plan.Current?.Id is { } written)
            {
                _index.Forget(written);
            }
        }
    }

    /// <summary>Gives a reactivated user back what the deactivation took, where it is known and the source says nothing else.</summary>
    private PlannedChange WithLicenses(PlannedChange plan)
    {
        if (plan.Action != PlanAction.Reactivate || plan.Changes.Any(c => c.IsPaid))
        {
            return plan;
        }

        return _connection.Licenses.Recall(plan.Current!) is { } held
            ? plan.With([.. plan.Changes, .. held.Where(h => plan.Changes.All(c => c.Name != h.Name))])
            : plan.With(
                plan.Changes,
                "Zoom took the licences when the user was deactivated, and this session does not know which ones; assign them with -License.");
    }

    /// <summary>
    /// A manager must be a Zoom user. On a create it is set afterwards, when all records are done; on a change one who is not
    /// there is left out, because nobody knows what Zoom would do with it.
    /// </summary>
    private async Task<PlannedChange> WithManagerAsync(PlannedChange plan, ScimCall call)
    {
        var manager = plan.Changes.FirstOrDefault(c => c.Attribute == ZoomAttributes.Manager);
        if (manager is null || manager.NewValue is not string { Length: > 0 } address)
        {
            return plan;
        }

        var others = plan.Changes.Where(c => c != manager).ToList();
        return plan.Action == PlanAction.Create ? plan.With(others)
            : await _managers.HasAsync(address, call).ConfigureAwait(false) ? plan
            : plan.With(others, $"The manager '{address}' is not a user of this Zoom account, so the manager was left as it is.");
    }

    /// <summary>Whoever is deactivated gets nobody's data, and whoever is to be deactivated goes without.</summary>
    private async Task<PlannedChange> WithTransfereeAsync(PlannedChange plan, ScimCall call)
    {
        var named = plan.Changes.FirstOrDefault(Transferee.IsOne);
        return named?.NewValue is string { Length: > 0 } heir && await _managers.FindAsync(heir, call).ConfigureAwait(false) is { Active: false }
            ? plan.With(
                plan.Changes.Where(c => c != named).ToList(),
                $"The transferee '{heir}' is deactivated in Zoom and could not get at the data, so the transferee was left as it is.")
            : plan;
    }

    private static string Describe(PlannedChange plan)
    {
        var attributes = VisibleText.OneLine(string.Join("; ", plan.Changes));
        return plan.Action switch
        {
            PlanAction.Create => "Create Zoom user",
            PlanAction.Update => $"Change Zoom user ({attributes})",
            PlanAction.Reactivate => plan.Changes.Count == 0 ? "Reactivate Zoom user" : $"Reactivate and change Zoom user ({attributes})",
            PlanAction.Disable => $"{DescribeDisable(plan)}: no sign-in, all licences are lost{DescribeHeir(plan)}",
            _ => $"DELETE Zoom user for good: this cannot be undone{DescribeHeir(plan)}",
        };
    }

    private static string DescribeDisable(PlannedChange plan)
    {
        var others = plan.Changes.Where(c => !Transferee.IsOne(c)).ToList();
        return others.Count == 0 ? "Deactivate Zoom user" : $"Change and deactivate Zoom user ({VisibleText.OneLine(string.Join("; ", others))})";
    }

    // Somebody may have named a colleague long ago, whom Zoom takes by its word now.
    private static string DescribeHeir(PlannedChange plan) => Transferee.Of(plan) is { } heir ? $"; {VisibleText.OneLine(heir)} gets the data" : string.Empty;
}
