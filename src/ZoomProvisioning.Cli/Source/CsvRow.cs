using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Cli.Source;

/// <summary>A CSV row as a source record.</summary>
internal sealed class CsvRow : ISourceRecord
{
    private readonly string[] _headings;
    private readonly string?[] _cells;
    private readonly CsvLine _line;

    public CsvRow(int line, string[] headings, string?[] cells)
    {
        _line = new CsvLine(line);
        _headings = headings;
        _cells = cells;
    }

    /// <summary>The line in the file, counted from 1.</summary>
    public int Line => _line.Number;

    /// <summary>Why none of the cells can be trusted; null when they can.</summary>
    public string? Fault { get; init; }

    /// <summary>Where it stands, not the row: a plan keeps the source of each person, and not all the cells of a wide table with it.</summary>
    public object? Source => _line;

    public IReadOnlyList<string> TypeNames => [];

    public IReadOnlyList<string> Names => _headings;

    public object? Read(string name) => Fault is not null ? throw new InvalidDataException(Fault) : _cells[Array.IndexOf(_headings, name)];

    public override string ToString() => _line.ToString();
}

/// <summary>A line of a CSV file.</summary>
internal sealed class CsvLine(int number)
{
    /// <summary>Counted from 1.</summary>
    public int Number => number;

    public override string ToString() => $"line {number}";
}
