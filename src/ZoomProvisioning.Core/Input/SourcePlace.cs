namespace ZoomProvisioning.Input;

/// <summary>
/// Where a record of a file stands. It is the record's source in plans and results: a plan keeps it for each person, and not all
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

    /// <summary>The line, counted from 1.</summary>
    public int Number { get; }

    /// <summary>For example <c>line 7</c>.</summary>
    public override string ToString() => $"{_what} {Number}";
}
