using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine;

/// <content>The texts of rules.</content>
public sealed partial class StateFactory
{
    private static readonly JsonReaderOptions RuleOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <inheritdoc/>
    public RuleNode ParseRule(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
        try
        {
            var reader = new Utf8JsonReader(bytes, RuleOptions);
            reader.Read();
            var root = ReadNode(ref reader, bytes);
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            throw new RuleFileException("rule", [new RuleProblem(line, (int)(exception.BytePositionInLine ?? 0) + 1, string.Empty, exception.Message)]);
        }
    }

    /// <inheritdoc/>
    public string WriteRule(RuleNode rule)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, StoredJson.Indented))
        {
            WriteNode(writer, rule);
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static RuleNode ReadNode(ref Utf8JsonReader reader, byte[] json)
    {
        var (line, column) = Place(json, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<string, RuleNode>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    entries.Add(new KeyValuePair<string, RuleNode>(name, ReadNode(ref reader, json)));
                }

                return new RuleNode(RuleNodeKind.Table, line, column) { Entries = entries };
            case JsonTokenType.StartArray:
                var items = new List<RuleNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(ref reader, json));
                }

                return new RuleNode(RuleNodeKind.List, line, column) { Items = items };
            case JsonTokenType.String:
                return new RuleNode(RuleNodeKind.Text, line, column) { Text = reader.GetString() };
            case JsonTokenType.Number:
                return new RuleNode(RuleNodeKind.Number, line, column) { Text = Encoding.ASCII.GetString(reader.ValueSpan.ToArray()) };
            case JsonTokenType.True or JsonTokenType.False:
                return new RuleNode(RuleNodeKind.Flag, line, column) { Flag = reader.TokenType == JsonTokenType.True };
            default:
                return new RuleNode(RuleNodeKind.Null, line, column);
        }
    }

    private static (int Line, int Column) Place(byte[] json, int offset)
    {
        var line = 1 + Encoding.UTF8.GetString(json, 0, offset).Split('\n').Length - 1;
        var start = offset == 0 ? 0 : Array.LastIndexOf(json, (byte)'\n', offset - 1) + 1;
        return (line, Encoding.UTF8.GetCharCount(json, start, offset - start) + 1);
    }

    private static void WriteNode(Utf8JsonWriter writer, RuleNode node)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Table:
                writer.WriteStartObject();
                foreach (var entry in node.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    WriteNode(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case RuleNodeKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                {
                    WriteNode(writer, item);
                }

                writer.WriteEndArray();
                break;
            case RuleNodeKind.Text or RuleNodeKind.Script:
                writer.WriteStringValue(node.Text);
                break;
            case RuleNodeKind.Number:
                writer.WriteRawValue(node.Text!);
                break;
            case RuleNodeKind.Flag:
                writer.WriteBooleanValue(node.Flag);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
