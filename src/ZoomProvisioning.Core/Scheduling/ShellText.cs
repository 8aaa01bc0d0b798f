using System.Linq;

namespace ZoomProvisioning.Scheduling;

/// <summary>Texts as the shell of Unix, cron and systemd take them.</summary>
internal static class ShellText
{
    /// <summary>An argument for sh.</summary>
    public static string Quote(string argument) => argument.Length > 0 && argument.All(IsPlain) ? argument : $"'{argument.Replace("'", "'\\''")}'";

    /// <summary>A command for a crontab, where a percent sign ends it unless a backslash stands before.</summary>
    public static string OfCron(string command) => command.Replace("%", "\\%");

    /// <summary>An argument for ExecStart of systemd: specifiers and variables are doubled (systemd.service, COMMAND LINES).</summary>
    public static string OfSystemd(string argument) =>
        $"\"{argument.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("%", "%%").Replace("$", "$$")}\"";

    /// <summary>A path for a setting of systemd that is one path and no command line.</summary>
    public static string PathOfSystemd(string path) => path.Replace("%", "%%");

    private static bool IsPlain(char letter) => letter is < '\u0080' && (char.IsLetterOrDigit(letter) || "-_./:=@,+".IndexOf(letter) >= 0);
}
