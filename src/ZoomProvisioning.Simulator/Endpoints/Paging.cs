using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>startIndex, count and the ListResponse around a page (fact sheet 2.1 and 2.3).</summary>
/// <param name="StartIndex">Place of the first resource, from 1.</param>
/// <param name="Count">How many resources at most.</param>
internal readonly record struct Paging(int StartIndex, int Count)
{
    private const int Maximum = 100;

    /// <summary>The page a query asks for, or null when its count is refused.</summary>
    public static Paging? Read(Dictionary<string, string> query, Behaviour behaviour)
    {
        var count = Number(query, "count") ?? behaviour.Number(Switches.CountDefault);
        if (count > Maximum && behaviour.Is(Switches.CountAboveMaximum, "400"))
        {
            return null;
        }

        return new Paging(Math.Max(1, Number(query, "startIndex") ?? 1), Math.Min(Maximum, Math.Max(0, count)));
    }

    public SimulatedResponse Reply<T>(int total, IReadOnlyCollection<T> page, Action<Utf8JsonWriter, T> write)
    {
        var startIndex = StartIndex;
        return Replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("schemas");
            json.WriteStringValue("urn:ietf:params:scim:api:messages:2.0:ListResponse");
            json.WriteEndArray();
            json.WriteNumber("totalResults", total);
            json.WriteNumber("startIndex", startIndex);
            json.WriteNumber("itemsPerPage", page.Count);
            json.WriteStartArray("Resources");
            foreach (var item in page)
            {
                write(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static int? Number(Dictionary<string, string> query, string name) =>
        query.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
