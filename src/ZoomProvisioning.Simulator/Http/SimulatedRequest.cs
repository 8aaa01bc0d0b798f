using System;
using System.Text;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>One HTTP request as the simulator sees it, whatever brought it: a socket or a call in process.</summary>
public sealed class SimulatedRequest
{
    /// <summary>A request for a method and a raw target.</summary>
    /// <param name="method">GET, POST, PUT, PATCH or DELETE.</param>
    /// <param name="target">Path and query as sent, still percent-encoded: an id may hold <c>%2F</c> (fact sheet 1.1).</param>
    public SimulatedRequest(string method, string target)
    {
        if (method is null)
        {
            throw new ArgumentNullException(nameof(method));
        }

        if (target is null)
        {
            throw new ArgumentNullException(nameof(target));
        }

        Method = method.ToUpperInvariant();
        var question = target.IndexOf("?", StringComparison.Ordinal);
        Path = question < 0 ? target : target.Substring(0, question);
        Query = question < 0 ? "" : target.Substring(question + 1);
    }

    /// <summary>The method in upper case.</summary>
    public string Method { get; }

    /// <summary>The path as sent, percent-encoded.</summary>
    public string Path { get; }

    /// <summary>The query as sent, without its question mark; empty when there is none.</summary>
    public string Query { get; }

    /// <summary>The Authorization header, or null.</summary>
    public string? Authorization { get; init; }

    /// <summary>The Content-Type header, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body; empty when there is none.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The body read as UTF-8.</summary>
    internal string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>The media type of the body in lower case, without parameters such as the charset.</summary>
    internal string MediaType
    {
        get
        {
            var type = ContentType ?? "";
            var semicolon = type.IndexOf(";", StringComparison.Ordinal);
            return (semicolon < 0 ? type : type.Substring(0, semicolon)).Trim().ToLowerInvariant();
        }
    }
}
