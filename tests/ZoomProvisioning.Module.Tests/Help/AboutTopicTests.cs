using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests.Help;

/// <summary>The about topics: that they can be read in a console, and that they speak of what there is.</summary>
public class AboutTopicTests
{
    private static readonly string Folder = Path.Combine(StagedModule.Repository, "en-US");

    public static TheoryData<string> Topics => [.. Directory.GetFiles(Folder, "about_*.help.txt").Select(f => Path.GetFileName(f))];

    [Theory]
    [InlineData("about_ZoomProvisioning")]
    [InlineData("about_ZoomProvisioning_Safety")]
    [InlineData("about_ZoomProvisioning_Runbooks")]
    [InlineData("about_ZoomProvisioning_Troubleshooting")]
    public void The_topic_is_there(string topic) => Assert.True(File.Exists(Path.Combine(Folder, topic + ".help.txt")));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_its_headings_and_fits_80_columns(string file)
    {
        var lines = Lines(file);
        Assert.Equal(["TOPIC", "    " + file.Replace(".help.txt", string.Empty, StringComparison.Ordinal)], lines.Take(2));
        Assert.All(new[] { "SHORT DESCRIPTION", "LONG DESCRIPTION", "SEE ALSO" }, h => Assert.Contains(h, lines));
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
        Assert.All(lines, l => Assert.Equal(l.TrimEnd(), l));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_names_cmdlets_and_topics_there_are(string file)
    {
        var text = string.Join('\n', Lines(file));
        Assert.All(Regex.Matches(text, @"\b[A-Z][a-z]+-Zoom[A-Za-z]+").Select(m => m.Value), c => Assert.Contains(c, CmdletInfo.All.Select(i => i.Name)));
        Assert.All(
            Regex.Matches(text, @"about_ZoomProvisioning\w*").Select(m => m.Value),
            t => Assert.True(File.Exists(Path.Combine(Folder, t + ".help.txt")), t));
    }

    [Fact]
    public void The_main_topic_names_every_cmdlet()
    {
        var text = string.Join('\n', Lines("about_ZoomProvisioning.help.txt"));
        Assert.All(CmdletInfo.All, c => Assert.Matches($@"(?m)^    {c.Name} +\S", text));
    }

    [Fact]
    public void Troubleshooting_has_every_error_the_module_can_show_and_no_other()
    {
        var ids = new Regex(@"Zoom\.[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+");
        var text = string.Join('\n', Lines("about_ZoomProvisioning_Troubleshooting.help.txt"));

        // The ids of network errors, and of a profile's proxy, are put together from their kinds.
        string[] network = ["NameResolution", "Connect", "Tls", "Proxy", "Timeout", "Broken"];
        var sources = Directory.GetFiles(Path.Combine(StagedModule.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Regex.IsMatch(f, @"[\\/](obj|bin|ZoomProvisioning\.Cli|ZoomProvisioning\.Help)[\\/]"));
        var used = sources.SelectMany(f => Regex.Matches(File.ReadAllText(f), "\"(" + ids + ")\"").Select(m => m.Groups[1].Value))
            .Concat(ZoomErrorCatalog.Rules.Select(r => r.ErrorId))
            .Concat(network.Select(k => "Zoom.Connection." + k))
            .Append("Zoom.Profile." + "ProxySecretMissing");
        var described = ids.Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string file) => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
