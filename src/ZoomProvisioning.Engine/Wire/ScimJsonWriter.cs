using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Writes a <see cref="ScimObject"/> as JSON.</summary>
internal static class ScimJsonWriter
{
    // The default encoder writes every non-ASCII letter and every + as \uXXXX, which nobody can read in a debug log.
    // "Unsafe" is about pasting JSON into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it as UTF-8.</summary>
    /// <exception cref="ScimRecordException">A value is of a type JSON has no place for.</exception>
    public static byte[] Write(ScimObject value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            WriteValue(writer, value, "the resource", stored: false);
        }

        return stream.ToArray();
    }

    /// <summary>Writes any value of a resource into a file of this module, from which it comes back to the last half character.</summary>
    /// <exception cref="ScimRecordException">A value is of a type JSON has no place for.</exception>
    public static void WriteStored(Utf8JsonWriter writer, object? value) => WriteValue(writer, value, "the resource", stored: true);

    private static void WriteValue(Utf8JsonWriter writer, object? value, string name, bool stored)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(stored ? StoredText.Encode(text) : text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case ScimNumber number:
                writer.WriteRawValue(number.Literal);
                break;

            // The rest is not in a ScimObject by its own rules, but a script may have put it there.
            case int or short or sbyte or byte or ushort or uint or ulong or decimal:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary members:
                writer.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    var key = Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? string.Empty;
                    writer.WritePropertyName(stored ? StoredText.Encode(key) : key);
                    WriteValue(writer, member.Value, key, stored);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item, name, stored);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ScimRecordException("Zoom.Record.UnsupportedValue", $"The value of {name} is a {value.GetType()}, which cannot be sent to Zoom.")
                {
                    Category = "InvalidArgument",
                    RecommendedAction = "Use a text, a number, true or false, a list or a hashtable of these.",
                };
        }
    }
}
