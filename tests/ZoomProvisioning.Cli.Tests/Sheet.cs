using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A list of people, as somebody keeps it.</summary>
internal sealed class Sheet
{
    private const int People = 40;

    private static readonly string[] Headings = ["EmpId", "UserName", "FirstName", "LastName", "Active", "UserType", "Department"];

    private readonly List<string> _headings = [.. Headings];
    private Func<string, string> _cut = text => text;

    public List<Dictionary<string, string>> Rows { get; } = [.. Enumerable.Range(1, People).Select(i => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EmpId"] = $"{(i < 4 ? 0 : 1)}{i:000}",
        ["UserName"] = $"user{i}@example.com",
        ["FirstName"] = $"Given{i}",
        ["LastName"] = $"Family{i}",
        ["Active"] = "True",
        ["UserType"] = "Licensed",
        ["Department"] = i % 2 == 0 ? "Sales" : "Legal",
    })];

    public void Column(string heading, Func<int, string, string> change)
    {
        for (var i = 0; i < Rows.Count; i++)
        {
            Rows[i][heading] = change(i, Rows[i][heading]);
        }
    }

    public void Cell(int row, string heading, string value) => Rows[row][heading] = value;

    /// <summary>Moves the cells of one column down by one row.</summary>
    public void Shift(string heading)
    {
        var values = Rows.ConvertAll(r => r[heading]);
        Column(heading, (i, _) => values[(i + 1) % values.Count]);
    }

    public void Rename(string heading, string now)
    {
        _headings[_headings.IndexOf(heading)] = now;
        Rows.ForEach(r => r[now] = r[heading]);
    }

    /// <summary>Adds everybody once more, a little different.</summary>
    public void AddAll(Action<Dictionary<string, string>> change)
    {
        var more = Rows.ConvertAll(r => new Dictionary<string, string>(r, StringComparer.Ordinal));
        more.ForEach(change);
        Rows.AddRange(more);
    }

    /// <summary>Exchanges the cells of two rows.</summary>
    public void Swap(int one, int other, params string[] headings)
    {
        foreach (var heading in headings)
        {
            (Rows[one][heading], Rows[other][heading]) = (Rows[other][heading], Rows[one][heading]);
        }
    }

    /// <summary>Makes the row of somebody else of a row, and leaves its number.</summary>
    public void Replace(int row, string kept, string address, string given, string family)
    {
        var number = Rows[row][kept];
        (Rows[row]["UserName"], Rows[row]["FirstName"], Rows[row]["LastName"]) = (address, given, family);
        Rows[row][kept] = number;
    }

    /// <summary>Exchanges two headings, and not what is under them.</summary>
    public void Rename2(string one, string other)
    {
        foreach (var row in Rows)
        {
            (row[one], row[other]) = (row[other], row[one]);
        }
    }

    /// <summary>Takes a column away.</summary>
    public void Drop(string heading) => _headings.Remove(heading);

    public void Cut(Func<string, string> cut) => _cut = cut;

    public override string ToString() =>
        _cut(string.Concat(Rows.Select(r => string.Join(',', _headings.Select(h => r[h])) + "\n").Prepend(string.Join(',', _headings) + "\n")));
}
