using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>What is written is for a person to read on one screen.</summary>
public class SourceFileTests
{
    private const int MaxColumns = 160;
    private const int MaxLines = 400;

    [Fact]
    public void No_line_is_wider_than_a_screen() => Assert.Empty(Sources()
        .SelectMany(file => File.ReadLines(file).Select((line, index) => (Place: $"{NameOf(file)}:{index + 1}", line.Length)))
        .Where(line => line.Length > MaxColumns)
        .Select(line => $"{line.Place} has {line.Length} columns"));

    [Fact]
    public void No_file_is_longer_than_one_idea() => Assert.Empty(Sources()
        .Where(file => Path.GetExtension(file) is ".cs" or ".ps1" or ".psm1")
        .Select(file => (Name: NameOf(file), Lines: File.ReadLines(file).Count()))
        .Where(file => file.Lines > MaxLines)
        .Select(file => $"{file.Name} has {file.Lines} lines: what in it is an idea of its own?"));

    private static string NameOf(string file) => Path.GetRelativePath(StagedModule.Repository, file).Replace('\\', '/');

    private static IEnumerable<string> Sources() =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(StagedModule.Repository, folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".ps1" or ".psm1"
        where !NameOf(file).Split('/').Any(part => part is "bin" or "obj")
        select file;
}
