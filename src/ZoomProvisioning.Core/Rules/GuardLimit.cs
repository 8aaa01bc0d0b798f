using System;

namespace ZoomProvisioning.Rules;

/// <summary>
/// How many people changes of one kind may concern: in one run, and in any 24 hours. Of a number and a share the smaller holds.
/// </summary>
public sealed record GuardLimit
{
    /// <summary>The most people in one run; null for no such limit.</summary>
    public int? Max { get; init; }

    /// <summary>The same as a share of the people the rule manages, 0 to 100; rounded up, so one is always allowed unless it is 0.</summary>
    public double? MaxPercent { get; init; }

    /// <summary>The most people in any 24 hours; null for twice <see cref="Max"/>.</summary>
    public int? PerDay { get; init; }

    /// <summary>The same as a share of the people the rule manages; null for twice what <see cref="MaxPercent"/> comes to.</summary>
    public double? PerDayPercent { get; init; }

    /// <summary>A kind nobody limits.</summary>
    public static GuardLimit None { get; } = new();

    /// <summary>How many people one run may concern, of <paramref name="managed"/>; null for as many as there are.</summary>
    public int? RunAllowance(int managed) => Smaller(Max, Share(MaxPercent, managed));

    /// <summary>How many people any 24 hours may concern, of <paramref name="managed"/>; null for as many as there are.</summary>
    public int? DayAllowance(int managed) => Smaller(PerDay ?? Twice(Max), Share(PerDayPercent, managed) ?? Twice(Share(MaxPercent, managed)));

    private static int? Share(double? percent, int managed) => percent is { } share ? (int)Math.Ceiling(managed * share / 100) : null;

    private static int? Twice(int? number) => number is { } once ? (int)Math.Min(int.MaxValue, 2L * once) : null;

    private static int? Smaller(int? left, int? right) => left is { } one && right is { } other ? Math.Min(one, other) : left ?? right;
}
