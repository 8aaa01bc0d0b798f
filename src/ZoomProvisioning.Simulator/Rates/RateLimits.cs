using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.Rates;

/// <summary>What a plan allows for one label (fact sheet 1.4). Zero means without limit.</summary>
/// <param name="PerSecond">Requests in one second.</param>
/// <param name="PerDay">Requests in one day.</param>
internal readonly record struct RateLimits(int PerSecond, int PerDay)
{
    public static RateLimits For(Behaviour behaviour, RateLabel label)
    {
        var limits = (behaviour.Text(Switches.RatePlan), label) switch
        {
            ("business", RateLabel.Light) => new RateLimits(80, 0),
            ("business", _) => new RateLimits(60, 0),
            ("pro", RateLabel.Light) => new RateLimits(30, 0),
            ("pro", _) => new RateLimits(20, 0),
            ("free", RateLabel.Light) => new RateLimits(4, 6000),
            ("free", _) => new RateLimits(2, 2000),
            ("legacy", _) => new RateLimits(1, 0),
            ("ample", _) => new RateLimits(1000, 0),
            _ => default,
        };
        var daily = behaviour.Number(Switches.DailyLimit);
        return daily > 0 ? limits with { PerDay = daily } : limits;
    }
}
