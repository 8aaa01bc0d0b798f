using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>
/// How many inputs are tried: a fixed number from a fixed seed, which costs the same on every machine; or as many as
/// <c>ZOOM_FUZZ_SECONDS</c> has room for, from <c>ZOOM_FUZZ_SEED</c> or a new place each time. <c>./build.ps1 -Task Fuzz</c> sets them.
/// </summary>
/// <param name="rounds">How many inputs are tried where nobody asks for more.</param>
/// <param name="parts">Among how many the seconds are shared.</param>
internal sealed class FuzzBudget(int rounds, int parts = 1)
{
    private static readonly int? Seconds = Number("ZOOM_FUZZ_SECONDS");
    private static readonly int? Seed = Number("ZOOM_FUZZ_SEED");

    /// <summary>Whether somebody has asked for more than the tests do by themselves.</summary>
    public static bool IsLong => Seconds is not null;

    /// <summary>A number for each input; the same number makes the same input.</summary>
    public IEnumerable<int> Seeds()
    {
        if (Seconds is not { } seconds)
        {
            for (var round = 0; round < rounds; round++)
            {
                yield return (Seed ?? 1) + round;
            }

            yield break;
        }

        var time = Stopwatch.StartNew();
        for (var seed = Seed ?? Environment.TickCount & 0xFFFFFF; time.Elapsed.TotalSeconds < (double)seconds / parts; seed++)
        {
            yield return seed;
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
