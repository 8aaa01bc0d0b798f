using System;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>
/// Creates a user so that a lost reply makes neither two nor none: when it is not known whether Zoom carried a create out, the
/// user is looked up, and only when Zoom does not have it the create is sent again.
/// </summary>
internal sealed class LostCreate(ScimUserClient users, EngineOptions options)
{
    // A create that Zoom is still working on is not found yet.
    private static readonly TimeSpan BeforeLookUp = TimeSpan.FromSeconds(1);

    /// <summary>Creates the user, or finds the one it has created.</summary>
    public async Task<ScimUser> CreateAsync(string userName, ScimObject body, ScimCall call)
    {
        ScimException? unknown = null;
        for (var send = 1; send <= Math.Max(1, options.MaxAttempts); send++)
        {
            try
            {
                var reply = await users.SendCreateAsync(body, call).ConfigureAwait(false);
                if (reply.User is { } created)
                {
                    return created;
                }

                unknown = reply.Unknown;
            }
            catch (ScimConflictException) when (unknown is not null)
            {
                // Taken, most likely by our own create that the look-up came too early for.
                if (await LookUpAsync(userName, unknown, call).ConfigureAwait(false) is { } late)
                {
                    return late;
                }

                throw;
            }
            catch (ScimNotSentException exception) when (unknown is not null)
            {
                throw StillOpen(userName, exception);
            }

            if (await LookUpAsync(userName, unknown!, call).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        // Looked up after every try and never there.
        if (unknown is not ScimOutcomeUnknownException)
        {
            throw unknown!;
        }

        throw new ScimConnectionException(
            "Zoom.User.CreateFailed",
            $"The create of {userName} was sent and no answer came; Zoom was then asked for the user and does not have it. ({unknown.Message})",
            unknown)
        {
            Category = "ConnectionError",
            RecommendedAction = "The user was not created. Check the network and https://status.zoom.us, then run it again.",
        };
    }

    private async Task<ScimUser?> LookUpAsync(string userName, ScimException unknown, ScimCall call)
    {
        try
        {
            await users.WaitAsync(BeforeLookUp, $"the create of {userName} has no readable answer, so Zoom will be asked for the user", call)
                .ConfigureAwait(false);
            var page = await users.ListAsync(1, 2, ScimFilter.UserName(userName), call).ConfigureAwait(false);
            var match = page.Resources.FirstOrDefault(user => string.Equals(user.UserName, userName, StringComparison.OrdinalIgnoreCase));
            if (match?.Id is not { } id)
            {
                return null;
            }

            call.Observer?.OnWire(new WireEvent(
                WireEventKind.Received,
                $"The answer to the create of {userName} was lost, but Zoom has the user (id {id}): it counts as created."));
            return await users.GetAsync(id, call).ConfigureAwait(false);
        }
        catch (ScimException exception) when (exception is not ScimUserStateException)
        {
            // Whatever went wrong with the question, the first question is still open.
            throw StillOpen(userName, exception is ScimNotSentException ? unknown : exception);
        }
    }

    private static ScimOutcomeUnknownException StillOpen(string userName, ScimException cause) =>
        new($"The create of {userName} was sent, and it could not be found out whether Zoom carried it out: {cause.Message}", cause)
        {
            Category = cause.Category,
            RecommendedAction = $"Look for the user (Get-ZoomScimUser -UserName {userName}) before you create it again.",
            TrackingId = cause.TrackingId,
        };
}
