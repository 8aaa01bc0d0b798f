namespace ZoomProvisioning.Rules;

/// <summary>
/// The rule of a run that names none: everybody of the source is created or taken over, kept in step, and disabled when not
/// active in the source. Who is absent from the source is left alone. Its ledger says what Zoom was sent, so that a second run
/// over the same source writes nothing.
/// </summary>
internal static class BuiltInRule
{
    /// <summary>Its name, and that of its folder.</summary>
    public const string Name = "built-in";

    /// <summary>Makes it.</summary>
    /// <param name="guard">How much a run may take away; the usual when left out.</param>
    public static ProvisioningRule Create(GuardLimits? guard = null) => new(Name)
    {
        Description = "Creates, updates, and disables who is not active in the source. Nobody absent from the source is touched.",
        KeepsAbsent = true,
        // Nobody is taken for missing, so a source may be as small as it likes.
        Guard = guard ?? new GuardLimits { MaxSourceShrinkPercent = 100 },
        // It changes with what the rule does, so that a plan knows.
        Fingerprint = "built-in-1",
    };
}
