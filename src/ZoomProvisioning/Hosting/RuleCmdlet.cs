using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that work on rule files. They need no connection.</summary>
public abstract class RuleCmdlet : ZoomCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string PathSet = "Path";

    /// <summary>Look for mistakes only: each comes out as an object with its line; none when the rule can be used. Nothing is written.</summary>
    [Parameter]
    public SwitchParameter ValidateOnly { get; set; }

    /// <summary>Writes mistakes to the pipeline, for -ValidateOnly.</summary>
    private protected void WriteProblems(IEnumerable<RuleProblem> problems, string file)
    {
        foreach (var problem in problems)
        {
            WriteObject(problem with { File = problem.File ?? file });
        }
    }

    /// <summary>Reads a rule's tree with its mistakes.</summary>
    private protected static IReadOnlyList<RuleProblem> ProblemsOf(RuleNode node, string file, out ProvisioningRule? rule) =>
        RuleReader.TryRead(node, file, RuleLoader.Compile, out rule);

    /// <summary>Does something with a file; an error of the file's own is written, and the next file's turn comes.</summary>
    private protected void ForFile(string target, Action work)
    {
        try
        {
            work();
        }
        catch (ScimException exception)
        {
            WriteError(ErrorRecordFactory.From(exception, null, target));
        }
    }

    /// <summary>The files meant by names with wildcards.</summary>
    private protected static IEnumerable<string> FilesNamed(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [RuleFolder.Find(name)];
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return RuleFolder.Files.Where(f => pattern.IsMatch(RuleFolder.NameOf(f)));
    }
}
