using System;
using System.Text;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>What a fault makes of a reply.</summary>
internal static class FaultReply
{
    private const string HtmlType = "text/html";

    /// <summary>A reply in the place of the real one.</summary>
    public static SimulatedResponse Instead(Fault fault)
    {
        if (fault.Kind == Fault.Drop)
        {
            return new SimulatedResponse { Dropped = true };
        }

        var isHtml = fault.Kind == Fault.Html;
        var body = fault.Body ?? (isHtml ? Html(fault.StatusCode) : "");
        var reply = new SimulatedResponse
        {
            Status = fault.StatusCode,
            ContentType = fault.ContentType ?? (isHtml ? HtmlType : body.Length == 0 ? null : Replies.JsonType),
            Body = Encoding.UTF8.GetBytes(body),
        };
        if (fault.RetryAfter is not null)
        {
            reply.AddHeader("Retry-After", fault.RetryAfter);
        }

        return reply;
    }

    /// <summary>The real reply, spoiled.</summary>
    public static SimulatedResponse Spoil(Fault fault, SimulatedResponse reply) => fault.Kind switch
    {
        Fault.Truncate => reply.WithBody(reply.Body.AsSpan(0, reply.Body.Length / 2).ToArray(), reply.ContentType),
        Fault.ContentTypeFault => reply.WithBody(reply.Body, fault.ContentType ?? HtmlType),
        _ => reply,
    };

    // The page of the edge servers in front of Zoom (fact sheet 4.6: non-JSON bodies occur).
    private static string Html(int status) =>
        $"<html>\r\n<head><title>{status} {Reason(status)}</title></head>\r\n<body>\r\n<center><h1>{status} "
            + $"{Reason(status)}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    private static string Reason(int status) => status switch
    {
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        _ => "Error",
    };
}
