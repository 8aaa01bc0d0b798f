using System;
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

    /// <summary>What <c>dotnet format whitespace</c>, which CI runs, does not look at: System first, then as the alphabet has it.</summary>
    [Fact]
    public void Usings_are_in_order() => Assert.Empty(Sources()
        .Where(file => Path.GetExtension(file) == ".cs")
        .Select(file => (Name: NameOf(file), Lines: File.ReadAllLines(file)))
        .SelectMany(file => file.Lines.Zip(file.Lines.Skip(1), (line, next) => (file.Name, Line: line, Next: next)))
        .Where(pair => IsUsing(pair.Line) && IsUsing(pair.Next) && !AreInOrder(pair.Line, pair.Next))
        .Select(pair => $"{pair.Name}: '{pair.Line}' before '{pair.Next}'"));

    private static bool AreInOrder(string line, string next) =>
        Kind(line) != Kind(next) ? Kind(line) < Kind(next) : StringComparer.InvariantCultureIgnoreCase.Compare(Namespace(line), Namespace(next)) <= 0;

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';');

    private static string Namespace(string line) => line["using ".Length..^1];

    private static int Kind(string line) =>
        line.Contains('=', StringComparison.Ordinal) ? 3
        : line.StartsWith("using static ", StringComparison.Ordinal) ? 2
        : Namespace(line) is "System" || Namespace(line).StartsWith("System.", StringComparison.Ordinal) ? 0
        : 1;

    private static string NameOf(string file) => Path.GetRelativePath(StagedModule.Repository, file).Replace('\\', '/');

    private static IEnumerable<string> Sources() =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(StagedModule.Repository, folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".ps1" or ".psm1"
        where !NameOf(file).Split('/').Any(part => part is "bin" or "obj")
        select file;
}
