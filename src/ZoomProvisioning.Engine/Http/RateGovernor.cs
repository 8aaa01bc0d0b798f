using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Keeps all requests to one account under its limits, whoever sends them: Zoom counts per account and label, over all
/// connections and apps.
/// </summary>
internal sealed class RateGovernor
{
    // The Business, Education, Enterprise and Partner plans, which are the largest.
    private const double HighestLight = 80;
    private const double HighestMedium = 60;

    // Zoom's longest limit is by the day. Whoever asks for more would close the account to this process for good.
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    // Just below a smaller limit a second is used up now and then without anybody else.
    private const double UsedUpBySomebodyElse = 20;

    private readonly IClock _clock;
    private readonly object _gate = new();
    private readonly LearnedRate _light;
    private readonly LearnedRate _medium;
    private readonly Dictionary<string, RateLimitNotice> _notices = new(StringComparer.OrdinalIgnoreCase);
    private TimeSpan _pausedUntil;
    private string? _pausedBy;
    private TimeSpan? _averageLatency;
    private int _throttled;

    public RateGovernor(IClock clock)
    {
        _clock = clock;
        _light = new LearnedRate(clock, HighestLight);
        _medium = new LearnedRate(clock, HighestMedium);
    }

    /// <summary>Waits until a request with this label may be sent.</summary>
    /// <param name="label">Which limit it counts against.</param>
    /// <param name="longestPause">The longest pause worth sitting out.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ScimRateLimitException">Zoom asked everybody to wait for longer than that.</exception>
    public async Task TakeAsync(RateLabel label, TimeSpan longestPause, CancellationToken stop)
    {
        var rate = For(label);
        switch (await rate.Pacer.TakeAsync(longestPause, stop).ConfigureAwait(false))
        {
            case PacerTurn.HeldTooLong:
                throw LimitReached(PausedFor(), null);
            case PacerTurn.AfterWaiting:
                rate.HeldBack();
                break;
            default:
                break;
        }
    }

    /// <summary>Learns from a reply.</summary>
    /// <param name="state">The request's state.</param>
    /// <param name="sentAt">When it was sent, in terms of <see cref="IClock.Elapsed"/>.</param>
    /// <param name="response">The reply.</param>
    public void Learn(RequestState state, TimeSpan sentAt, HttpResponseMessage response)
    {
        var rate = For(state.Label);
        var headers = RateHeaders.Of(response);
        rate.Said(headers);
        if (state.Label == RateLabel.Medium && headers.PerSecondLimit is { } medium)
        {
            // On every plan of Zoom's the limit of light requests is no lower than that of medium ones.
            _light.BeginAt(medium);
        }

        Remember(headers.Notice);
        var status = (int)response.StatusCode;
        if (status == 429)
        {
            rate.Refused(sentAt);
            lock (_gate)
            {
                _throttled++;
            }

            if (state.RetryAfter is { } wait && wait > TimeSpan.Zero)
            {
                PauseEverybody(wait, state.Label == RateLabel.Light ? "Zoom's rate limit for light requests" : "Zoom's rate limit for medium requests");
            }
            else
            {
                HoldUntilReset(rate, headers, sentAt, wasRefused: true);
            }

            return;
        }

        lock (_gate)
        {
            // A moving average over about ten replies.
            _averageLatency = _averageLatency is { } average
                ? TimeSpan.FromTicks((long)((average.Ticks * 0.9) + (state.LastExchange.Ticks * 0.1)))
                : state.LastExchange;
        }

        if (status >= 500)
        {
            rate.Troubled();
            if (state.RetryAfter is { } wish && RetryHandler.IsTransient(status))
            {
                PauseEverybody(wish, "Zoom is busy");
            }

            return;
        }

        rate.Accepted(sentAt);
        HoldUntilReset(rate, headers, sentAt, wasRefused: false);
    }

    /// <summary>Learns from a request that got no reply.</summary>
    public void LearnOfSilence(RequestState state) => For(state.Label).Troubled();

    /// <summary>How much longer Zoom asked everybody to wait.</summary>
    public TimeSpan PausedFor()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            return _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
        }
    }

    /// <summary>The pace in force.</summary>
    /// <param name="cap">A connection's own ceiling in requests per second.</param>
    public RateSnapshot Snapshot(double? cap)
    {
        var pace = _light.Pacer.Rate;
        lock (_gate)
        {
            var now = _clock.Elapsed;
            return new RateSnapshot(
                Math.Min(pace, cap ?? pace),
                _averageLatency ?? TimeSpan.Zero,
                _throttled,
                _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero)
            {
                Limits = _notices.Values.OrderBy(n => n.Label, StringComparer.Ordinal).ToList(),
                PausedBy = _pausedUntil > now ? _pausedBy : null,
            };
        }
    }

    /// <summary>The error for a limit that lasts longer than a call waits.</summary>
    public ScimRateLimitException LimitReached(TimeSpan wait, ZoomErrorReply? reply)
    {
        var until = (_clock.UtcNow + wait).ToString("u", CultureInfo.InvariantCulture);
        return new ScimRateLimitException(
            "Zoom.Rate.LongWait",
            $"Zoom asks to wait until {until} before the next request, which is longer than a call waits."
            + (reply is null
                ? string.Empty
                : $" Zoom says \"{reply.Text.Trim()}\" (HTTP {reply.Status}{(reply.TrackingId is { } id ? $", tracking id {id}" : string.Empty)})."))
        {
            Category = "LimitsExceeded",
            RecommendedAction = $"Run this again after {until}. All apps of a Zoom account share its limits, so also look for another integration "
                + "that uses them up.",
            Status = reply?.Status,
            ZoomMessage = reply?.Text,
            ZoomCode = reply?.Code,
            TrackingId = reply?.TrackingId,
            RetryAfter = wait,
        };
    }

    private LearnedRate For(RateLabel label) => label == RateLabel.Light ? _light : _medium;

    private void Remember(RateLimitNotice? notice)
    {
        // Zoom has four labels; names beyond that would come from somebody else, and need not be kept.
        lock (_gate)
        {
            if (notice is not null && (_notices.Count < 8 || _notices.ContainsKey(notice.Label)))
            {
                _notices[notice.Label] = notice;
            }
        }
    }

    private TimeSpan? UntilReset(RateHeaders headers)
    {
        // A wrong clock on either side must not become a long wait: the limit is per second.
        var wait = headers.Reset - _clock.UtcNow;
        return wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(5) ? wait : null;
    }

    /// <summary>Leaves a label alone when its second is used up.</summary>
    private void HoldUntilReset(LearnedRate rate, RateHeaders headers, TimeSpan sentAt, bool wasRefused)
    {
        var usedUp = headers.PerSecondRemaining <= 0 && headers.PerSecondLimit is null or >= UsedUpBySomebodyElse;
        if ((usedUp || wasRefused) && UntilReset(headers) is { } wait)
        {
            rate.Pacer.HoldUntil(_clock.Elapsed + wait);
        }
        else if (usedUp)
        {
            // The second that is used up began before the request was sent.
            rate.Pacer.HoldUntil(sentAt + TimeSpan.FromSeconds(1));
        }
    }

    private void PauseEverybody(TimeSpan pause, string reason)
    {
        var until = _clock.Elapsed + (pause < LongestPause ? pause : LongestPause);
        lock (_gate)
        {
            if (until > _pausedUntil)
            {
                (_pausedUntil, _pausedBy) = (until, reason);
            }
        }

        _light.Pacer.HoldUntil(until);
        _medium.Pacer.HoldUntil(until);
    }
}
