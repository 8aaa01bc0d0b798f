using System;
using System.Globalization;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>
/// Creates a user or a group so that a lost reply makes neither two nor none: when it is not known whether Zoom carried a create
/// out, it is looked up, and only when Zoom does not have it the create is sent again.
/// </summary>
/// <typeparam name="T">What is created.</typeparam>
/// <param name="options">The connection.</param>
/// <param name="noun">What to call it: user or group.</param>
/// <param name="command">The command that shows the one of a name.</param>
/// <param name="send">Sends one create and tells apart what is known from what is not.</param>
/// <param name="find">Looks one up by name; null when Zoom does not have it.</param>
/// <param name="createdAt">When one that was found was created; null where Zoom does not say.</param>
internal sealed class LostCreate<T>(
    EngineOptions options,
    string noun,
    Func<string, string> command,
    Func<ScimObject, ScimCall, Task<CreateReply<T>>> send,
    Func<string, ScimCall, Task<T?>> find,
    Func<T, DateTimeOffset?> createdAt)
    where T : class
{
    // Nobody's clock is that wrong, and no create takes that long.
    private static readonly TimeSpan LongBefore = TimeSpan.FromDays(1);

    // A create that Zoom is still working on is not found yet.
    private static readonly TimeSpan BeforeLookUp = TimeSpan.FromSeconds(1);

    /// <summary>Creates it, or finds the one it has created.</summary>
    public async Task<T> CreateAsync(string name, ScimObject body, ScimCall call)
    {
        ScimException? unknown = null;
        var began = options.Clock.UtcNow;
        for (var attempt = 1; attempt <= Math.Max(1, options.MaxAttempts); attempt++)
        {
            try
            {
                var reply = await send(body, call).ConfigureAwait(false);
                if (reply.Created is { } created)
                {
                    return created;
                }

                unknown = reply.Unknown;
            }
            catch (ScimConflictException) when (unknown is not null)
            {
                // Taken, most likely by our own create that the look-up came too early for.
                if (await LookUpAsync(name, unknown, began, call).ConfigureAwait(false) is { } late)
                {
                    return late;
                }

                throw;
            }
            catch (ScimNotSentException exception) when (unknown is not null)
            {
                throw StillOpen(name, exception);
            }

            if (await LookUpAsync(name, unknown!, began, call).ConfigureAwait(false) is { } found)
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
            noun == "group" ? "Zoom.Group.CreateFailed" : "Zoom.User.CreateFailed",
            $"The create of {name} was sent and no answer came; Zoom was then asked for the {noun} and does not have it. ({unknown.Message})",
            unknown)
        {
            Category = "ConnectionError",
            RecommendedAction = $"The {noun} was not created. Check the network and https://status.zoom.us, then run it again.",
        };
    }

    private async Task<T?> LookUpAsync(string name, ScimException unknown, DateTimeOffset began, ScimCall call)
    {
        try
        {
            await Waiting.ForAsync(options.Clock, BeforeLookUp, $"the create of {name} has no readable answer, so Zoom will be asked for the {noun}", call)
                .ConfigureAwait(false);
            var found = await find(name, call).ConfigureAwait(false);
            if (found is not null && createdAt(found) is { } created && created < began - LongBefore)
            {
                // Whoever creates without looking first may have met somebody who was there all along.
                throw new ScimConflictException(
                    noun == "group" ? "Zoom.Group.AlreadyExists" : "Zoom.User.AlreadyExists",
                    $"The answer to the create of {name} was lost, and Zoom has such a {noun} since {created:u}, so it was there before.")
                {
                    Category = "ResourceExists",
                    RecommendedAction = $"Look at it with {command(name)}; nothing was changed.",
                };
            }

            if (found is not null)
            {
                call.Observer?.OnWire(new WireEvent(
                    WireEventKind.Received,
                    $"The answer to the create of {name} was lost, but Zoom has the {noun}: it counts as created."));
            }

            return found;
        }
        catch (ScimException exception) when (exception is not (ScimUserStateException or ScimConflictException))
        {
            // Whatever went wrong with the question, the first question is still open.
            throw StillOpen(name, exception is ScimNotSentException ? unknown : exception);
        }
    }

    private ScimOutcomeUnknownException StillOpen(string name, ScimException cause) =>
        new($"The create of {name} was sent, and it could not be found out whether Zoom carried it out: {cause.Message}", cause)
        {
            Category = cause.Category,
            RecommendedAction = $"Look for the {noun} ({command(name)}) before you create it again.",
            TrackingId = cause.TrackingId,
        };
}

/// <summary>What came of one create: the user or group, or the reason why it is not known.</summary>
internal sealed class CreateReply<T>(T? created, ScimException? unknown)
    where T : class
{
    public T? Created => created;

    public ScimException? Unknown => unknown;
}

/// <summary>Waits that are told and can be stopped.</summary>
internal static class Waiting
{
    /// <summary>Waits, unless the call is stopped.</summary>
    public static async Task ForAsync(IClock clock, TimeSpan time, string why, ScimCall call)
    {
        call.Observer?.OnWire(new WireEvent(
            WireEventKind.Waiting, string.Format(CultureInfo.InvariantCulture, "Waiting {0:0.0} s: {1}.", time.TotalSeconds, why))
        {
            Duration = time,
            Reason = why,
        });
        try
        {
            await clock.Delay(time, call.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new ScimNotSentException("The call was stopped while it waited.", exception);
        }
    }
}
