using System;
using System.Linq;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Rates;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>Finds the operation a method and path stand for. Paths are matched in any case (fact sheet 1.1).</summary>
internal static class Router
{
    private static readonly Operation[] Operations =
    [
        new("userSCIM2List", "Users", "GET", false, RateLabel.Medium, "User:Read", UserReads.List),
        new("userScim2Create", "Users", "POST", false, RateLabel.Light, "User:Edit", UserCreate.Handle),
        new("userSCIM2Get", "Users", "GET", true, RateLabel.Light, "User:Read", UserReads.Get),
        new("userSCIM2Update", "Users", "PUT", true, RateLabel.Light, "User:Edit", UserUpdate.Handle),
        new("userADSCIM2Deactivate", "Users", "PATCH", true, RateLabel.Light, "User:Edit", UserActivation.Handle),
        new("userSCIM2Delete", "Users", "DELETE", true, RateLabel.Light, "User:Edit", UserDelete.Handle),
        new("groupSCIM2List", "Groups", "GET", false, RateLabel.Medium, "Group:Read", GroupReads.List),
        new("groupScim2Create", "Groups", "POST", false, RateLabel.Medium, "Group:Edit", GroupCreate.Handle),
        new("groupSCIM2Get", "Groups", "GET", true, RateLabel.Light, "Group:Read", GroupReads.Get),
        new("groupSCIM2Update", "Groups", "PATCH", true, RateLabel.Medium, "Group:Edit", GroupUpdate.Handle),
        new("groupSCIM2Delete", "Groups", "DELETE", true, RateLabel.Medium, "Group:Edit", GroupDelete.Handle),
    ];

    private static readonly Operation Members = new("groupMembers", "GroupMembers", "GET", true, RateLabel.Medium, "Group:Read", GroupMembers.List)
    {
        Scopes = ["group:read:list_members:admin", "group:read:admin", "group:master"],
        NamedScopes = "group:read:list_members:admin, group:read:admin",
    };

    public static bool IsToken(string path) => string.Equals(path, "/oauth/token", StringComparison.OrdinalIgnoreCase);

    /// <summary>The operation and the decoded id of its path, or null for a path Zoom does not know.</summary>
    public static (Operation Operation, string Id)? Find(string method, string path, Behaviour behaviour)
    {
        if (method == "GET" && path.Split('/') is ["", "v2", "groups", { Length: > 0 } group, "members"])
        {
            return behaviour.Is(Switches.GroupMembersApi, "on") ? (Members, Uri.UnescapeDataString(group)) : null;
        }

        var basePath = behaviour.Text(Switches.BasePath);
        if (!path.StartsWith(basePath + "/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Split before decoding: an id may hold an encoded slash.
        var parts = path.Substring(basePath.Length + 1).Split('/');
        if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
        {
            return null;
        }

        var operation = Operations.FirstOrDefault(candidate => candidate.Method == method
            && candidate.HasId == (parts.Length == 2)
            && string.Equals(candidate.Resource, parts[0], StringComparison.OrdinalIgnoreCase));
        return operation is null ? null : (operation, operation.HasId ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
