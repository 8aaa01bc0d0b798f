using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that read a rule's journal. They send nothing.</summary>
public abstract class HistoryCmdlet : RuleRunCmdlet
{
    /// <summary>The rule: its name in the rules folder, the path of its file, or a rule.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule Rule { get; set; } = null!;

    private protected override bool ChangesZoom => false;
}
