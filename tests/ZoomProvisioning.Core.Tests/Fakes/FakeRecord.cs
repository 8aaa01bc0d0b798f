using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Tests;

/// <summary>A source record of any shape.</summary>
internal sealed class FakeRecord : ISourceRecord
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly List<string> _names;

    public FakeRecord(string typeName, params (string Name, object? Value)[] values)
    {
        TypeNames = [typeName, "System.Object"];
        _names = values.Select(v => v.Name).ToList();
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }
    }

    public object? Source { get; init; }

    public IReadOnlyList<string> TypeNames { get; }

    /// <summary>The names as a look at the object shows them now; a missing property that was read is among them.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The names that were read although the record does not have them.</summary>
    public List<string> CreatedByReading { get; } = [];

    /// <summary>A row of a CSV file: Import-Csv gives texts only.</summary>
    public static FakeRecord Csv(params (string Name, string Value)[] cells) =>
        new("System.Management.Automation.PSCustomObject", cells.Select(c => (c.Name, (object?)c.Value)).ToArray());

    /// <summary>A user of Get-ADUser.</summary>
    public static FakeRecord Ad(params (string Name, object? Value)[] values) => new("Microsoft.ActiveDirectory.Management.ADUser", values);

    /// <summary>A user of Get-MgUser.</summary>
    public static FakeRecord Entra(params (string Name, object? Value)[] values) =>
        new("Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser", values);

    /// <summary>A user of this module, as PowerShell shows it.</summary>
    public static FakeRecord Zoom(ScimUser user) => new(
        "ZoomProvisioning.ScimUser",
        [
            .. ZoomAttributes.All.Select(a => (a.Name, a.Get(user))),
            ("Id", user.Id), ("Attributes", user.Attributes), ("ChangedAttributes", user.ChangedAttributes), ("Detail", user.Detail),
        ])
    { Source = user };

    public object? Read(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            // Get-ADUser's objects create what is asked for.
            _names.Add(name);
            _values.Add(name, null);
            CreatedByReading.Add(name);
            return null;
        }

        return value is Exception exception ? throw exception : value;
    }
}
