using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.State;

/// <summary>Rules as JSON: read with the place of every value, comments and trailing commas allowed; written to be read by people.</summary>
internal static class RuleJson
{
    /// <summary>Parses the JSON text of a rule. A name that stands twice is kept twice, for the rule's reader to report.</summary>
    /// <exception cref="RuleFileException">The text is no JSON; the error says where.</exception>
    public static RuleNode Parse(string json)
    {
        var text = json.TrimStart('\uFEFF');
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new JsonPlaces(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var root = ReadNode(ref reader, places, default);
            // Whatever follows the value is refused here.
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            throw NoJson(line + 1, places.ColumnIn(line, (int)(exception.BytePositionInLine ?? 0)), Reason(exception.Message));
        }
        catch (InvalidOperationException exception)
        {
            // Half a character, written as an escape.
            var (line, column) = places.Of(reader.TokenStartIndex);
            throw NoJson(line, column, exception.Message);
        }
    }

    /// <summary>A rule's tree as JSON text with indentation.</summary>
    /// <exception cref="RuleFileException">It has a scriptblock, which JSON cannot hold.</exception>
    public static string Write(RuleNode rule)
    {
        using var stream = new MemoryStream();
        var comments = new JsonComments();
        // Written for people and read by this module: é stays é. No HTML page holds it.
        using (var writer = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteNode(writer, rule, string.Empty, comments);
        }

        return comments.In(Encoding.UTF8.GetString(stream.ToArray())) + "\n";
    }

    private static RuleNode ReadNode(ref Utf8JsonReader reader, JsonPlaces places, (int Line, int Column) name)
    {
        var start = reader.TokenStartIndex;
        var (line, column) = places.Of(start);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<string, RuleNode>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (key, at) = (reader.GetString()!, places.Of(reader.TokenStartIndex));
                    reader.Read();
                    entries.Add(new KeyValuePair<string, RuleNode>(key, ReadNode(ref reader, places, at)));
                }

                return new RuleNode(RuleNodeKind.Table, line, column) { Entries = entries, NamePlace = name };
            case JsonTokenType.StartArray:
                var items = new List<RuleNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(ref reader, places, default));
                }

                return new RuleNode(RuleNodeKind.List, line, column) { Items = items, NamePlace = name };
            case JsonTokenType.String:
                return new RuleNode(RuleNodeKind.Text, line, column)
                {
                    Text = reader.GetString(),
                    Locate = index => places.InText(start, index),
                    NamePlace = name,
                };
            case JsonTokenType.Number:
                return new RuleNode(RuleNodeKind.Number, line, column) { Text = Encoding.UTF8.GetString(reader.ValueSpan.ToArray()), NamePlace = name };
            case JsonTokenType.True or JsonTokenType.False:
                return new RuleNode(RuleNodeKind.Flag, line, column) { Flag = reader.TokenType == JsonTokenType.True, NamePlace = name };
            default:
                return new RuleNode(RuleNodeKind.Null, line, column) { NamePlace = name };
        }
    }

    private static void WriteNode(Utf8JsonWriter writer, RuleNode node, string path, JsonComments comments)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Table:
                writer.WriteStartObject();
                foreach (var entry in node.Entries)
                {
                    comments.Write(writer, entry.Value.Comment);
                    writer.WritePropertyName(entry.Key);
                    WriteNode(writer, entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", comments);
                }

                writer.WriteEndObject();
                break;
            case RuleNodeKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                {
                    WriteNode(writer, item, path, comments);
                }

                writer.WriteEndArray();
                break;
            case RuleNodeKind.Text:
                writer.WriteStringValue(node.Text);
                break;
            case RuleNodeKind.Number:
                writer.WriteRawValue(node.Text!);
                break;
            case RuleNodeKind.Flag:
                writer.WriteBooleanValue(node.Flag);
                break;
            case RuleNodeKind.Script:
                throw new RuleFileException(
                    "(JSON)",
                    [new RuleProblem(node.Line, node.Column, path, "JSON cannot hold a scriptblock; write the rule to a .psd1 file")]);
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // The parser says the place in its message too, counted from 0 and in bytes.
    private static string Reason(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end ? message.Substring(0, end) : message;

    private static RuleFileException NoJson(int line, int column, string reason) => new(
        "(JSON)",
        [new RuleProblem(
            line,
            column,
            string.Empty,
            string.Format(CultureInfo.InvariantCulture, "this is no JSON (column {0}): {1}", column, reason.TrimEnd('.')))]);
}
