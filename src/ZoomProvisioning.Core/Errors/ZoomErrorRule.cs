using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ZoomProvisioning;

/// <summary>What one or several of Zoom's literal texts mean, and what to do about them.</summary>
public sealed class ZoomErrorRule
{
    private readonly Regex[] _patterns;

    internal ZoomErrorRule(string errorId, string category, Func<string, string, ScimException> make, string meaning, string advice, params string[] texts)
    {
        ErrorId = errorId;
        Category = category;
        Make = make;
        Meaning = meaning;
        Advice = advice;
        Texts = texts;
        _patterns = texts.Select(ToPattern).ToArray();
    }

    /// <summary>The stable id of the error.</summary>
    public string ErrorId { get; }

    /// <summary>A name of PowerShell's ErrorCategory.</summary>
    public string Category { get; }

    /// <summary>One sentence: what happened.</summary>
    public string Meaning { get; }

    /// <summary>What the admin can do.</summary>
    public string Advice { get; }

    /// <summary>Zoom's literal texts; <c>{name}</c> stands for a part that varies.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether it says that Zoom protects somebody, or cannot reach them: no run should end red because of the owner.</summary>
    public bool IsReportedSkip { get; init; }

    /// <summary>Makes the exception that is thrown, from an error id and a message.</summary>
    internal Func<string, string, ScimException> Make { get; }

    /// <summary>Whether Zoom's words are these. Zoom is not consistent about case and the final full stop, so neither counts.</summary>
    public bool Matches(string text) => _patterns.Any(pattern => pattern.IsMatch(text));

    private static Regex ToPattern(string text)
    {
        var escaped = Regex.Escape(text.TrimEnd('.'));
        var withGaps = Regex.Replace(escaped, @"\\\{[A-Za-z|]+}", ".*");
        return new Regex(@"^\s*" + withGaps + @"\.?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
