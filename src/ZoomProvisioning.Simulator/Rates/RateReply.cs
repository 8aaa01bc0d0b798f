using System;
using System.Globalization;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Rates;

/// <summary>The headers that speak of rates, and the 429 (fact sheet 1.5).</summary>
internal static class RateReply
{
    public static SimulatedResponse Refuse(Behaviour behaviour, RateDecision decision, DateTimeOffset now)
    {
        var text = decision.IsDaily ? ZoomTexts.DailyLimit : ZoomTexts.PerSecondLimit;
        var reply = TooMany(behaviour, text);
        if (RetryAfter(behaviour.Text(Switches.RetryAfter), decision, now) is { } value)
        {
            reply.AddHeader("Retry-After", value);
        }

        return reply;
    }

    /// <summary>The 429 for a second DELETE of a user while the first is under way (fact sheet 1.4).</summary>
    public static SimulatedResponse TooManyConcurrent(Behaviour behaviour) => TooMany(behaviour, ZoomTexts.ConcurrentDelete);

    public static void AddHeaders(SimulatedResponse reply, Behaviour behaviour, RateDecision decision, RateLabel label)
    {
        if (decision.Limit == 0 || behaviour.Is(Switches.RateHeaders, "off"))
        {
            return;
        }

        reply.AddHeader("X-RateLimit-Category", label.ToString());
        reply.AddHeader("X-RateLimit-Type", decision.IsDaily ? "Daily-limit" : "QPS");
        reply.AddHeader("X-RateLimit-Limit", decision.Limit.ToString(CultureInfo.InvariantCulture));
        reply.AddHeader("X-RateLimit-Remaining", decision.Remaining.ToString(CultureInfo.InvariantCulture));
        if (!decision.Allowed && !decision.IsDaily)
        {
            reply.AddHeader("X-RateLimit-Reset", decision.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        }
    }

    private static SimulatedResponse TooMany(Behaviour behaviour, string text) => behaviour.Is(Switches.RateEnvelope, "scim")
        ? Replies.Scim(429, text, behaviour.Is(Switches.StatusField, "string"))
        : Replies.Gateway(429, 429, text);

    private static string? RetryAfter(string form, RateDecision decision, DateTimeOffset now) => form switch
    {
        "documented" => decision.IsDaily ? Iso(decision.Reset) : null,
        "iso" => Iso(decision.Reset),
        "seconds" => Math.Ceiling((decision.Reset - now).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        "http-date" => decision.Reset.ToString("r", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
