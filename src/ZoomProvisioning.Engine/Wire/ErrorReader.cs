using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Reads a failed reply into what Zoom's words and codes are: SCIM's <c>detail</c> before the gateway's <c>message</c> (with its
/// <c>errors</c>) before OAuth's <c>reason</c> and <c>error</c> before the raw text.
/// </summary>
internal static class ErrorReader
{
    private const int LongestExcerpt = 200;

    /// <summary>Reads it. There is no body it cannot make something of.</summary>
    public static ZoomErrorReply Read(Reply reply, string method, string resource, bool fromTokenEndpoint, Redactor redactor)
    {
        var body = Parse(reply.Json, out var isJson);
        return new ZoomErrorReply
        {
            Status = reply.Status,
            Text = redactor.Clean(TextOf(body) ?? Excerpt(reply)),
            Code = CodeOf(body),
            IsJson = isJson,
            FromTokenEndpoint = fromTokenEndpoint,
            Method = method,
            Resource = resource,
            TrackingId = reply.TrackingId,
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>The code of an error body, or null.</summary>
    public static string? CodeOf(byte[] body) => CodeOf(Parse(body, out _));

    /// <summary>The start of a reply nobody can read, on one line.</summary>
    public static string Excerpt(Reply reply)
    {
        if (reply.Location is { } location)
        {
            return $"a redirect to {location}";
        }

        var text = Encoding.UTF8.GetString(reply.Body, 0, Math.Min(reply.Body.Length, LongestExcerpt * 4));
        text = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length == 0)
        {
            var reason = reply.ReasonPhrase.Length == 0 ? "no reason" : reply.ReasonPhrase;
            return string.Format(CultureInfo.InvariantCulture, "status {0} ({1}) with an empty body", reply.Status, reason);
        }

        return text.Length <= LongestExcerpt ? text : $"{text.Substring(0, LongestExcerpt)}...";
    }

    private static ErrorBody? Parse(ReadOnlySpan<byte> json, out bool isJson)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            isJson = true;
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Deserialize(WireJsonContext.Default.ErrorBody)
                : null;
        }
        catch (JsonException)
        {
            // HTML from the edge, a cut reply: its text is shown as it is.
            isJson = false;
            return null;
        }
    }

    private static string? TextOf(ErrorBody? body)
    {
        if (body is null)
        {
            return null;
        }

        if (Text(body.Detail) is { } detail)
        {
            return detail;
        }

        if (Text(body.Message) is { } message)
        {
            var fields = body.Errors.ValueKind == JsonValueKind.Array
                ? body.Errors.EnumerateArray().Select(FieldError).Where(error => error.Length > 0).ToArray()
                : [];
            return fields.Length == 0 ? message : message + " " + string.Join("; ", fields);
        }

        return Text(body.Reason) ?? Text(body.ErrorDescription) ?? Text(body.Error);
    }

    private static string FieldError(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return Text(error) ?? string.Empty;
        }

        var field = error.TryGetProperty("field", out var name) ? Text(name) : null;
        var message = error.TryGetProperty("message", out var words) ? Text(words) : null;
        return field is null ? message ?? string.Empty : $"{field}: {message}";
    }

    private static string? CodeOf(ErrorBody? body) => body is null
        ? null
        : Text(body.Code) ?? Text(body.ErrorCode) ?? Text(body.Error) ?? Text(body.ScimType);

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetRawText()
        : Words.Of(value) is { Length: > 0 } text ? text : null;
}
