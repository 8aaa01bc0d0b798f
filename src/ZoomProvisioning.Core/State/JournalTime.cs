using System;
using System.Collections.Generic;

namespace ZoomProvisioning.State;

/// <summary>
/// How much time has passed along a journal, whatever became of the machine's clock meanwhile. Where the clock was set back no time
/// is taken to have passed, and when it is right again no more than since it was set back. So nothing grows old before its time,
/// and nothing stays young for a year because the clock had been a year ahead.
/// </summary>
internal sealed class JournalTime
{
    private readonly Stack<(DateTimeOffset At, TimeSpan Passed)> _setBack = new();
    private DateTimeOffset? _last;

    /// <summary>How much has passed since the first entry.</summary>
    public TimeSpan Passed { get; private set; }

    /// <summary>Goes on to what the clock said next.</summary>
    public TimeSpan GoTo(DateTimeOffset at)
    {
        if (_last is { } last)
        {
            if (at < last)
            {
                _setBack.Push((last, Passed));
            }
            else
            {
                var passed = Passed + (at - last);
                while (_setBack.Count > 0 && at >= _setBack.Peek().At)
                {
                    // The further down, the later the hour that was set back from, and the less had passed by then: the last one counts.
                    var before = _setBack.Pop();
                    passed = before.Passed + (at - before.At);
                }

                Passed = passed > Passed ? passed : Passed;
            }
        }

        _last = at;
        return Passed;
    }
}
