using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>Writes a cmdlet's parameter sets as Get-Command -Syntax does.</summary>
internal static class SyntaxText
{
    /// <summary>What PowerShell calls the set of a cmdlet that has only one.</summary>
    public const string OnlySet = "__AllParameterSets";

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["System.String"] = "string",
        ["System.Boolean"] = "bool",
        ["System.Int32"] = "int",
        ["System.Double"] = "double",
        ["System.TimeSpan"] = "timespan",
        ["System.Uri"] = "uri",
        ["System.Object"] = "Object",
        ["System.Collections.Hashtable"] = "hashtable",
        ["System.Security.SecureString"] = "securestring",
        ["System.Management.Automation.PSObject"] = "psobject",
        ["System.Management.Automation.PSCredential"] = "pscredential",
        ["System.Management.Automation.ScriptBlock"] = "scriptblock",
    };

    /// <summary>The sets there are, the default one first, each with its text.</summary>
    public static IEnumerable<(string Set, bool IsDefault, string Text)> Of(Cmdlet cmdlet)
    {
        var sets = cmdlet.Parameters.SelectMany(p => p.Places).Select(p => p.Set).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (sets.Count == 0)
        {
            yield return (OnlySet, false, Text(cmdlet, OnlySet));
            yield break;
        }

        // No parameter need belong to the default set alone: then it has those of every set.
        foreach (var set in sets.Append(cmdlet.DefaultSet).OfType<string>().Distinct().OrderByDescending(s => s == cmdlet.DefaultSet))
        {
            yield return (set, set == cmdlet.DefaultSet, Text(cmdlet, set));
        }
    }

    /// <summary>A type's name as people write it.</summary>
    public static string ShortName(string typeName)
    {
        var element = typeName.EndsWith("[]", StringComparison.Ordinal) ? typeName[..^2] : typeName;
        return (ShortNames.GetValueOrDefault(element) ?? element[(element.LastIndexOf('.') + 1)..]) + typeName[element.Length..];
    }

    private static string Text(Cmdlet cmdlet, string set)
    {
        var members = from parameter in cmdlet.Parameters
                      let place = parameter.Places.FirstOrDefault(p => p.Set is null || p.Set == set)
                      where place is not null
                      orderby place.Position ?? int.MaxValue, place.IsMandatory ? 0 : 1
                      select Word(parameter, place);
        return Wrapping.Words([cmdlet.Name, .. members, "[<CommonParameters>]"], " ");
    }

    private static string Word(CmdletParameter parameter, CmdletPlace place)
    {
        var name = "-" + parameter.Name;
        if (parameter.TypeName == "System.Management.Automation.SwitchParameter")
        {
            return place.IsMandatory ? name : $"[{name}]";
        }

        var word = $"{(place.Position is null ? name : $"[{name}]")} <{ShortName(parameter.TypeName)}>";
        return place.IsMandatory ? word : $"[{word}]";
    }
}
