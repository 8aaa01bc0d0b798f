using System;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>As <see cref="UnixFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Needs Unix signals.";
        }
    }
}
