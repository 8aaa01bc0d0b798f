using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Rules;

/// <summary>Reads rules from JSON files. Rules in .psd1 files need PowerShell's parser and are read by the module.</summary>
public static class RuleFile
{
    private static readonly Regex JsonText = new(@"""(?:[^""\\]|\\.)*""", RegexOptions.CultureInvariant);

    /// <summary>Reads a rule.</summary>
    /// <param name="path">The file.</param>
    /// <param name="texts">Where JSON can be read.</param>
    /// <exception cref="RuleFileException">There are mistakes in it; the error lists all of them with their lines.</exception>
    /// <exception cref="ScimStateException">The file cannot be read.</exception>
    public static ProvisioningRule ReadJson(string path, IRuleTexts texts) => RuleReader.Read(ParseJson(path, ReadText(path), texts), path);

    /// <summary>Parses the text of a rule's file into a tree.</summary>
    /// <exception cref="RuleFileException">It is no JSON; the error says where.</exception>
    internal static RuleNode ParseJson(string path, string text, IRuleTexts texts)
    {
        try
        {
            return texts.ParseRule(text);
        }
        catch (RuleFileException exception)
        {
            throw new RuleFileException(path, exception.Problems.Select(p => p with { File = path }).ToList());
        }
    }

    /// <summary>Whether a JSON text holds comments, which are lost when it is written again.</summary>
    internal static bool HasJsonComments(string json)
    {
        var rest = JsonText.Replace(json, string.Empty);
        return rest.Contains("//") || rest.Contains("/*");
    }

    /// <summary>The text of a rule's file: UTF-8, or UTF-16 with its mark.</summary>
    /// <exception cref="ScimStateException">The file cannot be read.</exception>
    /// <exception cref="RuleFileException">It is in another encoding.</exception>
    internal static string ReadText(string path)
    {
        try
        {
            using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return text.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            // Read all the same, a scope with an umlaut would fit nobody any more, and everybody would leave it.
            throw new RuleFileException(path, [new RuleProblem(
                FirstLineThatIsNotUtf8(path),
                1,
                string.Empty,
                "this is no UTF-8; save the file as UTF-8 (in Windows PowerShell: Set-Content -Encoding UTF8)")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.Rule.NotRead", $"The rule '{path}' cannot be read: {exception.Message}", exception)
            {
                Category = exception is FileNotFoundException or DirectoryNotFoundException ? "ObjectNotFound"
                    : exception is UnauthorizedAccessException ? "PermissionDenied"
                    : "OpenError",
                RecommendedAction = "Look at the path and at your rights to it.",
            };
        }
    }

    private static int FirstLineThatIsNotUtf8(string path)
    {
        // What cannot be read is shown by this sign, which no rule is likely to hold.
        var lines = File.ReadAllLines(path, Encoding.UTF8);
        return 1 + Math.Max(0, Array.FindIndex(lines, line => line.Contains('\uFFFD')));
    }
}
