using System;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>How much a run, and a day, may take away or open before somebody has to look.</summary>
public sealed class GuardLimits
{
    private readonly GuardLimit[] _limits =
    [
        new() { Max = 50, MaxPercent = 10 },
        new() { Max = 10, MaxPercent = 5 },
        new() { Max = 50, MaxPercent = 10 },
        new() { Max = 50, MaxPercent = 20 },
        new() { Max = 50, MaxPercent = 10 },
        new() { Max = 50, MaxPercent = 20 },
        new() { Max = 50, MaxPercent = 20 },
        GuardLimit.None,
        GuardLimit.None,
    ];

    /// <summary>The limit of a kind.</summary>
    public GuardLimit this[GuardKind kind]
    {
        get => _limits[(int)kind];
        init => _limits[(int)kind] = value;
    }

    /// <summary>The most people one run deactivates; 0 to 1,000,000. Short for the limit of <see cref="GuardKind.Disable"/>.</summary>
    public int MaxDisable
    {
        get => this[GuardKind.Disable].Max ?? int.MaxValue;
        init => this[GuardKind.Disable] = this[GuardKind.Disable] with { Max = value };
    }

    /// <summary>The same as a share of the people the rule manages, 0 to 100; rounded up, so one is always allowed unless it is 0.</summary>
    public double MaxDisablePercent
    {
        get => this[GuardKind.Disable].MaxPercent ?? 100;
        init => this[GuardKind.Disable] = this[GuardKind.Disable] with { MaxPercent = value };
    }

    /// <summary>The most people one run deletes; 0 to 1,000,000. Short for the limit of <see cref="GuardKind.Delete"/>.</summary>
    public int MaxDelete
    {
        get => this[GuardKind.Delete].Max ?? int.MaxValue;
        init => this[GuardKind.Delete] = this[GuardKind.Delete] with { Max = value };
    }

    /// <summary>The same as a share of the people the rule manages, 0 to 100; rounded up, so one is always allowed unless it is 0.</summary>
    public double MaxDeletePercent
    {
        get => this[GuardKind.Delete].MaxPercent ?? 100;
        init => this[GuardKind.Delete] = this[GuardKind.Delete] with { MaxPercent = value };
    }

    /// <summary>How much smaller than in the run before the source may be, in percent, 0 to 100, before nobody is removed on its word.</summary>
    public double MaxSourceShrinkPercent { get; init; } = 20;

    /// <summary>
    /// After how many runs, one after the other, that were held back or failed the rule only plans until somebody says that it goes on;
    /// 0 for never.
    /// </summary>
    public int QuarantineAfterRuns { get; init; } = 3;

    /// <summary>The usual numbers, without shares of anybody.</summary>
    internal static GuardLimits WithoutShares
    {
        get
        {
            var limits = new GuardLimits();
            for (var kind = 0; kind < limits._limits.Length; kind++)
            {
                limits._limits[kind] = limits._limits[kind] with { MaxPercent = null };
            }

            return limits;
        }
    }

    /// <summary>Every kind there is.</summary>
    internal static GuardKind[] Kinds { get; } = (GuardKind[])Enum.GetValues(typeof(GuardKind));
}
