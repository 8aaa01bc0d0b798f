using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>
/// The entries of .NET's own LDAP clients: their attributes are not properties of the object but in a table of it
/// (SearchResultEntry.Attributes, SearchResult.Properties, DirectoryEntry.Properties).
/// </summary>
internal static class SearchResult
{
    /// <summary>The attributes by name, and the entry's own name; null for any other object.</summary>
    public static IDictionary? TableOf(PSObject source)
    {
        if (!source.TypeNames.Any(t => t.IndexOf("DirectoryServices", StringComparison.Ordinal) >= 0))
        {
            return null;
        }

        var attributes = (source.Properties["Attributes"]?.Value ?? source.Properties["Properties"]?.Value) switch
        {
            PSObject wrapped => wrapped.BaseObject as IDictionary,
            var plain => plain as IDictionary,
        };
        if (attributes is null)
        {
            return null;
        }

        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        if (source.Properties["DistinguishedName"]?.Value is string name)
        {
            table["distinguishedName"] = name;
        }

        foreach (DictionaryEntry attribute in attributes)
        {
            table[attribute.Key.ToString() ?? string.Empty] = attribute.Value;
        }

        return table;
    }
}
