using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Input;

/// <summary>
/// Reads single attributes of records: by the mapping, else by the preset of the record's shape. Remembers what had a value
/// on no record.
/// </summary>
internal sealed class AttributeReader
{
    // Sent when they are there; that nobody asked the directory for them is most likely meant.
    private static readonly HashSet<string> NotMissed = new(
        [nameof(ScimUser.MobilePhone), nameof(ScimUser.HomePhone), nameof(ScimUser.Fax), nameof(ScimUser.CostCenter), nameof(ScimUser.EmployeeNumber), nameof(ScimUser.Manager)],
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

    /// <summary>The attributes that are mapped.</summary>
    public IEnumerable<ZoomAttribute> Mapped => _mapping.Keys.Select(MappingTarget.Find).OfType<ZoomAttribute>();

    /// <summary>The extension attributes a record speaks of: those that are mapped, and columns named exactly like one.</summary>
    public IEnumerable<ZoomAttribute> ExtensionAttributes(RecordRow row, RecordShape shape)
    {
        var mapped = Mapped.Where(a => a.IsExtension).ToList();
        var columns = shape == RecordShape.Generic && _usePreset
            ? ZoomExtension.Known.Where(a => row.Has(a.Name) && mapped.All(m => m.Name != a.Name))
            : [];
        return mapped.Concat(columns);
    }

    /// <summary>The value of an attribute, converted; null when the record has none.</summary>
    /// <exception cref="ScimRecordException">The value cannot be used.</exception>
    public object? Read(ZoomAttribute attribute, RecordRow row, RecordShape shape, string label, out string? used)
    {
        used = null;
        try
        {
            if (MappingFor(attribute) is { } source)
            {
                var mapped = Evaluate(source, row, out used);
                Trace?.Invoke(new ValueReading(attribute.Name, source.Text, mapped));
                return SourceValue.Convert(attribute, mapped);
            }

            if (attribute.IsExtension)
            {
                used = attribute.Name;
                return SourceValue.Convert(attribute, ReadColumn(attribute.Name, attribute.Name, row));
            }

            return ReadPreset(attribute, row, shape, out used);
        }
        catch (ScimException)
        {
            throw;
        }
        // A property's getter and a mapping scriptblock may throw anything; it is this record's error, not the run's end.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw Problem("Zoom.Record.InvalidValue",
                $"{label}: {attribute.Name}{(used is null ? string.Empty : $" (from '{used}')")} cannot be used: {exception.Message}",
                $"Correct the value in the source, or map the attribute with {Place.Name}.", exception);
        }
    }

    /// <summary>What the record says about licences, not yet converted.</summary>
    public object? ReadLicense(RecordRow row, RecordShape shape, out string? used)
    {
        used = null;
        if (_mapping.TryGetValue(MappingPreset.LicenseName, out var source))
        {
            var mapped = Evaluate(source, row, out used);
            Trace?.Invoke(new ValueReading(MappingPreset.LicenseName, source.Text, mapped));
            return mapped;
        }

        used = Candidates(MappingPreset.LicenseName, shape).FirstOrDefault(row.Has);
        return used is null ? null : ReadColumn(MappingPreset.LicenseName, used, row);
    }

    /// <summary>The Zoom id a record carries; null when it carries none.</summary>
    /// <exception cref="ScimRecordException">It cannot be read.</exception>
    public string? ReadIdentity(RecordRow row, RecordShape shape, string label)
    {
        try
        {
            if (_mapping.TryGetValue(MappingPreset.IdentityName, out var source))
            {
                return Evaluate(source, row, out _)?.ToString() is { } mapped && mapped.Trim().Length > 0 ? mapped.Trim() : null;
            }

            return Candidates(MappingPreset.IdentityName, shape)
                .Where(row.Has)
                .Select(c => row.Read(c)?.ToString())
                .FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw Problem("Zoom.Record.InvalidValue", $"{label}: the Zoom id cannot be read: {exception.Message}", "Correct the value in the source.", exception);
        }
    }

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
        if (shape is RecordShape.ActiveDirectory or RecordShape.EntraId)
        {
            var preset = MappingPreset.For(shape);
            var missing = preset.Where(p => !NotMissed.Contains(p.Key) && _seen.TryGetValue(p.Key, out var hadValue) && !hadValue).Select(p => p.Value[0]).Concat(unmapped).ToList();
            return missing.Count == 0 || (count < 2 && unmapped.Count == 0 && !_seen.Values.Any(v => v))
                ? null
                : shape == RecordShape.ActiveDirectory
                    ? $"None of the {count} record(s) had a value for {string.Join(", ", missing)}, so nothing was set there. Get-ADUser returns ten properties unless it is asked for more: Get-ADUser -Properties {string.Join(",", missing)} …"
                    : $"None of the {count} record(s) had a value for {string.Join(", ", missing)}, so nothing was set there. Get-MgUser returns few properties unless it is asked for more: Get-MgUser -Property Id,UserPrincipalName,{string.Join(",", missing)} …";
        }

        return unmapped.Count == 0 ? null : $"None of the {count} record(s) has the mapped property {string.Join(", ", unmapped)}, so nothing was set from it. Check the spelling in {Place.Name} and the columns of the source.";
    }

    /// <summary>An error of a record.</summary>
    public static ScimRecordException Problem(string id, string message, string advice, Exception? inner = null) =>
        new(id, message, inner) { Category = "InvalidData", RecommendedAction = advice };

    private object? ReadPreset(ZoomAttribute attribute, RecordRow row, RecordShape shape, out string? used)
    {
        used = null;
        var candidates = Candidates(attribute.Name, shape);
        if (candidates.Length == 0)
        {
            return null;
        }

        // An AD user carries what was asked for, even where it is empty; an Entra user carries everything, and null says nothing.
        var known = (_seen.TryGetValue(attribute.Name, out var had) && had)
            || (shape == RecordShape.ActiveDirectory && candidates.Any(row.Has));
        foreach (var candidate in candidates.Where(row.Has))
        {
            used = candidate;
            if (SourceValue.Convert(attribute, ReadColumn(attribute.Name, candidate, row)) is { } value)
            {
                _seen[attribute.Name] = true;
                return value;
            }
        }

        _seen[attribute.Name] = known;
        return null;
    }

    private string[] Candidates(string target, RecordShape shape) =>
        _usePreset && MappingPreset.For(shape).TryGetValue(target, out var candidates) ? candidates : [];

    private AttributeSource? MappingFor(ZoomAttribute attribute) =>
        _mapping.TryGetValue(attribute.Name, out var source) || _mapping.TryGetValue(MappingTarget.Prefix + attribute.Name, out source) ? source : null;

    private object? ReadMapped(string property, RecordRow row)
    {
        if (!row.Has(property))
        {
            _missingFromMapping.Add(property);
            return null;
        }

        _foundFromMapping.Add(property);
        return row.Read(property);
    }

    private object? ReadColumn(string target, string name, RecordRow row)
    {
        var value = row.Read(name);
        Trace?.Invoke(new ValueReading(target, $"property '{name}' (preset)", value));
        return value;
    }
}
