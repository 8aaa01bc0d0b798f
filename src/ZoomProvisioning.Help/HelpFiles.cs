using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using ZoomProvisioning.Help.Cmdlets;
using ZoomProvisioning.Help.Maml;
using ZoomProvisioning.Help.Pages;

namespace ZoomProvisioning.Help;

/// <summary>Where the help is, and what it is made of.</summary>
public sealed class HelpFiles
{
    /// <summary>The name under which PowerShell looks for the help of ZoomProvisioning.dll.</summary>
    public const string MamlName = "ZoomProvisioning.dll-Help.xml";

    private static readonly Dictionary<string, string?> BuildFacts = typeof(HelpFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value);

    private readonly string _repository;

    /// <summary>Makes a view of a repository's help.</summary>
    public HelpFiles(string repository) => _repository = repository;

    /// <summary>The folder of the pages.</summary>
    public string PagesFolder => Path.Combine(_repository, "src", "help");

    /// <summary>The file that PowerShell reads.</summary>
    public string MamlPath => Path.Combine(_repository, "en-US", MamlName);

    /// <summary>The repository that holds a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is in none.</exception>
    public static HelpFiles Above(string folder)
    {
        var candidate = new DirectoryInfo(folder);
        while (candidate is not null && !File.Exists(Path.Combine(candidate.FullName, "ZoomProvisioning.sln")))
        {
            candidate = candidate.Parent;
        }

        return new HelpFiles(candidate?.FullName
            ?? throw new DirectoryNotFoundException($"{folder} is not in the repository: there is no ZoomProvisioning.sln above it."));
    }

    /// <summary>The pages as they are, by the name of the cmdlet.</summary>
    public IReadOnlyDictionary<string, string> ReadPages() => Directory.GetFiles(PagesFolder, "*.md")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>The pages as the compiled cmdlets want them, by the name of the cmdlet.</summary>
    public IReadOnlyDictionary<string, string> RefreshPages()
    {
        var pages = ReadPages();
        var today = DateTime.UtcNow.ToString("MM/dd/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var refreshed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cmdlet in ReadCmdlets())
        {
            refreshed[cmdlet.Name] = Of(cmdlet.Name, () => PageRefresher.Refresh(cmdlet, pages.GetValueOrDefault(cmdlet.Name), today));
        }

        return refreshed;
    }

    /// <summary>The MAML that the pages give.</summary>
    public string BuildMaml()
    {
        var address = OnlineAddress();
        return MamlWriter.Write(ReadPages().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Of(p.Key, () => PageReader.Read(p.Value)))
            .Select(p => address is null ? p : p with { Links = [new HelpLink("Online Version:", $"{address}{p.Name}.md"), .. p.Links] }));
    }

    /// <summary>
    /// Where the pages can be read in a browser (Get-Help -Online): in the project that the manifest names as its ProjectUri, as GitHub
    /// shows files. Null as long as it names none.
    /// </summary>
    private string? OnlineAddress()
    {
        var manifest = Path.Combine(_repository, "ZoomProvisioning.psd1");
        var named = File.Exists(manifest) ? Regex.Match(File.ReadAllText(manifest), @"(?m)^\s*ProjectUri\s*=\s*'(https://[^']+)'") : Match.Empty;
        return named.Success ? $"{named.Groups[1].Value.TrimEnd('/')}/blob/HEAD/src/help/" : null;
    }

    /// <summary>What is not as it should be, one sentence each.</summary>
    public IReadOnlyList<string> Check()
    {
        var faults = new List<string>();
        var pages = ReadPages();
        var wanted = RefreshPages();
        faults.AddRange(wanted.Keys.Except(pages.Keys).Select(n => $"{n}: there is no page src/help/{n}.md. 'refresh' begins one."));
        faults.AddRange(pages.Keys.Except(wanted.Keys).Select(n => $"{n}: there is a page, but the module has no such cmdlet."));
        faults.AddRange(pages.Where(p => wanted.TryGetValue(p.Key, out var page) && page != p.Value)
            .Select(p => $"{p.Key}: the page is not in step with the cmdlet. 'refresh' mends it."));
        faults.AddRange(pages.Where(p => p.Value.Contains("{{", StringComparison.Ordinal))
            .Select(p => $"{p.Key}: something marked {{{{ … }}}} is yet to be written."));
        if (!File.Exists(MamlPath) || File.ReadAllText(MamlPath) != BuildMaml())
        {
            faults.Add($"en-US/{MamlName} is not what the pages give. 'build' makes it anew.");
        }

        return faults;
    }

    /// <summary>The cmdlets, as they were compiled.</summary>
    internal IReadOnlyList<Cmdlet> ReadCmdlets() => CmdletReader.ReadAll(
        Path.Combine(_repository, "src", "ZoomProvisioning", "bin", BuildFact("Configuration"), "netstandard2.0", "ZoomProvisioning.dll"),
        Path.Combine(BuildFact("PowerShellStandard"), "lib", "netstandard2.0", "System.Management.Automation.dll"));

    private static string BuildFact(string name) => BuildFacts[name] ?? throw new InvalidOperationException($"The build did not say its {name}.");

    private static T Of<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (FormatException exception)
        {
            throw new FormatException($"src/help/{name}.md: {exception.Message}", exception);
        }
    }
}
