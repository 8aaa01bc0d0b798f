using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>
/// Finds the mail address of a manager within the source itself, by whatever the source calls people: a distinguished name, a
/// GUID, an id, a sign-in name, a name. A name that two people have is nobody's.
/// </summary>
internal sealed class ManagerIndex
{
    private static readonly string[] Keys =
        ["DistinguishedName", "DN", "ObjectGUID", "Id", "ObjectId", "Object Id", "SamAccountName", "uid", "UserName", "UserPrincipalName",
         "UPN", "Login", "User Id", "UserID", "entryUUID", "ExternalDirectoryObjectId", "Alias", "mailNickname",
         "EmployeeID", "Employee #", "Worker ID", "Personnel Number", "Personalnummer", "EmployeeIdentifier", "_id", "Identity"];

    private static readonly string[] Names = ["DisplayName", "Name", "cn", "FullName", "Full Name", "Legal Name", "Worker", "Anzeigename", "Preferred Name"];

    private readonly Dictionary<string, string?> _addresses = new(StringComparer.Ordinal);

    /// <summary>Adds somebody.</summary>
    public void Add(RecordRow row, ScimUser values)
    {
        if (values.UserName is not { } address)
        {
            return;
        }

        foreach (var heading in Keys.Concat(Names))
        {
            if (row.Layout.Find(heading) is { } name && ValueOf(row, name) is { } value)
            {
                Add(value, address);
            }
        }

        if (values.EmployeeNumber is { Length: > 0 } number)
        {
            Add(number, address);
        }

        if (values is { GivenName: { Length: > 0 } given, FamilyName: { Length: > 0 } family })
        {
            Add($"{given} {family}", address);
            Add($"{family}, {given}", address);
            Add($"{family} {given}", address);
        }
    }

    /// <summary>The address of somebody; null when nobody, or more than one, is called so.</summary>
    public string? Find(string manager)
    {
        if (_addresses.TryGetValue(KeyOf(manager), out var address))
        {
            return address;
        }

        // Workday and SAP write 'Jill Chill (10023)', BambooHR 'Chill, Jill'.
        var open = manager.LastIndexOf('(');
        return open > 0 && manager[manager.Length - 1] == ')'
            && _addresses.TryGetValue(KeyOf(manager.Substring(open + 1, manager.Length - open - 2)), out address) ? address : null;
    }

    private void Add(string key, string address)
    {
        var canonical = KeyOf(key);
        if (canonical.Length == 0)
        {
            return;
        }

        if (!_addresses.TryGetValue(canonical, out var other))
        {
            _addresses.Add(canonical, address);
        }
        else if (!string.Equals(other, address, StringComparison.OrdinalIgnoreCase))
        {
            _addresses[canonical] = null;
        }
    }

    private static string KeyOf(string text)
    {
        var trimmed = CellText.Trim(text);
        if (Guid.TryParse(trimmed, out var guid))
        {
            return guid.ToString("N");
        }

        // Blanks after the commas of a distinguished name mean nothing, and neither does case.
        return (trimmed.IndexOf('=') > 0 ? trimmed.Replace(", ", ",") : trimmed).ToUpperInvariant();
    }

    private static string? ValueOf(RecordRow row, string name)
    {
        try
        {
            return SourceValue.ToText(row.Read(name));
        }
        // Whoever cannot be read by one key may be found by another.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            return null;
        }
    }
}
