using System;
using FsCheck;

namespace ZoomProvisioning.Tests;

/// <summary>
/// How often a law is tried. The cases are the same each time, so that what fails is what was changed; whoever asks for a number of
/// them (<c>ZOOM_LAW_TESTS</c>) gets others each time.
/// </summary>
internal static class Law
{
    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("ZOOM_LAW_TESTS"), out var tests) ? tests : null;

#if NETFRAMEWORK
    // Mono takes five times as long, and the law is tried over all its cases on .NET.
    private static int Here(int tests) => Math.Max(20, tests / 4);
#else
    private static int Here(int tests) => tests;
#endif

    /// <summary>Tried as often as this, or as often as was asked for when that is more.</summary>
    public static Config Times(int tests) => Asked is { } asked
        ? Config.QuickThrowOnFailure.WithMaxTest(Math.Max(tests, asked))
        : Config.QuickThrowOnFailure.WithMaxTest(Here(tests)).WithReplay(20260105, 7);
}
