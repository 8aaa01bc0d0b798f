using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Values;

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
    private readonly RecordLayouts _layouts = new();
    private readonly UnreadColumns _unread;
    private RecordShape _lastShape;
    private bool _saidFallback;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">The admin's mapping, by attribute name; empty for the presets alone.</param>
    /// <param name="explicitValues">Values given as parameters; they win over every record.</param>
    /// <param name="use">Whether the records describe users to be, or name users that are.</param>
    /// <param name="usePreset">Whether attributes that are not mapped come from the preset of the record's shape.</param>
    /// <exception cref="ScimRecordException">The mapping names an attribute that does not exist, or two sources for the one address.</exception>
    public RecordReader(IReadOnlyDictionary<string, AttributeSource> mapping, ScimUser explicitValues, RecordUse use, bool usePreset = true)
    {
        foreach (var (name, source) in mapping.Where(m => !MappingTarget.IsKnown(m.Key)).Select(m => (m.Key, m.Value)))
        {
            throw AttributeReader.Problem("Zoom.Mapping.UnknownAttribute",
                $"-Mapping names the attribute '{name}', which does not exist.",
                (source.Property is { } property && MappingTarget.IsKnown(property)
                    ? $"The attribute comes first: @{{ {property} = '{name}' }}. "
                    : string.Empty)
                + $"The attributes are {string.Join(", ", ZoomAttributes.All.Select(a => a.Name))}, {MappingPreset.LicenseName}, "
                    + $"{MappingPreset.IdentityName} and those of Zoom's extension, such as pronouns. An attribute of the extension that this "
                    + $"module does not know is written {MappingTarget.Prefix}name.");
        }

        _explicitValues = explicitValues;
        _use = use;
        _attributes = new AttributeReader(mapping, usePreset);
        _unread = new UnreadColumns(_attributes);
        _checks.Remarks = _attributes.Remarks;
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

    /// <summary>Whether somebody without a mail address is an error, and not known by the sign-in name.</summary>
    internal bool RequireMail { get; init; }

    /// <summary>How dates are written that are not in ISO 8601.</summary>
    internal string? DateFormat
    {
        init => _attributes.DateFormat = value;
    }

    /// <summary>By which time accounts have expired or not.</summary>
    internal DateTimeOffset Now
    {
        init => _attributes.Now = value;
    }

    /// <summary>Whether a column is read by others than this reader: by a scope, a group or an anchor.</summary>
    internal Func<string, bool> IsReadElsewhere { get; init; } = _ => false;

    /// <summary>What is to be told about the source as a whole.</summary>
    internal SourceRemarks Remarks => _attributes.Remarks;

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
        var row = RowOf(record);
        var layout = row.Layout;
        _lastShape = layout.Shape == RecordShape.Zoom ? _lastShape : layout.Shape;
        if (layout.Shape == RecordShape.Zoom)
        {
            return ReadZoomUser(row, label);
        }

        if (_use == RecordUse.Name)
        {
            return ReadWho(record, label);
        }

        var warnings = new List<string>();
        var values = new ScimUser();
        // The address first: all other messages name it.
        if (ReadValue(ZoomAttributes.UserName, row, label, out var usedName) is string userName)
        {
            label = userName;
            values.UserName = userName;
            TellFallback(layout, usedName, label, warnings);
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a != ZoomAttributes.UserName).Concat(_attributes.ExtensionAttributes(row)))
        {
            if (ReadValue(attribute, row, label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        var manager = TakeManager(values);
        ReadLicenses(values, row, label, warnings);
        return Complete(values, _attributes.ReadIdentity(row, label), null, record.Source, label, warnings, manager);
    }

    /// <summary>Reads only who a record is about, address and Zoom id, and does not count it.</summary>
    /// <exception cref="ScimRecordException">The record does not say, or not what can be used.</exception>
    internal DesiredUser ReadWho(ISourceRecord record, string label)
    {
        var row = RowOf(record);
        var values = new ScimUser();
        foreach (var attribute in new[] { ZoomAttributes.UserName, ZoomAttributes.Email })
        {
            if (ReadValue(attribute, row, label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        label = values.UserName ?? values.Email ?? label;
        _checks.OneAddress(values, label);
        return new DesiredUser(values) { ZoomId = _attributes.ReadIdentity(row, label), Source = record.Source, Label = label };
    }

    /// <summary>One attribute of a record, whatever else is wrong with it.</summary>
    /// <exception cref="ScimRecordException">It cannot be used.</exception>
    internal object? ReadOne(ZoomAttribute attribute, ISourceRecord record, string label) => ReadValue(attribute, RowOf(record), label, out _);

    /// <summary>What a source says about a record. May throw what the record or a script throws.</summary>
    internal object? Evaluate(AttributeSource source, ISourceRecord record) => _attributes.Evaluate(source, RowOf(record), out _);

    /// <summary>Makes a wish of the explicit parameters alone.</summary>
    /// <exception cref="ScimRecordException">A value cannot be provisioned.</exception>
    public DesiredUser ReadExplicit(string? zoomId, string? currentUserName) =>
        Complete(new ScimUser(), zoomId, currentUserName, null, _explicitValues.UserName ?? currentUserName ?? zoomId ?? "(no user name)", []);

    /// <summary>
    /// What to tell after the last record, each once: what was missing, what was left out, which columns were not read.
    /// </summary>
    public IReadOnlyList<string> Summary()
    {
        var sentences = new List<string>();
        if (Count > 0 && _use != RecordUse.Name && _attributes.MissingPropertiesWarning(_lastShape, Count) is { } missing)
        {
            sentences.Add(missing);
        }

        sentences.AddRange(_attributes.Remarks.Sentences());
        sentences.AddRange(_unread.Sentences(Place));
        return sentences;
    }

    /// <summary>The record with what its headings come to.</summary>
    internal RecordRow RowOf(ISourceRecord record)
    {
        var layout = _layouts.Of(record, ShapeOf, out var isNew);
        if (isNew)
        {
            Meet(layout, record);
        }

        return new RecordRow(record, layout);
    }

    private RecordShape ShapeOf(ISourceRecord record)
    {
        var shape = RecordShapes.Detect(record);
        // A Zoom user piped to New-ZoomScimUser (another account, a saved export) describes the user to be.
        return shape == RecordShape.Zoom && _use == RecordUse.Create ? RecordShape.Generic : shape;
    }

    /// <summary>Looks once at headings that no record before had.</summary>
    private void Meet(RecordLayout layout, ISourceRecord record)
    {
        if (SourceFault.Of(layout, record) is { } fault)
        {
            throw fault;
        }

        _attributes.Advice.Meet(record);
        if (_use == RecordUse.Name)
        {
            return;
        }

        _unread.Note(layout, record, name => IsReadElsewhere(name) || _attributes.IsInScript(name)
            || _attributes.MappedProperties.Any(
                p => MappingPreset.SameHeading(p, name) || PropertyNames.OtherNames(p).Any(o => MappingPreset.SameHeading(o, name))));
    }

    /// <summary>
    /// A Zoom user on its way back: it names the user, and only what a script set on it is wanted. What Zoom once sent may be
    /// out of date, and sending it again would undo somebody else's change.
    /// </summary>
    private DesiredUser ReadZoomUser(RecordRow row, string label)
    {
        var values = new ScimUser();
        var warnings = new List<string>();
        var id = _attributes.ReadIdentity(row, label);
        var userName = row.Has("UserName") ? row.Read("UserName") as string : null;
        if (row.Record.Source is ScimUser user)
        {
            CopyChanged(user, values);
        }

        foreach (var attribute in _attributes.Mapped)
        {
            if (ReadValue(attribute, row, userName ?? label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        var manager = TakeManager(values);
        ReadLicenses(values, row, userName ?? label, warnings);

        return Complete(values, id, id is null ? userName : null, row.Record.Source, userName ?? id ?? label, warnings, manager);
    }

    private object? ReadValue(ZoomAttribute attribute, RecordRow row, string label, out string? used)
    {
        used = null;
        if (_explicitValues.ChangedAttributes.Contains(attribute.Name))
        {
            return attribute.Get(_explicitValues);
        }

        // Zoom keeps one address, so the one given as a parameter stands for both.
        return attribute.IsAddress && (_explicitValues.UserName ?? _explicitValues.Email) is { } address
            ? address
            : _attributes.Read(attribute, row, label, out used);
    }

    /// <summary>
    /// Zoom wants the manager's address. A directory may hold a distinguished name, an id or a name, which are looked up in the
    /// source when all of it is known.
    /// </summary>
    private string? TakeManager(ScimUser values)
    {
        if (values.Manager is not { } manager || (manager.IndexOf('@') > 0 && manager.IndexOf('=') < 0)
            || _explicitValues.ChangedAttributes.Contains(nameof(ScimUser.Manager)))
        {
            return null;
        }

        // The value goes too: a create sets the manager later, from what is wanted.
        values.Forget(nameof(ScimUser.Manager));
        values.Attributes.Complex(ScimSchemas.EnterpriseUser)?.Remove("manager");
        return manager;
    }

    /// <summary>Notes that a manager is nobody of the source.</summary>
    internal void LeaveOutManager(string manager, string label) => Remarks.Add("manager", label, () =>
        $"{{0}}: the manager ('{manager}') is no mail address and nobody of the source, so managers like it are left out. "
            + $"Resolve them, for example {Place.Example("Manager = { (Get-ADUser $_.Manager -Properties EmailAddress).EmailAddress }")}.");

    private void ReadLicenses(ScimUser values, RecordRow row, string label, List<string> warnings)
    {
        string? used = null;
        try
        {
            foreach (var license in SourceValue.Convert(ZoomAttributes.Roles, _attributes.ReadLicense(row, out used)) as string[] ?? [])
            {
                if (IsOfMicrosoft(license))
                {
                    Remarks.Add(
                        "licences of Microsoft",
                        label,
                        () => $"{{0}}: the column '{used}' holds Microsoft's licences ('{license}'), which are not Zoom's, so they were not read.");
                }
                else if (ZoomLicenses.Apply(values, license) is { } remark && _checks.IsNew(remark))
                {
                    warnings.Add($"{label}: {remark}");
                }
            }
        }
        catch (NoValueException exception)
        {
            _attributes.LeaveOut(MappingPreset.LicenseName, used, label, exception);
        }
        catch (DamagedTextException exception)
        {
            throw AttributeReader.Problem(
                "Zoom.Record.DamagedText",
                $"{label}: License (from '{used}') cannot be used: {exception.Message}.",
                DamagedTextException.Advice,
                exception);
        }
        catch (FormatException exception)
        {
            throw AttributeReader.Problem(
                "Zoom.Record.UnknownLicense",
                $"{label}: the licence{(used is null ? string.Empty : $" (from '{used}')")} cannot be used: {exception.Message}",
                $"Correct the value in the source, or map License with {Place.Name}.",
                exception);
        }
    }

    private static bool IsOfMicrosoft(string license) =>
        license.IndexOf("Microsoft", StringComparison.OrdinalIgnoreCase) >= 0 || license.IndexOf("Office 365", StringComparison.OrdinalIgnoreCase) >= 0
        || license.IndexOf("Exchange Online", StringComparison.OrdinalIgnoreCase) >= 0 || license is "Unlicensed" or "Nicht lizenziert"
        || license.StartsWith("SPE_", StringComparison.Ordinal) || license.IndexOf("PACK", StringComparison.Ordinal) > 0;

    /// <summary>Tells who is known by the sign-in name for want of a mail address; by a rule that is an error.</summary>
    private void TellFallback(RecordLayout layout, string? used, string label, List<string> warnings)
    {
        if (used is null || !MappingPreset.SignInHeadings.Any(h => MappingPreset.SameHeading(h, used)) || _attributes.Maps(ZoomAttributes.UserName))
        {
            return;
        }

        if (RequireMail)
        {
            throw AttributeReader.Problem("Zoom.Record.NoMail",
                $"{label}: there is no mail address{(layout.MailColumn is null ? string.Empty : $" in '{layout.MailColumn}'")}, "
                    + $"and the rule does not take {used} for one.",
                "Fill in the mail address in the source, leave the record out with the rule's scope, or set requireMail to false.");
        }

        if (layout.MailColumn is { } mail)
        {
            Remarks.Add(
                "fallback",
                label,
                () => $"{{0}} have no mail address in '{mail}', so {used} is used as the Zoom user name. If mail addresses differ from it, "
                    + "fill them in, or forbid it in a rule (requireMail).");
        }
        else if (!_saidFallback && layout.Shape is RecordShape.ActiveDirectory or RecordShape.EntraId)
        {
            _saidFallback = true;
            var name = layout.Shape == RecordShape.ActiveDirectory ? "EmailAddress" : "Mail";
            warnings.Add($"The records carry no {name}, so {used} is used as the Zoom user name. If mail addresses differ from it, "
                + $"stop and ask for them. {_attributes.Advice.AskFor(layout.Shape, name)}");
        }
    }

    private static void CopyChanged(ScimUser from, ScimUser to)
    {
        foreach (var attribute in ZoomAttributes.ChangedOn(from))
        {
            attribute.Set(to, attribute.Get(from));
        }
    }

    private DesiredUser Complete(
        ScimUser values, string? zoomId, string? currentUserName, object? source, string label, List<string> warnings, string? manager = null)
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
            Warnings = warnings.Count > 0 ? warnings : Array.Empty<string>(),
            ManagerKey = manager,
            ActiveIsExplicit = _explicitValues.ChangedAttributes.Contains(nameof(ScimUser.Active)),
        };
    }
}
