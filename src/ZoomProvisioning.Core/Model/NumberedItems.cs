using System.Collections.Concurrent;

namespace ZoomProvisioning;

/// <summary>Items by number, for any thread. Nothing is ever taken out, so there is a limit to what is taken in.</summary>
/// <param name="most">How many there may be; at most 65,536.</param>
internal sealed class NumberedItems<T>(int most) where T : class
{
    private readonly ConcurrentDictionary<T, ushort> _numbers = new();
    private readonly T[] _items = new T[most];

    /// <summary>The item of a number that <see cref="Number"/> gave.</summary>
    public T this[int number] => _items[number];

    /// <summary>The number of an item, if it has one.</summary>
    public bool Has(T item, out ushort number) => _numbers.TryGetValue(item, out number);

    /// <summary>Gives an item a number; null when there are no more.</summary>
    public ushort? Number(T item)
    {
        lock (_items)
        {
            if (_numbers.TryGetValue(item, out var number))
            {
                return number;
            }

            if (_numbers.Count == _items.Length)
            {
                return null;
            }

            number = (ushort)_numbers.Count;
            _items[number] = item;
            _numbers[item] = number;
            return number;
        }
    }
}
