using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Approves a saved plan, or some people of it: who, what, when, bound to the plan's id, as a file beside the plan. Nothing is sent.
/// </summary>
[Cmdlet(VerbsLifecycle.Approve, "ZoomProvisioningPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProvisioningApproval))]
public sealed class ApproveZoomProvisioningPlanCommand : ZoomCmdlet
{
    /// <summary>The JSON file that Export-ZoomProvisioningPlan saved.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Approve these people only: user names, anchors or Zoom ids, with wildcards. What is not approved is not done.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Only { get; set; }

    /// <summary>Approve all but these people, with wildcards. Somebody who is not in the plan is an error.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Except { get; set; }

    /// <summary>Why, or what was looked at; it stands in the journal and on the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>Sign with this certificate, which has its private key: Get-Item Cert:\CurrentUser\My\…, or Get-PfxCertificate.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Sign with the key in this environment variable, which the runner of the plan has too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyVariable { get; set; }

    /// <summary>Write the plan's page anew with what was approved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HtmlPath { get; set; }

    private protected override void OnRecord()
    {
        var file = FilePath(Path);
        try
        {
            Approve(file);
        }
        catch (ScimException exception)
        {
            Terminate(exception, file);
        }
    }

    private void Approve(string file)
    {
        if (Certificate is not null && KeyVariable is not null)
        {
            throw new ScimStateException("Zoom.Approval.TwoSignatures", "-Certificate and -KeyVariable exclude each other.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Sign with one of them; two people each approve for themselves.",
            };
        }

        var plan = PlanFiles.Read(file);
        var approval = ApprovalDesk.Approve(plan, Named(Only), Named(Except), Comment, SystemClock.Instance);
        approval = Certificate is { } certificate ? ApprovalSigning.Sign(approval, certificate)
            : KeyVariable is { } variable ? ApprovalSigning.Sign(approval, variable)
            : approval;
        if (!MayProceed($"Zoom account {plan.Account}", PlanWords.Approval(plan, approval)))
        {
            return;
        }

        approval = approval with { Path = ApprovalFile.PathOf(file, approval) };
        OutputFile.Write(approval.Path!, ApprovalFile.Text(approval, EngineLoader.State));
        if (plan.Approvals.FirstOrDefault(a => a.IsBySamePersonAs(approval)) is { } earlier)
        {
            WriteWarning($"{earlier.Who} had approved this plan already, {earlier.At.ToLocalTime():g}: where a rule wants two people, this is one.");
        }
        else if (plan.Guard.FirstOrDefault(f => f.Check == GuardCheck.ApprovalRequired) is { } wanted)
        {
            // Of two the first is not enough, and who gives it is to know.
            var who = plan.Approvals.Append(approval).Select(a => a.Who).Distinct(StringComparer.OrdinalIgnoreCase);
            Tell($"Approved so far by {string.Join(", ", who)}. {wanted.Message}");
        }

        if (HtmlPath is not null)
        {
            var shown = plan with { Approvals = [.. plan.Approvals, approval] };
            OutputFile.WriteText(FilePath(HtmlPath), to => PlanPage.Write(shown, to, PlanFiles.PageOf(plan, Path)));
        }

        WriteObject(approval);
    }

    private static List<NamePattern>? Named(string[]? names) =>
        names?.Select(n => new NamePattern(n, WildcardPattern.Get(n, WildcardOptions.IgnoreCase).IsMatch)).ToList();
}
