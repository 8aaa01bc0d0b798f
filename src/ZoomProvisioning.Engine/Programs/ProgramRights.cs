#if !NETFRAMEWORK
using System.IO;
#endif

namespace ZoomProvisioning.Engine.Programs;

/// <summary>A file that everybody may change lets everybody run what they like as the account that runs a rule.</summary>
internal static class ProgramRights
{
    /// <summary>Refuses a file that everybody on this machine may change. Windows keeps rights elsewhere, and inherits safe ones.</summary>
    /// <exception cref="ScimStateException">Everybody may.</exception>
    public static void RefuseOthers(string? file)
    {
#if !NETFRAMEWORK
        if (file is null || System.OperatingSystem.IsWindows() || !File.Exists(file))
        {
            return;
        }

        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if ((File.GetUnixFileMode(target) & UnixFileMode.OtherWrite) != 0)
        {
            throw new ScimStateException("Zoom.Program.Unsafe", $"Everybody on this machine may change '{file}', and with it what is started. Nothing was started.")
            {
                Category = "SecurityError",
                RecommendedAction = $"Take that right away: chmod o-w '{file}'.",
            };
        }
#endif
    }
}
