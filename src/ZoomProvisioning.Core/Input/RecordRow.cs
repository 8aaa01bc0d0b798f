using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Input;

/// <summary>A record whose properties are found by canonical heading. Where two headings are the same, the first counts.</summary>
internal sealed class RecordRow
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public RecordRow(ISourceRecord record)
    {
        Record = record;
        foreach (var name in record.Names)
        {
            var key = MappingPreset.Canonical(name);
            if (!_names.ContainsKey(key))
            {
                _names.Add(key, name);
            }
        }
    }

    /// <summary>The record.</summary>
    public ISourceRecord Record { get; }

    /// <summary>Whether there is such a property.</summary>
    public bool Has(string name) => _names.ContainsKey(MappingPreset.Canonical(name));

    /// <summary>Reads a property that is there. May throw what its getter throws.</summary>
    public object? Read(string name) => Record.Read(_names[MappingPreset.Canonical(name)]);
}
