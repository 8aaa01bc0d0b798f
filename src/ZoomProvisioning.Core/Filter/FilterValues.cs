using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Filter;

/// <summary>What a record holds under a name.</summary>
internal static class FilterValues
{
    /// <summary>The values; none when the property is missing, null, or an empty text.</summary>
    public static List<object> Of(ISourceRecord record, string property)
    {
        foreach (var name in record.Names)
        {
            if (MappingPreset.SameHeading(name, property))
            {
                return Flatten(record.Read(name)).ToList();
            }
        }

        return [];
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
