using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>Puts a run's people into groups and takes them out, 30 to a request. A group is changed by one request at a time.</summary>
internal sealed class GroupWrites(RunScope run)
{
    private readonly JournaledGroupClient _groups = new(run.Connection.Service.Groups, run.Journal);

    /// <summary>Changes the memberships of everybody whose first part was done.</summary>
    public async Task ChangeAsync(IEnumerable<PersonWork> people, ScimCall call)
    {
        var wishes = people
            .Where(w => w.Goes && !w.Change.IsRemoval)
            .SelectMany(w => w.Change.GroupChanges.Select(g => (Work: w, Group: g)))
            .GroupBy(p => (Key: p.Group.GroupId ?? "new " + p.Group.GroupName.ToUpperInvariant(), p.Group.Adds))
            .OrderBy(g => g.Key.Adds ? 1 : 0).ThenBy(g => g.First().Group.GroupName, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var total = wishes.Sum(g => g.Count());
        var done = 0;
        foreach (var wish in wishes)
        {
            var group = wish.First().Group;
            try
            {
                group = await ExistingAsync(group, call).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Fail(wish.Select(w => w.Work), exception, $"the group '{group.GroupName}' could not be created");
                continue;
            }

            foreach (var batch in Batches(wish.Select(w => w.Work).ToList()))
            {
                await MembersAsync(group, batch, call).ConfigureAwait(false);
                done += batch.Count;
                run.Report("Changing groups", done, total);
            }
        }
    }

    private async Task<GroupChange> ExistingAsync(GroupChange group, ScimCall call)
    {
        if (group.GroupId is not null)
        {
            return group;
        }

        run.ThrowIfStopped(call);
        return group with { GroupId = (await _groups.CreateAsync(group.GroupName, null, call).ConfigureAwait(false)).Id };
    }

    private Task MembersAsync(GroupChange group, List<PersonWork> members, ScimCall call) => MemberHalves.SendAsync(
        members,
        some =>
        {
            run.ThrowIfStopped(call);
            return _groups.ChangeMembersAsync(group, some.ConvertAll(w => w.Result!.Id!), call);
        },
        some =>
        {
            some.ForEach(w => w.Groups.Add(group));
            run.LearnOfJournal();
        },
        (some, error) => Fail(some, error, $"group {group} could not be changed"));

    private void Fail(IEnumerable<PersonWork> people, Exception exception, string what)
    {
        var error = OutcomeOf.AsScim(exception, what);
        foreach (var work in people)
        {
            work.Fail(error, what);
        }

        run.Learn(error);
        run.LearnOfJournal();
    }

    private static IEnumerable<List<PersonWork>> Batches(List<PersonWork> people)
    {
        for (var start = 0; start < people.Count; start += GroupMembership.BatchSize)
        {
            yield return people.GetRange(start, Math.Min(GroupMembership.BatchSize, people.Count - start));
        }
    }
}
