using System;
using System.Collections.Generic;
using System.IO;

namespace ZoomProvisioning.Input.Tables;

/// <summary>A row of a text table.</summary>
internal sealed class TableRecord : ISourceRecord
{
    private readonly string[] _headings;
    private readonly object?[] _cells;
    private readonly SourcePlace _place;

    public TableRecord(SourcePlace place, string[] headings, object?[] cells)
    {
        _place = place;
        _headings = headings;
        _cells = cells;
    }

    /// <summary>Why none of the cells can be trusted; null when they can.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether all records of the text have the same headings.</summary>
    public bool SharesHeadings { get; init; }

    /// <inheritdoc/>
    public object? Source => _place;

    /// <inheritdoc/>
    public IReadOnlyList<string> TypeNames => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _headings;

    /// <inheritdoc/>
    public object? Read(string name)
    {
        if (Fault is not null)
        {
            throw new InvalidDataException(Fault);
        }

        // Mostly the very text the headings are made of.
        var index = Array.FindIndex(_headings, h => ReferenceEquals(h, name));
        return (index < 0 ? Array.IndexOf(_headings, name) : index) is >= 0 and var place
            ? (_cells[place] is Exception damage ? throw damage : _cells[place])
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => _place.ToString();
}
