using System;
using System.Collections;
using System.Collections.Generic;
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
/// What a plan or a ledger holds is kept packed (<see cref="PackedValues"/>): the object itself can be changed all the same, what it
/// holds can be looked at, and a <see cref="DeepCopy"/> can be changed to its depth.
/// </remarks>
public sealed class ScimObject : IDictionary
{
    // A tenant has a hundred thousand users with a handful of these objects each, so they are small: names are shared, there is
    // one object for true and one for false, and a search is a walk, for there are few names.
    internal static readonly object True = true;
    internal static readonly object False = false;
    private static readonly object?[] NoValues = [];

    private string[] _names = NameList.Empty;

    // An object?[], which may have room for more; or PackedValues; or a PackedPart of them.
    private object _values = NoValues;

    /// <summary>Makes an empty object.</summary>
    public ScimObject()
    {
    }

    /// <summary>Makes an object of values, which are kept, not copied.</summary>
    internal ScimObject(string[] names, object?[] values) => (_names, _values) = (names, values);

    /// <summary>Makes an object to look at, of a part of packed values.</summary>
    internal ScimObject(string[] names, PackedValues of, int offset) => (_names, _values) = (names, new PackedPart(of, offset));

    /// <summary>How many attributes are present.</summary>
    public int Count => _names.Length;

    /// <summary>The names of the attributes present, in the order they were received or set.</summary>
    public IReadOnlyList<string> Names => Array.AsReadOnly(_names);

    /// <summary>The same as <see cref="Names"/>.</summary>
    public ICollection Keys => (string[])_names.Clone();

    /// <summary>The values, in the order of the names.</summary>
    public ICollection Values => ReadValues();

    /// <summary>Whether this is a part of what is kept packed, there to be looked at.</summary>
    public bool IsReadOnly => _values is PackedPart;

    /// <inheritdoc/>
    public bool IsFixedSize => false;

    /// <inheritdoc/>
    public bool IsSynchronized => false;

    /// <inheritdoc/>
    public object SyncRoot => this;

    /// <summary>The value of an attribute; null when it is absent or null.</summary>
    /// <param name="name">The attribute's name; case does not matter.</param>
    public object? this[string name]
    {
        get => NameList.IndexOf(_names, name) is >= 0 and var index ? ReadValue(index) : null;
        set
        {
            var boxed = value switch
            {
                bool flag => flag ? True : False,
                // What is put into an object can be changed there.
                ScimObject { _values: PackedPart } part => part.DeepCopy(),
                ArrayList { IsReadOnly: true } list => CopyValue(list),
                _ => value,
            };
            if (NameList.IndexOf(_names, name) is >= 0 and var index)
            {
                Live()[index] = boxed;
                return;
            }

            Append(name, boxed);
        }
    }

    /// <summary>As by name: the value of an attribute; null when it is absent or null, or the key is no text.</summary>
    public object? this[object key]
    {
        get => key is string name ? this[name] : null;
        set => this[NameOf(key)] = value;
    }

    /// <summary>Adds an attribute that is not there yet.</summary>
    /// <exception cref="ArgumentException">It is there.</exception>
    public void Add(object key, object? value)
    {
        var name = NameOf(key);
        if (Has(name))
        {
            throw new ArgumentException($"There is an attribute '{name}' already.", nameof(key));
        }

        this[name] = value;
    }

    /// <summary>Whether an attribute is present, be it null.</summary>
    public bool Contains(object key) => key is string name && Has(name);

    /// <summary>Takes an attribute out; nothing happens when it is absent.</summary>
    public void Remove(object key)
    {
        if (key is not string name || NameList.IndexOf(_names, name) is not (>= 0 and var index))
        {
            return;
        }

        var before = Live();
        var values = new object?[Count - 1];
        Array.Copy(before, values, index);
        Array.Copy(before, index + 1, values, index, values.Length - index);
        _names = NameList.Without(_names, index);
        _values = values;
    }

    /// <summary>Takes all attributes out.</summary>
    public void Clear()
    {
        Live();
        _names = NameList.Empty;
        _values = NoValues;
    }

    /// <summary>Copies the attributes as <see cref="DictionaryEntry"/>.</summary>
    public void CopyTo(Array array, int index)
    {
        foreach (DictionaryEntry entry in this)
        {
            array.SetValue(entry, index++);
        }
    }

