using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>JSON as plain objects and back, for callers that cannot see this assembly's JSON library.</summary>
internal static class PlainJson
{
    public static object Of(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Number when node.AsValue().TryGetValue<int>(out var whole) => whole,
        JsonValueKind.Number => double.Parse(node.ToString(), CultureInfo.InvariantCulture),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => node.ToString(),
    };

    public static IReadOnlyDictionary<string, object> Of(JsonObject document) =>
        document.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => Of(pair.Value!));

    public static JsonNode? From(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        int or long or short or byte => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float or decimal => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    public static JsonObject From(IReadOnlyDictionary<string, object?> values) =>
        new(values.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, From(pair.Value))));
}
