using System;

namespace ZoomProvisioning.Input;

/// <summary>How to ask a directory for more than it gives by itself.</summary>
internal sealed class PropertyAdvice
{
    private string? _module;

    /// <summary>Remembers which command the records come from, so that advice speaks of it.</summary>
    public void Meet(ISourceRecord record) => _module ??= record.TypeNames.Count == 0 ? string.Empty : record.TypeNames[0];

    /// <summary>How to get more properties, in the words of the command the records come from.</summary>
    public string AskFor(RecordShape shape, string properties)
    {
        bool From(string part) => _module?.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
        return From("PSOpenAD") ? $"Get-OpenADUser returns few properties unless it is asked for more: Get-OpenADUser -Property {properties} …"
            : From("ActiveDirectory.Management") ? $"Get-ADUser returns ten properties unless it is asked for more: Get-ADUser -Properties {properties} …"
            : From("Open.AzureAD") ? "Get-AzureADUser gives what there is; look into the directory."
            : From("MSGraph.Models") ? $"Get-AzADUser returns few properties unless it is asked for more: Get-AzADUser -Select {properties} …"
            : From("MicrosoftGraphUser") ? "Get-MgUser returns few properties unless it is asked for more: "
                + $"Get-MgUser -Property Id,UserPrincipalName,{properties} …"
            : From("ZoomProvisioning.DirectoryServices")
                ? "The directory was asked for them: nobody has a value there, or the account that reads may not see it."
            : From("DirectoryServices") ? $"A search returns the attributes it names: {properties} …"
            : shape == RecordShape.EntraId ? $"If the records come from Get-MgUser: Get-MgUser -Property Id,UserPrincipalName,{properties} …"
            : $"Export these columns too (ldapsearch and csvde: name the attributes; Get-ADUser -Properties {properties} …).";
    }
}
