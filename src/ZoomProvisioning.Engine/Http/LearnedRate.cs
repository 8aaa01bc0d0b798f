using System;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// The pace of one label: what Zoom's headers say, or what trying has taught. It climbs while nothing is refused and halves
/// on a 429 (additive-increase rules do poorly here: Zoom's plans differ by a factor of eighty).
/// </summary>
internal sealed class LearnedRate
{
    /// <summary>Requests per second to begin with.</summary>
    public const double Start = 10;

    private const double Floor = 0.5;
    private const double GrowthBeforeRefusal = 1.25;
    private const double GrowthAfterRefusal = 1.10;

    // Our seconds and Zoom's do not begin together, and the network bunches requests: at exactly the limit some would be refused.
    private const double Margin = 0.95;
    private static readonly TimeSpan ClimbEvery = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly double _highestPlan;
    private double? _saidByZoom;
    private TimeSpan _climbedAt;
    private TimeSpan _halvedAt = TimeSpan.MinValue;
    private bool _refusedOnce;
    private bool _heldSomebodyBack;

    /// <summary>Makes the pace of a label.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="highestPlan">Requests per second of Zoom's largest plan; without headers the climb ends there.</param>
    public LearnedRate(IClock clock, double highestPlan)
    {
        _clock = clock;
        _highestPlan = highestPlan;
        _climbedAt = clock.Elapsed;
        Pacer = new Pacer(clock, Start);
    }

    /// <summary>Where requests queue.</summary>
    public Pacer Pacer { get; }

    /// <summary>Takes note that the pace made somebody wait. A pace nobody needs is not raised: it would be untried.</summary>
    public void HeldBack()
    {
        lock (_gate)
        {
            _heldSomebodyBack = true;
        }
    }

    /// <summary>Takes note of the limit in a reply's headers.</summary>
    public void Said(RateHeaders headers)
    {
        lock (_gate)
        {
            if (headers.PerSecondLimit is { } limit and > 0)
            {
                _saidByZoom = limit * Margin;
                if (!_refusedOnce || Pacer.Rate > _saidByZoom)
                {
                    Pacer.Rate = _saidByZoom.Value;
                }
            }
        }
    }

    /// <summary>Takes note of a reply that was not refused.</summary>
    public void Accepted()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            if (!_heldSomebodyBack || now - _climbedAt < ClimbEvery)
            {
                return;
            }

            _heldSomebodyBack = false;
            _climbedAt = now;
            var growth = _refusedOnce ? GrowthAfterRefusal : GrowthBeforeRefusal;
            Pacer.Rate = Math.Min(Pacer.Rate * growth, _saidByZoom ?? _highestPlan);
        }
    }

    /// <summary>Takes note of a 429.</summary>
    /// <param name="sentAt">When the refused request was sent, in terms of <see cref="IClock.Elapsed"/>.</param>
    public void Refused(TimeSpan sentAt)
    {
        lock (_gate)
        {
            _refusedOnce = true;

            // Requests under way at the old pace are refused in a bunch; they are one lesson, not many.
            if (sentAt > _halvedAt)
            {
                _halvedAt = _clock.Elapsed;
                _climbedAt = _clock.Elapsed;
                Pacer.Rate = Math.Max(Floor, Pacer.Rate / 2);
            }
        }
    }
}
