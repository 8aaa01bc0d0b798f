using System.Management.Automation;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that say what a connection may do: one that makes it, and one that keeps it for later.</summary>
public abstract class ConnectionSettingsCmdlet : ZoomCmdlet
{
    /// <summary>What the connection is for, in your words.</summary>
    [Parameter]
    public string Description { get; set; } = string.Empty;

    /// <summary>Whether users may be created. Default: $true.</summary>
    [Parameter]
    public bool AllowCreate { get; set; } = true;

    /// <summary>Whether users may be changed and reactivated. Default: $true.</summary>
    [Parameter]
    public bool AllowUpdate { get; set; } = true;

    /// <summary>Whether users may be deactivated. Default: $true.</summary>
    [Parameter]
    public bool AllowDisable { get; set; } = true;

    /// <summary>Whether users may be deleted. Default: $true.</summary>
    [Parameter]
    public bool AllowDeprovision { get; set; } = true;

    /// <summary>What Remove-ZoomScimUser does when it is not told: Disable (default) or Delete.</summary>
    [Parameter]
    public RemoveAction RemoveAction { get; set; }

    /// <summary>A hard ceiling in requests per second, 0.1 to 1000. Left out, the pace follows what Zoom allows.</summary>
    [Parameter]
    [ValidateRange(0.1, 1000.0)]
    public double MaxRequestsPerSecond { get; set; }
}
