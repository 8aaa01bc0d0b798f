using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Hosting;

/// <summary>What a new rule would do, by the command that says it always.</summary>
internal static class FirstPlan
{
    private const string Script =
        "param($rule, $records) if ($null -eq $records) { ZoomProvisioning\\New-ZoomProvisioningPlan -Rule $rule } "
        + "else { $records | ZoomProvisioning\\New-ZoomProvisioningPlan -Rule $rule }";

    /// <summary>The plan; null where there is no connection to make one with.</summary>
    public static object? Make(PSCmdlet cmdlet, IEnumerable<object>? records, string file) =>
        ConnectionTable.Current.Default is not { IsClosed: false, Enabled: true }
            ? null
            : cmdlet.InvokeCommand.InvokeScript(Script, true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, file, records?.ToArray())
                .FirstOrDefault();
}
