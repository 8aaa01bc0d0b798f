using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Sends members many to a request. Zoom refuses the whole request for one of them, or takes fewer at a time; what it refuses
/// together is sent in two halves, so that the others do not suffer.
/// </summary>
internal static class MemberHalves
{
    /// <summary>Sends.</summary>
    /// <param name="members">Who is to be sent together.</param>
    /// <param name="send">Sends one request.</param>
    /// <param name="done">Takes those who were sent.</param>
    /// <param name="failed">Takes those whom Zoom refused by themselves, or who could not be sent at all.</param>
    /// <param name="tell">Tells the story; null for nobody.</param>
    public static async Task SendAsync<T>(
        List<T> members, Func<List<T>, Task> send, Action<List<T>> done, Action<List<T>, Exception> failed, Action<string>? tell = null)
    {
        try
        {
            await send(members).ConfigureAwait(false);
        }
        catch (ScimException exception) when (members.Count > 1 && MayBeOneOfThem(exception))
        {
            tell?.Invoke($"Zoom refused {members.Count} members together ({exception.Message}), so they are sent in two halves.");
            var half = members.Count / 2;
            await SendAsync(members.GetRange(0, half), send, done, failed, tell).ConfigureAwait(false);
            await SendAsync(members.GetRange(half, members.Count - half), send, done, failed, tell).ConfigureAwait(false);
            return;
        }
        catch (Exception exception)
        {
            failed(members, exception);
            return;
        }

        done(members);
    }

    /// <summary>Sends any number, as many to a request as go into one.</summary>
    /// <param name="members">Who is to be sent.</param>
    /// <param name="send">Sends one request.</param>
    /// <param name="failed">Takes those whom Zoom refused by themselves, or who could not be sent at all.</param>
    public static async Task SendManyAsync<T>(List<T> members, Func<List<T>, Task> send, Action<List<T>, Exception> failed)
    {
        for (var start = 0; start < members.Count; start += GroupMembership.BatchSize)
        {
            var some = members.GetRange(start, Math.Min(GroupMembership.BatchSize, members.Count - start));
            await SendAsync(some, send, _ => { }, failed).ConfigureAwait(false);
        }
    }

    private static bool MayBeOneOfThem(ScimException exception) => exception.Status is 400 or 404 or 409 && exception.ErrorId is not
        ("Zoom.Group.NotFound" or "Zoom.Permission.ScopeMissing" or "Zoom.Permission.RoleMissing" or "Zoom.Endpoint.NotFound" or "Zoom.Server.Unreadable");
}
