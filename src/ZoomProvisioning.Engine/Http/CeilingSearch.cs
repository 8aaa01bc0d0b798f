using System;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Finds the pace a server takes that does not say what its limit is, and stays just below it. It is a search, not a control loop: of
/// all paces above the last one refused it knows that they are too high, so it goes back at once to just below, tries above seldom and in
/// small steps, and the seldomer the more often that failed. Times are seconds of one clock; it decides only, and waits for nothing.
/// </summary>
/// <remarks>
/// What a refusal says depends on its neighbours. Refusals on end, with nothing accepted between, mean that a second is used up: the pace
/// is far too high. One refusal among many accepted requests means a pace a little too high, or chance. Requests that were under way
/// already when the first one was refused teach nothing new, except that.
/// </remarks>
internal sealed class CeilingSearch
{
    /// <summary>Requests per second to begin with.</summary>
    public const double Start = 10;

    // Zoom's seconds and ours do not begin together, and the network bunches requests: exactly at a limit some would be refused.
    private const double JustBelow = 0.97;

    // A step is judged by a whole second of the server's, at least.
    private const double StepSeconds = 1;
    private const int StepRequests = 3;
    private const int ProbeRequests = 25;

    // A probe goes this much above the pace refused, and once more before that pace is forgotten.
    private const double Probe = 1.06;
    private const int Rungs = 2;
    private const int FirstProbeAfter = 40;
    private const int FirstProbeAfterWhenSlow = 200;
    private const int MostDoublings = 5;

    // Where a much higher pace was good not long ago, the limit may come back any moment: it is looked for sooner.
    private const double ProvenSeconds = 2.5;
    private const double RememberSeconds = 600;
    private const double EagerProbeSeconds = 4;
    private const int EagerProbeAfter = 60;

    // Without a word from the server its limits are per second; so long it is left alone when a second is used up.
    private const double ExhaustedSpan = 0.1;
    private const double FirstPause = 0.2;
    private const double LongestPause = 5;
    private const double HotSeconds = 3;

    // While the ceiling has never been felt, a few lone refusals do not stop the climb.
    private const int LoneRefusalAfter = 5;
    private const int MostLoneRefusals = 4;

    private readonly double _slowest;
    private double _cap;

    private double _previousPace = Start;
    private double _steppedAt;
    private double _changedAt;
    private int _atThisPace;
    private bool _wanted;
    private double _growth = 1.5;

    private double _refusedPace = double.PositiveInfinity;
    private double _forgottenPace = double.PositiveInfinity;
    private double _provenPace;
    private double _provenAt;

    private double? _probedFrom;
    private int _rung;
    private int _sinceProbe;
    private int _failedProbes;
    private double _probeFailedAt = double.NegativeInfinity;

    private double _lessonAt = double.NegativeInfinity;
    private double _lessonPace;
    private int _sinceLesson;
    private double _firstRefusedAt = double.PositiveInfinity;
    private int _acceptedAfterRefusal;
    private int _emptyLessons;
    private double _hotAt = double.NegativeInfinity;
    private bool _isExhausted;
    private bool _everExhausted;
    private bool _everAccepted;
    private int _loneRefusals = MostLoneRefusals;

    private double _troubleSince = double.NegativeInfinity;
    private int _good;
    private int _troubled;

    /// <summary>Begins a search.</summary>
    /// <param name="highest">Requests per second above which it never goes.</param>
    /// <param name="slowest">The pace below which it never goes.</param>
    /// <param name="now">The time.</param>
    public CeilingSearch(double highest, double slowest, double now)
    {
        _cap = highest * JustBelow;
        _slowest = slowest;
        _steppedAt = _changedAt = now;
    }

    /// <summary>The pace in requests per second.</summary>
    public double Pace { get; private set; } = Start;

    /// <summary>Nothing is to be sent before this.</summary>
    public double HoldUntil { get; private set; } = double.NegativeInfinity;

    private bool IsEager => _provenPace > 1.5 * Pace;

    private bool IsProbing => _probedFrom is not null;

    /// <summary>Somebody had to wait for a permit. A pace nobody needs is not raised: it would be untried.</summary>
    public void Wanted() => _wanted = true;

    /// <summary>Whether nothing was learned yet.</summary>
    public bool IsUntried => !_everAccepted && double.IsNegativeInfinity(_lessonAt);

    /// <summary>Begins at another pace: something else is known of the server.</summary>
    public void BeginAt(double pace, double now) => Set(now, pace);

