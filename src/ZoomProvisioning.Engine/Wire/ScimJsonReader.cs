using System;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Reads JSON into a <see cref="ScimObject"/> without losing anything: unknown attributes, order, long numbers.</summary>
internal static class ScimJsonReader
{
    // Zoom's largest have some thirty. To look for each among all before it takes a time that grows with the square.
    private const int MostNames = 1000;

    /// <summary>Reads a successful reply.</summary>
    /// <exception cref="ScimServerException">It is not a JSON object, or not one a client can read.</exception>
    public static ScimObject Read(Reply reply, string what, Redactor redactor)
    {
        if (reply.Parsed is { } parsed)
        {
            return parsed;
        }

        if (!reply.ClaimsJson)
        {
            throw Unreadable(reply, what, $"is {redactor.Shown(reply.MediaType!, 100)}, not JSON", redactor, null);
        }

        try
        {
            return Parse(reply.Json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader says to text that is not Unicode.
            throw Unreadable(reply, what, "is not a JSON object", redactor, exception);
        }
    }

    /// <summary>Reads the text of one JSON object.</summary>
    /// <exception cref="JsonException">It is something else, malformed, nested more than 64 deep, or has objects of too many names.</exception>
    public static ScimObject Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A JSON object was expected.");
        }

        var result = ReadObject(ref reader, stored: false);
        return reader.Read() ? throw new JsonException("There is something after the JSON object.") : result;
    }

    /// <summary>Reads the text of one JSON object; null when it is something else, or cannot be read.</summary>
    public static ScimObject? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a text is JSON from its beginning to its end.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                // To the end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the value the reader stands at, as <see cref="ScimJsonWriter.WriteStored"/> wrote it.</summary>
    public static object? ReadStored(ref Utf8JsonReader reader) => ReadValue(ref reader, stored: true);

    /// <summary>The error for a reply that was to be JSON and is not.</summary>
    public static ScimServerException Unreadable(Reply reply, string what, string why, Redactor redactor, Exception? cause)
    {
        var excerpt = ErrorReader.Excerpt(reply, redactor);
        return new ScimServerException(
            "Zoom.Reply.Unreadable",
            string.Format(CultureInfo.InvariantCulture, "{0}: the reply (status {1}) {2}. It begins: {3}", what, reply.Status, why, excerpt),
            cause)
        {
            Category = "InvalidResult",
            RecommendedAction = "Check the SCIM address (https://api.zoom.us/scim2 by default) and whether a proxy or sign-in page answers in Zoom's place.",
            Status = reply.Status,
            ZoomMessage = excerpt,
            TrackingId = reply.TrackingId,
        };
    }

    private static ScimObject ReadObject(ref Utf8JsonReader reader, bool stored)
    {
        var result = new ScimObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, stored);
            reader.Read();
            result[name] = ReadValue(ref reader, stored);
            if (result.Count > MostNames)
            {
                throw new JsonException("An object has more attributes than any of Zoom's.");
            }
        }

        result.Trim();
        return result;
    }

    private static ArrayList ReadArray(ref Utf8JsonReader reader, bool stored)
    {
        var result = new ArrayList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(ReadValue(ref reader, stored));
        }

        result.TrimToSize();
        return result;
    }

    private static object? ReadValue(ref Utf8JsonReader reader, bool stored) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, stored),
        JsonTokenType.StartArray => ReadArray(ref reader, stored),
        JsonTokenType.String => Text(ref reader, stored),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static string Text(ref Utf8JsonReader reader, bool stored)
    {
        var text = TextCache.Read(ref reader);
        return stored ? StoredText.Decode(text) : text;
    }

    /// <summary>A whole number written the way we would write it ourselves; any other number keeps its literal (-0, 1e3, 1.50).</summary>
    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        var literal = Encoding.ASCII.GetString(reader.ValueSpan.ToArray());
        return long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && string.Equals(number.ToString(CultureInfo.InvariantCulture), literal, StringComparison.Ordinal)
                ? number
                : new ScimNumber(literal);
    }
}
