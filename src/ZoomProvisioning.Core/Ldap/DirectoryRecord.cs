using System;
using System.Collections.Generic;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Ldap;

/// <summary>An entry of a directory as a record. All records of one read have the same names.</summary>
internal sealed class DirectoryRecord : ISourceRecord
{
    /// <summary>What the records call themselves, so that advice speaks of the directory.</summary>
    public const string TypeName = "ZoomProvisioning.DirectoryServices.Entry";

    private static readonly string[] Type = [TypeName];

    private readonly IReadOnlyList<string> _names;
    private readonly object?[] _values;

    public DirectoryRecord(string name, IReadOnlyList<string> names, object?[] values)
    {
        _names = names;
        _values = values;
        Source = new SourcePlace(name);
    }

    /// <inheritdoc/>
    public object? Source { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> TypeNames => Type;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public object? Read(string name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (ReferenceEquals(_names[i], name) || string.Equals(_names[i], name, StringComparison.Ordinal))
            {
                return _values[i] is Exception damage ? throw damage : _values[i];
            }
        }

        return null;
    }

    /// <summary>The distinguished name.</summary>
    public override string ToString() => Source!.ToString()!;
}
