using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>Texts that come back to the last half character, and of which the same one is in memory once.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    // What has no value is left out when it is written, so that a null is damage: in a list nobody else would notice.
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StoredText.Decode(reader.TokenType == JsonTokenType.String ? TextCache.Read(ref reader) : throw new JsonException("A text was expected."));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(StoredText.Encode(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StoredText.Decode(TextCache.Read(ref reader));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(StoredText.Encode(value));
}

/// <summary>Moments, in UTC as ISO 8601 has it: <c>2026-01-05T08:00:00Z</c>.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

/// <summary>Enums by their very names: neither a number nor another case will do.</summary>
internal sealed class ChoiceConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Names<>).MakeGenericType(typeToConvert))!;

    private sealed class Names<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Choices = typeof(T).GetEnumNames()
            .ToDictionary(n => n, n => Enum.TryParse<T>(n, out var choice) ? choice : default, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TextCache.Read(ref reader) is var name && Choices.TryGetValue(name, out var choice)
                ? choice
                : throw new JsonException($"It is no {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

/// <summary>SCIM resources as they are in memory everywhere: names shared, unknown attributes, order and long numbers kept.</summary>
internal sealed class ResourceConverter : JsonConverter<ScimObject>
{
    public override ScimObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ScimJsonReader.ReadStored(ref reader) as ScimObject ?? throw new JsonException("A SCIM resource was expected.");

    public override void Write(Utf8JsonWriter writer, ScimObject value, JsonSerializerOptions options) => ScimJsonWriter.WriteStored(writer, value);
}

/// <summary>Any value of a SCIM attribute: a resource, a list, a text, a number, a flag.</summary>
internal sealed class ValueConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ScimJsonReader.ReadStored(ref reader);

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => ScimJsonWriter.WriteStored(writer, value);
}
