using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>
/// Reads single attributes of records: by the mapping, else by the preset of the record's shape. Remembers what had a value
/// on no record.
/// </summary>
internal sealed class AttributeReader
{
    // Sent when they are there; that nobody asked the directory for them is most likely meant.
    private static readonly HashSet<string> NotMissed = new(
        [nameof(ScimUser.MobilePhone), nameof(ScimUser.HomePhone), nameof(ScimUser.Fax), nameof(ScimUser.CostCenter),
         nameof(ScimUser.EmployeeNumber), nameof(ScimUser.Manager)],
        StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyDictionary<string, AttributeSource> _mapping;
    private readonly bool _usePreset;
    private readonly Dictionary<string, bool> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _missingFromMapping = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _foundFromMapping = new(StringComparer.OrdinalIgnoreCase);

    public AttributeReader(IReadOnlyDictionary<string, AttributeSource> mapping, bool usePreset)
    {
        _mapping = mapping;
        _usePreset = usePreset;
    }

    /// <summary>Where the admin wrote the mapping.</summary>
    public MappingPlace Place { get; set; } = MappingPlace.Parameter;

    /// <summary>Hears of each value before it is converted; null when nobody asks.</summary>
    public Action<ValueReading>? Trace { get; set; }

    /// <summary>How dates are written that are not in ISO 8601; null when nobody said.</summary>
    public string? DateFormat { get; set; }

    /// <summary>By which time accounts have expired or not.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.Now;

    /// <summary>What is to be told about the source as a whole.</summary>
    public SourceRemarks Remarks { get; } = new();

    /// <summary>How to get more properties of the records.</summary>
    public PropertyAdvice Advice { get; } = new();

    /// <summary>The properties the mapping reads, as far as they are named.</summary>
    public IEnumerable<string> MappedProperties => _mapping.Values.SelectMany(s => s.Property is { } property ? [property] : s.Template?.Properties ?? []);

    /// <summary>Whether a scriptblock of the mapping speaks of a property.</summary>
    public bool IsInScript(string name) => _mapping.Values.Any(s => s.ScriptText is { } text && text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether the columns of the preset are read.</summary>
    public bool UsesPreset => _usePreset;

    /// <summary>Whether the mapping says where an attribute comes from, or that it is left out.</summary>
    public bool Maps(ZoomAttribute attribute) => MappingFor(attribute) is not null;

    /// <summary>The attributes that are mapped.</summary>
    public IEnumerable<ZoomAttribute> Mapped => _mapping.Keys.Select(MappingTarget.Find).OfType<ZoomAttribute>();

    /// <summary>The extension attributes a record speaks of: those that are mapped, and columns named exactly like one.</summary>
    public IEnumerable<ZoomAttribute> ExtensionAttributes(RecordRow row)
    {
        var mapped = Mapped.Where(a => a.IsExtension).ToList();
        var columns = row.Layout.Shape == RecordShape.Generic && _usePreset
            ? ZoomExtension.Known.Where(a => row.Has(a.Name) && mapped.All(m => m.Name != a.Name))
            : [];
        return mapped.Concat(columns);
    }

    /// <summary>The value of an attribute, converted; null when the record has none.</summary>
    /// <exception cref="ScimRecordException">The value cannot be used.</exception>
    public object? Read(ZoomAttribute attribute, RecordRow row, string label, out string? used)
    {
        used = null;
        try
        {
            if (attribute == ZoomAttributes.Active)
            {
                return ReadState(row, label, ref used);
            }

            if (MappingFor(attribute) is { } source)
            {
                var mapped = Evaluate(source, row, out used);
                Trace?.Invoke(new ValueReading(attribute.Name, source.Text, mapped));
                return SourceValue.Convert(attribute, mapped);
            }

            if (attribute.IsExtension)
            {
                used = row.Layout.Find(attribute.Name) ?? attribute.Name;
                return SourceValue.Convert(attribute, ReadColumn(attribute.Name, used, row));
            }

            return ReadPreset(attribute, row, label, ref used);
        }
        catch (ScimException)
        {
            throw;
        }
        catch (NoValueException exception) when (!attribute.IsAddress && attribute != ZoomAttributes.EmployeeNumber)
        {
            LeaveOut(attribute.Name, used, label, exception);
            return null;
        }
        catch (DamagedTextException exception)
        {
            throw Problem(
                "Zoom.Record.DamagedText",
                $"{label}: {attribute.Name}{From(used)} cannot be used: {exception.Message}.",
                DamagedTextException.Advice,
                exception);
        }
        // A property's getter and a mapping scriptblock may throw anything; it is this record's error, not the run's end.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw Problem("Zoom.Record.InvalidValue",
                $"{label}: {attribute.Name}{From(used)} cannot be used: {exception.Message}",
                $"Correct the value in the source, or map the attribute with {Place.Name}.", exception);
        }
    }

