using System;
using System.Net.Http;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// What travels with one request through the handlers: the call it belongs to, how it may be treated, and what became of its
/// attempts. The sender judges by it, after the handlers are done, whether Zoom can have carried the request out.
/// </summary>
internal sealed class RequestState
{
    private const string Key = "ZoomProvisioning.RequestState";
    private int _openAttempts;
    private int _onTheWire;

    public RequestState(ScimCall call) => Call = call;

    /// <summary>How the request is stopped and watched.</summary>
    public ScimCall Call { get; }

    /// <summary>Short and unique enough to find a request's lines in a verbose log.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString("N").Substring(0, 8);

    /// <summary>Which of Zoom's rate limits the request counts against.</summary>
    public RateLabel Label { get; set; }

    /// <summary>
    /// Whether the request may be sent again although Zoom may have carried it out already: true of everything but a create.
    /// </summary>
    public bool RepeatFreely { get; set; } = true;

    /// <summary>Whether the request changes nothing, so that a lost reply is no loss.</summary>
    public bool IsRead { get; set; }

    /// <summary>How often the request is tried in all; null leaves it to the connection's options.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>Whether bodies may be shown to the observer: true of SCIM, false of tokens.</summary>
    public bool ShowBodies { get; set; } = true;

    /// <summary>How many bytes a good reply to it may have: what is far beyond what Zoom can have to say is not read to its end.</summary>
    public long LargestReply { get; set; } = 2 * 1024 * 1024;

    /// <summary>How long the last attempt took from the hand-over to the reply.</summary>
    public TimeSpan LastExchange { get; set; }

    /// <summary>How long the last reply asked to wait; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The last good reply, where it was read already to see whether it is whole; null otherwise.</summary>
    public ScimObject? Parsed { get; set; }

    /// <summary>Whether any attempt was handed over and Zoom may have carried it out without saying so.</summary>
    public bool OutcomeOpen => Volatile.Read(ref _openAttempts) > 0 || Volatile.Read(ref _onTheWire) > 0;

    /// <summary>Finds the state of a request.</summary>
    public static RequestState Of(HttpRequestMessage request)
    {
#if NETFRAMEWORK
        return (RequestState)request.Properties[Key];
#else
        return request.Options.TryGetValue(new HttpRequestOptionsKey<RequestState>(Key), out var state)
            ? state
            : throw new InvalidOperationException("A request without state reached the handlers.");
#endif
    }

    /// <summary>Attaches this state to a request.</summary>
    public void AttachTo(HttpRequestMessage request)
    {
#if NETFRAMEWORK
        request.Properties[Key] = this;
#else
        request.Options.Set(new HttpRequestOptionsKey<RequestState>(Key), this);
#endif
    }

    /// <summary>An attempt is handed to the socket.</summary>
    public void HandedOver()
    {
        Parsed = null;
        Interlocked.Exchange(ref _onTheWire, 1);
    }

    /// <summary>The attempt was answered. A server error says nothing about whether the request was carried out.</summary>
    public void Answered(int status)
    {
        Interlocked.Exchange(ref _onTheWire, 0);
        if (status >= 500)
        {
            Interlocked.Increment(ref _openAttempts);
        }
    }

    /// <summary>No reply to the attempt was read.</summary>
    /// <param name="nothingWasSent">Whether the connection failed before the request could leave this machine.</param>
    public void NoReply(bool nothingWasSent)
    {
        Interlocked.Exchange(ref _onTheWire, 0);
        if (!nothingWasSent)
        {
            Interlocked.Increment(ref _openAttempts);
        }
    }
}
