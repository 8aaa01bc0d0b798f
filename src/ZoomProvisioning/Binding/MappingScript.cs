using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>Runs a mapping scriptblock over a record.</summary>
internal static class MappingScript
{
    /// <summary>The block's value for a record, which it sees as <c>$_</c>.</summary>
    /// <exception cref="FormatException">The block failed; the message is PowerShell's.</exception>
    public static object? Invoke(ScriptBlock block, PSObject record)
    {
        // A new list each time: PowerShell removes '_' from the one it is given. Without ErrorActionPreference an error in
        // the block would be invisible and the block would go on to a wrong value.
        var variables = new List<PSVariable>
        {
            new("_", record),
            new("ErrorActionPreference", ActionPreference.Stop),
        };
        try
        {
            var values = block.InvokeWithContext(null, variables).Select(Unwrap).ToArray();
            return values.Length == 1 ? values[0] : values;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            throw new FormatException($"the mapping script failed: {exception.Message}", exception);
        }
        // break and continue would leave the block and end the caller's loop; their exception types are not public.
        catch (Exception exception) when (exception.GetType().Name is "BreakException" or "ContinueException")
        {
            throw new FormatException("the mapping script uses break or continue outside a loop.", exception);
        }
    }

    private static object? Unwrap(PSObject? value) => value?.BaseObject is PSCustomObject ? value : value?.BaseObject;
}
