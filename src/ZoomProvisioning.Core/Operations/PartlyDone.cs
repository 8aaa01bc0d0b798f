using System;
using System.Threading.Tasks;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Operations;

/// <summary>Work in several requests: what ends after something was done must not read as if nothing had been.</summary>
internal static class PartlyDone
{
    /// <summary>Whoever was created exists, whatever came afterwards.</summary>
    public const string Created = "created";

    /// <summary>Does the next part.</summary>
    /// <param name="done">What was done before, such as <c>created</c>; null for nothing.</param>
    /// <param name="name">The name of the user or group.</param>
    /// <param name="kind">Which of the two: user or group.</param>
    /// <param name="next">The next part.</param>
    public static async Task<T> ThenAsync<T>(string? done, string name, string kind, Func<Task<T>> next)
    {
        try
        {
            return await next().ConfigureAwait(false);
        }
        catch (ScimException exception) when (done is not null && OutcomeOf.Error(exception) == ChangeOutcome.NotSent)
        {
            throw new ScimException("Zoom.Call.PartlyDone", $"{name}: the {kind} was {done}, but the rest was not sent. {exception.Message}", exception)
            {
                UserExists = done == Created,
                Category = "OperationStopped",
                RecommendedAction = kind == "group"
                    ? "Look at the group with Get-ZoomScimGroup, then run it again."
                    : "Look at the user with Get-ZoomScimUser, then run the record again (New-ZoomScimUser with -IfExists Update).",
            };
        }
        catch (ScimException exception) when (done is not null)
        {
            exception.RecommendedAction = $"{exception.RecommendedAction} Before this, the {kind} was {done}.".TrimStart();
            exception.UserExists |= done == Created;
            throw;
        }
    }

    /// <inheritdoc cref="ThenAsync{T}"/>
    public static Task ThenAsync(string? done, string name, string kind, Func<Task> next) => ThenAsync(done, name, kind, async () =>
    {
        await next().ConfigureAwait(false);
        return true;
    });
}
