using System;
using System.IO;

namespace ZoomProvisioning.Files;

/// <summary>
/// The folder in which the module keeps what outlives a session: $ZOOM_PROVISIONING_HOME, or ZoomProvisioning in the user's
/// local application data (on Linux and macOS ~/.local/share and ~/Library/Application Support).
/// </summary>
internal static class StateRoot
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "ZOOM_PROVISIONING_HOME";

    /// <summary>The folder. It need not exist yet.</summary>
    /// <exception cref="ScimException">The user has no folder for application data, as some service accounts.</exception>
    public static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { } chosen && !string.IsNullOrWhiteSpace(chosen))
            {
                return Path.GetFullPath(chosen);
            }

            var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return own.Length > 0 ? Path.Combine(own, "ZoomProvisioning") : throw new ScimException(
                "Zoom.State.NoFolder",
                "This user has no folder for application data, so nothing can be kept from one session to the next.")
            {
                Category = "ObjectNotFound",
                RecommendedAction = $"Set the environment variable {Variable} to a folder that this user may write to.",
            };
        }
    }

    /// <summary>A folder below it.</summary>
    public static string Below(string name) => Path.Combine(Folder, name);
}
