using System;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>The pace of one label: what Zoom's headers say, or what trying has taught.</summary>
internal sealed class LearnedRate
{
    /// <summary>Requests per second to begin with.</summary>
    public const double Start = CeilingSearch.Start;

    // Our seconds and Zoom's do not begin together, and the network bunches requests: at exactly the limit some would be refused. A
    // network that bunches more than this allows for is found out by its first refusal, from which on it is slower.
    private const double Margin = 0.98;

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly CeilingSearch _search;
    private double? _saidByZoom;

    /// <summary>Makes the pace of a label.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="highestPlan">Requests per second of Zoom's largest plan; without headers the climb ends there.</param>
    public LearnedRate(IClock clock, double highestPlan)
    {
        _clock = clock;
        _search = new CeilingSearch(highestPlan, RateHeaders.Slowest, Now);
        Pacer = new Pacer(clock, Start);
    }

    /// <summary>Where requests queue.</summary>
    public Pacer Pacer { get; }

    private double Now => _clock.Elapsed.TotalSeconds;

    /// <summary>Takes note that the pace made somebody wait. A pace nobody needs is not raised: it would be untried.</summary>
    public void HeldBack()
    {
        lock (_gate)
        {
            _search.Wanted();
        }
    }

    /// <summary>Takes note of what another label's limit allows, as long as nothing is known of this one.</summary>
    /// <param name="limit">Requests per second.</param>
    public void BeginAt(double limit)
    {
        lock (_gate)
        {
            if (_saidByZoom is null && _search.IsUntried)
            {
                _search.BeginAt(limit * Margin, Now);
                Obey();
            }
        }
    }

    /// <summary>Takes note of the limit in a reply's headers.</summary>
    public void Said(RateHeaders headers)
    {
        if (headers.PerSecondLimit is not { } limit)
        {
            return;
        }

        lock (_gate)
        {
            var isNews = _saidByZoom != limit;
            _saidByZoom = limit;
            _search.Told(limit * Margin, isNews, Now);
            Obey();
        }
    }

    /// <summary>Takes note of a reply that was no refusal and no failure.</summary>
    /// <param name="sentAt">When the request was sent, in terms of <see cref="IClock.Elapsed"/>.</param>
    public void Accepted(TimeSpan sentAt)
    {
        lock (_gate)
        {
            _search.Accepted(Now, sentAt.TotalSeconds);
            Obey();
        }
    }

    /// <summary>Takes note of a server error, or of no reply at all.</summary>
    public void Troubled()
    {
        lock (_gate)
        {
            _search.Troubled(Now);
            Obey();
        }
    }

    /// <summary>Takes note of a 429.</summary>
    /// <param name="sentAt">When the refused request was sent, in terms of <see cref="IClock.Elapsed"/>.</param>
    public void Refused(TimeSpan sentAt)
    {
        lock (_gate)
        {
            _search.Refused(Now, sentAt.TotalSeconds);
            Obey();
        }
    }

    private void Obey()
    {
        Pacer.Rate = _search.Pace;
        if (_search.HoldUntil > Now)
        {
            Pacer.HoldUntil(TimeSpan.FromSeconds(_search.HoldUntil));
        }
    }
}
