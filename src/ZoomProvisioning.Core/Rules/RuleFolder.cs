using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Rules;

/// <summary>The folder where rules are found by name: <c>rules</c> in the state folder, one file for each rule.</summary>
internal static class RuleFolder
{
    /// <summary>The kinds of files rules are written in.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".psd1", ".json"];

    /// <summary>The folder. It may not be there.</summary>
    public static string Path => System.IO.Path.Combine(StateRoot.Folder, "rules");

    /// <summary>The files in it, ordered by name.</summary>
    public static IReadOnlyList<string> Files => Directory.Exists(Path)
        ? Directory.EnumerateFiles(Path).Where(IsRule).OrderBy(f => f, StringComparer.OrdinalIgnoreCase).ToList()
        : [];

    /// <summary>Whether a file is called as rules are.</summary>
    public static bool IsRule(string file) => Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is a path and no name: it ends like a rule's file, or has a folder in it.</summary>
    public static bool IsPath(string text) => IsRule(text) || text.IndexOfAny(['/', '\\']) >= 0;

    /// <summary>The name by which a file is found.</summary>
    public static string NameOf(string file) => System.IO.Path.GetFileNameWithoutExtension(file);

    /// <summary>The file of a rule's name.</summary>
    /// <exception cref="ScimStateException">There is none, or there are two.</exception>
    public static string Find(string name)
    {
        var files = Files.Where(f => string.Equals(NameOf(f), name, StringComparison.OrdinalIgnoreCase)).ToList();
        return files.Count switch
        {
            1 => files[0],
            0 => throw new ScimStateException(
                "Zoom.Rule.NotFound",
                $"There is no rule '{name}' in {Path}.{(Files.Count == 0 ? string.Empty : $" There are: {string.Join(", ", Files.Select(NameOf))}.")}")
            {
                Category = "ObjectNotFound",
                RecommendedAction = "Give the name of a rule in that folder (Get-ZoomProvisioningRule lists them), or the path of a .json or .psd1 file.",
            },
            _ => throw new ScimStateException("Zoom.Rule.TwoFiles", $"The rule '{name}' has two files: {string.Join(" and ", files)}.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Remove one of them, or give the path of the one that is meant.",
            },
        };
    }
}
