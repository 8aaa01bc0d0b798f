namespace ZoomProvisioning.Cli.Connecting;

/// <summary>Which account a command works on.</summary>
/// <param name="Simulate">The embedded simulator instead of the account the environment names.</param>
/// <param name="SimulatorState">A file to load the simulated tenant from and to save it to.</param>
/// <param name="Profile">A saved profile instead of the account the environment names.</param>
/// <param name="Proxy">A proxy instead of the profile's or the system's.</param>
internal sealed record ConnectionChoice(bool Simulate, string? SimulatorState, string? Profile = null, System.Uri? Proxy = null)
{
    /// <summary>Without the proxy, in whose address a password may stand.</summary>
    public override string ToString() => Simulate ? "simulator" : Profile ?? "environment";
}
