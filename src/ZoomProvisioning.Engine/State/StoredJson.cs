using System;
using System.Collections;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// The values of journal, ledger and plan in JSON. What has no value is not written. Property names the reader does not know are
/// passed over, so that an older version can read what a newer one added.
/// </summary>
internal static class StoredJson
{
    // "Unsafe" is about pasting JSON into HTML; people read these files.
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    public static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>Whether reading failed because the text is not what was written.</summary>
    public static bool IsDamage(Exception exception) => exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException;

    public static void Text(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, StoredText.Encode(text));
        }
    }

    public static void Choice<T>(this Utf8JsonWriter writer, string name, T? choice)
        where T : struct, Enum
    {
        if (choice is { } chosen)
        {
            writer.WriteString(name, chosen.ToString());
        }
    }

    public static void Number(this Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    /// <summary>A moment, in UTC as ISO 8601 has it.</summary>
    public static void Time(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value.UtcDateTime);
        }
    }

    public static void Flag(this Utf8JsonWriter writer, string name, bool flag)
    {
        if (flag)
        {
            writer.WriteBoolean(name, true);
        }
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IReadOnlyCollection<string>? texts)
    {
        if (texts is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(StoredText.Encode(text));
        }

        writer.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IDictionary texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (DictionaryEntry pair in texts)
        {
            writer.WriteString(StoredText.Encode((string)pair.Key), StoredText.Encode((string)pair.Value!));
        }

        writer.WriteEndObject();
    }

    /// <summary>A SCIM value: a resource, a list, a text, a number, a flag.</summary>
    public static void Value(this Utf8JsonWriter writer, string name, object? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            ScimJsonWriter.WriteStored(writer, value);
        }
    }

    public static string Text(ref Utf8JsonReader reader) => StoredText.Decode(reader.TokenType == JsonTokenType.String ? TextCache.Read(ref reader) : throw new JsonException("A text was expected."));

    public static T Choice<T>(ref Utf8JsonReader reader)
        where T : struct, Enum
    {
        var name = reader.GetString();

        // By its very name: TryParse takes numbers too, and any case.
        return Enum.TryParse<T>(name, out var choice) && char.IsLetter(name![0]) && string.Equals(choice.ToString(), name, StringComparison.Ordinal)
            ? choice
            : throw new JsonException($"'{name}' is no {typeof(T).Name}.");
    }

    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartArray);
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(Text(ref reader));
        }

        return texts;
    }

    public static void Texts(ref Utf8JsonReader reader, IDictionary into)
    {
        Require(ref reader, JsonTokenType.StartObject);
        while (NextName(ref reader) is { } name)
        {
            into[StoredText.Decode(name)] = Text(ref reader);
        }
    }

    public static ScimObject Resource(ref Utf8JsonReader reader) =>
        ScimJsonReader.ReadStored(ref reader) as ScimObject ?? throw new JsonException("A SCIM resource was expected.");

    /// <summary>The value of an attribute; a list of names is an array of texts, as <see cref="ScimUser.Roles"/> has it.</summary>
    public static object? Value(ref Utf8JsonReader reader, ZoomAttribute attribute) => ScimJsonReader.ReadStored(ref reader) switch
    {
        ArrayList names when attribute.Kind == AttributeKind.Names => names.ToArray(typeof(string)),
        var value => value,
    };

    /// <summary>Goes to the next property's value; null at the end of the object.</summary>
    public static string? NextName(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var name = reader.GetString();
        reader.Read();
        return name;
    }

    /// <summary>Begins reading a text that is one JSON object.</summary>
    public static Utf8JsonReader Begin(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Require(ref reader, JsonTokenType.StartObject);
        return reader;
    }

    public static void Require(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{type} was expected where {reader.TokenType} is.");
        }
    }
}
