using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Input;

/// <summary>
/// The one way from a source record to a wish: explicit parameters win, else the record's properties by the mapping, else by
/// the preset of the record's shape. Remembers what was missing, to say so once; so one reader reads one source, on one thread.
/// </summary>
public sealed class RecordReader
{
    private readonly ScimUser _explicitValues;
    private readonly RecordUse _use;
    private readonly AttributeReader _attributes;
    private readonly RecordChecks _checks = new();
    private RecordShape _lastShape;
    private bool _saidFallback;
    private bool _saidManager;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">The admin's mapping, by attribute name; empty for the presets alone.</param>
    /// <param name="explicitValues">Values given as parameters; they win over every record.</param>
    /// <param name="use">Whether the records describe users to be, or name users that are.</param>
    /// <param name="usePreset">Whether attributes that are not mapped come from the preset of the record's shape.</param>
    /// <exception cref="ScimRecordException">The mapping names an attribute that does not exist, or two sources for the one address.</exception>
    public RecordReader(IReadOnlyDictionary<string, AttributeSource> mapping, ScimUser explicitValues, RecordUse use, bool usePreset = true)
    {
        foreach (var name in mapping.Keys.Where(n => !MappingTarget.IsKnown(n)))
        {
            throw AttributeReader.Problem("Zoom.Mapping.UnknownAttribute",
                $"-Mapping names the attribute '{name}', which does not exist.",
                $"The attributes are {string.Join(", ", ZoomAttributes.All.Select(a => a.Name))}, {MappingPreset.LicenseName}, {MappingPreset.IdentityName} and those of Zoom's extension, such as pronouns. An attribute of the extension that this module does not know is written {MappingTarget.Prefix}name.");
        }

        _explicitValues = explicitValues;
        _use = use;
        _attributes = new AttributeReader(mapping, usePreset);
    }

    /// <summary>How many records were read.</summary>
    public int Count { get; private set; }

    /// <summary>Where the admin wrote the mapping.</summary>
    internal MappingPlace Place
    {
        get => _attributes.Place;
        init => _attributes.Place = _checks.Place = value;
    }

    /// <summary>Whether the caller looks after employee numbers that two records share.</summary>
    internal bool EmployeeNumbersMayRepeat { get; init; }

    /// <summary>Hears of each value before it is converted; null when nobody asks.</summary>
    internal Action<ValueReading>? Trace
    {
        init => _attributes.Trace = value;
    }

