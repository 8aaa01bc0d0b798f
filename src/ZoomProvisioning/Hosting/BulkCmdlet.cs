using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Input;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that work on many records at once.</summary>
public abstract class BulkCmdlet : WritingCmdlet
{
    internal const string ValueSet = "Value";
    internal const string InputSet = "Input";

    private RecordReader? _reader;
    private bool _oneByOne;
    private bool _asksAboutRemovals;
    private int _records;
    private int _put;
    private int _begun;

    /// <summary>
    /// Records to read: objects of Get-ADUser or Get-MgUser, Import-Csv rows, hashtables, Zoom users. Parameters given as well
    /// win over the records.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Which property feeds which attribute, where the names differ:
    /// <c>@{ Department = 'extensionAttribute3'; UserType = @{ Constant = 'Licensed' }; Title = { $_.Title.ToUpper() }; Phone = $null }</c>.
    /// A text is a property's name, @{ Constant = … } the same value for everybody, a scriptblock gets the record as $_, and
    /// $null leaves the attribute out.
    /// </summary>
    [Parameter(ParameterSetName = InputSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(MappingCompleter))]
    [Table("@{ Department = 'Abteilung' }, the attribute first and the column after it")]
    public Hashtable? Mapping { get; set; }

    /// <summary>The most records worked on at once, 1 to 64. Fewer are used when the rate allowed needs no more.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    private protected override int Limit
    {
        get
        {
            if (_oneByOne)
            {
                return 1;
            }

            // As many as it takes to keep the rate busy: rate times latency, doubled, because a record is several requests.
            var rate = Zoom.Service.Rate;
            var needed = (int)Math.Ceiling(rate.RequestsPerSecond * rate.AverageLatency.TotalSeconds * 2);
            return Math.Min(ThrottleLimit, Math.Max(4, needed));
        }
    }

    /// <summary>Whether somebody is asked about each record, or only told.</summary>
    private protected bool OneByOne => _oneByOne;

    /// <summary>How many records are on the lane that were not begun.</summary>
    private protected int Coming => Volatile.Read(ref _put) - Volatile.Read(ref _begun);

    /// <summary>Whether records must be worked on one after the other where PowerShell may ask about them.</summary>
    private protected virtual bool AsksOneByOne => true;

    private protected virtual RecordUse Use => RecordUse.Name;

    private protected abstract ScimUser ExplicitValues { get; }

