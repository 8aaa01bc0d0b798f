using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Commands;

/// <summary>Reads rules: all of the rules folder, some of it by name, or any file. Every mistake is shown with its line.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomProvisioningRule", DefaultParameterSetName = NameSet)]
[OutputType(typeof(ProvisioningRule), typeof(RuleProblem))]
public sealed class GetZoomProvisioningRuleCommand : RuleCmdlet
{
    /// <summary>The names of rules in the rules folder, or paths of files, with wildcards; all of them without it.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>A .json or .psd1 file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    private protected override void OnRecord() => ForFiles(ParameterSetName == PathSet ? Path : Name, Read);

    private void Read(string file)
    {
        if (!ValidateOnly)
        {
            WriteObject(RuleLoader.Read(file));
            return;
        }

        WriteProblems(RuleLoader.ProblemsIn(file, out _), file);
    }
}