    /// <summary>Goes through the attributes that are present now, in the order they were received or set.</summary>
    public IDictionaryEnumerator GetEnumerator() => new Enumerator(_names, ReadValues());

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether an attribute is present, be it null.</summary>
    public bool Has(string name) => NameList.IndexOf(_names, name) >= 0;

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
        Live();
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
        if (_values is not object?[] own)
        {
            return new ScimObject(_names, ReadPacked(live: true));
        }

        var values = new object?[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = CopyValue(own[i]);
        }

        return new ScimObject(_names, values);
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

    /// <summary>The attributes as text, such as <c>zoomOneBizPlus=16; zoomWhiteboard=true</c>.</summary>
    public override string ToString() => string.Join("; ", Names.Select(n => $"{n}={TextOf(this[n])}"));

    private static string TextOf(object? value) => value switch
    {
        ScimObject complex => $"{{ {complex} }}",
        ArrayList list => string.Join(", ", list.Cast<object?>().Select(TextOf)),
        _ => ZoomAttribute.Display(value),
    };

    /// <summary>Gives back the room that was kept for more attributes.</summary>
    internal void Trim()
    {
        if (_values is object?[] own && own.Length > Count)
        {
            Array.Resize(ref own, Count);
            _values = own;
        }
    }

    /// <summary>
    /// Takes less room, for what is kept long and seldom looked at. Nobody may hold a part of it to change it: of packed values parts are
    /// made to be looked at. When the object itself is changed, it is unpacked.
    /// </summary>
    internal void Pack()
    {
        if (_values is object?[] own && PackedValues.TryPack(_names, own) is { } packed)
        {
            _values = packed;
        }
    }

    /// <summary>The names, shared with others of the same names and never changed.</summary>
    internal string[] NameArray => _names;

    /// <summary>The values, in the order of the names.</summary>
    internal object?[] ReadValues()
    {
        if (_values is not object?[] own)
        {
            return ReadPacked(live: false);
        }

        var values = new object?[Count];
        Array.Copy(own, values, Count);
        return values;
    }

    private object? ReadValue(int index) => _values switch
    {
        object?[] own => own[index],
        PackedValues packed => packed.Read(0, index),
        _ => ((PackedPart)_values).Of.Read(((PackedPart)_values).Offset, index),
    };

    private object?[] ReadPacked(bool live) =>
        _values is PackedValues packed ? packed.ReadAll(0, Count, live) : ((PackedPart)_values).Of.ReadAll(((PackedPart)_values).Offset, Count, live);

    /// <summary>The values, to be changed.</summary>
    /// <exception cref="InvalidOperationException">It is a part of packed values.</exception>
    private object?[] Live()
    {
        if (_values is object?[] own)
        {
            return own;
        }

        if (_values is PackedPart)
        {
            throw new InvalidOperationException("This is a part of a user as it was seen, and cannot be changed. Make a copy of the user, and change that.");
        }

        own = ReadPacked(live: true);
        _values = own;
        return own;
    }

    private static string NameOf(object key) => key as string ?? throw new ArgumentException("The name of an attribute is a text.", nameof(key));

    private void Append(string name, object? value)
    {
        var values = Live();
        if (values.Length == Count)
        {
            Array.Resize(ref values, Count < 4 ? Count + 1 : Count + (Count / 2));
            _values = values;
        }

        values[Count] = value;
        _names = NameList.With(_names, name);
    }

    private static object? CopyValue(object? value) => value switch
    {
        ScimObject complex => complex.DeepCopy(),
        ArrayList list => new ArrayList(list.Cast<object?>().Select(CopyValue).ToArray()),
        _ => value,
    };

    /// <summary>Values within packed ones, to look at.</summary>
    private sealed class PackedPart(PackedValues of, int offset)
    {
        public PackedValues Of { get; } = of;

        public int Offset { get; } = offset;
    }

    private sealed class Enumerator(string[] names, object?[] values) : IDictionaryEnumerator
    {
        private int _index = -1;

        public DictionaryEntry Entry => new(Key, Value);

        public object Key => names[_index];

        public object? Value => values[_index];

        public object Current => Entry;

        public bool MoveNext() => ++_index < names.Length;

        public void Reset() => _index = -1;
    }
}
