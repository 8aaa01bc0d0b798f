using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Filter;

/// <summary>What a record holds under a name.</summary>
internal static class FilterValues
{
    /// <summary>The values; none when the property is missing, null, or an empty text.</summary>
    public static List<object> Of(ISourceRecord record, string property)
    {
        var value = RecordProperty.Find(record, property, out var name);
        if (value is null)
        {
            return [];
        }

        if (value is string text)
        {
            // Nearly always, and asked for each record.
            return string.IsNullOrWhiteSpace(text) ? []
                : text.IndexOf(';') >= 0 && MappingPreset.SameHeading(name!, "memberOf") ? LdapText.SplitNames(text).Cast<object>().ToList()
                : text is "0" or "9223372036854775807" && MappingPreset.SameHeading(name!, "accountExpires") ? [System.DateTimeOffset.MaxValue]
                : [text];
        }

        return value is long and (0 or long.MaxValue) && MappingPreset.SameHeading(name!, "accountExpires")
            ? [System.DateTimeOffset.MaxValue]
            : Flatten(value).ToList();
    }

    private static IEnumerable<object> Flatten(object? value) => value switch
    {
        null => [],
        string text => string.IsNullOrWhiteSpace(text) ? [] : [text],
        // A table of its own is there, but is nothing a literal can be compared with.
        IDictionary => [value],
        IEnumerable many => many.Cast<object?>().SelectMany(Flatten),
        _ => [value],
    };
}
