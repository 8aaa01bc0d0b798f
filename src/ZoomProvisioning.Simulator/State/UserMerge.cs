using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// Applies the profile attributes of a body to a user. Addresses and the active state are not among them: those follow rules
/// of their own. What Zoom does not know, or not in this form, is passed over in silence (fact sheet 3.1).
/// </summary>
internal sealed class UserMerge(Tenant tenant, MergeRules rules)
{
    private static readonly string[] PhoneTypes = ["mobile", "office", "home", "fax", "work"];

    public UserRecord Apply(UserRecord user, JsonElement body)
    {
        var updated = user with
        {
            UserType = TextOf(body, "userType") is { } type && UserTypes.Knows(type) ? type : user.UserType,
            DisplayName = rules.IgnoreDisplayName ? user.DisplayName : Merge(user.DisplayName, body, "displayName"),
            Title = Merge(user.Title, body, "title"),
            Locale = Merge(user.Locale, body, "locale"),
            PhoneNumbers = MergePhoneNumbers(user.PhoneNumbers, body),
            RoleNames = MergeRoles(user, body),
            Groups = MergeGroups(user.Groups, body),
        };
        if (TryObject(body, "name", out var name))
        {
            updated = updated with
            {
                GivenName = rules.NamesOnlyIfEmpty && user.GivenName is not null ? user.GivenName : Merge(user.GivenName, name, "givenName"),
                FamilyName = rules.NamesOnlyIfEmpty && user.FamilyName is not null ? user.FamilyName : Merge(user.FamilyName, name, "familyName"),
            };
        }

        if (TryObject(body, Schemas.Enterprise, out var enterprise))
        {
            updated = updated with
            {
                Department = Merge(user.Department, enterprise, "department"),
                Organization = Merge(user.Organization, enterprise, "organization"),
                CostCenter = Merge(user.CostCenter, enterprise, "costCenter"),
                EmployeeNumber = MergeEmployeeNumber(user, enterprise),
                Manager = MergeManager(user.Manager, enterprise),
            };
        }

        return TryObject(body, Schemas.ZoomUser, out var zoom) ? MergeExtension(updated, zoom, body) : updated;
    }

    /// <summary>Names out of {value, display} items, the primary one first; null when the property is absent.</summary>
    public static List<string>? NamesOf(JsonElement parent, string property)
    {
        if (ItemsOf(parent, property) is not { } items)
        {
            return null;
        }

        return items.OrderByDescending(item => item.TryGetProperty("primary", out var primary) && primary.ValueKind == JsonValueKind.True)
            .Select(item => TextOf(item, "value") ?? TextOf(item, "display"))
            .OfType<string>()
            .Where(text => text.Length > 0)
            .ToList();
    }

    private static bool TryObject(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;

    // The text of a scalar, or null when it is absent, null or no scalar.
    private static string? TextOf(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    // An array, or the single object that GET writes in its place.
    private static List<JsonElement>? ItemsOf(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).ToList(),
            JsonValueKind.Object => [value],
            _ => null,
        };
    }

    private string? Merge(string? current, JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            return current;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return rules.NullClears ? null : current;
        }

        var text = TextOf(value);
        if (text?.Length == 0)
        {
            return rules.EmptyClears ? null : current;
        }

