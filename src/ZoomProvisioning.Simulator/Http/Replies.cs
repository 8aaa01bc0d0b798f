using System;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>The kinds of answer there are: a resource, nothing, and Zoom's three error envelopes (fact sheet 4.6 and 5.3).</summary>
internal static class Replies
{
    public const string JsonType = "application/json; charset=utf-8";

    // Zoom's ids hold '&' and '+', and people's names any script: neither is escaped on the real wire.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SimulatedResponse Json(int status, Action<Utf8JsonWriter> write) =>
        new() { Status = status, ContentType = JsonType, Body = Bytes(write) };

    public static SimulatedResponse NoContent() => new() { Status = 204 };

    /// <summary>An error of the SCIM handlers. Zoom writes the status as a number where RFC 7644 has a string.</summary>
    public static SimulatedResponse Scim(int status, string detail, bool statusAsString) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("schemas");
        json.WriteStringValue("urn:ietf:params:scim:api:messages:2.0:Error");
        json.WriteEndArray();
        json.WriteString("detail", detail);
        if (statusAsString)
        {
            json.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumber("status", status);
        }

        json.WriteEndObject();
    });

    /// <summary>An error of the gateway in front of the handlers.</summary>
    public static SimulatedResponse Gateway(int status, int code, string message) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    /// <summary>How one newer gateway of Zoom's refuses a token (fact sheet 4.6).</summary>
    public static SimulatedResponse StatusFalse(int status) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("status", false);
        json.WriteNumber("errorCode", status);
        json.WriteEndObject();
    });

    /// <summary>An error of the token endpoint.</summary>
    public static SimulatedResponse OAuth(int status, string reason, string error) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("reason", reason);
        json.WriteString("error", error);
        json.WriteEndObject();
    });

    public static byte[] Bytes(Action<Utf8JsonWriter> write, bool indented = false)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, indented ? Options with { Indented = true } : Options))
        {
            write(json);
        }

        return buffer.ToArray();
    }
}
