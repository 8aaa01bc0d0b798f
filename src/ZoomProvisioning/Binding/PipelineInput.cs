using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>What comes in as -InputObject.</summary>
internal static class PipelineInput
{
    /// <summary>An array given by parameter arrives as one object; each of its elements is a record.</summary>
    public static IEnumerable<PSObject?> Unroll(PSObject? input) => input?.BaseObject is IEnumerable many and not (string or IDictionary)
        ? many.Cast<object?>().Select(element => element is null ? null : PSObject.AsPSObject(element))
        : [input];
}
