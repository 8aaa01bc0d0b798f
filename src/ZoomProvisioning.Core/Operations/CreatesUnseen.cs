using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Creates people whom nobody has looked up before. When the answer to such a create is lost, Zoom may have the user because of
/// the create or have had it all along, and the engine, which looks, cannot know: it calls both created.
/// </summary>
internal sealed class CreatesUnseen(IScimUserClient users) : IScimUserClient
{
    public Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) => users.ListAsync(startIndex, count, filter, call);

    public Task<ScimUser> GetAsync(string id, ScimCall call) => users.GetAsync(id, call);

    /// <summary>Creates a user. Whoever was found instead of an answer must be as was sent.</summary>
    /// <exception cref="ScimConflictException">The user was there before.</exception>
    public async Task<ScimUser> CreateAsync(ScimObject body, ScimCall call)
    {
        var user = await users.CreateAsync(body, call).ConfigureAwait(false);
        // The reply to a create is known as such; what was read came from looking.
        return user.Detail == UserDetail.Created || IsAsSent(user, new ScimUser(body, UserDetail.None)) ? user
            : throw new ScimConflictException(
                "Zoom.User.AlreadyExists",
                $"The answer to the create of '{user}' was lost, and Zoom has such a user (id {user.Id}) who is not as was sent, so the user was there before.")
            {
                Category = "ResourceExists",
                RecommendedAction = "Look at the user with Get-ZoomScimUser. -IfExists Update brings the user to what the source "
                    + "says, -IfExists Skip leaves it alone.",
            };
    }

    public Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call) => users.UpdateAsync(id, body, call);

    public Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call) => users.SetActiveAsync(id, active, call);

    public Task DeleteAsync(string id, ScimCall call) => users.DeleteAsync(id, call);

    // Zoom creates everybody active.
    private static bool IsAsSent(ScimUser shown, ScimUser sent) => shown.Active != false
        && SeenUser.AttributesIn(sent).Where(a => a.IsToldBy(shown)).All(a => a.AreEqual(a.Get(shown), a.Get(sent)));
}
