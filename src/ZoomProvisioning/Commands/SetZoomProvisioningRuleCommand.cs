using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Commands;

/// <summary>Changes settings in a rule's file. Settings that are not named stay as they are; $null takes one away.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomProvisioningRule", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ProvisioningRule), typeof(RuleProblem))]
public sealed class SetZoomProvisioningRuleCommand : RuleSettingsCmdlet
{
    /// <summary>The names of rules in the rules folder, or paths of files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>A .json or .psd1 file; a rule from the pipeline stands for its file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Attributes whose mapping is taken out of the rule.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RemoveAttribute { get; set; } = [];

    private protected override void OnRecord() => ForFiles(ParameterSetName == PathSet ? Path : Name, Change);

    private void Change(string file)
    {
        var edit = new RuleEdit(RuleLoader.Parse(file, out var hasComments));
        foreach (var attribute in RemoveAttribute)
        {
            edit.Remove(RuleSettings.Attributes, attribute);
        }

        WriteRule(WithParameters(edit.Result), file, "Change", before: () =>
        {
            if (hasComments)
            {
                var copy = file + ".bak";
                File.Copy(file, copy, overwrite: true);
                WriteWarning($"The comments in '{file}' are lost, since the file is written anew. The file as it was is '{copy}'.");
            }
        });
    }
}
