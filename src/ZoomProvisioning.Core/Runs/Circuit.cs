using System.Globalization;
using System.Linq;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Runs;

/// <summary>
/// Stops a run that goes wrong as a whole: the sign-in or a permission is gone, or too many of the last requests were refused.
/// Going on would only make the same failure a thousand times.
/// </summary>
internal sealed class Circuit
{
    /// <summary>How many of the last people count.</summary>
    public const int Window = 200;

    /// <summary>How many of them may fail: 5 %.</summary>
    public const int Tolerance = 10;

    private readonly object _gate = new();
    private readonly bool[] _failures = new bool[Window];
    private int _next;

    /// <summary>Why the run was stopped; null while it goes on.</summary>
    public string? OpenedBecause { get; private set; }

    /// <summary>Learns from a person who was done.</summary>
    public void Succeeded() => Count(failed: false, null);

    /// <summary>Learns from a person who failed.</summary>
    public void Failed(ScimException exception)
    {
        if (exception is ScimNotSentException or ScimWithheldException or ScimRecordException
            || (exception is ScimSeatsException seats && SeatGate.HasRunOut(seats)))
        {
            // A stop, or a record that was never sent, says nothing of Zoom. Seats that are gone stop only what needs one (SeatGate):
            // leavers must be deactivated all the same, which frees seats.
            return;
        }

        if (exception is ScimAuthenticationException or ScimPermissionException or ScimNotConnectedException or ScimStateException
            || (exception is ScimRateLimitException && exception.RetryAfter is not null))
        {
            Open(exception);
            return;
        }

        Count(failed: true, exception);
    }

    /// <summary>Stops the run.</summary>
    public void Open(ScimException because)
    {
        lock (_gate)
        {
            OpenedBecause ??= $"{because.Message} {because.RecommendedAction}".TrimEnd();
        }
    }

    private void Count(bool failed, ScimException? last)
    {
        lock (_gate)
        {
            _failures[_next] = failed;
            _next = (_next + 1) % Window;
            var failures = _failures.Count(f => f);
            if (failures >= Tolerance && OpenedBecause is null)
            {
                OpenedBecause = string.Format(
                    CultureInfo.CurrentCulture,
                    "{0:N0} of the last {1:N0} people failed, which is more than chance; the last error was: {2}",
                    failures,
                    Window,
                    last?.Message);
            }
        }
    }
}
