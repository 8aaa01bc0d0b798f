using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// The tenant as one JSON document. Users and groups stand there as SCIM writes them, so a copy of a real tenant can be
/// loaded; what Zoom never shows is under <c>zoomSimulator</c>. Tokens and secrets are no part of it.
/// </summary>
internal static class TenantJson
{
    private static readonly string[] Sections = ["account", "users", "groups", "pending", "foreign", "transfers", "idsGiven"];

    public static string Write(Tenant tenant, Behaviour behaviour)
    {
        // The groups change in place, so the whole document is written under the lock.
        lock (tenant.Gate)
        {
            return Encoding.UTF8.GetString(Replies.Bytes(json => Write(json, tenant, behaviour), indented: true));
        }
    }

    public static Tenant Read(string text, string defaultAccountId, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, defaultAccountId, now);
        }
        catch (JsonException error)
        {
            // The library counts lines from 0 and ends with a path into what it has read.
            var line = ((error.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var words = place < 0 ? error.Message : error.Message.Substring(0, place);
            throw new ArgumentException($"The simulator state is not JSON, line {line}: {words}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new ArgumentException("The simulator state has a value of the wrong type: " + error.Message, error);
        }
    }

    private static void Write(Utf8JsonWriter json, Tenant tenant, Behaviour behaviour)
    {
        json.WriteStartObject();
        WriteAccount(json, tenant);
        json.WriteNumber("idsGiven", tenant.IdsGiven);
        WriteTexts(json, "pending", tenant.Pending);
        WriteTexts(json, "foreign", tenant.Foreign);
        json.WriteStartArray("groups");
        foreach (var group in tenant.Groups)
        {
            GroupWriter.Write(json, group);
        }

        json.WriteEndArray();
        json.WriteStartArray("users");
        foreach (var user in tenant.AllUsers())
        {
            WriteUser(json, user, behaviour);
        }

        json.WriteEndArray();
        json.WriteStartArray("transfers");
        foreach (var transfer in tenant.Transfers)
        {
            json.WriteStartObject();
            json.WriteString("from", transfer.From);
            json.WriteString("to", transfer.To);
            json.WriteString("action", transfer.Action);
            json.WriteString("at", transfer.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, Tenant tenant)
    {
        var account = tenant.Account;
        json.WriteStartObject("account");
        json.WriteString("id", account.Id);
        WriteTexts(json, "associatedDomains", account.AssociatedDomains);
        json.WriteNumber("paidSeats", account.PaidSeats);
        json.WriteStartObject("planSeats");
        foreach (var pair in account.PlanSeats)
        {
            json.WriteNumber(pair.Key, pair.Value);
        }

        json.WriteEndObject();
        json.WriteNumber("maxBasicUsers", account.MaxBasicUsers);
        WriteTexts(json, "customRoles", account.CustomRoles);
        WriteTexts(json, "customAttributes", account.CustomAttributes);
        json.WriteString("defaultGroup", tenant.DefaultGroup?.DisplayName);
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, UserRecord user, Behaviour behaviour)
    {
        if (!user.IsRoom && !user.IsForceInactive)
        {
            UserWriter.Write(json, user, Shape.State, behaviour);
            return;
        }

        using var plain = JsonDocument.Parse(Replies.Bytes(inner => UserWriter.Write(inner, user, Shape.State, behaviour)));
        json.WriteStartObject();
        foreach (var property in plain.RootElement.EnumerateObject())
        {
            property.WriteTo(json);
        }

        json.WriteStartObject(Schemas.Simulator);
        json.WriteBoolean("room", user.IsRoom);
        json.WriteBoolean("forceInactive", user.IsForceInactive);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static Tenant Read(JsonElement root, string defaultAccountId, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("The simulator state must be a JSON object.");
        }

        foreach (var property in root.EnumerateObject().Where(property => Array.IndexOf(Sections, property.Name) < 0))
        {
            throw new ArgumentException($"The simulator state has no '{property.Name}'. It has: {string.Join(", ", Sections)}.");
        }

        var hasAccount = root.TryGetProperty("account", out var described);
        var account = hasAccount ? ReadAccount(described, defaultAccountId) : Account.Default();
        account.Id = account.Id.Length == 0 ? defaultAccountId : account.Id;
        var tenant = new Tenant(account)
        {
            IdsGiven = root.TryGetProperty("idsGiven", out var given) ? given.GetInt64() : 0,
        };
        foreach (var address in Texts(root, "pending"))
        {
            tenant.Pending.Add(address);
        }

        foreach (var address in Texts(root, "foreign"))
        {
            tenant.Foreign.Add(address);
        }

        ForEach(root, "groups", item => ReadGroup(tenant, item, now));

        if (hasAccount && Text(described, "defaultGroup") is { } defaultName)
        {
            account.DefaultGroupId = tenant.FindGroupByName(defaultName)?.Id
                ?? throw new ArgumentException($"The simulator state's default group '{defaultName}' is not among its groups.");
        }

        ForEach(root, "users", item => ReadUser(tenant, item, now));
        ForEach(root, "transfers", item => tenant.Transfers.Add(
            new Transfer(Text(item, "from") ?? "", Text(item, "to") ?? "", Text(item, "action") ?? "", Time(item, "at") ?? now)));

        return tenant;
    }

    private static Account ReadAccount(JsonElement json, string defaultAccountId)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("The simulator state's 'account' must be a JSON object.");
        }

        var defaults = Account.Default();
        var account = new Account
        {
            Id = Text(json, "id") ?? defaultAccountId,
            PaidSeats = Number(json, "paidSeats") ?? defaults.PaidSeats,
            MaxBasicUsers = Number(json, "maxBasicUsers") ?? defaults.MaxBasicUsers,
        };
        account.AssociatedDomains.AddRange(json.TryGetProperty("associatedDomains", out _) ? Texts(json, "associatedDomains") : defaults.AssociatedDomains);
        account.CustomRoles.AddRange(Texts(json, "customRoles"));
        account.CustomAttributes.AddRange(Texts(json, "customAttributes"));
        if (account.CustomAttributes.Count > 5)
        {
            throw new ArgumentException("A Zoom account has at most 5 custom attributes.");
        }

        if (json.TryGetProperty("planSeats", out var plans) && plans.ValueKind == JsonValueKind.Object)
        {
            foreach (var plan in plans.EnumerateObject())
            {
                account.PlanSeats[plan.Name] = Licences.PlanPools.Contains(plan.Name)
                    ? plan.Value.GetInt32()
                    : throw new ArgumentException($"There is no plan '{plan.Name}' with a total of its own. There are: "
                        + $"{string.Join(", ", Licences.PlanPools)}.");
            }
        }

        return account;
    }

    private static void ReadGroup(Tenant tenant, JsonElement json, DateTimeOffset now)
    {
        var name = Text(json, "displayName") ?? throw new ArgumentException("the group has no displayName.");
        var id = Text(json, "id") ?? tenant.NewId("group");
        if (tenant.FindGroup(id) is not null || tenant.FindGroupByName(name) is not null)
        {
            throw new ArgumentException($"the group '{name}' is there twice.");
        }

        var meta = Object(json, "meta");
        tenant.AddGroup(new GroupRecord(id)
        {
            DisplayName = name,
            EmailAlias = Text(Object(json, Schemas.ZoomGroup), "emailAlias"),
            Created = Time(meta, "created") ?? now,
            LastModified = Time(meta, "lastModified") ?? now,
        });
    }

    private static void ReadUser(Tenant tenant, JsonElement json, DateTimeOffset now)
    {
        var userName = Text(json, "userName") ?? throw new ArgumentException("the user has no userName.");
        var id = Text(json, "id") ?? tenant.NewId("user");
        if (tenant.FindUser(id) is not null || tenant.FindUserByName(userName) is not null)
        {
            throw new ArgumentException($"the user '{userName}' is there twice.");
        }

        // A copy of a real tenant names roles and groups that the account section may not list.
        foreach (var role in UserMerge.NamesOf(json, "roles") ?? [])
        {
            if (tenant.Account.FindRole(role) is null)
            {
                tenant.Account.CustomRoles.Add(role);
            }
        }

        foreach (var group in UserMerge.NamesOf(json, "groups") ?? [])
        {
            if (tenant.FindGroupByName(group) is null)
            {
                tenant.AddGroup(new GroupRecord(tenant.NewId("group")) { DisplayName = group, Created = now, LastModified = now });
            }
        }

        var meta = Object(json, "meta");
        var hidden = Object(json, Schemas.Simulator);
        var blank = new UserRecord
        {
            Id = id,
            UserName = userName,
            Active = !(json.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.False),
            IsRoom = Flag(hidden, "room"),
            IsForceInactive = Flag(hidden, "forceInactive"),
            Created = Time(meta, "created") ?? now,
            LastModified = Time(meta, "lastModified") ?? now,
        };
        tenant.Add(new UserMerge(tenant, MergeRules.Load).Apply(blank, json));
    }

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool Flag(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static int? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static DateTimeOffset? Time(JsonElement parent, string name) =>
        Text(parent, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    // Every item of a section, which must be an array of objects. An error says which item it is about.
    private static void ForEach(JsonElement parent, string name, Action<JsonElement> read)
    {
        if (!parent.TryGetProperty(name, out var items))
        {
            return;
        }

        if (items.ValueKind != JsonValueKind.Array)
        {
            throw new ArgumentException($"The simulator state's '{name}' must be a JSON array, not {items.ValueKind}.");
        }

        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            try
            {
                if (item.ValueKind != JsonValueKind.Object)
                {
                    throw new ArgumentException($"it must be a JSON object, not {item.ValueKind}.");
                }

                read(item);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
            {
                throw new ArgumentException($"The simulator state, {name}[{index.ToString(CultureInfo.InvariantCulture)}]: {error.Message}", error);
            }

            index++;
        }
    }

    private static string[] Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var items))
        {
            return [];
        }

        return items.ValueKind == JsonValueKind.Array && items.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? items.EnumerateArray().Select(item => item.GetString()!).ToArray()
            : throw new ArgumentException($"The simulator state's '{name}' must be a JSON array of texts.");
    }
}
