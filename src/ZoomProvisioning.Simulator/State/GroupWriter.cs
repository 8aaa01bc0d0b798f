using System.Text.Json;

namespace ZoomProvisioning.Simulator.State;

/// <summary>Writes a group as JSON. Members are never part of it (fact sheet 6.1).</summary>
internal static class GroupWriter
{
    public static void Write(Utf8JsonWriter json, GroupRecord group)
    {
        json.WriteStartObject();
        json.WriteStartArray("schemas");
        json.WriteStringValue(Schemas.Group);
        json.WriteStringValue(Schemas.ZoomGroup);
        json.WriteEndArray();
        json.WriteString("id", group.Id);
        json.WriteString("displayName", group.DisplayName);
        if (group.EmailAlias is { } alias)
        {
            json.WriteStartObject(Schemas.ZoomGroup);
            json.WriteString("emailAlias", alias);
            json.WriteEndObject();
        }

        UserWriter.WriteMeta(json, "Group", "Groups", group.Id, group.Created, group.LastModified);
        json.WriteEndObject();
    }
}