        return text ?? current;
    }

    private IReadOnlyList<PhoneNumber> MergePhoneNumbers(IReadOnlyList<PhoneNumber> current, JsonElement body)
    {
        if (ItemsOf(body, "phoneNumbers") is not { } items)
        {
            return current;
        }

        var sent = items.Where(item => TextOf(item, "value") is { Length: > 0 })
            .Select(item => new PhoneNumber(TextOf(item, "type") is { } type && PhoneTypes.Contains(type) ? type : "work", TextOf(item, "value")!))
            .ToList();
        var numbers = rules.ArraysAdd ? current.Where(old => sent.All(phone => phone.Type != old.Type)).Concat(sent).ToList() : sent;
        return rules.PhoneLimit > 0 ? numbers.Take(rules.PhoneLimit).ToList() : numbers;
    }

    private IReadOnlyList<string> MergeRoles(UserRecord user, JsonElement body)
    {
        if (NamesOf(body, "roles") is not { } names)
        {
            return user.RoleNames;
        }

        // An account has one owner; SCIM neither makes nor unmakes them.
        var isOwner = user.RoleNames.Contains(Roles.Owner);
        var known = names.Select(tenant.Account.FindRole).OfType<string>().Where(role => rules.IsLoad || role != Roles.Owner).Distinct().ToList();
        if ((isOwner && !rules.IsLoad) || (names.Count > 0 && known.Count == 0))
        {
            return user.RoleNames;
        }

        if (rules.ArraysAdd)
        {
            known = user.RoleNames.Concat(known).Distinct().ToList();
        }

        // An empty array takes every role away, which leaves a member (4.2).
        return known.Count == 0 ? [Roles.Member] : known;
    }

    private IReadOnlyList<GroupRecord> MergeGroups(IReadOnlyList<GroupRecord> current, JsonElement body)
    {
        if (NamesOf(body, "groups") is not { } names)
        {
            return current;
        }

        // A name that is no group's makes no group (6.3), unless that switch is on.
        foreach (var name in names.Where(name => rules.CreateGroups && tenant.FindGroupByName(name) is null))
        {
            tenant.AddGroup(new GroupRecord(tenant.NewId("group", rules.HostileIds)) { DisplayName = name, Created = rules.Now, LastModified = rules.Now });
        }

        var known = names.Select(tenant.FindGroupByName).OfType<GroupRecord>().Distinct().ToList();
        if (names.Count > 0 && known.Count == 0)
        {
            return current;
        }

        return rules.ArraysAdd ? current.Concat(known).Distinct().ToList() : known;
    }

    private string? MergeManager(string? current, JsonElement enterprise)
    {
        // A plain address; the RFC's object is not understood (3.2), and the manager must be a user already.
        var sent = Merge(current, enterprise, "manager");
        return sent is null || rules.StoreUnknownManager || tenant.FindUserByName(sent) is not null ? sent : current;
    }

    private string? MergeEmployeeNumber(UserRecord user, JsonElement enterprise)
    {
        var sent = Merge(user.EmployeeNumber, enterprise, "employeeNumber");
        var isTaken = rules.IgnoreDuplicateEmployeeNumber && sent is not null
            && tenant.AllUsers().Any(other => other.EmployeeNumber == sent && other.Id != user.Id);
        return isTaken ? user.EmployeeNumber : sent;
    }

    private UserRecord MergeExtension(UserRecord user, JsonElement zoom, JsonElement body)
    {
        var merged = user.Extension.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var planSent = false;
        foreach (var attribute in zoom.EnumerateObject())
        {
            if (rules.IgnorePutOnly && ExtensionAttributes.PutOnly.Contains(attribute.Name))
            {
                continue;
            }

            var isCustom = tenant.Account.CustomAttributes.Contains(attribute.Name);
            if (rules.IsLoad)
            {
                // Codes are kept as strings, also where a hand-written state has numbers.
                var isNumber = ExtensionAttributes.Plans.Contains(attribute.Name) && attribute.Value.ValueKind == JsonValueKind.Number;
                merged[attribute.Name] = isNumber ? Text(attribute.Value.GetRawText()) : attribute.Value.Clone();
            }
            else if (ExtensionAttributes.Plans.Contains(attribute.Name))
            {
                planSent |= MergePlan(merged, attribute);
            }
            else if (ExtensionAttributes.Flags.Contains(attribute.Name))
            {
                MergeFlag(merged, attribute);
            }
            else if (ExtensionAttributes.ContactCenter.Contains(attribute.Name))
            {
                // An empty value means no change here.
                if (attribute.Value.ValueKind == JsonValueKind.Object || TextOf(attribute.Value) is { Length: > 0 })
                {
                    merged[attribute.Name] = attribute.Value.Clone();
                }
            }
            else if (isCustom || ExtensionAttributes.Knows(attribute.Name))
            {
                MergeText(merged, zoom, attribute.Name);
            }
        }

        // Who gets a plan is a licensed user, unless the same request says what they are (3.3).
        var follows = planSent && TextOf(body, "userType") is null && !UserTypes.IsPaid(user.UserType);
        return user with { Extension = merged, UserType = follows ? UserTypes.Licensed : user.UserType };
    }

    private bool MergePlan(Dictionary<string, JsonElement> merged, JsonProperty attribute)
    {
        var code = TextOf(attribute.Value);
        var isNothing = code is null ? rules.NullClears : code.Length == 0 && rules.EmptyClears;
        var isZero = code is "0" or "none";
        if (isNothing || (isZero && rules.PlanZeroRemoves))
        {
            merged.Remove(attribute.Name);
            return false;
        }

        if (string.IsNullOrEmpty(code) || isZero)
        {
            return false;
        }

        merged[attribute.Name] = Text(code!);
        return true;
    }

    private static void MergeFlag(Dictionary<string, JsonElement> merged, JsonProperty attribute)
    {
        if (attribute.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            merged[attribute.Name] = attribute.Value.Clone();
        }
        else if (attribute.Value.ValueKind == JsonValueKind.String && bool.TryParse(attribute.Value.GetString(), out var flag))
        {
            merged[attribute.Name] = JsonSerializer.SerializeToElement(flag);
        }
    }

    private void MergeText(Dictionary<string, JsonElement> merged, JsonElement zoom, string name)
    {
        var current = merged.TryGetValue(name, out var value) ? TextOf(value) : null;
        var text = Merge(current, zoom, name);
        if (text is null || (name == ExtensionAttributes.CallingPlan && text == "-1"))
        {
            // -1 is the one documented way to take a calling plan away (3.6).
            merged.Remove(name);
        }
        else
        {
            merged[name] = Text(text);
        }
    }
}
