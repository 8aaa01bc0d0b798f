using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.Programs;

/// <summary>
/// Where a program lies. A name alone is looked up in PATH and nowhere else: systems that look into the present folder first start
/// whatever somebody has left there.
/// </summary>
internal static class ProgramPath
{
    // A batch file is read by a shell, which takes arguments apart again.
    private static readonly string[] ShellFiles = [".bat", ".cmd"];

    /// <summary>What is wrong with naming a program so; null when nothing is.</summary>
    public static string? MistakeIn(string program) =>
        // Asked first: .NET Framework takes nothing apart that no path can hold.
        !IsPath(program) ? "a path cannot hold this character"
            : ShellFiles.Contains(Path.GetExtension(program), StringComparer.OrdinalIgnoreCase)
            ? $"'{program}' is a batch file, which a shell reads and takes the arguments apart of; name the program that does the work, such as "
                + "[\"pwsh\", \"-NoProfile\", \"-File\", \"Export-People.ps1\"]"
            : null;

    /// <summary>The whole path of a program; null when there is none.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    /// <param name="path">The variable PATH.</param>
    /// <param name="extensions">What may be left out at the end of its name; on Windows .exe and .com, elsewhere nothing.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static string? Find(string program, string folder, string path, IReadOnlyList<string> extensions, Func<string, bool> exists)
    {
        var names = extensions.Count == 0 || Path.HasExtension(program) ? [program] : extensions.Select(e => program + e).Concat([program]).ToList();
        var folders = program.IndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]) >= 0
            ? [folder]
            // An empty or relative entry of PATH means the present folder.
            : path.Split(Path.PathSeparator).Select(p => p.Trim().Trim('"')).Where(p => p.Length > 0 && IsPath(p) && Path.IsPathRooted(p)).ToList();
        return folders.SelectMany(f => names.Select(n => Path.GetFullPath(Path.Combine(f, n)))).FirstOrDefault(exists);
    }

    private static bool IsPath(string text) => text.IndexOfAny(Path.GetInvalidPathChars()) < 0;
}
