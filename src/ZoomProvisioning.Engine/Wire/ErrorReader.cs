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
    private const int LongestCode = 100;

    /// <summary>Reads it. There is no body it cannot make something of.</summary>
    public static ZoomErrorReply Read(Reply reply, string method, string resource, bool fromTokenEndpoint, Redactor redactor)
    {
        var body = Parse(reply.Json, out var isJson);
        return new ZoomErrorReply
        {
            Status = reply.Status,
            Text = TextOf(body) is { } words ? redactor.Shown(words) : Excerpt(reply, redactor),
            Code = CodeOf(body) is { } code ? redactor.Shown(code, LongestCode) : null,
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

    /// <summary>The start of a reply nobody can read, on one line, without secrets.</summary>
    public static string Excerpt(Reply reply, Redactor redactor)
    {
        if (reply.Location is { } location)
        {
            return "a redirect to " + redactor.Shown(location.ToString());
        }

        // Cleaned as a whole and cut afterwards: half a secret would not be known as one.
        var text = Start(redactor.Clean(Encoding.UTF8.GetString(reply.Body)));
        if (text.Length == 0)
        {
            var reason = reply.ReasonPhrase.Length == 0 ? "no reason" : redactor.Shown(reply.ReasonPhrase, LongestExcerpt);
            return string.Format(CultureInfo.InvariantCulture, "status {0} ({1}) with an empty body", reply.Status, reason);
        }

        return VisibleText.OneLine(text);
    }

    /// <summary>The first words, with one blank between them.</summary>
    private static string Start(string text)
    {
        var start = new StringBuilder(LongestExcerpt + 3);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                start.Append(text[i]);
            }
            else if (start.Length > 0 && start[start.Length - 1] != ' ')
            {
                start.Append(' ');
            }

            if (start.Length > LongestExcerpt)
            {
                start.Length = LongestExcerpt;
                return start.Append("...").ToString();
            }
        }

        return start.ToString().TrimEnd();
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
