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

    public CsvRow(int line, string[] headings, string?[] cells)
    {
        Line = line;
        _headings = headings;
        _cells = cells;
    }

    /// <summary>The line in the file, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Why none of the cells can be trusted; null when they can.</summary>
    public string? Fault { get; init; }

    public object? Source => this;

    public IReadOnlyList<string> TypeNames => [];

    public IReadOnlyList<string> Names => _headings;

    public object? Read(string name) => Fault is not null ? throw new InvalidDataException(Fault) : _cells[Array.IndexOf(_headings, name)];

    public override string ToString() => $"line {Line}";
}
