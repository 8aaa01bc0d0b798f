using System.IO;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Simulate;

/// <summary>The file a simulated tenant lives in between two runs (<c>--simulator-state</c>).</summary>
internal static class StateFile
{
    /// <summary>A simulator with the file's tenant where there is such a file, else with a new one.</summary>
    public static SimulatedZoom Start(SimulatorOptions options, FileInfo? file)
    {
        var saved = file is { Exists: true } ? File.ReadAllText(file.FullName) : null;
        return new SimulatedZoom(new SimulatorOptions
        {
            SeedUsers = options.SeedUsers,
            RatePlan = options.RatePlan,
            Latency = options.Latency,
            AssociatedDomains = options.AssociatedDomains,
            State = saved ?? options.State,
            Clock = options.Clock,
        });
    }

    /// <summary>Writes the tenant, never leaving half a file behind.</summary>
    public static void Save(SimulatedZoom zoom, FileInfo? file)
    {
        if (file is null)
        {
            return;
        }

        AtomicFile.WriteAllText(file.FullName, zoom.ExportState());
    }
}
