using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>
/// The five things Zoom's SCIM2 does with users. Each call throws a <see cref="ScimException"/> on failure; when it was
/// stopped, <see cref="ScimNotSentException"/> (safe to repeat) or <see cref="ScimOutcomeUnknownException"/> (look first).
/// </summary>
public interface IScimUserClient
{
    /// <summary>One page of users. A list tells little of each (see <see cref="UserDetail.Listed"/>); inactive users are in it, pending ones are not.</summary>
    /// <param name="startIndex">1-based.</param>
    /// <param name="count">0 to 100.</param>
    /// <param name="filter">userName or externalId; null for all.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call);

    /// <summary>Reads one user by Zoom id.</summary>
    /// <exception cref="ScimNotFoundException">There is no such user.</exception>
    Task<ScimUser> GetAsync(string id, ScimCall call);

    /// <summary>
    /// Creates a user. A reply that was lost is settled by looking the user up; the call then returns what was found
    /// or sends the create again, and never leaves the question open unless it is stopped.
    /// </summary>
    /// <param name="body">The resource to send; Zoom takes the address from userName only.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    Task<ScimUser> CreateAsync(ScimObject body, ScimCall call);

    /// <summary>Changes the attributes given and no others: Zoom's PUT is partial by its own documentation.</summary>
    Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call);

    /// <summary>Activates or deactivates a user, the one thing Zoom's PATCH does.</summary>
    Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call);

    /// <summary>Deletes a user, for good.</summary>
    Task DeleteAsync(string id, ScimCall call);
}