    /// <summary>The server has said what its limit is, and is taken at its word until it refuses all the same.</summary>
    /// <param name="pace">The pace that keeps below it.</param>
    /// <param name="isNews">Whether it said something else before.</param>
    /// <param name="now">The time.</param>
    public void Told(double pace, bool isNews, double now)
    {
        _cap = pace;
        if (isNews)
        {
            _refusedPace = _forgottenPace = double.PositiveInfinity;
            _probedFrom = null;
            _provenPace = 0;
            _failedProbes = 0;
            Set(now, pace);
        }
        else if (Pace > pace)
        {
            Set(now, pace);
        }
    }

    /// <summary>A request was answered, and not by a refusal or a failure.</summary>
    public void Accepted(double now, double sentAt)
    {
        _everAccepted = true;
        if (sentAt > _lessonAt)
        {
            _sinceLesson++;
            _emptyLessons = 0;
            _isExhausted = false;
        }

        _acceptedAfterRefusal += sentAt > _firstRefusedAt ? 1 : 0;
        _atThisPace += sentAt >= _steppedAt ? 1 : 0;
        _sinceProbe++;
        _good++;
        JudgeTrouble(now);
        if (_wanted && now - _steppedAt >= StepSeconds && _atThisPace >= Evidence() && _troubled * 10 <= _good)
        {
            NoteProven(now);
            if (Next(now) is { } pace)
            {
                Set(now, pace);
            }
        }
    }

    /// <summary>The server failed, or did not answer. That is no limit, but no time for more requests either.</summary>
    public void Troubled(double now)
    {
        if (now - _troubleSince > 5 * StepSeconds)
        {
            (_troubleSince, _good, _troubled) = (now, 0, 0);
        }

        _troubled++;
        JudgeTrouble(now);
    }

    /// <summary>A request was refused (429).</summary>
    public void Refused(double now, double sentAt)
    {
        if (sentAt <= _lessonAt)
        {
            // Of the same bunch, and so the same lesson.
            if (_acceptedAfterRefusal == 0 && sentAt - _firstRefusedAt >= ExhaustedSpan && now - _hotAt > StepSeconds)
            {
                _hotAt = now;
                HoldUntil = Math.Max(HoldUntil, now + FirstPause);
            }

            return;
        }

        if (_sinceLesson == 0 && _lessonAt > double.NegativeInfinity)
        {
            RefusedAgain(now, sentAt);
            return;
        }

        _lessonPace = sentAt >= _steppedAt ? Pace : _previousPace;
        var pace = Lesson(now);
        _lessonAt = now;
        _sinceLesson = _sinceProbe = _atThisPace = _acceptedAfterRefusal = 0;
        _firstRefusedAt = sentAt;
        _steppedAt = now;
        if (pace < Pace)
        {
            Set(now, pace);
        }
    }

    /// <summary>What a refusal after accepted requests teaches.</summary>
    private double Lesson(double now)
    {
        var isHot = now - _hotAt < HotSeconds;
        var pace = Math.Min(Below(_lessonPace), GentlyBelow(_lessonPace));
        if (isHot)
        {
            // Between two seconds that were used up no more was accepted than the limit, or twice that.
            pace = Math.Max(Math.Min(pace, JustBelow * _sinceLesson), _lessonPace / 2);
            _hotAt = now;
            HoldUntil = Math.Max(HoldUntil, now + FirstPause);
        }

        _growth = 1.5;
        if (_probedFrom is { } from)
        {
            _failedProbes++;
            _probeFailedAt = now;
            _probedFrom = null;
            return from;
        }

        if (!_everAccepted)
        {
            // The second was used up before we came, which says nothing of our pace.
            return pace;
        }

        if (double.IsPositiveInfinity(_refusedPace) && !_everExhausted && _loneRefusals > 0 && _sinceLesson >= LoneRefusalAfter)
        {
            _loneRefusals--;
            _growth = 1.3;
            return pace;
        }

        // The pace that was forgotten is the limit still.
        _failedProbes += double.IsPositiveInfinity(_refusedPace) && _lessonPace < 2.25 * _forgottenPace && _forgottenPace < double.PositiveInfinity ? 1 : 0;
        _refusedPace = _lessonPace;
        return pace;
    }

    /// <summary>Nothing was accepted since the last refusal: the same lesson, and the more reason to wait.</summary>
    private void RefusedAgain(double now, double sentAt)
    {
        _emptyLessons++;
        _lessonAt = _steppedAt = now;
        _atThisPace = _sinceProbe = _acceptedAfterRefusal = 0;
        if (!_isExhausted && sentAt - _firstRefusedAt >= ExhaustedSpan && now - _probeFailedAt > StepSeconds)
        {
            // A second is used up long before its end.
            _isExhausted = _everExhausted = true;
            _hotAt = now;
            if (_everAccepted)
            {
                _refusedPace = Math.Min(_refusedPace, _lessonPace);
            }

            Set(now, Pace / 2);
        }

        HoldUntil = Math.Max(HoldUntil, now + Math.Min(LongestPause, FirstPause * Math.Pow(1.05, _emptyLessons)));
    }

