using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Connections;

/// <summary>The profiles of this user: one file each.</summary>
internal sealed class ProfileStore(IProfileFormat format)
{
    private const string Extension = ".json";
    private const int LongestName = 64;

    // What Windows takes for a device, whatever the extension.
    private static readonly HashSet<string> DeviceNames = new(
        new[] { "CON", "PRN", "AUX", "NUL" }.Concat(Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the files are.</summary>
    public static string Folder => StateRoot.Below("profiles");

    /// <summary>The names of all profiles, in order. Nothing is read but the folder.</summary>
    public static IReadOnlyList<string> Names()
    {
        try
        {
            return Directory.Exists(Folder)
                ? Directory.GetFiles(Folder, "*" + Extension)
                    .Select(file => Path.GetFileNameWithoutExtension(file))
                    .Where(IsName)
                    .OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
                    .ToList()
                : [];
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            throw FileError("Zoom.Profile.FileNotRead", "ReadError", $"The folder of the profiles cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether there is a profile of this name, in any case.</summary>
    public static bool Exists(string name) => Names().Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a profile.</summary>
    /// <exception cref="ScimException">There is none of this name, or its file cannot be read.</exception>
    public ZoomScimProfile Read(string name)
    {
        var known = Known(name);
        var file = FileOf(known);
        try
        {
            var profile = format.Read(known, File.ReadAllText(file));
            return profile.Problem() is { } problem ? throw new FormatException(problem) : profile;
        }
        catch (FormatException exception)
        {
            throw new ScimException("Zoom.Profile.Unreadable", $"The profile '{known}' cannot be used: {exception.Message}", exception)
            {
                Category = "InvalidData",
                RecommendedAction = $"Mend the file {file}, or write it anew with New-ZoomScimProfile -Force.",
            };
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            throw FileError("Zoom.Profile.FileNotRead", "ReadError", $"The profile '{known}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a profile, replacing one of its name.</summary>
    public void Write(ZoomScimProfile profile)
    {
        if (!IsName(profile.Name))
        {
            throw new ScimException(
                "Zoom.Profile.InvalidName",
                $"'{profile.Name}' cannot be the name of a profile, because the profile's file is called after it.")
            {
                Category = "InvalidArgument",
                RecommendedAction = $"Use letters, digits, '-', '_' and '.', at most {LongestName} of them, and begin with a letter or digit.",
            };
        }

        if (profile.Problem() is { } problem)
        {
            throw new ScimException("Zoom.Profile.InvalidSetting", $"The profile '{profile.Name}' was not saved. {problem}")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Run New-ZoomScimProfile again with -AccountId, and -SecretName (with -SecretVault) for a secret in a vault, "
                    + "or -ClientId and -SecretVariable for one in an environment variable.",
            };
        }

        try
        {
            // A name that differs in case only is the same profile, also where the file system thinks otherwise.
            AtomicFile.WriteAllText(FileOf(Find(profile.Name) ?? profile.Name), format.Write(profile));
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            throw FileError("Zoom.Profile.FileNotWritten", "WriteError", $"The profile '{profile.Name}' cannot be saved: {exception.Message}", exception);
        }
    }

    /// <summary>Deletes a profile. The secret stays where it is.</summary>
    /// <exception cref="ScimException">There is none of this name, or its file cannot be deleted.</exception>
    public static void Delete(string name)
    {
        var known = Known(name);
        try
        {
            File.Delete(FileOf(known));
        }
        catch (Exception exception) when (IsFileTrouble(exception))
        {
            throw FileError("Zoom.Profile.FileNotWritten", "WriteError", $"The profile '{known}' cannot be deleted: {exception.Message}", exception);
        }
    }

    private static string? Find(string name) => Names().FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));

    private static string Known(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        var names = Names();
        throw new ScimException(
            "Zoom.Profile.NotFound",
            $"There is no profile '{name}'. {(names.Count == 0 ? "This user has none." : $"There are: {string.Join(", ", names)}.")}")
        {
            Category = "ObjectNotFound",
            RecommendedAction = $"Make it with New-ZoomScimProfile. Profiles are kept in {Folder}, for each user apart; "
                + $"{StateRoot.Variable} names another folder.",
        };
    }

    private static string FileOf(string name) => Path.Combine(Folder, name + Extension);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsLetterOrDigit(name[0])
        && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
        && name[name.Length - 1] != '.'
        && !DeviceNames.Contains(name.Split('.')[0]);

    private static bool IsFileTrouble(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    private static ScimException FileError(string errorId, string category, string message, Exception exception) => new(errorId, message, exception)
    {
        Category = category,
        RecommendedAction = $"Check who may read and write {Folder}, or set {StateRoot.Variable} to another folder.",
    };
}
