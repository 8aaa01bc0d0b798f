using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Reads and writes rules in files of both kinds.</summary>
internal static class RuleLoader
{
    /// <summary>Reads a rule.</summary>
    /// <exception cref="RuleFileException">There are mistakes in it; the error lists all of them with their lines.</exception>
    /// <exception cref="ScimStateException">The file cannot be read, or is of another kind.</exception>
    public static ProvisioningRule Read(string file)
    {
        var problems = ProblemsIn(file, out var rule);
        return problems.Count == 0 ? rule! : throw new RuleFileException(file, problems);
    }

    /// <summary>Every mistake in a rule's file, in its order; none when the rule can be used.</summary>
    /// <exception cref="ScimStateException">The file cannot be read, or is of another kind.</exception>
    public static IReadOnlyList<RuleProblem> ProblemsIn(string file, out ProvisioningRule? rule)
    {
        rule = null;
        try
        {
            var root = Parse(file, out var problems, out _);
            var more = RuleReader.TryRead(root, file, Compile, out rule);
            if (problems.Count > 0)
            {
                rule = null;
            }

            // What was refused already is not told again as the null that stands for it.
            return problems
                .Concat(more.Where(m => !problems.Any(p => p.Line == m.Line && p.Column == m.Column)))
                .OrderBy(p => p.Line).ThenBy(p => p.Column)
                .Select(p => p with { File = file })
                .ToList();
        }
        catch (RuleFileException exception)
        {
            return exception.Problems;
        }
    }

    /// <summary>Parses a rule's file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hasComments">Whether it has comments, which are lost when it is written again.</param>
    /// <exception cref="RuleFileException">It cannot be parsed.</exception>
    public static RuleNode Parse(string file, out bool hasComments)
    {
        var root = Parse(file, out var problems, out hasComments);
        return problems.Count == 0 ? root : throw new RuleFileException(file, problems);
    }

    private static RuleNode Parse(string file, out IReadOnlyList<RuleProblem> problems, out bool hasComments)
    {
        var isData = IsData(file);
        var text = RuleFile.ReadText(file);
        if (isData)
        {
            return RuleDataFile.Parse(text, file, out problems, out hasComments);
        }

        problems = [];
        hasComments = RuleFile.HasJsonComments(text);
        return RuleFile.ParseJson(file, text, EngineLoader.State);
    }

    /// <summary>The text of a rule's file.</summary>
    /// <exception cref="RuleFileException">The file is JSON, and there is a scriptblock in the rule.</exception>
    public static string Write(RuleNode rule, string file)
    {
        if (IsData(file))
        {
            return RuleDataWriter.Write(rule);
        }

        try
        {
            return EngineLoader.State.WriteRule(rule);
        }
        catch (RuleFileException exception)
        {
            throw new RuleFileException(file, exception.Problems);
        }
    }

    /// <summary>Makes a function of a scriptblock; it sees the record as <c>$_</c>, as with -Mapping.</summary>
    public static Func<ISourceRecord, object?> Compile(RuleNode node)
    {
        var block = (ScriptBlock)node.Script!;
        return record => MappingScript.Invoke(block, record switch
        {
            PSObjectRecord wrapped => wrapped.PSObject,
            DirectoryRecord entry => DirectoryObject.Of(entry),
            // A row of a file that the rule reads itself is seen as Import-Csv would give it.
            { Source: SourcePlace } row => RowObject.Of(row),
            _ => PSObject.AsPSObject(record.Source!),
        });
    }

    /// <summary>Whether a file is a .psd1; else it is JSON.</summary>
    /// <exception cref="ScimStateException">It is neither.</exception>
    private static bool IsData(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PSD1" => true,
        ".JSON" => false,
        _ => throw new ScimStateException("Zoom.Rule.UnknownKind", $"'{file}' is called neither .json nor .psd1, so it is no rule.")
        {
            Category = nameof(ErrorCategory.InvalidArgument),
            RecommendedAction = "Give a .json or a .psd1 file.",
        },
    };
}