    /// <summary>What the record says about licences, not yet converted.</summary>
    public object? ReadLicense(RecordRow row, out string? used)
    {
        used = null;
        if (_mapping.TryGetValue(MappingPreset.LicenseName, out var source))
        {
            var mapped = Evaluate(source, row, out used);
            Trace?.Invoke(new ValueReading(MappingPreset.LicenseName, source.Text, mapped));
            return mapped;
        }

        used = Columns(MappingPreset.LicenseName, row).FirstOrDefault();
        return used is null ? null : ReadColumn(MappingPreset.LicenseName, used, row);
    }

    /// <summary>The Zoom id a record carries; null when it carries none.</summary>
    /// <exception cref="ScimRecordException">It cannot be read.</exception>
    public string? ReadIdentity(RecordRow row, string label)
    {
        try
        {
            if (_mapping.TryGetValue(MappingPreset.IdentityName, out var source))
            {
                return Evaluate(source, row, out _)?.ToString() is { } mapped && mapped.Trim().Length > 0 ? mapped.Trim() : null;
            }

            return Columns(MappingPreset.IdentityName, row)
                .Select(c => row.Read(c)?.ToString())
                .FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw Problem(
                "Zoom.Record.InvalidValue",
                $"{label}: the Zoom id cannot be read: {exception.Message}",
                "Correct the value in the source.",
                exception);
        }
    }

    /// <summary>Notes that a value was left out because it is none.</summary>
    public void LeaveOut(string target, string? column, string label, NoValueException exception) => Remarks.Add(
        $"no value\0{target}\0{column}\0{exception.What}", label,
        () => $"{{0}}: '{exception.Value}'{(column is null ? string.Empty : $" in the column '{column}'")} is {exception.What}, "
            + $"so {target} was left out there.");

    /// <summary>What a source says about a record. May throw what the record or the script throws.</summary>
    public object? Evaluate(AttributeSource source, RecordRow row, out string? used)
    {
        used = source.Property;
        return source.Property is { } property ? ReadMapped(property, row)
            : source.Template is { } template ? template.Fill(name => ReadMapped(name, row))
            : source.Script is { } script ? script(row.Record)
            : source.IsConstant ? source.Constant
            : null;
    }

    /// <summary>
    /// What to tell after the last record: attributes that had a value on no record, where that most likely means that the
    /// directory was not asked for them.
    /// </summary>
    public string? MissingPropertiesWarning(RecordShape shape, int count)
    {
        var unmapped = _missingFromMapping.Where(n => !_foundFromMapping.Contains(n)).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList();
        var none = $"None of the {count} record(s) had a value for";
        if (shape is RecordShape.ActiveDirectory or RecordShape.EntraId)
        {
            var preset = MappingPreset.For(shape);
            var missing = preset.Where(p => !NotMissed.Contains(p.Key) && _seen.TryGetValue(p.Key, out var hadValue) && !hadValue)
                .Select(p => p.Value[0])
                .Concat(unmapped)
                .ToList();
            return missing.Count == 0 || (count < 2 && unmapped.Count == 0 && !_seen.Values.Any(v => v))
                ? null
                : $"{none} {string.Join(", ", missing)}, so nothing was set there. {Advice.AskFor(shape, string.Join(",", missing))}";
        }

        return unmapped.Count == 0 ? null : $"None of the {count} record(s) has the mapped property {string.Join(", ", unmapped)}, "
            + $"so nothing was set from it. Check the spelling in {Place.Name} and the columns of the source.";
    }

