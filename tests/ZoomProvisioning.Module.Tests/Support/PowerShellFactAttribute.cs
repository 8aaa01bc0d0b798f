using Xunit;

namespace ZoomProvisioning.Module.Tests.Support;

/// <summary>A test that needs PowerShell 7, and nothing else of the machine.</summary>
internal sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute()
    {
        if (PowerShell is null)
        {
            Skip = "Not run: there is no pwsh (PowerShell 7) on the path.";
        }
    }

    public static string? PowerShell { get; } = ChildProcess.Find("pwsh");
}
