using System;
using System.Linq;

namespace ZoomProvisioning.Input;

/// <summary>What kind of directory a record comes from.</summary>
public enum RecordShape
{
    /// <summary>A CSV row, a hashtable, or any other object.</summary>
    Generic,

    /// <summary>Get-ADUser of Microsoft's module, or Get-OpenADUser.</summary>
    ActiveDirectory,

    /// <summary>Get-MgUser, Get-EntraUser, Get-AzADUser.</summary>
    EntraId,

    /// <summary>A user or result of this module.</summary>
    Zoom,
}

/// <summary>Tells the shapes apart.</summary>
public static class RecordShapes
{
    /// <summary>The shape of a record, by its type name and else by names only that directory has.</summary>
    public static RecordShape Detect(ISourceRecord record)
    {
        // Objects from remoting and from Windows PowerShell compatibility are called Deserialized.<type>.
        bool TypeContains(string part) => record.TypeNames.Any(t => t.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0);
        bool Has(string name) => record.Names.Contains(name, StringComparer.OrdinalIgnoreCase);

        // A row that Windows PowerShell exported with its type (CSV:<type>) is a row: whoever edited it wants what it says.
        bool IsRow() => record.TypeNames.Any(t => t.StartsWith("CSV:", StringComparison.OrdinalIgnoreCase));

        if (!IsRow() && (TypeContains("ZoomProvisioning.ScimUser") || TypeContains("ZoomProvisioning.Plans.ChangeResult")))
        {
            return RecordShape.Zoom;
        }

        if (TypeContains("ActiveDirectory.Management.AD") || TypeContains("PSOpenAD.OpenAD") || (Has("DistinguishedName") && (Has("SamAccountName") || Has("ObjectClass"))))
        {
            return RecordShape.ActiveDirectory;
        }

        return TypeContains("MicrosoftGraphUser") || TypeContains("MSGraphUser") || (Has("UserPrincipalName") && (Has("AccountEnabled") || Has("BusinessPhones")))
            ? RecordShape.EntraId
            : RecordShape.Generic;
    }
}
