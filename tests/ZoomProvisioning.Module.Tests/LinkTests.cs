using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The documents of the repository refer to each other and to files; none of that may be gone.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Documents =>
    [
        .. new[] { "*.md", ".github/*.md", "src/docs/*.md" }
            .SelectMany(pattern => Directory.GetFiles(Path.Combine(StagedModule.Repository, Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)))
            .Select(f => Path.GetRelativePath(StagedModule.Repository, f)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_there(string document)
    {
        var path = Path.Combine(StagedModule.Repository, document);
        var links = Link().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value)
            .Where(l => !l.Contains("://", StringComparison.Ordinal) && !l.StartsWith('#')).Select(l => l.Split('#')[0]);
        Assert.All(links, l => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, l)), $"{document}: {l}"));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
