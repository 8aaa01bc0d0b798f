using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Makes a plan that takes a run back. Three sides are compared, value by value: how it was before, what the run gave, and what is
/// there now. Only what still is as the run left it goes back; what was changed since is somebody's wish, and stays.
/// </summary>
internal sealed class UndoPlanner
{
    private const string LicenseUnknown = "Zoom did not tell all licences the user had, so they may have to be given again.";

    private readonly UndoInput _input;
    private readonly UndoMemberships _memberships;

    private UndoPlanner(UndoInput input)
    {
        _input = input;
        _memberships = new UndoMemberships(input);
    }

    /// <summary>Makes the entries, ordered by user name.</summary>
    /// <exception cref="ScimRecordException">Somebody was named whom the run was not about.</exception>
    public static IReadOnlyList<PlannedChange> Plan(UndoInput input)
    {
        var planner = new UndoPlanner(input);
        var people = input.Images.Keys.Concat(planner._memberships.People).Distinct(StringComparer.Ordinal).ToList();
        planner.RequireAll(people);
        return people
            .Where(planner.IsAskedFor)
            .Select(planner.Decide)
            .OrderBy(c => c.UserName, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.ZoomId, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Refuses a name that nobody of the run has: an undo of nobody would look like one that was done.</summary>
    private void RequireAll(IReadOnlyCollection<string> people)
    {
        if (_input.User?.FirstOrDefault(u => !people.Any(id => NamesOf(id).Any(u.Fits))) is not { } missing)
        {
            return;
        }

        var known = people.Select(ShownName).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList();
        var called = people.Where(id => FullNamesOf(id).Any(missing.Fits)).Select(ShownName).ToList();
        throw new ScimRecordException(
            "Zoom.History.NobodyInRun",
            $"The run {IdText.Short(_input.Trace.Run.RunId)} did nothing with anybody called '{missing.Text}'"
                + (called.Count > 0 ? $" (did you mean {FirstNames.Of(called, "'")}?)" : Spelling.Suggest(missing.Text, known)) + ". Nothing was sent.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = known.Count == 0 ? "It was about nobody. Leave the names out to undo what it did with groups."
                : $"It was about {FirstNames.Of(known)}. Give a user name, an anchor or a Zoom id, with wildcards.",
        };
    }

    private bool IsAskedFor(string id) => _input.User is not { } user || NamesOf(id).Any(name => user.Any(u => u.Fits(name)));

    private IEnumerable<string> NamesOf(string id) =>
        new[] { id, ImageOf(id)?.UserName, ImageOf(id)?.Anchor, NowOf(id)?.UserName }.OfType<string>();

    private IEnumerable<string> FullNamesOf(string id) =>
        new[] { NowOf(id), ImageOf(id)?.Whole }.OfType<ScimUser>().SelectMany(PersonNames.Of);

    private string ShownName(string id) => NowOf(id)?.UserName ?? ImageOf(id)?.UserName ?? id;

    private UndoImage? ImageOf(string id) => _input.Images.TryGetValue(id, out var image) ? image : null;

    private ScimUser? NowOf(string id) => _input.Now.TryGetValue(id, out var user) ? user : null;

    private PlannedChange Decide(string id)
    {
        var (image, now) = (ImageOf(id), NowOf(id));
        var name = ShownName(id);
        if (_input.Unread.TryGetValue(id, out var unread))
        {
            return Left(name, $"cannot be read: {unread.Message}", null, image);
        }

        if (image is { IsCreated: true, Left: null } && id == image.UserName)
        {
            return Left(name, "nobody knows whether the run made the user; look with Get-ZoomScimUser", null, image);
        }

        if (image is { IsDeleted: true })
        {
            return Recreate(id, image, now);
        }

        if (now is null)
        {
            return image is { IsCreated: true }
                ? Nothing(name, "the run made the user, who is gone from Zoom by now", null, image)
                : Left(name, "gone from Zoom since the run", null, image);
        }

        if (_input.Rule?.Protected.ReasonFor(now.UserName, now) is { } protection)
        {
            return new PlannedChange(PlanAction.Protected, name, protection) { Current = now, Anchor = image?.Anchor };
        }

        return image is { IsCreated: true } ? TakeOut(id, image, now) : Restore(id, image, now);
    }

    /// <summary>Somebody the run deleted: Zoom gives nobody back, so a new account with what is known is all there can be.</summary>
    private PlannedChange Recreate(string id, UndoImage image, ScimUser? now)
    {
        if (now is not null)
        {
            return Nothing(image.UserName, "the run was to delete the user, who is in Zoom", now, image);
        }

        var address = image.Whole?.UserName ?? image.UserName;
        if (_input.Successors.TryGetValue(address, out var successor))
        {
            return Left(address, $"deleted by the run; another user has the address by now (id {successor.Id})", null, image);
        }

        var values = new ScimUser { UserName = address };
        foreach (var attribute in image.Whole is { } whole
            ? SeenUser.AttributesIn(whole).Where(a => a != ZoomAttributes.Email && a.Name != ZoomExtension.Transferee)
            : [])
        {
            attribute.Set(values, attribute.Kind == AttributeKind.Code ? ZoomAttribute.Display(attribute.Get(image.Whole!)) : attribute.Get(image.Whole!));
        }

        foreach (var earlier in image.Earlier.Where(e => !ZoomAttribute.IsEmpty(e.Value) && ZoomAttribute.IsEmpty(e.Key.Get(values))))
        {
            earlier.Key.Set(values, earlier.Value);
        }

        var groups = FormerGroups(id, image);
        var notes = image.IsLicenseUnknown ? [LicenseUnknown] : new List<string>();
        if (image.Whole?.Active == false)
        {
            // Zoom makes everybody active, and changes nobody who is not.
            values.Active = false;
            if (!string.IsNullOrEmpty(values.Manager))
            {
                notes.Add($"Zoom changes active users only, so the manager '{values.Manager}' does not come back.");
                values.Forget(nameof(ScimUser.Manager));
            }

            if (groups.Count > 0)
            {
                notes.Add($"Only active users are put into groups, so {string.Join(", ", groups.Select(g => $"'{g.GroupName}'"))} "
                    + $"{(groups.Count == 1 ? "does" : "do")} not come back.");
                groups = [];
            }
        }

        const string reason = "deleted by the run: a new account with what is known of the old one; meetings, recordings and settings do not come back";
        return Permitted(Capability.Create, new PlannedChange(PlanAction.Create, address, reason)
        {
            Desired = new DesiredUser(values) { Label = address, Anchor = image.Anchor, ActiveIsExplicit = true },
            Changes = UserDiff.ForCreate(values),
            GroupChanges = groups,
            Anchor = image.Anchor,
            Remarks = [.. image.Whole is null ? ["Nothing but the address is known."]
                : image.Whole.Detail == UserDetail.Listed ? ["Only what a list tells was known: names, address, type and department."]
                : Array.Empty<string>(), .. notes],
            Unmet = notes,
        });
    }

    /// <summary>The groups somebody had been in, as far as the journals and the user's own image tell.</summary>
    private List<GroupChange> FormerGroups(string id, UndoImage image)
    {
        var known = _input.FormerGroups.TryGetValue(id, out var groups)
            ? groups.Select(g => UndoMemberships.Into(_input, g.Key, g.Value)).OfType<GroupChange>()
            : [];
        var shown = (image.Whole?.Groups ?? []).Select(name => UndoMemberships.Into(_input, string.Empty, name)).OfType<GroupChange>();
        return known.Concat(shown).GroupBy(g => g.GroupId ?? g.GroupName, StringComparer.Ordinal).Select(g => g.First())
            .OrderBy(g => g.GroupName, StringComparer.OrdinalIgnoreCase).ToList();
    }

    /// <summary>Somebody the run made.</summary>
    private PlannedChange TakeOut(string id, UndoImage image, ScimUser now)
    {
        if (now.Active == false && !_input.DeletesCreated)
        {
            return Nothing(now.ToString(), "the run made the user, who is deactivated already", now, image);
        }

        if (image.Left is { } left && PlanStaleness.Difference(left, now) is { } difference)
        {
            return Left(now.ToString(), $"made by the run and changed since, so somebody wants it: {difference}", now, image);
        }

        return _input.DeletesCreated
            ? Permitted(
                Capability.Deprovision,
                new PlannedChange(PlanAction.Delete, now.ToString(), "made by the run") { Current = now, Anchor = image.Anchor })
            : Permitted(Capability.Disable, new PlannedChange(PlanAction.Disable, now.ToString(), "made by the run; -DeleteCreated deletes the user")
            {
                Current = now,
                Anchor = image.Anchor,
                GroupChanges = _memberships.For(id, isActive: false, []),
            });
    }

    private PlannedChange Restore(string id, UndoImage? image, ScimUser now)
    {
        var values = UndoValues.Of(id, image, now, _input.Trace);
        var target = image is { WasActive: { } was, IsActive: { } gave } && was != gave && now.Active == gave ? was : (bool?)null;
        var notes = new List<string>(values.Notes);
        var changes = values.Changes;
        var willBeActive = target ?? now.Active != false;
        if (now.Active == false && target != true && changes.Count > 0)
        {
            notes.Add($"Zoom changes active users only, so {AttributeChange.StayDifferent(changes)}.");
            changes = [];
        }

        if (target == false)
        {
            // The licences go with the deactivation.
            changes = changes.Where(c => !c.IsPaid && !(c.Attribute.IsExtension && c.Attribute.Kind == AttributeKind.Flag)).ToList();
        }

        if (target == true && image!.IsLicenseUnknown)
        {
            notes.Add(LicenseUnknown);
        }

        var groups = _memberships.For(id, willBeActive, notes);
        var action = target == true ? PlanAction.Reactivate
            : target == false ? PlanAction.Disable
            : changes.Count > 0 ? PlanAction.Update
            : groups.Count > 0 ? PlanAction.ChangeGroups
            : PlanAction.NoOp;
        if (action == PlanAction.NoOp)
        {
            return notes.Count > 0
                ? Left(now.ToString(), string.Join(" ", notes), now, image)
                : Nothing(now.ToString(), "as before the run already", now, image);
        }

        var words = changes.Count > 0 ? $"{AttributeChange.Names(changes)} as before the run" : "as before the run";
        return Permitted(action == PlanAction.Disable ? Capability.Disable : Capability.Update, new PlannedChange(action, now.ToString(), target switch
        {
            true => $"active before the run; {words}",
            false => "deactivated before the run",
            _ => words,
        })
        {
            Changes = changes,
            GroupChanges = groups,
            Current = now,
            Anchor = image?.Anchor,
            Remarks = [.. values.Remarks, .. notes],
            Unmet = notes,
        });
    }

    private PlannedChange Permitted(Capability capability, PlannedChange change) =>
        _input.Connection.RefusalOf(capability) is { } refusal
            ? change with { Action = PlanAction.Blocked, Reason = refusal, Changes = [], GroupChanges = [] }
            : change;

    private static PlannedChange Left(string name, string reason, ScimUser? now, UndoImage? image) =>
        new(PlanAction.Blocked, name, reason) { Current = now, Anchor = image?.Anchor };

    private static PlannedChange Nothing(string name, string reason, ScimUser? now, UndoImage? image) =>
        new(PlanAction.NoOp, name, reason) { Current = now, Anchor = image?.Anchor };
}
