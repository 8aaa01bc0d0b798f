using System.Management.Automation;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Commands;

/// <summary>Shows a simulated Zoom account: how it behaves, which faults are to come, and the requests it received.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomScimSimulator")]
[OutputType(typeof(ZoomScimSimulator), typeof(SimulatorRequest))]
public sealed class GetZoomScimSimulatorCommand : SimulatorCmdlet
{
    /// <summary>Give the requests received instead, oldest first: the last 10,000 of them.</summary>
    [Parameter]
    public SwitchParameter Requests { get; set; }

    private protected override void OnRecord()
    {
        if (!Requests)
        {
            WriteObject(Describe());
            return;
        }

        WriteObject(Simulator.Requests, enumerateCollection: true);
    }
}
