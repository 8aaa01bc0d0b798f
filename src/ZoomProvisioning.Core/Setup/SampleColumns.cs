using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Setup;

/// <summary>The columns of a source: what the preset makes of each, and how many records fill it.</summary>
internal sealed class SampleColumns
{
    private readonly Dictionary<string, int> _filled = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ISourceRecord> _records;

    public SampleColumns(IReadOnlyList<ISourceRecord> records)
    {
        _records = records;
        var reader = new RuleRecordReader(new ProvisioningRule("sample"), null, MappingPlace.Rule).Reader;
        Layout = reader.RowOf(records.OrderByDescending(r => r.Names.Count).First()).Layout;
        foreach (var name in Layout.Names)
        {
            _filled[name] = records.Count(r => TextOf(r, name).Length > 0);
        }
    }

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <summary>What the headings come to.</summary>
    public RecordLayout Layout { get; }

    /// <summary>How many records fill a column.</summary>
    public int Filled(string column) => _filled.TryGetValue(column, out var count) ? count : 0;

    /// <summary>The columns that feed an attribute and have a value somewhere, the best first.</summary>
    public IReadOnlyList<string> For(string attribute) => Layout.ColumnsFor(attribute).Where(c => Filled(c) > 0).ToList();

    /// <summary>The values of a column that are there.</summary>
    public IEnumerable<object> ValuesOf(string column) => _records.Select(r => Read(r, column)).OfType<object>().Where(v => StateReader.TextOf(v).Length > 0);

    /// <summary>The keys in a column, as anchors are compared.</summary>
    public IEnumerable<string> KeysOf(string column) => _records.Select(r => KeyOf(r, column)).OfType<string>();

    private static string? KeyOf(ISourceRecord record, string column)
    {
        try
        {
            return SourceAnchor.Read(record, column);
        }
        // Several values, or a getter that throws, are no key.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            return null;
        }
    }

    private static string TextOf(ISourceRecord record, string column) => StateReader.TextOf(Read(record, column));

    private static object? Read(ISourceRecord record, string column)
    {
        try
        {
            return record.Names.Contains(column) ? record.Read(column) : null;
        }
        // What cannot be read says nothing here; the plan tells of it.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            return null;
        }
    }
}