    /// <summary>The next pace to try; null to stay.</summary>
    private double? Next(double now)
    {
        if (IsProbing)
        {
            if (++_rung < Rungs && !IsEager)
            {
                return Pace * Probe;
            }

            // Not refused any more: the limit has been raised, or was never there.
            _probedFrom = null;
            (_forgottenPace, _refusedPace) = (_refusedPace, double.PositiveInfinity);
            _growth = 1.1;
            return Pace * _growth;
        }

        if (double.IsPositiveInfinity(_refusedPace))
        {
            // Back to what was good before, in two steps at most; above that ever faster.
            var known = _provenPace > 1.01 * Pace ? (Pace < 0.5 * _provenPace ? Math.Sqrt(Pace * _provenPace) : _provenPace) : 0;
            var pace = Math.Max(Pace * _growth, known);
            _growth = Math.Min(2, 1 + ((_growth - 1) * 2));
            return pace;
        }

        var below = Below(_refusedPace);
        if (Pace < below * 0.999)
        {
            var pace = Pace + (0.66 * (below - Pace));
            _sinceProbe = 0;
            return pace > 0.985 * below ? below : pace;
        }

        // Where a refusal in a hundred requests is one in a minute.
        var first = Pace < 5 ? FirstProbeAfterWhenSlow : FirstProbeAfter;
        var due = _sinceProbe >= first * Math.Pow(2, Math.Min(_failedProbes, MostDoublings))
            || (IsEager && (_sinceProbe >= EagerProbeAfter || now - _lessonAt > EagerProbeSeconds * Math.Pow(2, Math.Min(_failedProbes, 6))));
        if (!due)
        {
            return null;
        }

        _sinceProbe = 0;
        _rung = 0;
        _probedFrom = Pace;
        return _refusedPace * Probe;
    }

    /// <summary>How many requests must have been accepted at a pace before the next is tried: the nearer to a limit, the more it takes to see it.</summary>
    private double Evidence() =>
        IsProbing ? (IsEager ? Math.Min(ProbeRequests, Pace * EagerProbeSeconds * Math.Pow(2, _failedProbes)) : ProbeRequests)
        : double.IsPositiveInfinity(_refusedPace) ? StepRequests
        : Math.Max(StepRequests, Math.Min(ProbeRequests, 1 / Math.Max(0.001, 1 - (Pace / _refusedPace))));

    private void NoteProven(double now)
    {
        if (IsProbing || now - _changedAt < ProvenSeconds || _atThisPace < 20 || (Pace < _provenPace && now - _provenAt < RememberSeconds))
        {
            return;
        }

        (_provenPace, _provenAt) = (Pace, now);
        _failedProbes = Pace > 1.3 * _forgottenPace ? 0 : _failedProbes;
    }

    /// <summary>Just below a pace that was refused. Limits are whole numbers, which counts where they are small.</summary>
    private static double Below(double pace)
    {
        var whole = Math.Floor(Math.Min(pace, 99) * 0.99);
        return JustBelow * (pace <= 2.2 && whole >= 1 && pace - whole < 0.9 ? whole : pace);
    }

    /// <summary>What the number of accepted requests between two refusals tells of the pace, without jumping.</summary>
    private double GentlyBelow(double pace) =>
        Math.Max(Math.Max(pace * _sinceLesson / (_sinceLesson + 1), pace - 1), pace > 3 ? JustBelow * pace : 0);

    /// <summary>A second in which most requests failed makes the pace slower; one failure in ten keeps it from growing.</summary>
    private void JudgeTrouble(double now)
    {
        if (now - _troubleSince < StepSeconds)
        {
            return;
        }

        if (_troubled > 0 && _troubled >= _good)
        {
            // A server that fails has not named a limit: nobody is slower than one request a second for that.
            Set(now, Math.Max(Math.Min(Pace, 1), Pace * 0.8));
        }

        (_troubleSince, _good, _troubled) = (now, 0, 0);
    }

    private void Set(double now, double pace)
    {
        pace = Math.Max(Math.Min(_slowest, _cap), Math.Min(pace, _cap));
        _changedAt = Math.Abs(pace - Pace) > 0.01 * Pace ? now : _changedAt;
        _previousPace = Pace;
        _steppedAt = now;
        _atThisPace = 0;
        _wanted = false;
        Pace = pace;
    }
}
