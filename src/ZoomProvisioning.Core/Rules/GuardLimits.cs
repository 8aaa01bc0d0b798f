using System;

namespace ZoomProvisioning.Rules;

/// <summary>How much one run may take away before it stops to ask.</summary>
public sealed class GuardLimits
{
    /// <summary>The most people one run deactivates; 0 to 1,000,000.</summary>
    public int MaxDisable { get; init; } = 50;

    /// <summary>The same as a share of the people the rule manages, 0 to 100; rounded up, so one is always allowed unless it is 0.</summary>
    public double MaxDisablePercent { get; init; } = 10;

    /// <summary>The most people one run deletes; 0 to 1,000,000.</summary>
    public int MaxDelete { get; init; } = 10;

    /// <summary>The same as a share of the people the rule manages, 0 to 100; rounded up, so one is always allowed unless it is 0.</summary>
    public double MaxDeletePercent { get; init; } = 5;

    /// <summary>How much smaller than in the run before the source may be, in percent, 0 to 100, before nobody is removed on its word.</summary>
    public double MaxSourceShrinkPercent { get; init; } = 20;

    /// <summary>How many of <paramref name="managed"/> people may be deactivated.</summary>
    public int DisableAllowance(int managed) => Allowance(MaxDisable, MaxDisablePercent, managed);

    /// <summary>How many of <paramref name="managed"/> people may be deleted.</summary>
    public int DeleteAllowance(int managed) => Allowance(MaxDelete, MaxDeletePercent, managed);

    private static int Allowance(int count, double percent, int managed) =>
        Math.Min(count, (int)Math.Ceiling(managed * percent / 100));
}
