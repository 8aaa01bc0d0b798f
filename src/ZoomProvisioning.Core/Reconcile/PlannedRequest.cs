using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>A request that a planned change comes to. The sign-in is left out.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path under the SCIM address.</param>
/// <param name="Body">What is sent; null for nothing.</param>
public sealed record PlannedRequest(string Method, string Path, ScimObject? Body)
{
    /// <summary>The body as JSON text; null for nothing. Given by whoever can write JSON.</summary>
    public string? Json { get; init; }

    /// <summary>The method, the path and the body.</summary>
    public override string ToString() => Json is null ? $"{Method} {Path}" : $"{Method} {Path} {Json}";

    /// <summary>The requests of a change, in the order they would be sent. Those about groups carry other people too.</summary>
    public static IReadOnlyList<PlannedRequest> Of(PlannedChange change)
    {
        var requests = new List<PlannedRequest>();
        if (!change.Writes)
        {
            return requests;
        }

        var user = $"/Users/{change.ZoomId ?? "<the new user>"}";
        // Managers come last, when everybody is there.
        var manager = change.Changes.Where(c => c.Attribute == ZoomAttributes.Manager && c.NewValue is string { Length: > 0 }).ToList();
        var changes = change.IsRemoval ? change.Changes : change.Changes.Except(manager).ToList();
        // Zoom takes the colleague who gets the data of active users only, so whoever is deactivated is active for a moment.
        if (change.Action == PlanAction.Reactivate
            || (change.Action == PlanAction.Delete && changes.Count > 0 && change.Current?.Active == false))
        {
            requests.Add(new PlannedRequest("PATCH", user, ActiveBody(true)));
        }

        if (change.Action == PlanAction.Create)
        {
            requests.Add(new PlannedRequest("POST", "/Users", UserDiff.ToCreateBody(changes)));
            if (change.Desired?.Values.Active == false)
            {
                requests.Add(new PlannedRequest("PATCH", user, ActiveBody(false)));
            }
        }
        else if (changes.Count > 0)
        {
            requests.Add(new PlannedRequest("PUT", user, UserDiff.ToBody(changes, change.Current!)));
        }

        if (manager.Count > 0 && !change.IsRemoval)
        {
            requests.Add(new PlannedRequest("PUT", user, UserDiff.ToBody(manager, change.Current ?? new ScimUser())));
        }

        requests.AddRange(
            change.GroupChanges.Select(g => new PlannedRequest("PATCH", $"/Groups/{g.GroupId ?? "<the new group>"}", MemberBody(g, change.ZoomId))));
        if (change.Action == PlanAction.Disable)
        {
            requests.Add(new PlannedRequest("PATCH", user, ActiveBody(false)));
        }
        else if (change.Action == PlanAction.Delete)
        {
            requests.Add(new PlannedRequest("DELETE", user, null));
        }

        return requests;
    }

    private static ScimObject ActiveBody(bool active) => Operation(new ScimObject { ["op"] = "replace", ["value"] = new ScimObject { ["active"] = active } });

    private static ScimObject MemberBody(GroupChange group, string? id)
    {
        var member = id ?? "<the new user>";
        return Operation(group.Adds
            ? new ScimObject { ["op"] = "add", ["path"] = "members", ["value"] = new ArrayList { new ScimObject { ["value"] = member } } }
            : new ScimObject { ["op"] = "remove", ["path"] = $"members[value eq \"{member}\"]" });
    }

    private static ScimObject Operation(ScimObject operation) => new()
    {
        ["schemas"] = new ArrayList { ScimSchemas.PatchOp },
        ["Operations"] = new ArrayList { operation },
    };
}
