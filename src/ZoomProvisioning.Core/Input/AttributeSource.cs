using System;

namespace ZoomProvisioning.Input;

/// <summary>Where the value of an attribute comes from, as an admin says with <c>-Mapping</c>.</summary>
public sealed class AttributeSource
{
    private AttributeSource()
    {
    }

    /// <summary>The name of a property of the record; null when it is something else.</summary>
    public string? Property { get; private init; }

    /// <summary>A function of the record, made from a scriptblock; null when it is something else.</summary>
    public Func<ISourceRecord, object?>? Script { get; private init; }

    /// <summary>Whether <see cref="Constant"/> is the source.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>The same value for every record.</summary>
    public object? Constant { get; private init; }

    /// <summary>Leaves the attribute out, even where the preset would map it.</summary>
    public static AttributeSource Nothing { get; } = new();

    /// <summary>A property of the record.</summary>
    public static AttributeSource FromProperty(string name) => new() { Property = name };

    /// <summary>The same value for every record.</summary>
    public static AttributeSource FromConstant(object? value) => new() { IsConstant = true, Constant = value };

    /// <summary>A function of the record.</summary>
    public static AttributeSource FromScript(Func<ISourceRecord, object?> script) => new() { Script = script };
}
