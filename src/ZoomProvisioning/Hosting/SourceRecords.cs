using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Hosting;

/// <summary>The records of a whole source, as they come down the pipeline.</summary>
internal sealed class SourceRecords
{
    private readonly List<ISourceRecord> _records = [];
    private int _read;

    /// <summary>Those that came so far.</summary>
    public IReadOnlyList<ISourceRecord> All => _records;

    /// <summary>The objects themselves, for another command.</summary>
    public IEnumerable<object> Objects => _records.OfType<PSObjectRecord>().Select(r => (object)r.PSObject);

    /// <summary>Takes records that were read elsewhere.</summary>
    public void AddRange(IEnumerable<ISourceRecord> records) => _records.AddRange(records);

    /// <summary>Takes what came down the pipeline.</summary>
    /// <param name="input">One record or several; null is none.</param>
    /// <param name="terminate">Ends the command: whoever pipes the wrong thing would find everybody missing from the source.</param>
    public void Add(PSObject? input, Action<ScimException, object?> terminate)
    {
        foreach (var record in input is null ? [] : PipelineInput.Unroll(input))
        {
            _read++;
            if (record is null || record.BaseObject is string or ValueType)
            {
                terminate(new ScimRecordException(
                    "Zoom.Record.NotARecord",
                    $"Record {_read} ('{record}') is not a record with properties, so this is no source. Nothing was sent.")
                {
                    Category = nameof(ErrorCategory.InvalidType),
                    RecommendedAction = "Pipe objects (Import-Csv, Get-ADUser, Get-MgUser, hashtables), all of the source at once.",
                }, record);
            }

            _records.Add(new PSObjectRecord(record!));
        }
    }

    /// <summary>Takes what was read elsewhere.</summary>
    public void Add(IEnumerable<ISourceRecord> records) => _records.AddRange(records);
}
