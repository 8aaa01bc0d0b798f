using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Commands;

/// <summary>Writes a new rule: who is provisioned into Zoom, how attributes map, and what the rule may do.</summary>
[Cmdlet(VerbsCommon.New, "ZoomProvisioningRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ProvisioningRule), typeof(RuleProblem))]
public sealed class NewZoomProvisioningRuleCommand : RuleSettingsCmdlet
{
    /// <summary>The rule's name: letters, digits, blanks, - _ and dots. It names the folder of the rule's state.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The file, .psd1 or .json; scriptblocks need a .psd1. The default is a .psd1 of the rule's name in the rules folder.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void OnRecord()
    {
        try
        {
            // A name that cannot name a file is told as a mistake of the rule, before the path is made of it.
            var file = Path is not null ? FilePath(Path)
                : RuleName.MistakeIn(Name) is null ? System.IO.Path.Combine(RuleFolder.Path, Name + ".psd1")
                : Name;
            var node = WithParameters(RuleNode.Of([
                new KeyValuePair<string, RuleNode>(RuleSettings.Name, RuleNode.Of(Name)),
                new KeyValuePair<string, RuleNode>(RuleSettings.Id, RuleNode.Of(IdOf(file).ToString("D", CultureInfo.InvariantCulture)))]));
            if (!Force && !ValidateOnly && File.Exists(file))
            {
                throw new ScimConflictException("Zoom.Rule.FileExists", $"The file '{file}' is there already.")
                {
                    Category = nameof(ErrorCategory.ResourceExists),
                    RecommendedAction = "Change the rule with Set-ZoomProvisioningRule, choose another name, or replace it with -Force.",
                };
            }

            WriteRule(node, file, "Write");
        }
        catch (ScimException exception)
        {
            Terminate(exception, Path ?? Name);
        }
    }

    /// <summary>A new id. A rule that is written anew under its name stays the same rule, and keeps its people.</summary>
    private Guid IdOf(string file)
    {
        var before = Force && File.Exists(file) ? RuleLoader.ProblemsIn(file, out var rule).Count == 0 ? rule : null : null;
        return before?.Id is { } id && string.Equals(before.Name, Name, StringComparison.OrdinalIgnoreCase) ? id : Guid.NewGuid();
    }
}