    /// <summary>Reads one record.</summary>
    /// <exception cref="ScimRecordException">The record cannot be provisioned; the message names it, the attribute and the remedy.</exception>
    public DesiredUser Read(ISourceRecord record) => Read(record, $"record {(Count + 1).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Reads one record of a caller who counts the records himself.</summary>
    /// <exception cref="ScimRecordException">The record cannot be provisioned; the message names it, the attribute and the remedy.</exception>
    internal DesiredUser Read(ISourceRecord record, string label)
    {
        Count++;
        var row = new RecordRow(record);
        var shape = ShapeOf(record);
        if (shape == RecordShape.Zoom)
        {
            return ReadZoomUser(row, label);
        }

        var warnings = new List<string>();
        var values = new ScimUser();
        // The address first: all other messages name it.
        if (ReadValue(ZoomAttributes.UserName, row, shape, label, out var usedName) is string userName)
        {
            label = userName;
            values.UserName = userName;
            WarnOfFallback(shape, row, usedName, warnings);
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a != ZoomAttributes.UserName).Concat(_attributes.ExtensionAttributes(row, shape)))
        {
            if (ReadValue(attribute, row, shape, label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        ReadManager(values, warnings);
        ReadLicenses(values, row, shape, label, warnings);
        return Complete(values, _attributes.ReadIdentity(row, shape, label), null, record.Source, label, warnings);
    }

    /// <summary>Reads only who a record is about, address and Zoom id, and does not count it.</summary>
    /// <exception cref="ScimRecordException">The record does not say, or not what can be used.</exception>
    internal DesiredUser ReadWho(ISourceRecord record, string label)
    {
        var row = new RecordRow(record);
        var shape = ShapeOf(record);
        var values = new ScimUser();
        foreach (var attribute in new[] { ZoomAttributes.UserName, ZoomAttributes.Email })
        {
            if (ReadValue(attribute, row, shape, label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        label = values.UserName ?? values.Email ?? label;
        _checks.OneAddress(values, label);
        return new DesiredUser(values) { ZoomId = _attributes.ReadIdentity(row, shape, label), Source = record.Source, Label = label };
    }

    /// <summary>What a source says about a record. May throw what the record or a script throws.</summary>
    internal object? Evaluate(AttributeSource source, ISourceRecord record) => _attributes.Evaluate(source, new RecordRow(record), out _);

    /// <summary>Makes a wish of the explicit parameters alone.</summary>
    /// <exception cref="ScimRecordException">A value cannot be provisioned.</exception>
    public DesiredUser ReadExplicit(string? zoomId, string? currentUserName) =>
        Complete(new ScimUser(), zoomId, currentUserName, null, _explicitValues.UserName ?? currentUserName ?? zoomId ?? "(no user name)", []);

    /// <summary>
    /// What to tell after the last record: attributes that had a value on no record, where that most likely means that the
    /// directory was not asked for them.
    /// </summary>
    public string? MissingPropertiesWarning() => _attributes.MissingPropertiesWarning(_lastShape, Count);

    private RecordShape ShapeOf(ISourceRecord record)
    {
        var shape = RecordShapes.Detect(record);
        if (shape == RecordShape.Zoom && _use == RecordUse.Change)
        {
            return shape;
        }

        // A Zoom user piped to New-ZoomScimUser (another account, a saved export) describes the user to be.
        return _lastShape = shape == RecordShape.Zoom ? RecordShape.Generic : shape;
    }

    /// <summary>
    /// A Zoom user on its way back: it names the user, and only what a script set on it is wanted. What Zoom once sent may be
    /// out of date, and sending it again would undo somebody else's change.
    /// </summary>
    private DesiredUser ReadZoomUser(RecordRow row, string label)
    {
        var values = new ScimUser();
        var warnings = new List<string>();
        var id = _attributes.ReadIdentity(row, RecordShape.Zoom, label);
        var userName = row.Has("UserName") ? row.Read("UserName") as string : null;
        if (row.Record.Source is ScimUser user)
        {
            CopyChanged(user, values);
        }

        foreach (var attribute in _attributes.Mapped)
        {
            if (ReadValue(attribute, row, RecordShape.Zoom, userName ?? label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        ReadManager(values, warnings);
        ReadLicenses(values, row, RecordShape.Zoom, userName ?? label, warnings);

        return Complete(values, id, id is null ? userName : null, row.Record.Source, userName ?? id ?? label, warnings);
    }

    private object? ReadValue(ZoomAttribute attribute, RecordRow row, RecordShape shape, string label, out string? used)
    {
        used = null;
        if (_explicitValues.ChangedAttributes.Contains(attribute.Name))
        {
            return attribute.Get(_explicitValues);
        }

        // Zoom keeps one address, so the one given as a parameter stands for both.
        return attribute.IsAddress && (_explicitValues.UserName ?? _explicitValues.Email) is { } address
            ? address
            : _attributes.Read(attribute, row, shape, label, out used);
    }

    /// <summary>Zoom wants the manager's address. A directory may hold a distinguished name or an object, which are none.</summary>
    private void ReadManager(ScimUser values, List<string> warnings)
    {
        if (values.Manager is not { } manager || manager.Contains("@") || _explicitValues.ChangedAttributes.Contains(nameof(ScimUser.Manager)))
        {
            return;
        }

        // The value goes too: a create sets the manager later, from what is wanted.
        values.Forget(nameof(ScimUser.Manager));
        values.Attributes.Complex(ScimSchemas.EnterpriseUser)?.Remove("manager");
        if (!_saidManager)
        {
            _saidManager = true;
            warnings.Add($"The manager '{manager}' is not a mail address, so managers that are not are left out. Resolve them, for example {Place.Example("Manager = { (Get-ADUser $_.Manager -Properties EmailAddress).EmailAddress }")}.");
        }
    }

    private void ReadLicenses(ScimUser values, RecordRow row, RecordShape shape, string label, List<string> warnings)
    {
        string? used = null;
        try
        {
            foreach (var license in SourceValue.Convert(ZoomAttributes.Roles, _attributes.ReadLicense(row, shape, out used)) as string[] ?? [])
            {
                if (ZoomLicenses.Apply(values, license) is { } remark && _checks.IsNew(remark))
                {
                    warnings.Add($"{label}: {remark}");
                }
            }
        }
        catch (FormatException exception)
        {
            throw AttributeReader.Problem("Zoom.Record.UnknownLicense", $"{label}: the licence{(used is null ? string.Empty : $" (from '{used}')")} cannot be used: {exception.Message}", $"Correct the value in the source, or map License with {Place.Name}.", exception);
        }
    }

    private void WarnOfFallback(RecordShape shape, RecordRow row, string? used, List<string> warnings)
    {
        if (_saidFallback || shape is not (RecordShape.ActiveDirectory or RecordShape.EntraId)
            || !string.Equals(used, "UserPrincipalName", StringComparison.OrdinalIgnoreCase)
            || row.Has("EmailAddress") || row.Has("mail"))
        {
            return;
        }

        _saidFallback = true;
        warnings.Add(shape == RecordShape.ActiveDirectory
            ? "The records carry no EmailAddress, so UserPrincipalName is used as the Zoom user name. If mail addresses differ from it, stop and ask for them: Get-ADUser -Properties EmailAddress."
            : "The records carry no Mail, so UserPrincipalName is used as the Zoom user name. If mail addresses differ from it, stop and ask for them: Get-MgUser -Property Mail,….");
    }

    private static void CopyChanged(ScimUser from, ScimUser to)
    {
        foreach (var attribute in ZoomAttributes.ChangedOn(from))
        {
            attribute.Set(to, attribute.Get(from));
        }
    }

    private DesiredUser Complete(ScimUser values, string? zoomId, string? currentUserName, object? source, string label, List<string> warnings)
    {
        CopyChanged(_explicitValues, values);
        _checks.OneAddress(values, label);
        _checks.Normalize(values, label, warnings);
        if (!EmployeeNumbersMayRepeat)
        {
            _checks.UniqueEmployeeNumber(values, label);
        }

        return new DesiredUser(values)
        {
            ZoomId = zoomId,
            CurrentUserName = currentUserName,
            Source = source,
            Label = label,
            // A list of its own would be kept for each of a hundred thousand people.
            Warnings = warnings.Count == 0 ? [] : warnings,
            ActiveIsExplicit = _explicitValues.ChangedAttributes.Contains(nameof(ScimUser.Active)),
        };
    }
}
