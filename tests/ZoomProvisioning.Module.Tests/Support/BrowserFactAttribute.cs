using System;
using Xunit;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>A test in a real browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (ChildProcess.Find("chromium") is null)
        {
            Skip = "Needs Chromium (Debian's package chromium).";
        }
    }
}
