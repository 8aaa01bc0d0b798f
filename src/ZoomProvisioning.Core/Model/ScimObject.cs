using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// A SCIM complex value: an ordered set of attributes whose names compare without regard to case (RFC 7643 section 2.1).
/// It holds whatever the service sent, known to this module or not, so that nothing is lost on the way back.
/// </summary>
/// <remarks>
/// Values are <see langword="null"/>, <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="ScimNumber"/>
/// (any other JSON number, kept literally), <see cref="ScimObject"/>, or an <see cref="ArrayList"/> of such values.
/// An absent attribute, an attribute that is null and an empty string are three different things (RFC 7643 section 2.5).
/// </remarks>
public sealed class ScimObject : OrderedDictionary
{
    /// <summary>Makes an empty object.</summary>
    public ScimObject()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>The value of an attribute; null when it is absent or null.</summary>
    /// <param name="name">The attribute's name; case does not matter.</param>
    public object? this[string name]
    {
        get => base[(object)name];
        set => base[(object)name] = value;
    }

    /// <summary>The names of the attributes present, in the order they were received or set.</summary>
    public IReadOnlyList<string> Names => Keys.Cast<string>().ToList();

    /// <summary>Whether an attribute is present, be it null.</summary>
    public bool Has(string name) => Contains(name);

    /// <summary>The text of an attribute, or null when it is absent, null or not a text.</summary>
    public string? Text(string name) => this[name] as string;

    /// <summary>The complex value of an attribute, or null when it is absent or something else.</summary>
    public ScimObject? Complex(string name) => this[name] as ScimObject;

    /// <summary>
    /// The values of a multi-valued attribute. Zoom sends some of them as a single object (roles and groups in a GET reply),
    /// so a lone value counts as a list of one; an absent or null attribute as an empty list.
    /// </summary>
    public IReadOnlyList<object?> Items(string name) => this[name] switch
    {
        null => [],
        ArrayList list => list.Cast<object?>().ToList(),
        var single => [single],
    };

    /// <summary>The complex value of an attribute, created when it is absent or not complex.</summary>
    public ScimObject ComplexOrNew(string name)
    {
        if (this[name] is ScimObject found)
        {
            return found;
        }

        var created = new ScimObject();
        this[name] = created;
        return created;
    }

    /// <summary>A copy that shares no mutable part with this object.</summary>
    public ScimObject DeepCopy()
    {
        var copy = new ScimObject();
        foreach (DictionaryEntry entry in this)
        {
            copy[(string)entry.Key] = CopyValue(entry.Value);
        }

        return copy;
    }

    /// <summary>Whether two attribute values are the same: objects by name in any order, lists in order, texts by code unit.</summary>
    public static bool ValueEquals(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (ScimObject a, ScimObject b) => a.Count == b.Count && a.Names.All(n => b.Has(n) && ValueEquals(a[n], b[n])),
        (ArrayList a, ArrayList b) => a.Count == b.Count && a.Cast<object?>().Zip(b.Cast<object?>(), ValueEquals).All(same => same),
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        _ => Equals(left, right),
    };

    private static object? CopyValue(object? value) => value switch
    {
        ScimObject complex => complex.DeepCopy(),
        ArrayList list => new ArrayList(list.Cast<object?>().Select(CopyValue).ToArray()),
        _ => value,
    };
}
