using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Setup;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Writes a new rule: who is provisioned into Zoom, how attributes map, and what the rule may do. For a source that it is shown
/// it proposes one, with the reasons beside the settings.
/// </summary>
[Cmdlet(VerbsCommon.New, "ZoomProvisioningRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = RuleSet)]
[OutputType(typeof(ProvisioningRule), typeof(RuleProblem), typeof(SyncPlan))]
public sealed class NewZoomProvisioningRuleCommand : RuleSettingsCmdlet
{
    private const string RuleSet = "Rule";
    private const string SampleSet = "Sample";
    private const string RecordsSet = "Records";

    private readonly SourceRecords _records = new();

    /// <summary>
    /// The rule's name: letters, digits, blanks, - _ and dots. It names the folder of the rule's state. For a file that is looked at
    /// it is the file's, where nothing else is said.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RuleSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RecordsSet)]
    [Parameter(Position = 0, ParameterSetName = SampleSet)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The file, .psd1 or .json; scriptblocks need a .psd1. The default is a .psd1 of the rule's name in the rules folder; with
    /// -Sample a .json, which zoomprov reads as well.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// A file of people to look at, CSV or LDIF: mapping, anchor, scope and limits are proposed for it, and the rule reads it in each
    /// run. Asks where something is not plain, in a terminal only. What is given as a parameter is not proposed.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = SampleSet)]
    [ValidateNotNullOrEmpty]
    public string Sample { get; set; } = string.Empty;

    /// <summary>The encoding of the file, such as windows-1252, where it is neither UTF-8 nor UTF-16.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>People to look at in place of a file: objects of Get-ADUser, Get-MgUser or Import-Csv.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RecordsSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Replace a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void OnRecord()
    {
        if (ParameterSetName == RecordsSet)
        {
            _records.Add(InputObject, Terminate);
        }
    }

    private protected override void OnEnd()
    {
        var target = Path ?? Name;
        try
        {
            var sample = ReadSample();
            Name = Name.Length == 0 && sample?.Path is { } people ? System.IO.Path.GetFileNameWithoutExtension(people) : Name;
            // A name that cannot name a file is told as a mistake of the rule, before the path is made of it.
            var file = Path is not null ? FilePath(Path)
                : RuleName.MistakeIn(Name) is null ? System.IO.Path.Combine(RuleFolder.Path, Name + (sample is null ? ".psd1" : ".json"))
                : Name;
            target = file;
            if (!Force && !ValidateOnly && File.Exists(file))
            {
                throw new ScimConflictException("Zoom.Rule.FileExists", $"The file '{file}' is there already.")
                {
                    Category = nameof(ErrorCategory.ResourceExists),
                    RecommendedAction = "Change the rule with Set-ZoomProvisioningRule, choose another name, or replace it with -Force.",
                };
            }

            if (sample is null)
            {
                WriteRule(WithParameters(RuleNode.Of([
                    new KeyValuePair<string, RuleNode>(RuleSettings.Name, RuleNode.Of(Name)),
                    new KeyValuePair<string, RuleNode>(RuleSettings.Id, RuleNode.Of(IdOf(file).ToString("D", CultureInfo.InvariantCulture)))])), file, "Write");
            }
            else
            {
                Propose(sample, file);
            }
        }
        catch (ScimException exception)
        {
            Terminate(exception, target);
        }
    }

    private SampleSource? ReadSample()
    {
        if (ParameterSetName != SampleSet)
        {
            return ParameterSetName == RecordsSet ? SampleSource.Of(_records.All) : null;
        }

        var file = FilePath(Sample);
        try
        {
            return SampleSource.Read(file, Encoding, Ask);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimRecordException("Zoom.Source.NotRead", $"The file '{file}' cannot be read: {exception.Message}", exception)
            {
                Category = exception is FileNotFoundException or DirectoryNotFoundException
                    ? nameof(ErrorCategory.ObjectNotFound)
                    : nameof(ErrorCategory.OpenError),
                RecommendedAction = "Look at the path and at your rights to it.",
            };
        }
    }

    private void Propose(SampleSource sample, string file)
    {
        var asked = new SetupAnswers(Ask, Given(nameof(Anchor)), Given(nameof(DateFormat)));
        var filter = (Scope is PSObject wrapped ? wrapped.BaseObject : Scope) as string;
        var proposal = RuleProposal.Make(sample, Name, IdOf(file), System.IO.Path.GetDirectoryName(file)!, asked.Answer, filter);
        foreach (var note in ValidateOnly ? [] : proposal.Notes)
        {
            Tell(note);
        }

        if (!WriteRule(WithParameters(proposal.Node, hasScope: !string.IsNullOrEmpty(filter)), file, "Write"))
        {
            return;
        }

        Tell($"Written, with the reasons: {file}");
        var rule = Path is null ? Name : file;
        if (FirstPlan.Make(this, sample.Path is null ? _records.Objects : null, file) is { } plan)
        {
            var toDoIt = Approval is null or "none" ? $"Sync-ZoomScimUser {PowerShellArgument.Quote(rule)}"
                : $"New-ZoomProvisioningPlan {PowerShellArgument.Quote(rule)} | Export-ZoomProvisioningPlan plan.json; "
                    + "Approve-ZoomProvisioningPlan plan.json; "
                    + $"then Invoke-ZoomProvisioningPlan plan.json -Rule {PowerShellArgument.Quote(rule)}";
            Tell($"Nothing was sent. This is what it would do now; to do it: {toDoIt}");
            WriteObject(plan);
        }
        else
        {
            Tell($"See what it would do: Connect-ZoomScim, then New-ZoomProvisioningPlan {PowerShellArgument.Quote(rule)}");
        }
    }

    private int Ask(SetupQuestion question) => SetupPrompt.Ask(Host, question);

    /// <summary>A new id. A rule that is written anew under its name stays the same rule, and keeps its people.</summary>
    private Guid IdOf(string file)
    {
        var before = Force && File.Exists(file) ? RuleLoader.ProblemsIn(file, out var rule).Count == 0 ? rule : null : null;
        return before?.Id is { } id && string.Equals(before.Name, Name, StringComparison.OrdinalIgnoreCase) ? id : Guid.NewGuid();
    }
}
