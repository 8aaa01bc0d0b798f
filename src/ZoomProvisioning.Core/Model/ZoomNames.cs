using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// Several names, such as roles. As text they are separated by semicolons, which is how Export-Csv writes them and how a record
/// is read; an array would become the name of its type there.
/// </summary>
public sealed class ZoomNames : ReadOnlyCollection<string>
{
    /// <summary>Makes a list of names.</summary>
    public ZoomNames(string[] names)
        : base(names)
    {
    }

    /// <summary>Makes a list of whatever a script has.</summary>
    public ZoomNames(object[] names)
        : base(names.Select(n => n?.ToString() ?? string.Empty).ToArray())
    {
    }

    /// <summary>Makes a list of one name, or of several separated by semicolons.</summary>
    public ZoomNames(string names)
        : base(names.Split(';').Select(n => n.Trim()).Where(n => n.Length > 0).ToArray())
    {
    }

    // For collection expressions; whoever has a list of a user's names would add to a copy.
    internal ZoomNames()
        : base(new List<string>())
    {
    }

    internal void Add(string name) => Items.Add(name);

    /// <summary>A list of names as what it is.</summary>
    public static implicit operator ZoomNames(string[] names) => new(names);

    /// <summary>The names, separated by semicolons.</summary>
    public override string ToString() => string.Join("; ", (IEnumerable<string>)this);
}
