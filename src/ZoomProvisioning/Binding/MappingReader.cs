using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Binding;

/// <summary>Reads what an admin wrote after <c>-Mapping</c>.</summary>
internal static class MappingReader
{
    /// <summary>The sources by attribute name.</summary>
    public static IReadOnlyDictionary<string, AttributeSource> Read(Hashtable? mapping)
    {
        var sources = new Dictionary<string, AttributeSource>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in mapping ?? [])
        {
            var name = entry.Key.ToString() ?? string.Empty;
            sources[name] = ReadSource(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }

        return sources;
    }

    private static AttributeSource ReadSource(string name, object? value) => value switch
    {
        null => AttributeSource.Nothing,
        string property => AttributeSource.FromProperty(property),
        ScriptBlock block => AttributeSource.FromScript(record => MappingScript.Invoke(block, ((PSObjectRecord)record).PSObject)),
        IDictionary table when table.Count == 1 && table.Contains("Constant") => AttributeSource.FromConstant(table["Constant"]),
        // A flag needs no quotes and cannot be a property's name.
        bool flag => AttributeSource.FromConstant(flag),
        _ => throw new ScimRecordException("Zoom.Mapping.InvalidSource", $"-Mapping: '{name}' has a source this command cannot read ({value.GetType().Name}).")
        {
            Category = nameof(ErrorCategory.InvalidArgument),
            RecommendedAction = "Use a property's name in quotes, @{ Constant = 'value' }, a scriptblock { $_.Property }, or $null to leave the attribute out.",
        },
    };
}
