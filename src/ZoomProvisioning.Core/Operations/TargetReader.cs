using System;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Reads the users a command is about, with as few requests as what is to become of them allows. Alone or among a few, a user
/// is looked up and read in full. Among many it is taken from one list of the account, and read in full only where the list
/// does not tell what the decision, or what must be remembered, rests on (src/docs/requests.md).
/// </summary>
internal sealed class TargetReader
{
    private readonly UserDirectory _directory;
    private readonly AccountIndex _index;
    private readonly bool _asks;

    /// <summary>Makes a reader.</summary>
    /// <param name="directory">Looks up and reads.</param>
    /// <param name="index">Where people are found among many.</param>
    /// <param name="asks">Whether somebody is asked about each change: then it must be known whether Zoom protects who is to go.</param>
    public TargetReader(UserDirectory directory, AccountIndex index, bool asks = false)
    {
        _asks = asks;
        _directory = directory;
        _index = index;
    }

    /// <summary>Reads a user in full, by Zoom id where it is known, else by sign-in name, and makes the plan.</summary>
    /// <exception cref="ScimNotFoundException">There is no such user.</exception>
    /// <exception cref="ScimRecordException">The record names nobody.</exception>
    public async Task<ScimUser> ReadAsync(DesiredUser target, ScimCall call)
    {
        var identity = target.ZoomId ?? target.LookupName ?? throw NoIdentity(target);
        var found = target.ZoomId is { } id
            ? await _directory.FindByIdAsync(id, call).ConfigureAwait(false)
            : await _directory.FindAsync(identity, call).ConfigureAwait(false);
        return found ?? throw new ScimNotFoundException("Zoom.User.NotFound", $"There is no user '{identity}' in this Zoom account.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = ZoomErrorCatalog.FindUser,
        };
    }

    /// <summary>Plans a change of a user who must be there, over as much of the user as the plan needs.</summary>
    /// <exception cref="ScimNotFoundException">There is no such user.</exception>
    /// <exception cref="ScimRecordException">The record names nobody.</exception>
    public async Task<PlannedChange> PlanAsync(DesiredUser target, Func<ScimUser, PlannedChange> plan, ScimCall call)
    {
        if (target.ZoomId is null && target.LookupName is null)
        {
            throw NoIdentity(target);
        }

        // That a list does not show somebody proves nothing; who is there no more is said by a direct no only.
        var answer = await _index.FindAsync(target.ZoomId, target.LookupName, call).ConfigureAwait(false);
        var listed = await EnoughOfAsync(
            answer.User, target.ZoomId is null ? target.LookupName : null, user => IsEnough(plan(user)), call).ConfigureAwait(false);
        return plan(listed ?? await ReadAsync(target, call).ConfigureAwait(false));
    }

    /// <summary>Finds out whether a user of this name is there already. Null when there is none.</summary>
    /// <param name="userName">The name wanted.</param>
    /// <param name="plan">What would be done with such a user; null when nothing would, so that a list tells enough.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <exception cref="ScimUserStateException">The address belongs to a pending invitation or to another account.</exception>
    public async Task<ScimUser?> FindExistingAsync(string userName, Func<ScimUser, PlannedChange>? plan, ScimCall call)
    {
        var answer = await _index.FindAsync(null, userName, call).ConfigureAwait(false);
        if (answer is { IsKnown: true, User: null })
        {
            // Should the list be wrong, Zoom refuses the create, and the user is looked up then.
            return null;
        }

        var listed = await EnoughOfAsync(answer.User, userName, user => plan is null || Suffices(plan(user)), call).ConfigureAwait(false);
        return listed is not null ? listed
            : plan is null ? await _directory.LookUpAsync(userName, call).ConfigureAwait(false)
            : await _directory.FindByNameAsync(userName, call).ConfigureAwait(false);
    }

    private bool IsEnough(PlannedChange plan) => Suffices(plan) && !(_asks && plan.IsRemoval && !plan.Current!.Roles.Any());

    /// <summary>Whether a plan that rests on a list of the account can be carried out, and could not be another one if the user were read in full.</summary>
    internal static bool Suffices(PlannedChange plan) => plan.Current is { } listed && plan.Action switch
    {
        // Whom Zoom protects it refuses to delete; for everybody else the list says who they were.
        PlanAction.Delete => true,
        // Zoom takes the licences; whoever may hold one is read, so that it can be given back.
        PlanAction.Disable => listed.Active == true && listed.UserType is "Basic" or "Collaboration" && IsTold(plan, listed),
        PlanAction.Update => listed.Active == true && IsTold(plan, listed),
        // That nothing is to be done about somebody's access is never left to a list.
        PlanAction.NoOp or PlanAction.Blocked => listed.Active == true && IsTold(plan, listed),
        _ => false,
    };

    // What no read tells either, such as title and locale, is no reason to read.
    private static bool IsTold(PlannedChange plan, ScimUser listed) => plan.Desired is null || ZoomAttributes.ChangedOn(plan.Desired.Values)
        .All(a => a == ZoomAttributes.UserName || a.IsToldBy(listed) || (a.Kind != AttributeKind.Phone && !a.ToldBy.Contains(UserDetail.Read)));

    /// <summary>The user as listed where that is enough, else read in full; null where the list was mistaken, or knew nothing.</summary>
    private async Task<ScimUser?> EnoughOfAsync(ScimUser? listed, string? userName, Func<ScimUser, bool> isEnough, ScimCall call)
    {
        if (listed is null || isEnough(listed))
        {
            return listed;
        }

        var read = await _directory.FindByIdAsync(listed.Id!, call).ConfigureAwait(false);
        if (read is not null && (userName is null || string.Equals(read.UserName, userName, StringComparison.OrdinalIgnoreCase)))
        {
            return read;
        }

        _index.Forget(listed.Id!);
        return null;
    }

    private static ScimRecordException NoIdentity(DesiredUser target) =>
        new("Zoom.Record.NoIdentity", $"{target.Label}: neither a user name nor a Zoom id says whom this is about.")
        {
            Category = "InvalidData",
            RecommendedAction = "Give -Identity, or a record with one of the columns UserName, Email, EmailAddress, Mail, UserPrincipalName or ZoomId.",
        };
}
