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

    /// <summary>The export of users of the Microsoft 365 admin center, in any of its languages.</summary>
    Microsoft365,

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
        // 'dn::' is how LDIF writes a name that is not plain ASCII.
        bool Has(string name) => record.Names.Any(n => MappingPreset.SameHeading(n, name));

        // A row that Windows PowerShell exported with its type (CSV:<type>) is a row: whoever edited it wants what it says.
        bool IsRow() => record.TypeNames.Any(t => t.StartsWith("CSV:", StringComparison.OrdinalIgnoreCase));

        if (!IsRow() && (TypeContains("ZoomProvisioning.ScimUser") || TypeContains("ZoomProvisioning.Plans.ChangeResult")))
        {
            return RecordShape.Zoom;
        }

        if (TypeContains("ActiveDirectory.Management.AD") || TypeContains("PSOpenAD.OpenAD") || TypeContains("DirectoryServices")
            || ((Has("DistinguishedName") || Has("DN")) && (Has("SamAccountName") || Has("ObjectClass") || Has("userAccountControl") || Has("sn"))))
        {
            return RecordShape.ActiveDirectory;
        }

        if (TypeContains("MicrosoftGraphUser") || TypeContains("MSGraphUser") || TypeContains("Open.AzureAD") || TypeContains("Graph.PowerShell.Models.User")
            || (Has("UserPrincipalName") && (Has("AccountEnabled") || Has("BusinessPhones"))))
        {
            return RecordShape.EntraId;
        }

        return record.Names.Any(GenericHeadings.IsMicrosoft365) ? RecordShape.Microsoft365 : RecordShape.Generic;
    }
}
