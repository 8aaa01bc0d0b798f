using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>
/// Reads a whole source by a rule: who is in scope, what each person is to be, and which records cannot be used. One record
/// never stops the others, and what comes out does not depend on the order of the records. For one source, on one thread.
/// </summary>
public sealed class SourceReader
{
    private readonly ProvisioningRule _rule;
    private readonly RuleRecordReader _records;
    private readonly MappingPlace _place;
    private readonly List<DesiredUser> _people = [];
    private readonly List<DesiredUser> _outOfScope = [];
    private readonly List<SourceProblem> _problems = [];
    private readonly HashSet<string> _askedFor;
    private readonly NamedProperties _named;
    private string? _incomplete;
    private bool _hasEnded;
    private readonly List<(ISourceRecord Record, DesiredUser Person)> _managed = [];
    private bool _wantsManagers;
    private bool _isUnfinished;
    private ISourceRecord? _shortRecord;
    private int _shortRecords;
    private int _count;

    /// <summary>Makes a reader.</summary>
    public SourceReader(ProvisioningRule rule)
        : this(rule, MappingPlace.Rule)
    {
    }

    /// <summary>Makes a reader whose advice names another place than a rule.</summary>
    internal SourceReader(ProvisioningRule rule, MappingPlace place)
    {
        _rule = rule;
        _place = place;
        _records = new RuleRecordReader(rule, null, place);
        _named = new NamedProperties(rule);
        _askedFor = new HashSet<string>(RuleRecordReader.PropertiesOf(rule), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads a whole source.</summary>
    public static SourceSnapshot Read(ProvisioningRule rule, IEnumerable<ISourceRecord> records) => Read(rule, records, MappingPlace.Rule);

    /// <summary>Reads a whole source, with advice that names another place than a rule.</summary>
    internal static SourceSnapshot Read(ProvisioningRule rule, IEnumerable<ISourceRecord> records, MappingPlace place, bool isUnfinished = false)
    {
        var reader = new SourceReader(rule, place);
        foreach (var record in records)
        {
            reader.Add(record);
        }

        // Known only now that all of it was read.
        reader._isUnfinished |= isUnfinished || records is SourceTable { IsUnfinished: true };
        return reader.Complete();
    }

    /// <summary>Reads one record of the source.</summary>
    public void Add(ISourceRecord record)
    {
        if (RecordRow.IsBlank(record))
        {
            return;
        }

        if (_rule.Source.EndMarker is { } marker && IsEndMarker(record, marker))
        {
            _hasEnded = true;
            return;
        }

        if (_hasEnded)
        {
            _incomplete ??= $"Records come after the end marker '{_rule.Source.EndMarker}' (source.endMarker), so two exports may have been written into one.";
        }

        ++_count;
        _named.See(record);
        var label = record.Source as SourcePlace is { } place ? place.ToString() : string.Format(CultureInfo.InvariantCulture, "record {0}", _count);
        NoteIfShort(record);
        if (_askedFor.Count > 0)
        {
            _askedFor.RemoveWhere(property => IsThere(record, property));
        }

        try
        {
            if (_records.IsInScope(record, label))
            {
                var person = _records.ReadPerson(record, label);
                person.Values.Attributes.Pack();
                _people.Add(person);
                Remember(record, person);
            }
            else if (_records.ReadWho(record, label, out var anchor) is { } who)
            {
                _outOfScope.Add(who.Under(anchor, []));
                Remember(record, who);
            }
        }
        catch (ScimRecordException exception) when (!SourceFault.IsOne(exception))
        {
            var who = _records.ReadWho(record, label, out var anchor);
            _problems.Add(new SourceProblem(who?.Label ?? label, who?.Values.UserName, anchor, exception, record.Source) { ZoomId = who?.ZoomId });
        }
    }

    /// <summary>What the records read so far come to.</summary>
    public SourceSnapshot Complete()
    {
        if (_rule.Source.EndMarker is { } marker && !_hasEnded)
        {
            _incomplete ??= $"The end marker '{marker}' is not its last record (source.endMarker), so it was not written to its end.";
        }

        RefuseCutRecord();
        ResolveManagers();
        var shared = SharedNumbers();
        bool IsShared(DesiredUser person) => person.Values.EmployeeNumber is { } number && shared.Contains(number);
        return new SourceSnapshot(
            _people.Where(p => !IsShared(p)).ToList(),
            _outOfScope.ToList(),
            _problems.Concat(NumberProblems(_people.Where(IsShared), _place)).ToList())
        {
            Warnings = Warnings(),
            IsUnfinished = _isUnfinished,
            RecordCount = _count,
            Incomplete = _incomplete ?? (_isUnfinished ? "It ends in the middle of a line, so it was copied before it was written to its end." : null),
            Properties = _named.Found,
        };
    }

    /// <summary>Whether a record is nothing but the sign that the source ends here.</summary>
    private static bool IsEndMarker(ISourceRecord record, string marker)
    {
        try
        {
            return record.Names
                .Select(n => record.Read(n)?.ToString()?.Trim())
                .Where(v => !string.IsNullOrEmpty(v))
                .Distinct(StringComparer.Ordinal)
                .ToList() is [{ } only] && only == marker;
        }
        // A property whose getter throws is no end.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            return false;
        }
    }

    /// <summary>Import-Csv gives null, and not an empty text, for cells that a line does not have.</summary>
    private void NoteIfShort(ISourceRecord record)
    {
        _shortRecord = null;
        if (record is not TableRecord
            && record.Names.Count > 1
            && record.TypeNames.Count > 0
            && record.TypeNames[0] == "System.Management.Automation.PSCustomObject"
            && record.Read(record.Names[record.Names.Count - 1]) is null && record.Names.All(n => record.Read(n) is null or string))
        {
            _shortRecord = record;
            _shortRecords++;
        }
    }

    /// <summary>Where the last record alone lacks its last cells, the file it came from broke off.</summary>
    private void RefuseCutRecord()
    {
        if (_shortRecord is not { } record || _shortRecords > 1 || _count < 10)
        {
            return;
        }

        _isUnfinished = true;
        var label = _people.Count > 0 && ReferenceEquals(_people[_people.Count - 1].Source, record.Source)
            ? _people[_people.Count - 1].Label
            : $"record {_count}";
        _people.RemoveAll(p => ReferenceEquals(p.Source, record.Source));
        if (_problems.TrueForAll(p => !ReferenceEquals(p.Source, record.Source)))
        {
            _problems.Add(new SourceProblem(label, null, null, AttributeReader.Problem("Zoom.Record.Cut",
                $"{label}: the last record lacks its last cells, as if the file ended in the middle of a line.",
                "Get the whole file, and run again."), record.Source));
        }

        _shortRecord = null;
    }

    /// <summary>Whether a record has a property that is asked for, under any of its names.</summary>
    private static bool IsThere(ISourceRecord record, string property) => PropertyNames.Find(record.Names, property) is not null
        || (PropertyNames.IsEnabled(property) && PropertyNames.Find(record.Names, "userAccountControl") is not null);

    /// <summary>Keeps the records in which a manager may be found, where there are managers to be found.</summary>
    private void Remember(ISourceRecord record, DesiredUser person)
    {
        _wantsManagers |= person.ManagerKey is not null;
        // Entries of LDIF and objects name their manager only where they have one.
        if (record is not TableRecord { SharesHeadings: true }
            || _records.Reader.RowOf(record).Layout.ColumnsFor(nameof(ScimUser.Manager)).Length > 0 || _rule.Attributes.ContainsKey(nameof(ScimUser.Manager)))
        {
            _managed.Add((record, person));
        }
    }

    private void ResolveManagers()
    {
        if (!_wantsManagers)
        {
            return;
        }

        var index = new ManagerIndex();
        foreach (var (record, person) in _managed)
        {
            index.Add(_records.Reader.RowOf(record), person.Values);
        }

        foreach (var person in _people.Where(p => p.ManagerKey is not null))
        {
            if (index.Find(person.ManagerKey!) is { } address)
            {
                person.Values.Manager = address;
                person.Values.Attributes.Pack();
            }
            else
            {
                _records.Reader.LeaveOutManager(person.ManagerKey!, person.Label);
            }
        }

        _wantsManagers = false;
    }

    /// <summary>Tells step by step what the rule makes of one record. Nothing is remembered.</summary>
    public static RecordExplanation Explain(ProvisioningRule rule, ISourceRecord record)
    {
        const string Label = "the record";
        var readings = new List<ValueReading>();
        var reader = new RuleRecordReader(rule, readings.Add, MappingPlace.Rule);
        ScimException? problem = null;
        bool? inScope = null;
        DesiredUser? desired = null;
        string? anchor = null;
        List<GroupExplanation> groups = [];

        void Try(Action step)
        {
            try
            {
                step();
            }
            catch (ScimRecordException exception)
            {
                problem ??= exception;
            }
        }

        Try(() => inScope = reader.IsInScope(record, Label));
        Try(() => anchor = reader.ReadAnchor(record, Label));
        Try(() => groups = reader.ExplainGroups(record, Label));
        Try(() => desired = reader.ReadPerson(record, Label));
        var who = desired?.Values ?? reader.ReadWho(record, Label, out _)?.Values;
        ScimUser? names = desired?.Values;
        IReadOnlyList<string> failing = [];
        Try(() => names ??= reader.ReadNames(record, Label));
        Try(() => failing = inScope == false ? reader.ExplainScope(record, Label) : []);
        return new RecordExplanation(desired?.Label ?? Label, rule.Scope?.Text, inScope)
        {
            UserName = who?.UserName,
            FullNames = names is null ? [] : PersonNames.Of(names),
            OutOfScopeBy = failing,
            Anchor = anchor,
            Attributes = AttributeExplanation.Of(rule, readings, desired),
            Groups = groups,
            Warnings = desired?.Warnings ?? [],
            Problem = problem,
            Desired = desired,
        };
    }

    /// <summary>The employee numbers that more than one person has.</summary>
    private HashSet<string> SharedNumbers() => new(
        _people
            .Where(p => p.Values.EmployeeNumber is { Length: > 0 })
            .GroupBy(p => p.Values.EmployeeNumber!, StringComparer.Ordinal)
            .Where(g => g.Select(p => p.Values.UserName).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any())
            .Select(g => g.Key),
        StringComparer.Ordinal);

    private static IEnumerable<SourceProblem> NumberProblems(IEnumerable<DesiredUser> owners, MappingPlace place) =>
        from number in owners.GroupBy(p => p.Values.EmployeeNumber!, StringComparer.Ordinal)
        from person in number
        let other = number.Select(o => o.Values.UserName!)
            .Where(o => !string.Equals(o, person.Values.UserName, StringComparison.OrdinalIgnoreCase))
            .OrderBy(o => o, StringComparer.Ordinal)
            .First()
        select new SourceProblem(
            person.Label, person.Values.UserName, person.Anchor,
            RecordChecks.DuplicateEmployeeNumber(person.Label, number.Key, other, place),
            person.Source)
        {
            ZoomId = person.ZoomId,
        };

    private List<string> Warnings()
    {
        var warnings = new List<string>();
        if (_count == 0)
        {
            return warnings;
        }

        if (_askedFor.Count > 0)
        {
            warnings.Add($"None of the {_count} record(s) has the property {string.Join(", ", _askedFor.OrderBy(n => n, StringComparer.Ordinal))}, "
                + $"which the rule '{_rule.Name}' asks for in its scope, groups or anchor. Check the spelling, and whether the directory was asked for it.");
        }

        if (_isUnfinished)
        {
            warnings.Add("The source ends in the middle of a line, as if its writer had been stopped: somebody may be missing from it.");
        }

        warnings.AddRange(_records.Reader.Summary());

        return warnings;
    }
}
