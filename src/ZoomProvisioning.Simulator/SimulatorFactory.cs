using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Simulator;

/// <summary>Makes simulated Zoom accounts: the one type the module looks for in this assembly.</summary>
public sealed class SimulatorFactory : ISimulatorFactory
{
    /// <inheritdoc/>
    public ISimulator Create(SimulatorOptions options) => new SimulatedZoom(options);
}