    private protected RecordReader Reader => _reader ??= new RecordReader(
        MappingReader.Read(Mapping), ExplicitValues, Use);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Where PowerShell may ask, or only says what it would do, the records go one after the other, in their order.
        var asks = MayAsk(OwnImpact);
        _oneByOne = AsksOneByOne && asks;
        _asksAboutRemovals = MayAsk(ConfirmImpact.High);
        Lane.AsksNobody = !asks;
        Lane.AsksNobodyAboutRemovals = !asks && !_asksAboutRemovals;
        try
        {
            _ = Reader;
        }
        catch (ScimRecordException exception)
        {
            Terminate(exception, Mapping);
        }
    }

    /// <summary>Does the work of one record.</summary>
    private protected abstract Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope);

    /// <summary>Whom the parameters name, where they name people; null where they are one record themselves.</summary>
    private protected virtual IReadOnlyList<string>? Named => null;

    /// <summary>Reads what the parameters alone say, where they are one record.</summary>
    private protected virtual DesiredUser ReadParameters() => throw new InvalidOperationException("Each one is read by itself.");

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (ParameterSetName != InputSet)
        {
            foreach (var identity in Named?.Distinct(StringComparer.Ordinal) ?? [])
            {
                Put(() => ReadIdentity(identity), null);
            }

            if (Named is null)
            {
                Put(ReadParameters, null);
            }

            return;
        }

        foreach (var record in PipelineInput.Unroll(InputObject))
        {
            OnRecord(record);
        }
    }

    private void OnRecord(PSObject? record)
    {
        _records++;
        // A row that a spreadsheet left behind is nobody, and so is the empty line at the end of a text.
        var isNobody = record?.BaseObject switch
        {
            string text => string.IsNullOrWhiteSpace(text),
            PSCustomObject or IDictionary => RecordRow.IsBlank(new PSObjectRecord(record!)),
            _ => false,
        };
        if (!isNobody)
        {
            Take(record);
        }
    }

    /// <summary>Takes one record of the pipeline.</summary>
    private protected virtual void Take(PSObject? record) => Put(() => ReadRecord(record), record);

    /// <inheritdoc/>
    private protected override void AfterDrain()
    {
        base.AfterDrain();
        foreach (var sentence in ParameterSetName == InputSet ? Reader.Summary() : [])
        {
            WriteWarning(sentence);
        }
    }

    private protected void Put(Func<DesiredUser> read, PSObject? record)
    {
        DesiredUser desired;
        try
        {
            desired = read();
        }
        catch (ScimException exception) when (SourceFault.IsOne(exception))
        {
            // What is wrong with all records is said once, and not for each of them.
            Terminate(exception, record);
            return;
        }
        catch (ScimException exception)
        {
            // On the lane all the same, so that the error comes out in its turn.
            PutFailure(exception, record);
            return;
        }

        Accept(desired, record);
    }

    /// <summary>Takes a record that could be read.</summary>
    private protected virtual void Accept(DesiredUser desired, PSObject? record) => Start(desired);

    /// <summary>Puts a record on the lane.</summary>
    private protected void Start(DesiredUser desired)
    {
        _put++;
        Lane.Add(desired.Label, desired.Source, scope =>
        {
            Interlocked.Increment(ref _begun);
            return WorkAsync(desired, scope);
        });
    }

    /// <summary>The number of the record that is being taken.</summary>
    private protected int RecordNumber => _records;

    private protected void PutFailure(ScimException exception, PSObject? record) =>
        Lane.Add(record is null || ParameterSetName != InputSet ? MyInvocation.MyCommand.Name : $"record {_records}", record, _ => throw exception);

    private protected virtual DesiredUser ReadIdentity(string identity) => throw new ScimRecordException("Zoom.Record.NotARecord",
        $"'{identity}' is a text, not a record with properties.")
    {
        Category = nameof(ErrorCategory.InvalidType),
        RecommendedAction = "Pipe objects (Import-Csv, Get-ADUser, Get-MgUser, hashtables), or use the parameters.",
    };

    private protected DesiredUser ReadRecord(PSObject? record) => record?.BaseObject switch
    {
        string text => ReadIdentity(text),
        null => throw new ScimRecordException("Zoom.Record.Null", "A record is null.")
        {
            Category = nameof(ErrorCategory.InvalidData),
            RecommendedAction = "Look at the command that feeds the pipeline.",
        },
        ValueType =>
            throw new ScimRecordException("Zoom.Record.NotARecord", $"'{record}' is a {record.BaseObject.GetType().Name}, not a record with properties.")
            {
                Category = nameof(ErrorCategory.InvalidType),
                RecommendedAction = "Pipe objects (Import-Csv, Get-ADUser, Get-MgUser, hashtables), or use the parameters.",
            },
        _ => Reader.Read(new PSObjectRecord(record!)),
    };

    /// <inheritdoc/>
    internal override bool AsksAboutRemovalsOnly => _asksAboutRemovals && !MayAsk(OwnImpact);

    private ConfirmImpact OwnImpact => GetType().GetCustomAttributes(typeof(CmdletAttribute), false).OfType<CmdletAttribute>().Single().ConfirmImpact;

    private bool MayAsk(ConfirmImpact impact)
    {
        if (IsWhatIf)
        {
            return true;
        }

        if (Switch("Confirm") is { } confirm)
        {
            return confirm;
        }

        return LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference != ConfirmImpact.None && impact >= preference;
    }
}
