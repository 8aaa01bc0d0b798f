using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning;

/// <summary>
/// Lists of attribute names, which are never changed and so can be shared: 100,000 users have the same few lists. Names compare
/// without regard to case.
/// </summary>
internal static class NameList
{
    // A list is found again by the list it grew from and the name that was added. A slot that is taken is simply taken over.
    private static readonly Step?[] Steps = new Step?[4096];

    /// <summary>The list without a name.</summary>
    public static string[] Empty { get; } = [];

    /// <summary>Where a name is; -1 when it is not there.</summary>
    public static int IndexOf(string[] names, string name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (ReferenceEquals(names[i], name) || string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The list with one name more at its end.</summary>
    public static string[] With(string[] names, string name)
    {
        var slot = ((RuntimeHelpers.GetHashCode(names) * 31) + StringComparer.Ordinal.GetHashCode(name)) & (Steps.Length - 1);
        if (Steps[slot] is { } known && ReferenceEquals(known.From, names) && string.Equals(known.To[names.Length], name, StringComparison.Ordinal))
        {
            return known.To;
        }

        var longer = new string[names.Length + 1];
        names.CopyTo(longer, 0);
        longer[names.Length] = name;
        Steps[slot] = new Step(names, longer);
        return longer;
    }

    /// <summary>The list without the name at an index.</summary>
    public static string[] Without(string[] names, int index)
    {
        var shorter = Empty;
        for (var i = 0; i < names.Length; i++)
        {
            shorter = i == index ? shorter : With(shorter, names[i]);
        }

        return shorter;
    }

    private sealed class Step(string[] from, string[] to)
    {
        public string[] From { get; } = from;

        public string[] To { get; } = to;
    }
}

/// <summary>A list of names as others see it.</summary>
internal sealed class NameSet(string[] names) : ICollection<string>, IReadOnlyCollection<string>
{
    public int Count => names.Length;

    public override string ToString() => string.Join("; ", names);

    public bool IsReadOnly => true;

    public bool Contains(string item) => NameList.IndexOf(names, item) >= 0;

    public void CopyTo(string[] array, int arrayIndex) => names.CopyTo(array, arrayIndex);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => names.GetEnumerator();

    void ICollection<string>.Add(string item) => throw new NotSupportedException();

    void ICollection<string>.Clear() => throw new NotSupportedException();

    bool ICollection<string>.Remove(string item) => throw new NotSupportedException();
}
