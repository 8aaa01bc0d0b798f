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

    /// <summary>Does something with every file that names and paths mean.</summary>
    /// <param name="targets">What -Name or -Path says.</param>
    /// <param name="work">What to do with a file.</param>
    private protected void ForFiles(IEnumerable<string> targets, Action<string> work)
    {
        foreach (var target in targets)
        {
            ForFile(target, () =>
            {
                foreach (var file in ParameterSetName == PathSet ? [FilePath(target)] : FilesNamed(target))
                {
                    ForFile(file, () => work(file));
                }
            });
        }
    }

    /// <summary>The files meant by a name or by a path, both with wildcards.</summary>
    private IReadOnlyList<string> FilesNamed(string name)
    {
        var hasWildcards = WildcardPattern.ContainsWildcardCharacters(name);
        if (RuleFolder.IsPath(name))
        {
            return hasWildcards ? SessionState.Path.GetResolvedProviderPathFromPSPath(name, out _) : [FilePath(name)];
        }

        if (!hasWildcards)
        {
            return [RuleFolder.Find(name)];
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        return RuleFolder.Files.Where(f => pattern.IsMatch(RuleFolder.NameOf(f))).ToList();
    }
}
