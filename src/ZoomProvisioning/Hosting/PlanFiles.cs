using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Hosting;

/// <summary>Reads saved plans.</summary>
internal static class PlanFiles
{
    /// <summary>The commands for a plan's page, which work as they are printed: a rule that is not found by its name is named by its path.</summary>
    public static PageOptions PageOf(SyncPlan plan, string path) => new()
    {
        PlanCommand = $"Invoke-ZoomProvisioningPlan -Path {Completion.Quoted(path)}"
            + (plan.RuleFile is { } rule && !RuleFolder.Files.Contains(rule) ? $" -Rule {Completion.Quoted(rule)}" : string.Empty),
        ApproveCommand = $"Approve-ZoomProvisioningPlan -Path {Completion.Quoted(path)}",
    };

    /// <summary>Reads a plan from its JSON file, with the approvals that lie beside it.</summary>
    /// <exception cref="ScimStateException">The file cannot be read, or is no plan; or an approval of it cannot be used.</exception>
    public static SyncPlan Read(string file)
    {
        try
        {
            using var text = File.OpenRead(file);
            return EngineLoader.State.ReadPlan(text) with { Approvals = ApprovalFile.Beside(file, EngineLoader.State) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.Plan.NotRead", $"The plan '{file}' cannot be read: {exception.Message}", exception)
            {
                Category = exception is FileNotFoundException or DirectoryNotFoundException
                    ? nameof(ErrorCategory.ObjectNotFound)
                    : nameof(ErrorCategory.OpenError),
                RecommendedAction = exception is UnauthorizedAccessException ? ApprovalFile.ShareAdvice : "Look at the path and at your rights to it.",
            };
        }
    }
}
