namespace ZoomProvisioning.Cli.Connecting;

/// <summary>Which account a command works on.</summary>
/// <param name="Simulate">The embedded simulator instead of the account the environment names.</param>
/// <param name="SimulatorState">A file to load the simulated tenant from and to save it to.</param>
/// <param name="Profile">A saved profile instead of the account the environment names.</param>
internal sealed record ConnectionChoice(bool Simulate, string? SimulatorState, string? Profile = null);
