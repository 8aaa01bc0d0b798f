namespace ZoomProvisioning.Simulator.Rates;

/// <summary>Zoom's weight of an operation, which decides its rate limit (fact sheet 1.4).</summary>
internal enum RateLabel
{
    Light,
    Medium,
}
