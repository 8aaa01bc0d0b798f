using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>What a wish must satisfy before anybody acts on it: one address, numbers and texts as Zoom takes them.</summary>
internal sealed class RecordChecks
{
    private readonly Dictionary<string, string> _employeeNumbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saidRemarks = new(StringComparer.Ordinal);

    /// <summary>Where the admin wrote the mapping.</summary>
    public MappingPlace Place { get; set; } = MappingPlace.Parameter;

    /// <summary>What is told about the source as a whole.</summary>
    public SourceRemarks? Remarks { get; set; }

    /// <summary>Whether a remark is said for the first time.</summary>
    public bool IsNew(string remark) => _saidRemarks.Add(remark);

    /// <summary>Zoom's POST reads only userName and its PUT only the mail, so two sources would make two different people of one.</summary>
    /// <exception cref="ScimRecordException">There are two addresses, or one that is none.</exception>
    public void OneAddress(ScimUser values, string label)
    {
        var (userName, email) = (values.UserName, values.Email);
        if (userName is not null && email is not null && !string.Equals(userName, email, StringComparison.OrdinalIgnoreCase))
        {
            throw AttributeReader.Problem("Zoom.Record.TwoAddresses",
                $"{label}: UserName is '{userName}' but Email is '{email}'. Zoom keeps one address for both: it reads the user name when it creates "
                    + "and the mail when it updates.",
                $"Give one source for both, for example {Place.Example("UserName = 'Email'")}, or leave one of the two out.");
        }

        if ((userName ?? email) is not { } address)
        {
            return;
        }

        if (!AddressText.IsAddress(address))
        {
            var why = AddressText.FaultIn(address) is { } fault ? $" ({fault})" : string.Empty;
            throw AttributeReader.Problem("Zoom.Record.InvalidAddress",
                $"{label}: '{address}' is not a mail address{why}, and Zoom's user name must be one.",
                $"Map the user name to the mail address, for example {Place.Example("UserName = 'Email'")}.");
        }

        values.UserName = address;
        values.Email = address;
    }

    /// <summary>Zoom refuses an employee number that another user has; two records that share one are a mistake of the source.</summary>
    /// <exception cref="ScimRecordException">A record before this one has the number.</exception>
    public void UniqueEmployeeNumber(ScimUser values, string label)
    {
        if (values.EmployeeNumber is not { Length: > 0 } number)
        {
            return;
        }

        if (_employeeNumbers.TryGetValue(number, out var other) && !string.Equals(other, label, StringComparison.OrdinalIgnoreCase))
        {
            throw DuplicateEmployeeNumber(label, number, other, Place);
        }

        _employeeNumbers[number] = label;
    }

    /// <summary>The error for an employee number that two people have.</summary>
    public static ScimRecordException DuplicateEmployeeNumber(string label, string number, string other, MappingPlace place) => AttributeReader.Problem(
        "Zoom.Record.DuplicateEmployeeNumber",
        $"{label}: the employee number '{number}' belongs to {other} as well, and Zoom wants it unique.",
        $"Correct the numbers in the source, or leave them out with {place.Example("EmployeeNumber = $null")}.");

    /// <summary>Brings user type and phone numbers into Zoom's form and looks at lengths.</summary>
    /// <exception cref="ScimRecordException">A text is too long.</exception>
    public void Normalize(ScimUser values, string label, List<string> warnings)
    {
        if (values.ChangedAttributes.Contains(nameof(ScimUser.UserType)) && values.UserType is { } userType)
        {
            values.UserType = ZoomUserTypes.Normalize(userType, out var remark);
            if (remark is not null && IsNew(remark))
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

            // Where it has no country code it is sent as it is, and told of where it was sent.
            if (PhoneFormat.TryNormalize(phone, out var normalized) && PhoneFormat.ExtensionOf(phone) is { } extension)
            {
                Remarks?.Add(
                    "extension",
                    label,
                    () => $"{{0}}: a phone number has an extension ('{extension}'), which Zoom's profile has no place for, so the number is kept without it.");
            }

            attribute.Set(values, normalized);
        }

        foreach (var attribute in ZoomAttributes.All.Where(a => a.MaxLength > 0))
        {
            if (attribute.Get(values) is string text && text.Length > attribute.MaxLength)
            {
                throw AttributeReader.Problem("Zoom.Record.TooLong",
                    $"{label}: {attribute.Name} has {text.Length} characters; Zoom takes {attribute.MaxLength}.",
                    $"Shorten it in the source, or map the attribute with {Place.Name}.");
            }
        }
    }
}
