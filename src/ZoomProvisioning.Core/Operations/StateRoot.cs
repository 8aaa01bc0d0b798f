using System;
using System.IO;

namespace ZoomProvisioning.Operations;

/// <summary>Where the module keeps what outlives a session: rules, ledgers, journals.</summary>
internal static class StateRoot
{
    /// <summary>The folder named by ZOOM_PROVISIONING_HOME, else the user's own application data.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable("ZOOM_PROVISIONING_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ZoomProvisioning");
}