    /// <summary>An error of a record.</summary>
    public static ScimRecordException Problem(string id, string message, string advice, Exception? inner = null) =>
        new(id, message, inner) { Category = "InvalidData", RecommendedAction = advice };

    private object? ReadPreset(ZoomAttribute attribute, RecordRow row, string label, ref string? used)
    {
        var columns = Columns(attribute.Name, row);
        if (columns.Length == 0)
        {
            if (_usePreset && MappingPreset.For(row.Layout.Shape).ContainsKey(attribute.Name) && !_seen.ContainsKey(attribute.Name))
            {
                _seen[attribute.Name] = false;
            }

            return null;
        }

        // An AD user carries what was asked for, even where it is empty; an Entra user carries everything, and null says nothing.
        var known = (_seen.TryGetValue(attribute.Name, out var had) && had) || row.Layout.Shape == RecordShape.ActiveDirectory;
        object? second = null;
        foreach (var column in columns)
        {
            used = column;
            if (Convert(attribute, column, row, label) is not { } value)
            {
                continue;
            }

            _seen[attribute.Name] = true;
            if (attribute == ZoomAttributes.UserName && value is string name && name.IndexOf('@') < 0 && !RecordLayout.IsMail(column))
            {
                // A sign-in name of another system; Zoom's is a mail address, which a later column may hold.
                second ??= value;
                continue;
            }

            return value;
        }

        _seen[attribute.Name] = known || second is not null;
        return second;
    }

    private object? Convert(ZoomAttribute attribute, string column, RecordRow row, string label)
    {
        var value = ReadColumn(attribute.Name, column, row);
        if (value is null)
        {
            return null;
        }

        if (attribute.IsAddress && RecordLayout.IsProxyList(column))
        {
            return AddressText.Primary(value);
        }

        if (attribute == ZoomAttributes.UserType && value is string type && type.Trim() is "Member" or "Guest")
        {
            Remarks.Add(
                "entra type",
                label,
                () => $"{{0}}: the column '{column}' holds Entra's user types (Member, Guest), which are not Zoom's, so it was not read.");
            return null;
        }

        return SourceValue.Convert(attribute, value);
    }

    /// <summary>
    /// Whether somebody may sign in. A mapping is taken at its word; where the property it names says nothing, and where there is no
    /// mapping, all the columns count that speak of it. What cannot be told for certain is an error.
    /// </summary>
    private object? ReadState(RecordRow row, string label, ref string? used)
    {
        var source = MappingFor(ZoomAttributes.Active);
        if (source is not null)
        {
            var value = Evaluate(source, row, out used);
            Trace?.Invoke(new ValueReading(ZoomAttributes.Active.Name, source.Text, value));
            if (source.Property is null)
            {
                return SourceValue.Convert(ZoomAttributes.Active, value);
            }

            used = PropertyNames.Find(row.Layout.Names, source.Property) ?? used;
            var kind = StateColumns.KindOf(source.Property) is { } known and not StateColumnKind.PerhapsWord ? known : StateColumnKind.Positive;
            switch (StateReader.Read(kind, value, Now, DateFormat))
            {
                case AccountState.Active:
                    RemarkOthers(row, used, label);
                    return true;
                case AccountState.Inactive:
                    return false;
                case AccountState.Doubtful:
                    throw new FormatException(NotCertain([new StateReading(new StateColumn(used!, kind), AccountState.Doubtful, StateReader.TextOf(value))]));
            }

            if (StateColumns.KindOf(source.Property) is StateColumnKind.End or StateColumnKind.Ended or StateColumnKind.EndInDays && row.Has(source.Property))
            {
                // A date that is not reached, or none.
                return true;
            }
        }
        else if (!_usePreset)
        {
            return null;
        }

