using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>Reads saved plans.</summary>
internal static class PlanFiles
{
    /// <summary>Reads a plan from its JSON file.</summary>
    /// <exception cref="ScimStateException">The file cannot be read, or is no plan.</exception>
    public static SyncPlan Read(string file)
    {
        try
        {
            return EngineLoader.State.ReadPlan(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.Plan.NotRead", $"The plan '{file}' cannot be read: {exception.Message}", exception)
            {
                Category = exception is FileNotFoundException or DirectoryNotFoundException
                    ? nameof(ErrorCategory.ObjectNotFound)
                    : nameof(ErrorCategory.OpenError),
                RecommendedAction = "Look at the path and at your rights to it.",
            };
        }
    }
}
