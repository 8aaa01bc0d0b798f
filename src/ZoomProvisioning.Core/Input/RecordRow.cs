using System.Collections.Generic;

namespace ZoomProvisioning.Input;

/// <summary>A record with the layout of its headings. Where two headings are the same, the first counts.</summary>
internal sealed class RecordRow(ISourceRecord record, RecordLayout layout)
{
    /// <summary>The record.</summary>
    public ISourceRecord Record => record;

    /// <summary>What its headings come to.</summary>
    public RecordLayout Layout => layout;

    /// <summary>Whether no cell of a record has a value: a row that a spreadsheet left behind is nobody.</summary>
    public static bool IsBlank(ISourceRecord record)
    {
        foreach (var name in record.Names)
        {
            try
            {
                if (record.Read(name) is { } value && !(value is string text && Values.CellText.Trim(text).Length == 0))
                {
                    return false;
                }
            }
            // What cannot be read is something.
            catch (System.Exception exception) when (exception is not System.OperationCanceledException && !FlowControl.EndsPipeline(exception))
            {
                return false;
            }
        }

        return record.Names.Count > 0;
    }

    /// <summary>Whether there is such a property.</summary>
    public bool Has(string name) => layout.Find(name) is not null;

    /// <summary>Reads a property by the name the record gives it. May throw what its getter throws.</summary>
    public object? Read(string name) => RecordProperty.Read(record, name);
}

/// <summary>Finds the layouts of the records of one source, which are one or a few.</summary>
internal sealed class RecordLayouts
{
    private const int Kept = 16;

    private readonly List<RecordLayout> _layouts = [];

    /// <summary>The layout of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="detect">Tells its shape.</param>
    /// <param name="isNew">Whether no record before had these headings.</param>
    public RecordLayout Of(ISourceRecord record, System.Func<ISourceRecord, RecordShape> detect, out bool isNew)
    {
        isNew = false;
        for (var i = 0; i < _layouts.Count; i++)
        {
            var layout = _layouts[i];
            if (layout.Fits(record))
            {
                if (i > 0)
                {
                    _layouts.RemoveAt(i);
                    _layouts.Insert(0, layout);
                }

                return layout;
            }
        }

        isNew = true;
        if (_layouts.Count == Kept)
        {
            _layouts.RemoveAt(Kept - 1);
        }

        var found = new RecordLayout(record, detect(record));
        _layouts.Insert(0, found);
        return found;
    }
}
