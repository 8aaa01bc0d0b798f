using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes what the licences of the packages in a release ask for, as the packages themselves say it. Compiled by the build.</summary>
public class WriteNotices : Task
{
    /// <summary>The files of packages that are shipped, with NuGetPackageId and NuGetPackageVersion.</summary>
    [Required]
    public ITaskItem[] Files { get; set; }

    /// <summary>The folder of NuGet's packages.</summary>
    [Required]
    public string Packages { get; set; }

    /// <summary>The folder with the texts of licences that packages name and do not hold.</summary>
    [Required]
    public string Licences { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Output { get; set; }

    public override bool Execute()
    {
        var packages = Files.Select(f => Tuple.Create(f.GetMetadata("NuGetPackageId"), f.GetMetadata("NuGetPackageVersion"))).Where(p => p.Item1.Length > 0)
            .Distinct().OrderBy(p => p.Item1, StringComparer.Ordinal).ThenBy(p => p.Item2, StringComparer.Ordinal).Select(p => Read(p.Item1, p.Item2)).ToList();
        if (Log.HasLoggedErrors)
        {
            return false;
        }

        var text = new StringBuilder("THIRD-PARTY NOTICES\n\nThis package contains libraries of others, unchanged, under the licences below.\n\n");
        foreach (var package in packages)
        {
            text.Append("- ")
                .Append(package.Title)
                .Append(", ")
                .Append(package.Licence)
                .Append(package.Project.Length > 0 ? ", " + package.Project : string.Empty)
                .Append('\n');
        }

        // Many packages have the same words. They are said once.
        foreach (var same in packages.GroupBy(p => p.Text))
        {
            Section(text, same.Select(p => p.Title), same.Key);
        }

        foreach (var same in packages.Where(p => p.Notices.Length > 0).GroupBy(p => p.Notices))
        {
            Section(text, same.Select(p => "Notices in " + p.Title), same.Key);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Output));
        File.WriteAllText(Output, text.ToString(), new UTF8Encoding(false));
        return true;
    }

    private static void Section(StringBuilder text, IEnumerable<string> titles, string words) =>
        text.Append('\n').Append('=', 80).Append('\n').Append(string.Join("\n", titles)).Append('\n').Append('=', 80).Append("\n\n").Append(words).Append('\n');

    private static string Normal(string text) => text.Replace("\r\n", "\n").Trim('\uFEFF', ' ', '\n');

    private Package Read(string id, string version)
    {
        var folder = Path.Combine(Packages, id.ToLowerInvariant(), version.ToLowerInvariant());
        var says = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Descendants().First(e => e.Name.LocalName == "metadata").Elements()
            .GroupBy(e => e.Name.LocalName).ToDictionary(g => g.Key, g => g.First());
        Func<string, string> value = name => says.TryGetValue(name, out var element) ? element.Value.Trim() : string.Empty;
        var files = Directory.GetFiles(folder).OrderBy(f => f, StringComparer.Ordinal).ToList();
        var licence = value("license");
        var own = files.FirstOrDefault(f => Path.GetFileNameWithoutExtension(f).Equals("LICENSE", StringComparison.OrdinalIgnoreCase));
        if (says.TryGetValue("license", out var declared) && (string)declared.Attribute("type") == "file")
        {
            own = Path.Combine(folder, licence);
            licence = "its own licence";
        }

        string text;
        if (own != null)
        {
            text = Normal(File.ReadAllText(own));
        }
        else
        {
            // Of a choice, the first licence that is known here.
            var known = licence.Split(new[] { " OR " }, StringSplitOptions.RemoveEmptyEntries)
                .Select(l => Path.Combine(Licences, l.Trim('(', ')', ' ') + ".txt"))
                .FirstOrDefault(File.Exists);
            if (known == null)
            {
                Log.LogError(
                    "{0} {1} holds no licence, and says '{2}', whose text is not in {3}. Put it there, or leave the package out.",
                    id,
                    version,
                    licence,
                    Licences);
                known = string.Empty;
            }

            text = known.Length == 0 ? string.Empty : value("copyright") + "\n\n" + Normal(File.ReadAllText(known));
        }

        var notices = files.FirstOrDefault(f => Path.GetFileNameWithoutExtension(f).Equals("THIRD-PARTY-NOTICES", StringComparison.OrdinalIgnoreCase));
        return new Package
        {
            Title = id + " " + version,
            Licence = licence.Length > 0 ? licence : "see below",
            Project = value("projectUrl"),
            Text = text,
            Notices = notices == null ? string.Empty : Normal(File.ReadAllText(notices)),
        };
    }

    private sealed class Package
    {
        public string Title { get; set; }

        public string Licence { get; set; }

        public string Project { get; set; }

        public string Text { get; set; }

        public string Notices { get; set; }
    }
}
