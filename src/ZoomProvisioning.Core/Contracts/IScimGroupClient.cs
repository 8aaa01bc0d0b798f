using System.Collections.Generic;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>
/// What Zoom's SCIM2 does with groups (its OpenAPI, Groups), and the one thing it does not: to tell the members. There is no
/// way to replace all members, on purpose: nobody can compute a replacement of what SCIM does not show. Each call throws a
/// <see cref="ScimException"/> on failure; when it was stopped, <see cref="ScimNotSentException"/> or
/// <see cref="ScimOutcomeUnknownException"/>.
/// </summary>
public interface IScimGroupClient
{
    /// <summary>One page of groups.</summary>
    /// <param name="startIndex">1-based.</param>
    /// <param name="count">0 to 100.</param>
    /// <param name="filter">displayName; null for all.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    Task<ScimPage<ScimGroup>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call);

    /// <summary>Reads one group by Zoom id.</summary>
    /// <exception cref="ScimNotFoundException">There is no such group.</exception>
    Task<ScimGroup> GetAsync(string id, ScimCall call);

    /// <summary>Creates a group. A reply that was lost is settled by looking the group up by its name.</summary>
    /// <param name="displayName">The name, unique in the account.</param>
    /// <param name="emailAlias">The group's mail address; null for none.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    Task<ScimGroup> CreateAsync(string displayName, string? emailAlias, ScimCall call);

    /// <summary>Renames a group. Zoom answers nothing but that it was done.</summary>
    Task RenameAsync(string id, string displayName, ScimCall call);

    /// <summary>Sets a group's mail address. Zoom answers nothing but that it was done.</summary>
    Task SetEmailAliasAsync(string id, string emailAlias, ScimCall call);

    /// <summary>Deletes a group, for good. Its members stay users.</summary>
    Task DeleteAsync(string id, ScimCall call);

    /// <summary>Adds members, at most 30 with each request. Whoever is a member already stays one.</summary>
    Task AddMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call);

    /// <summary>Takes members out, at most 30 with each request. Whoever is no member stays none.</summary>
    Task RemoveMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call);

    /// <summary>Reads all members, by Zoom's v2 API on the same host.</summary>
    /// <exception cref="ScimPermissionException">The token lacks group:read:list_members:admin (group:read:admin in older apps).</exception>
    Task<IReadOnlyList<ScimGroupMember>> ListMembersAsync(string id, ScimCall call);
}
