using Xunit;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>A test that runs a real PowerShell. Never skipped for want of one: see <see cref="TestShell"/>.</summary>
internal sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute()
    {
        if (TestShell.IsLeftOut)
        {
            Skip = $"Left out: {TestShell.Variable} is {TestShell.None}.";
        }
    }
}
