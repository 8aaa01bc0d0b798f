using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Engine.Profiles;

/// <summary>A profile as indented JSON. What it does not know it refuses: a misspelt switch must not be a switch left open.</summary>
internal sealed class ProfileFormat : IProfileFormat
{
    // The file is read by people and never put into a web page.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write(ZoomScimProfile profile)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            JsonSerializer.Serialize(writer, ProfileBody.Of(profile), ProfileJsonContext.Default.ProfileBody);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + Environment.NewLine;
    }

    public ZoomScimProfile Read(string name, string text)
    {
        try
        {
            return (JsonSerializer.Deserialize(text, ProfileJsonContext.Default.ProfileBody) ?? throw new FormatException("it is empty.")).ToProfile(name);
        }
        catch (JsonException exception)
        {
            // The serializer's own words could repeat a value, and somebody may have put a secret there.
            var place = exception.Path is { Length: > 2 } path
                ? $"{path.Substring(2)} is no setting of a profile, or has a value of the wrong kind"
                : "it is not the JSON of a profile";
            throw new FormatException($"{place} (line {exception.LineNumber + 1}).");
        }
    }
}
