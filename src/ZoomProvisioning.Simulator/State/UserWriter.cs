using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator.State;

/// <summary>Writes a user as JSON, leaving out what the reply in question leaves out (table of fact sheet 2.4).</summary>
internal static class UserWriter
{
    public static void Write(Utf8JsonWriter json, UserRecord user, Shape shape, Behaviour behaviour)
    {
        json.WriteStartObject();
        json.WriteStartArray("schemas");
        json.WriteStringValue(Schemas.User);
        json.WriteStringValue(Schemas.Enterprise);
        if (shape is Shape.List or Shape.Get)
        {
            json.WriteStringValue(Schemas.Login);
        }

        if (shape != Shape.List)
        {
            json.WriteStringValue(Schemas.ZoomUser);
        }

        json.WriteEndArray();
        json.WriteString("id", user.Id);
        WriteMeta(json, "User", "Users", user.Id, user.Created, user.LastModified);

        json.WriteStartObject("name");
        WriteText(json, "givenName", user.GivenName);
        WriteText(json, "familyName", user.FamilyName);
        json.WriteEndObject();

        json.WriteStartArray("emails");
        json.WriteStartObject();
        json.WriteString("type", "work");
        json.WriteString("value", user.UserName);
        json.WriteBoolean("primary", true);
        json.WriteEndObject();
        json.WriteEndArray();

        WriteText(json, "displayName", user.DisplayName);
        json.WriteString("userName", user.UserName);
        json.WriteBoolean("active", user.Active);
        if (shape == Shape.State || behaviour.Is(Switches.UserTypeReturned, "yes"))
        {
            json.WriteString("userType", user.UserType);
        }

        // GET does not return these two although every other detailed reply does (2.4).
        if (shape is Shape.Post or Shape.Put or Shape.Patch or Shape.State || (shape == Shape.Get && behaviour.Is(Switches.TitleLocale, "yes")))
        {
            WriteText(json, "title", user.Title);
            WriteText(json, "locale", user.Locale);
        }

        if (shape == Shape.List)
        {
            if (behaviour.Is(Switches.ListRoles, "empty-object"))
            {
                WriteEmptyObject(json, "roles");
                WriteEmptyObject(json, "groups");
            }
        }
        else
        {
            WritePhoneNumbers(json, user, shape, behaviour);
            WriteRolesAndGroups(json, user, shape == Shape.Get && behaviour.Is(Switches.RolesGroupsShape, "object"));
        }

        WriteEnterprise(json, user, shape);
        if (shape is Shape.List or Shape.Get)
        {
            json.WriteStartObject(Schemas.Login);
            json.WriteStartObject("loginType");
            json.WriteBoolean("workEmail", true);
            json.WriteBoolean("sso", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        WriteExtension(json, user, shape, behaviour);
        json.WriteEndObject();
    }

    public static void WriteMeta(Utf8JsonWriter json, string type, string path, string id, DateTimeOffset created, DateTimeOffset lastModified)
    {
        json.WriteStartObject("meta");
        json.WriteString("resourceType", type);
        json.WriteString("version", "1.0.0");

        // The id stands there raw, as in Zoom's own example: a location is not a URL one can follow (section 9).
        json.WriteString("location", $"https://api.zoom.us/scim2/{path}/{id}");
        json.WriteString("created", Time(created));
        json.WriteString("lastModified", Time(lastModified));
        json.WriteEndObject();
    }

    private static void WritePhoneNumbers(Utf8JsonWriter json, UserRecord user, Shape shape, Behaviour behaviour)
    {
        json.WriteStartArray("phoneNumbers");
        foreach (var phone in user.PhoneNumbers)
        {
            json.WriteStartObject();
            json.WriteString("type", phone.Type == "work" && shape != Shape.State ? behaviour.Text(Switches.PhoneWork) : phone.Type);
            json.WriteString("value", phone.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRolesAndGroups(Utf8JsonWriter json, UserRecord user, bool asObject)
    {
        if (asObject)
        {
            // Only the primary one can be seen in an object (6.3).
            json.WritePropertyName("roles");
            WriteRole(json, user.RoleNames[0], true);
            if (user.Groups.Count > 0)
            {
                json.WritePropertyName("groups");
                WriteGroup(json, user.Groups[0]);
            }

            return;
        }

        json.WriteStartArray("roles");
        for (var i = 0; i < user.RoleNames.Count; i++)
        {
            WriteRole(json, user.RoleNames[i], i == 0);
        }

        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (var group in user.Groups)
        {
            WriteGroup(json, group);
        }

        json.WriteEndArray();
    }

    private static void WriteRole(Utf8JsonWriter json, string name, bool primary)
    {
        json.WriteStartObject();
        json.WriteString("display", name);
        json.WriteString("value", name);
        json.WriteBoolean("primary", primary);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, GroupRecord group)
    {
        // The value is the group's name, not its id (3.1).
        var name = group.DisplayName;
        json.WriteStartObject();
        json.WriteString("display", name);
        json.WriteString("type", "direct");
        json.WriteString("value", name);
        json.WriteEndObject();
    }

    private static void WriteEnterprise(Utf8JsonWriter json, UserRecord user, Shape shape)
    {
        var organization = shape == Shape.List ? null : user.Organization;
        var isFull = shape is Shape.Get or Shape.Post or Shape.State;
        if (user.Department is null && organization is null && !(isFull && (user.CostCenter ?? user.EmployeeNumber ?? user.Manager) is not null))
        {
            return;
        }

        json.WriteStartObject(Schemas.Enterprise);
        WriteText(json, "department", user.Department);
        WriteText(json, "organization", organization);
        if (isFull)
        {
            WriteText(json, "costCenter", user.CostCenter);
            WriteText(json, "employeeNumber", user.EmployeeNumber);
            WriteText(json, "manager", user.Manager);
        }

        json.WriteEndObject();
    }

    private static void WriteExtension(Utf8JsonWriter json, UserRecord user, Shape shape, Behaviour behaviour)
    {
        var returned = user.Extension.Where(pair => ZoomAttributes.IsReturned(pair.Key, shape)).ToArray();
        if (returned.Length == 0)
        {
            return;
        }

        json.WriteStartObject(Schemas.ZoomUser);
        foreach (var pair in returned)
        {
            if (shape != Shape.State && ZoomAttributes.Plans.Contains(pair.Key) && behaviour.Is(Switches.PlanCodes, "number")
                && long.TryParse(pair.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                json.WriteNumber(pair.Key, code);
                continue;
            }

            json.WritePropertyName(pair.Key);
            pair.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteEmptyObject(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
