using System;
using System.Management.Automation;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Binding;

/// <summary>An entry of a directory as scriptblocks see it: <c>$_.department</c>.</summary>
internal static class DirectoryObject
{
    public static PSObject Of(DirectoryRecord record)
    {
        var entry = new PSObject();
        entry.TypeNames.Insert(0, DirectoryRecord.TypeName);
        foreach (var name in record.Names)
        {
            entry.Properties.Add(new PSNoteProperty(name, ValueOf(record, name)));
        }

        return entry;
    }

    private static object? ValueOf(DirectoryRecord record, string name)
    {
        try
        {
            return record.Read(name);
        }
        catch (FormatException)
        {
            // What cannot be decoded is told where the record itself is read.
            return null;
        }
    }
}
