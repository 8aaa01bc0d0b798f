using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Binding;

/// <summary>A row of a table as scriptblocks see it: <c>$_.Department</c>, or <c>$_.'First Name'</c>.</summary>
internal static class RowObject
{
    public static PSObject Of(ISourceRecord record)
    {
        var row = new PSObject();
        foreach (var name in record.Names)
        {
            if (name.Length > 0 && row.Properties[name] is null)
            {
                row.Properties.Add(new PSNoteProperty(name, ValueOf(record, name)));
            }
        }

        return row;
    }

    private static object? ValueOf(ISourceRecord record, string name)
    {
        try
        {
            return record.Read(name);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            // What is wrong with a row is told where the record itself is read.
            return null;
        }
    }
}
