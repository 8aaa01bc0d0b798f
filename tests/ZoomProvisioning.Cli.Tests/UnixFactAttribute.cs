using System;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A test of Unix signals: Windows has none that one process could send another.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Needs Unix signals.";
        }
    }
}
