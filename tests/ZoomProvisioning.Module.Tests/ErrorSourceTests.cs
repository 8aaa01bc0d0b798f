using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// Every error that is made anywhere in the sources is complete where it is made. Many of them nobody can bring about in a test,
/// and those are the ones that would be found without advice.
/// </summary>
public partial class ErrorSourceTests
{
    [Fact]
    public void Every_error_says_its_category_and_what_to_do()
    {
        var made = Made().ToList();
        Assert.True(made.Count > 40, $"Only {made.Count} errors were found; the way they are written has changed.");
        Assert.Equal([], made.Where(m => !m.Text.Contains("RecommendedAction = ", StringComparison.Ordinal)
            || !m.Text.Contains("Category = ", StringComparison.Ordinal)).Select(m => m.Place));
    }

    [Fact]
    public void Every_message_is_a_sentence()
    {
        var messages = Made().Select(m => (m.Place, Message: FirstMessage().Match(m.Text)))
            .Where(m => m.Message.Success && IsWhole(m.Message.Groups[1].Value))
            .ToList();
        Assert.True(messages.Count > 20, $"Only {messages.Count} messages were found; the way they are written has changed.");
        Assert.Equal([], messages.Where(m => !EndOfSentence().IsMatch(m.Message.Groups[1].Value)).Select(m => $"{m.Place}: {m.Message.Groups[1].Value}"));
    }

    // A text inside an interpolation ends the match early.
    private static bool IsWhole(string message) => message.Count(c => c == '{') == message.Count(c => c == '}');

    [Fact]
    public void Ids_have_three_parts() => Assert.Equal([], Sources()
        .SelectMany(f => AnyId().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
        .Where(id => !WholeId().IsMatch(id)));

    /// <summary>Where an exception of the module is made with its id, and the text from there to the end of its initializer.</summary>
    private static IEnumerable<(string Place, string Text)> Made()
    {
        foreach (var file in Sources())
        {
            var source = File.ReadAllText(file).ReplaceLineEndings("\n");
            foreach (Match start in Start().Matches(source))
            {
                var place = $"{Path.GetFileName(file)} line {source[..start.Index].Count(c => c == '\n') + 1}";
                yield return (place, Joint().Replace(source[start.Index..End(source, start.Index)], string.Empty));
            }
        }
    }

    // The sources are formatted, so an initializer ends at the brace in the column of the one it began with.
    private static int End(string source, int start)
    {
        var statement = source.IndexOf(";\n", start, StringComparison.Ordinal);
        var open = Opening().Match(source, start);
        if (!open.Success || open.Index > statement)
        {
            return statement;
        }

        return source.IndexOf($"\n{open.Groups[1].Value}}}", open.Index + 1, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sources() => Directory.GetFiles(Path.Combine(StagedModule.Repository, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)

            // The catalogue of Zoom's words has tests of its own.
            && Path.GetFileName(f) != "ZoomErrorCatalog.cs");

    // What was not sent says by its type what to do.
    [GeneratedRegex("new Scim(?!NotSent)\\w*Exception\\(\\s*(\"Zoom\\.|\\$?\"[A-Z])")]
    private static partial Regex Start();

    // A long text is written in several, one a line.
    [GeneratedRegex("\"\\s*\\n\\s*\\+ \\$?\"")]
    private static partial Regex Joint();

    [GeneratedRegex("\n( *)\\{\n")]
    private static partial Regex Opening();

    // The first text that is no id: the message, as far as one literal goes.
    [GeneratedRegex("\\(\\s*\"Zoom[^\"]*\",\\s*\\$?\"((?:[^\"\\\\]|\\\\.)*)\"[,)]")]
    private static partial Regex FirstMessage();

    [GeneratedRegex("[.!}]$")]
    private static partial Regex EndOfSentence();

    // One that is put together (with +) is checked where its parts are.
    [GeneratedRegex("\\(\\s*\"(Zoom\\.[A-Z][A-Za-z.]*)\"[,)]")]
    private static partial Regex AnyId();

    [GeneratedRegex("^Zoom\\.[A-Z][A-Za-z]+\\.[A-Z][A-Za-z]*$")]
    private static partial Regex WholeId();
}
