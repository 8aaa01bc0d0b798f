using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Input;

/// <summary>
/// The one way from a source record to a wish: explicit parameters win, else the record's properties by the mapping, else by
/// the preset of the record's shape. Remembers what was missing, to say so once.
/// </summary>
public sealed class RecordReader
{
    private static readonly Regex Address = new(@"^[^\s@]+@[^\s@]+\.[^\s@.]+$", RegexOptions.CultureInvariant);

    // Sent when they are there; that nobody asked the directory for them is most likely meant.
    private static readonly HashSet<string> NotMissed = new(
        [nameof(ScimUser.MobilePhone), nameof(ScimUser.HomePhone), nameof(ScimUser.Fax), nameof(ScimUser.CostCenter), nameof(ScimUser.EmployeeNumber), nameof(ScimUser.Manager)],
        StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyDictionary<string, AttributeSource> _mapping;
    private readonly ScimUser _explicitValues;
    private readonly RecordUse _use;
    private readonly Dictionary<string, bool> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _missingFromMapping = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _foundFromMapping = new(StringComparer.OrdinalIgnoreCase);
    private RecordShape _lastShape;
    private readonly HashSet<string> _saidRemarks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _employeeNumbers = new(StringComparer.Ordinal);
    private bool _saidFallback;
    private bool _saidManager;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">The admin's mapping, by attribute name; empty for the presets alone.</param>
    /// <param name="explicitValues">Values given as parameters; they win over every record.</param>
    /// <param name="use">Whether the records describe users to be, or name users that are.</param>
    /// <exception cref="ScimRecordException">The mapping names an attribute that does not exist, or two sources for the one address.</exception>
    public RecordReader(IReadOnlyDictionary<string, AttributeSource> mapping, ScimUser explicitValues, RecordUse use)
    {
        foreach (var name in mapping.Keys.Where(n => MappingTarget.Find(n) is null && !IsIdentity(n) && !IsLicense(n)))
        {
            throw Problem("Zoom.Mapping.UnknownAttribute",
                $"-Mapping names the attribute '{name}', which does not exist.",
                $"The attributes are {string.Join(", ", ZoomAttributes.All.Select(a => a.Name))}, {MappingPreset.LicenseName}, {MappingPreset.IdentityName} and those of Zoom's extension, such as pronouns. An attribute of the extension that this module does not know is written {MappingTarget.Prefix}name.");
        }

        _mapping = mapping;
        _explicitValues = explicitValues;
        _use = use;
    }

    /// <summary>How many records were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads one record.</summary>
    /// <exception cref="ScimRecordException">The record cannot be provisioned; the message names it, the attribute and the remedy.</exception>
    public DesiredUser Read(ISourceRecord record)
    {
        Count++;
        var shape = RecordShapes.Detect(record);
        if (shape == RecordShape.Zoom)
        {
            if (_use == RecordUse.Change)
            {
                return ReadZoomUser(record);
            }

            // A Zoom user piped to New-ZoomScimUser (another account, a saved export) describes the user to be.
            shape = RecordShape.Generic;
        }

        _lastShape = shape;
        var row = Lookup.Of(record);
        var warnings = new List<string>();
        var values = new ScimUser();
        // The address first: all other messages name it.
        var label = $"record {Count.ToString(CultureInfo.InvariantCulture)}";
        if (ReadValue(ZoomAttributes.UserName, record, row, shape, label, out var usedName) is string userName)
        {
            label = userName;
            values.UserName = userName;
            WarnOfFallback(shape, row, usedName, warnings);
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a != ZoomAttributes.UserName).Concat(ExtensionAttributes(row, shape)))
        {
            if (ReadValue(attribute, record, row, shape, label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        ReadManager(values, warnings);
        ReadLicenses(values, record, row, shape, label, warnings);
        return Complete(values, IdentityOf(record, row, shape, label), null, record.Source, label, warnings);
    }

    /// <summary>
    /// A Zoom user on its way back: it names the user, and only what a script set on it is wanted. What Zoom once sent may be
    /// out of date, and sending it again would undo somebody else's change.
    /// </summary>
    private DesiredUser ReadZoomUser(ISourceRecord record)
    {
        var row = Lookup.Of(record);
        var label = $"record {Count.ToString(CultureInfo.InvariantCulture)}";
        var values = new ScimUser();
        var warnings = new List<string>();
        var id = IdentityOf(record, row, RecordShape.Zoom, label);
        var userName = row.Has("UserName") ? record.Read(row.Spelling("UserName")) as string : null;
        if (record.Source is ScimUser user)
        {
            CopyChanged(user, values);
        }

        foreach (var attribute in _mapping.Keys.Select(MappingTarget.Find).OfType<ZoomAttribute>())
        {
            if (ReadValue(attribute, record, row, RecordShape.Zoom, userName ?? label, out _) is { } value)
            {
                attribute.Set(values, value);
            }
        }

        ReadManager(values, warnings);
        ReadLicenses(values, record, row, RecordShape.Zoom, userName ?? label, warnings);

        return Complete(values, id, id is null ? userName : null, record.Source, userName ?? id ?? label, warnings);
    }

    /// <summary>Makes a wish of the explicit parameters alone.</summary>
    /// <exception cref="ScimRecordException">A value cannot be provisioned.</exception>
    public DesiredUser ReadExplicit(string? zoomId, string? currentUserName) =>
        Complete(new ScimUser(), zoomId, currentUserName, null, _explicitValues.UserName ?? currentUserName ?? zoomId ?? "(no user name)", []);

    /// <summary>
    /// What to tell after the last record: attributes that had a value on no record, where that most likely means that the
    /// directory was not asked for them.
    /// </summary>
    public string? MissingPropertiesWarning()
    {
        var unmapped = _missingFromMapping.Where(n => !_foundFromMapping.Contains(n)).OrderBy(n => n, StringComparer.OrdinalIgnoreCase).ToList();
        if (_lastShape is RecordShape.ActiveDirectory or RecordShape.EntraId)
        {
            var preset = MappingPreset.For(_lastShape);
            var missing = preset.Where(p => !NotMissed.Contains(p.Key) && _seen.TryGetValue(p.Key, out var hadValue) && !hadValue).Select(p => p.Value[0]).Concat(unmapped).ToList();
            return missing.Count == 0 || (Count < 2 && unmapped.Count == 0 && !_seen.Values.Any(v => v))
                ? null
                : _lastShape == RecordShape.ActiveDirectory
                    ? $"None of the {Count} record(s) had a value for {string.Join(", ", missing)}, so nothing was set there. Get-ADUser returns ten properties unless it is asked for more: Get-ADUser -Properties {string.Join(",", missing)} …"
                    : $"None of the {Count} record(s) had a value for {string.Join(", ", missing)}, so nothing was set there. Get-MgUser returns few properties unless it is asked for more: Get-MgUser -Property Id,UserPrincipalName,{string.Join(",", missing)} …";
        }

        return unmapped.Count == 0 ? null : $"None of the {Count} record(s) has the mapped property {string.Join(", ", unmapped)}, so nothing was set from it. Check the spelling in -Mapping and the columns of the source.";
    }

    private static bool IsLicense(string name) => string.Equals(name, MappingPreset.LicenseName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The extension attributes a record speaks of: those that are mapped, and columns named exactly like one.</summary>
    private IEnumerable<ZoomAttribute> ExtensionAttributes(Lookup row, RecordShape shape)
    {
        var mapped = _mapping.Keys.Select(MappingTarget.Find).OfType<ZoomAttribute>().Where(a => a.IsExtension).ToList();
        var columns = shape == RecordShape.Generic
            ? ZoomExtension.Known.Where(a => row.Has(a.Name) && mapped.All(m => m.Name != a.Name))
            : [];
        return mapped.Concat(columns);
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
            warnings.Add($"The manager '{manager}' is not a mail address, so managers that are not are left out. Resolve them, for example -Mapping @{{ Manager = {{ (Get-ADUser $_.Manager -Properties EmailAddress).EmailAddress }} }}.");
        }
    }

    private void ReadLicenses(ScimUser values, ISourceRecord record, Lookup row, RecordShape shape, string label, List<string> warnings)
    {
        string? used = null;
        try
        {
            object? cell = null;
            if (_mapping.TryGetValue(MappingPreset.LicenseName, out var source))
            {
                cell = FromMapping(source, record, row, out used);
            }
            else if (MappingPreset.For(shape).TryGetValue(MappingPreset.LicenseName, out var candidates) && candidates.FirstOrDefault(row.Has) is { } column)
            {
                used = column;
                cell = record.Read(row.Spelling(column));
            }

            foreach (var license in SourceValue.Convert(ZoomAttributes.Roles, cell) as string[] ?? [])
            {
                if (ZoomLicenses.Apply(values, license) is { } remark && _saidRemarks.Add(remark))
                {
                    warnings.Add($"{label}: {remark}");
                }
            }
        }
        catch (FormatException exception)
        {
            throw Problem("Zoom.Record.UnknownLicense", $"{label}: the licence{(used is null ? string.Empty : $" (from '{used}')")} cannot be used: {exception.Message}", "Correct the value in the source, or map License with -Mapping.", exception);
        }
    }

    private static bool IsIdentity(string name) => string.Equals(name, MappingPreset.IdentityName, StringComparison.OrdinalIgnoreCase);

    private object? ReadValue(ZoomAttribute attribute, ISourceRecord record, Lookup row, RecordShape shape, string label, out string? used)
    {
        used = null;
        if (_explicitValues.ChangedAttributes.Contains(attribute.Name))
        {
            return attribute.Get(_explicitValues);
        }

        // Zoom keeps one address, so the one given as a parameter stands for both.
        if (attribute.IsAddress && (_explicitValues.UserName ?? _explicitValues.Email) is { } address)
        {
            return address;
        }

        try
        {
            if (MappingFor(attribute) is { } source)
            {
                return SourceValue.Convert(attribute, FromMapping(source, record, row, out used));
            }

            if (attribute.IsExtension)
            {
                used = attribute.Name;
                return SourceValue.Convert(attribute, record.Read(row.Spelling(attribute.Name)));
            }

            if (!MappingPreset.For(shape).TryGetValue(attribute.Name, out var candidates))
            {
                return null;
            }

            // An AD user carries what was asked for, even where it is empty; an Entra user carries everything, and null says nothing.
            var known = (_seen.TryGetValue(attribute.Name, out var had) && had)
                || (shape == RecordShape.ActiveDirectory && candidates.Any(row.Has));
            foreach (var candidate in candidates.Where(row.Has))
            {
                used = candidate;
                if (SourceValue.Convert(attribute, record.Read(row.Spelling(candidate))) is { } value)
                {
                    _seen[attribute.Name] = true;
                    return value;
                }
            }

            _seen[attribute.Name] = known;
            return null;
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
                "Correct the value in the source, or map the attribute with -Mapping.", exception);
        }
    }

    private AttributeSource? MappingFor(ZoomAttribute attribute) =>
        _mapping.TryGetValue(attribute.Name, out var source) || _mapping.TryGetValue(MappingTarget.Prefix + attribute.Name, out source) ? source : null;

    private object? FromMapping(AttributeSource source, ISourceRecord record, Lookup row, out string? used)
    {
        used = source.Property;
        if (source.Property is { } property)
        {
            if (!row.Has(property))
            {
                _missingFromMapping.Add(property);
                return null;
            }

            _foundFromMapping.Add(property);
            return record.Read(row.Spelling(property));
        }

        return source.Script is { } script ? script(record) : source.IsConstant ? source.Constant : null;
    }

    private string? IdentityOf(ISourceRecord record, Lookup row, RecordShape shape, string label)
    {
        try
        {
            if (_mapping.TryGetValue(MappingPreset.IdentityName, out var source))
            {
                return FromMapping(source, record, row, out _)?.ToString() is { } mapped && mapped.Trim().Length > 0 ? mapped.Trim() : null;
            }

            return MappingPreset.For(shape).TryGetValue(MappingPreset.IdentityName, out var candidates)
                ? candidates.Where(row.Has).Select(c => record.Read(row.Spelling(c))?.ToString()).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim()
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw Problem("Zoom.Record.InvalidValue", $"{label}: the Zoom id cannot be read: {exception.Message}", "Correct the value in the source.", exception);
        }
    }

    private void WarnOfFallback(RecordShape shape, Lookup row, string? used, List<string> warnings)
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
        OneAddress(values, label);
        NormalizeValues(values, label, warnings);
        UniqueEmployeeNumber(values, label);
        return new DesiredUser(values)
        {
            ZoomId = zoomId,
            CurrentUserName = currentUserName,
            Source = source,
            Label = label,
            Warnings = warnings,
            ActiveIsExplicit = _explicitValues.ChangedAttributes.Contains(nameof(ScimUser.Active)),
        };
    }

    // Zoom's POST reads only userName and its PUT only the mail, so two sources would make two different people of one.
    private static void OneAddress(ScimUser values, string label)
    {
        var (userName, email) = (values.UserName, values.Email);
        if (userName is not null && email is not null && !string.Equals(userName, email, StringComparison.OrdinalIgnoreCase))
        {
            throw Problem("Zoom.Record.TwoAddresses",
                $"{label}: UserName is '{userName}' but Email is '{email}'. Zoom keeps one address for both: it reads the user name when it creates and the mail when it updates.",
                "Give one source for both, for example -Mapping @{ UserName = 'Email' }, or leave one of the two out.");
        }

        if ((userName ?? email) is not { } address)
        {
            return;
        }

        if (!Address.IsMatch(address))
        {
            throw Problem("Zoom.Record.InvalidAddress",
                $"{label}: '{address}' is not a mail address, and Zoom's user name must be one.",
                "Map the user name to the mail address, for example -Mapping @{ UserName = 'Email' }.");
        }

        values.UserName = address;
        values.Email = address;
    }

    /// <summary>Zoom refuses an employee number that another user has; two records that share one are a mistake of the source.</summary>
    private void UniqueEmployeeNumber(ScimUser values, string label)
    {
        if (values.EmployeeNumber is not { Length: > 0 } number)
        {
            return;
        }

        if (_employeeNumbers.TryGetValue(number, out var other) && !string.Equals(other, label, StringComparison.OrdinalIgnoreCase))
        {
            throw Problem("Zoom.Record.DuplicateEmployeeNumber",
                $"{label}: the employee number '{number}' belongs to {other} as well, and Zoom wants it unique.",
                "Correct the numbers in the source, or leave them out with -Mapping @{ EmployeeNumber = $null }.");
        }

        _employeeNumbers[number] = label;
    }

    private void NormalizeValues(ScimUser values, string label, List<string> warnings)
    {
        if (values.ChangedAttributes.Contains(nameof(ScimUser.UserType)) && values.UserType is { } userType)
        {
            values.UserType = ZoomUserTypes.Normalize(userType, out var remark);
            if (remark is not null && _saidRemarks.Add(remark))
            {
                warnings.Add($"{label}: {remark} (Said once.)");
            }
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a.Kind == AttributeKind.Phone && values.ChangedAttributes.Contains(a.Name)))
        {
            if (attribute.Get(values) is not string { Length: > 0 } phone)
            {
                continue;
            }

            if (PhoneFormat.TryNormalize(phone, out var normalized))
            {
                attribute.Set(values, normalized);
            }
            else
            {
                warnings.Add($"{label}: the {attribute.Name} number '{phone}' has no country code (+1 5125550123); it is sent as it is.");
            }
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a.MaxLength > 0))
        {
            if (attribute.Get(values) is string text && text.Length > attribute.MaxLength)
            {
                throw Problem("Zoom.Record.TooLong",
                    $"{label}: {attribute.Name} has {text.Length} characters; Zoom takes {attribute.MaxLength}.",
                    "Shorten it in the source, or map the attribute with -Mapping.");
            }
        }
    }

    private static ScimRecordException Problem(string id, string message, string advice, Exception? inner = null) =>
        new(id, message, inner) { Category = "InvalidData", RecommendedAction = advice };

    /// <summary>Finds a record's properties by canonical heading.</summary>
    private sealed class Lookup
    {
        private readonly Dictionary<string, string> _names;

        private Lookup(Dictionary<string, string> names) => _names = names;

        public static Lookup Of(ISourceRecord record)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in record.Names)
            {
                var key = MappingPreset.Canonical(name);
                if (!names.ContainsKey(key))
                {
                    names.Add(key, name);
                }
            }

            return new Lookup(names);
        }

        public bool Has(string name) => _names.ContainsKey(MappingPreset.Canonical(name));

        public string Spelling(string name) => _names[MappingPreset.Canonical(name)];
    }
}
