using System.Collections.Generic;

namespace ZoomProvisioning.Contracts;

/// <summary>A behaviour of the simulator that can be turned.</summary>
/// <param name="Name">The name it is set by.</param>
/// <param name="Meaning">What it is about.</param>
/// <param name="DefaultValue">The value it begins with.</param>
/// <param name="Values">The values it takes; empty when it takes any text or number.</param>
public sealed record SimulatorSwitch(string Name, string Meaning, object DefaultValue, IReadOnlyList<string> Values);
