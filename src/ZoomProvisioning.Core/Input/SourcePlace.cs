namespace ZoomProvisioning.Input;

/// <summary>
/// Where a record of a file stands, or what a directory calls it. It is the record's source in plans and results: a plan keeps it for each person, and not all
/// the cells of a wide table with it.
/// </summary>
public sealed class SourcePlace
{
    private readonly string _what;

    internal SourcePlace(int number, string what = "line")
    {
        Number = number;
        _what = what;
    }

    internal SourcePlace(string name) => _what = name;

    /// <summary>The line, counted from 1; 0 where the record has a name of its own.</summary>
    public int Number { get; }

    /// <summary>For example <c>line 7</c>, or a distinguished name.</summary>
    public override string ToString() => Number == 0 ? _what : $"{_what} {Number}";
}
