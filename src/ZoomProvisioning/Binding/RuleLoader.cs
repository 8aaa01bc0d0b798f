using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Input;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Reads and writes rules in files of both kinds.</summary>
internal static class RuleLoader
{
    /// <summary>Reads a rule.</summary>
    /// <exception cref="RuleFileException">There are mistakes in it.</exception>
    /// <exception cref="ScimStateException">The file cannot be read, or is of another kind.</exception>
    public static ProvisioningRule Read(string file) => RuleReader.Read(Parse(file, out _), file, Compile);

    /// <summary>Parses a rule's file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hasComments">Whether it has comments, which are lost when it is written again.</param>
    public static RuleNode Parse(string file, out bool hasComments)
    {
        if (IsData(file))
        {
            return RuleDataFile.Parse(RuleFile.ReadText(file), file, out hasComments);
        }

        var root = RuleFile.ParseJson(file, EngineLoader.State);
        hasComments = RuleFile.HasJsonComments(RuleFile.ReadText(file));
        return root;
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
        return record => MappingScript.Invoke(block, record is PSObjectRecord wrapped ? wrapped.PSObject : PSObject.AsPSObject(record.Source!));
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
