using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Binding;

/// <summary>A pipeline object as a source record: a hashtable by its keys, anything else by its properties.</summary>
internal sealed class PSObjectRecord : ISourceRecord
{
    private readonly PSObject _object;
    private readonly IDictionary? _table;
    private IReadOnlyList<string>? _typeNames;

    public PSObjectRecord(PSObject source)
    {
        _object = source;
        _table = source.BaseObject as IDictionary ?? SearchResult.TableOf(source);
        // The one snapshot of the names: a later look would find what reading has created.
        Names = _table is not null
            ? _table.Keys.Cast<object>().Select(k => k.ToString() ?? string.Empty).ToList()
            : source.Properties.Select(p => p.Name).ToList();
    }

    public object? Source => _object.BaseObject is PSCustomObject ? _object : _object.BaseObject;

    public PSObject PSObject => _object;

    public IReadOnlyList<string> TypeNames => _typeNames ??= _object.TypeNames.ToList();

    public IReadOnlyList<string> Names { get; }

    public object? Read(string name) => Plain(_table is not null ? Lookup(_table, name) : _object.Properties[name]?.Value);

    // Elements of arrays and hashtables may be wrapped, in any depth.
    private static object? Plain(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Plain(wrapped.BaseObject),
        string or IDictionary or byte[] => value,
        // A value of a directory's search gives its bytes when it is gone through, and its texts only when it is asked for them.
        IEnumerable many => many.Cast<object?>().Select(Plain).ToArray(),
        _ => value,
    };

    private static object? Lookup(IDictionary table, string name)
    {
        var key = table.Keys.Cast<object>().FirstOrDefault(k => string.Equals(k.ToString(), name, StringComparison.Ordinal));
        return key is null ? null : table[key];
    }
}