        var readings = new List<StateReading>(row.Layout.StateColumns.Length);
        foreach (var column in row.Layout.StateColumns)
        {
            used = column.Name;
            var value = source is null ? ReadColumn(ZoomAttributes.Active.Name, column.Name, row) : row.Read(column.Name);
            var state = StateReader.Read(column.Kind, value, Now, DateFormat);
            if (state != AccountState.Silent)
            {
                readings.Add(new StateReading(column, state, StateReader.TextOf(value)));
            }
        }

        _seen[ZoomAttributes.Active.Name] = (_seen.TryGetValue(ZoomAttributes.Active.Name, out var had) && had) || readings.Count > 0
            || (row.Layout.Shape == RecordShape.ActiveDirectory && row.Layout.StateColumns.Length > 0);
        switch (StateReader.Together(readings))
        {
            case AccountState.Active:
                used = readings.First(r => r.State == AccountState.Active).Column.Name;
                return true;
            case AccountState.Inactive:
                used = readings.First(r => r.State == AccountState.Inactive).Column.Name;
                return false;
            case AccountState.Doubtful:
                used = null;
                throw new FormatException(NotCertain(readings));
            default:
                return null;
        }
    }

    /// <summary>A mapping is taken at its word, and what it leaves unread is told where it says the opposite.</summary>
    private void RemarkOthers(RecordRow row, string? used, string label)
    {
        foreach (var column in row.Layout.StateColumns)
        {
            if (!string.Equals(column.Name, used, StringComparison.Ordinal)
                && row.Read(column.Name) is { } value && StateReader.Read(column.Kind, value, Now, DateFormat) == AccountState.Inactive)
            {
                Remarks.Add($"other state\0{column.Name}", label,
                    () => $"{{0}}: the column '{column.Name}' says '{StateReader.TextOf(value)}', and Active is mapped to '{used}', "
                        + "which says that they may sign in.");
            }
        }
    }

    private static string NotCertain(IReadOnlyList<StateReading> readings)
    {
        string Quote(StateReading reading) => $"{reading.Column.Name} says '{reading.Value}'";
        var doubtful = readings.Where(r => r.State == AccountState.Doubtful).ToList();
        return doubtful.Count > 0
            ? $"{string.Join(" and ", doubtful.Select(Quote))}, which does not say for certain whether the person may sign in (True or False, "
                + "Active or Inactive do)."
            : $"{string.Join(", but ", readings.OrderBy(r => r.State).Select(Quote))}; one of them is wrong.";
    }

    private static string From(string? used) => used is null ? string.Empty : $" (from '{used}')";

    private string[] Columns(string target, RecordRow row) => _usePreset ? row.Layout.ColumnsFor(target) : [];

    private AttributeSource? MappingFor(ZoomAttribute attribute) =>
        _mapping.TryGetValue(attribute.Name, out var source) || _mapping.TryGetValue(MappingTarget.Prefix + attribute.Name, out source) ? source : null;

    private object? ReadMapped(string property, RecordRow row)
    {
        var value = RecordProperty.Find(row.Record, property, out var name);
        (name is null ? _missingFromMapping : _foundFromMapping).Add(property);
        return value;
    }

    private object? ReadColumn(string target, string name, RecordRow row)
    {
        var value = row.Read(name);
        Trace?.Invoke(new ValueReading(target, $"property '{name}' (preset)", value));
        return value;
    }
}
