using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>A mistake in a rule.</summary>
/// <param name="Line">The line in the file, counted from 1; 0 where there is no file.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="Path">Which setting, such as <c>attributes.Title.apply</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record RuleProblem(int Line, int Column, string Path, string Message)
{
    /// <summary>The file; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>For example <c>line 7: attributes.Tittle: there is no such attribute</c>.</summary>
    public override string ToString() => $"{(Line > 0 ? $"line {Line}: " : string.Empty)}{(Path.Length > 0 ? Path + ": " : string.Empty)}{Message}";
}

/// <summary>A rule cannot be used as it is. Nothing was sent.</summary>
public sealed class RuleFileException : ScimException
{
    /// <summary>Makes an error of all that is wrong.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="problems">Every mistake found, in the order of the file.</param>
    public RuleFileException(string file, IReadOnlyList<RuleProblem> problems)
        : base("Zoom.Rule.Invalid", null, Text(VisibleText.OneLine(file), [.. problems.Select(p => VisibleText.OneLine(p.ToString()))]))
    {
        Problems = problems.Select(p => p with { File = p.File ?? file }).ToList();
        Category = "InvalidData";
        RecommendedAction = "Correct the file; 'Get-Help about_ZoomProvisioning_Rules' describes every setting.";
    }

    /// <summary>Every mistake found, in the order of the file.</summary>
    public IReadOnlyList<RuleProblem> Problems { get; }

    // Several mistakes are mended one by one, so each has a line of its own.
    private static string Text(string file, IReadOnlyList<string> problems) => problems.Count == 1
        ? $"The rule '{file}' has a mistake: {problems[0]}. Nothing was sent."
        : $"The rule '{file}' has {problems.Count} mistakes. Nothing was sent.\n  {string.Join("\n  ", problems)}";
}
