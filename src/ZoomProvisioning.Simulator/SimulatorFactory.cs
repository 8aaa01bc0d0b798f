using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator.Behaviours;

namespace ZoomProvisioning.Simulator;

/// <summary>Makes simulated Zoom accounts: the one type the module looks for in this assembly.</summary>
public sealed class SimulatorFactory : ISimulatorFactory
{
    /// <inheritdoc/>
    public IReadOnlyList<SimulatorSwitch> Switches { get; } = Behaviours.Switches.All
        .Select(item => new SimulatorSwitch(item.Name, item.Meaning, PlainJson.Of(item.DefaultValue), item.Choices))
        .ToArray();

    /// <inheritdoc/>
    public ISimulator Create(SimulatorOptions options) => new SimulatedZoom(options);
}
