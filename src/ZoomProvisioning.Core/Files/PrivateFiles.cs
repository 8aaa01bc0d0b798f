using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace ZoomProvisioning.Files;

/// <summary>
/// Who may open the files about people: on Unix their owner alone, 0600 in folders of 0700. On Windows the user's profile says so by
/// itself; a folder made outside of it gets a list of its own.
/// </summary>
internal static class PrivateFiles
{
    /// <summary>The mode of a file about people.</summary>
    public const int OwnerReadsAndWrites = 0b110_000_000;

    private const int OwnerOnly = 0b111_000_000;
    private const int Others = 0b000_111_111;
    private const int LongestChainOfLinks = 40;

    // Links that lead to where no path leads.
    private const string OwnStreams = "/proc/";

    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    // In .NET since 7; without it a mode can be set, but not read.
    private static readonly MethodInfo? GetMode = typeof(File).GetMethod("GetUnixFileMode", [typeof(string)]);

    /// <summary>Makes a folder that only its owner may enter, with those above it; one that is there stays as it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isPrivate">Whether it is for things about people; else it is made as folders are.</param>
    public static void MakeFolder(string folder, bool isPrivate = true)
    {
        if (folder.Length == 0 || Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } above)
        {
            MakeFolder(above, isPrivate);
        }

        Directory.CreateDirectory(folder);
        if (!isPrivate)
        {
            return;
        }

        if (IsWindows)
        {
            WindowsAccess.RestrictOutsideProfile(folder);
        }
        else
        {
            SetMode(folder, OwnerOnly);
        }
    }

    /// <summary>Makes a file that was just created one for its owner alone.</summary>
    public static void Restrict(string path)
    {
        if (!IsWindows)
        {
            SetMode(path, OwnerReadsAndWrites);
        }
    }

    /// <summary>Gives a file that was just created the mode of the one whose place it will take.</summary>
    /// <param name="old">The one whose place it takes, which need not be there.</param>
    /// <param name="path">The new file.</param>
    /// <param name="isPrivate">Whether it is for its owner alone, however it was before.</param>
    public static void SetModeLike(string old, string path, bool isPrivate)
    {
        var mode = ModeOf(old);
        if (!IsWindows && (isPrivate || mode is not null))
        {
            SetMode(path, isPrivate ? (mode ?? OwnerReadsAndWrites) & OwnerReadsAndWrites : mode!.Value);
        }
    }

    /// <summary>Takes a file that is there, as an earlier version left it, away from others. A narrower mode is kept.</summary>
    public static void Narrow(string path)
    {
        if (!IsWindows && ModeOf(path) is { } mode && (mode & ~OwnerReadsAndWrites) != 0)
        {
            SetMode(path, mode & OwnerReadsAndWrites);
        }
    }

    /// <summary>Opens a file to write behind what it holds. A new one is for its owner alone; the mode of one that is there is its owner's business.</summary>
    public static FileStream OpenToAppend(string path)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var isNew = !File.Exists(path);
        var stream = PrivateStream.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        if (isNew)
        {
            Restrict(path);
        }

        return stream;
    }

    /// <summary>What to tell about others who can open a folder, as a sentence; null when nobody else can, or it cannot be told.</summary>
    public static string? OpenToOthers(string folder) =>
        IsWindows ? OpenTo(folder, WindowsAccess.OpenTo(folder))
        : ModeOf(folder) is { } mode && (mode & Others) != 0
            ? $"The folder '{folder}' is open to others on this machine (mode {Convert.ToString(mode, 8)}), and it tells about people. "
                + "The files in it are not; 'chmod 700' closes the folder too."
        : null;

    /// <summary>What to tell where groups of many people can open a folder on Windows, and the files in it, which have its list.</summary>
    internal static string? OpenTo(string folder, IReadOnlyList<string> groups) => groups.Count == 0 ? null
        : $"The folder '{folder}' is open to others on this machine ({string.Join(", ", groups)}), and it tells about people. To close it, and what is in it: "
            + $"icacls \"{folder}\" /inheritance:r /grant:r \"*S-1-3-4:(OI)(CI)F\" \"*S-1-5-18:(OI)(CI)F\" \"*S-1-5-32-544:(OI)(CI)F\"";

    /// <summary>Whether a path leads to a device or to a stream of this process (/dev/null, /dev/stdout), of which there is only the one.</summary>
    public static bool IsDevice(string path) => !IsWindows
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith(OwnStreams, StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)
        && File.Exists(path);

    /// <summary>The file behind symbolic links; the path itself where it is none. The file need not be there.</summary>
    public static string Target(string path)
    {
        bool IsFollowed() => !IsWindows && !path.StartsWith(OwnStreams, StringComparison.Ordinal);
        for (var links = 0; links < LongestChainOfLinks && IsFollowed() && ReadLink(path) is { } target; links++)
        {
            path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, target);
        }

        return path;
    }

    private static int? ModeOf(string path)
    {
        try
        {
            return !IsWindows && GetMode is not null && (File.Exists(path) || Directory.Exists(path))
                ? Convert.ToInt32(GetMode.Invoke(null, [path]), null)
                : null;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A file system without modes, or somebody else's file, stays as it is: the write is what counts.
    private static void SetMode(string path, int mode) => _ = ChangeMode(path, mode);

    private static string? ReadLink(string path)
    {
        var target = new byte[4096];
        var length = (int)ReadLink(path, target, (IntPtr)target.Length);
        return length > 0 ? Encoding.UTF8.GetString(target, 0, length) : null;
    }

#pragma warning disable CA2101, CA5392 // There is but one libc, and its texts are UTF-8.
    [DllImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static extern int ChangeMode(string path, int mode);

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true)]
    private static extern IntPtr ReadLink(string path, byte[] target, IntPtr size);
#pragma warning restore CA2101, CA5392
}
