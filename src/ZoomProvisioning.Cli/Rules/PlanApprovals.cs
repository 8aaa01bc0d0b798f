using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Views;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Files;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Saved plans with the approvals beside them, and approving one.</summary>
internal static class PlanApprovals
{
    /// <summary>Reads a plan and its approvals.</summary>
    public static SyncPlan Read(FileInfo file)
    {
        var states = new StateFactory();
        using var text = file.OpenRead();
        return states.ReadPlan(text) with { Approvals = ApprovalFile.Beside(file.FullName, states) };
    }

    /// <summary>Approves a plan.</summary>
    /// <returns>The exit code.</returns>
    public static int Approve(FileInfo file, IView view, ApprovalChoice choice)
    {
        var plan = Read(file);
        var approval = ApprovalDesk.Approve(plan, NamePatterns.Each(choice.Only), NamePatterns.Each(choice.Except), choice.Comment, SystemClock.Instance);
        approval = choice.KeyVariable is { } variable ? ApprovalSigning.Sign(approval, variable)
            : choice.Certificate is { } certificate ? Sign(approval, certificate, choice.PasswordVariable)
            : approval;
        approval = approval with { Path = ApprovalFile.PathOf(file.FullName, approval) };
        AtomicFile.WriteAllText(approval.Path!, ApprovalFile.Text(approval, new StateFactory()));
        if (choice.Page is { } page)
        {
            var shown = plan with { Approvals = [.. plan.Approvals, approval] };
            AtomicFile.WriteText(page.FullName, to => PlanPage.Write(shown, to, PageOf(file, string.Empty)));
        }

        view.ShowApproval(plan, approval);
        if (plan.Approvals.FirstOrDefault(a => a.IsBySamePersonAs(approval)) is { } earlier)
        {
            view.ShowNote($"{earlier.Who} had approved this plan already: where a rule wants two people, this is one.");
        }

        return ExitCode.Done;
    }

    /// <summary>The commands for the page of a plan.</summary>
    /// <param name="plan">The plan's file; null for one that is not saved.</param>
    /// <param name="more">What else the command that applies it needs.</param>
    public static PageOptions PageOf(FileInfo? plan, string more)
    {
        var path = Argument(plan?.ToString() ?? "plan.json");
        return new PageOptions
        {
            PlanCommand = $"zoomprov apply --plan {path}{more}",
            ApproveCommand = $"zoomprov approve --plan {path}",
            Advice = ConsoleWords.Of,
        };
    }

    /// <summary>A path as an argument.</summary>
    public static string Argument(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;

    private static ProvisioningApproval Sign(ProvisioningApproval approval, FileInfo file, string? passwordVariable)
    {
        try
        {
            using var certificate = string.Equals(file.Extension, ".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(file.FullName)
                : X509CertificateLoader.LoadPkcs12FromFile(
                    file.FullName,
                    passwordVariable is null ? null : Environment.GetEnvironmentVariable(passwordVariable));
            return ApprovalSigning.Sign(approval, certificate);
        }
        catch (CryptographicException exception)
        {
            throw new ScimStateException("Zoom.Approval.NoCertificate", $"The certificate '{file.FullName}' cannot be read: {exception.Message}", exception)
            {
                Category = "InvalidArgument",
                RecommendedAction = "Give a .pfx file and --certificate-password-variable, or a .pem file with the certificate and its private key.",
            };
        }
    }
}

/// <summary>What the command line says about an approval.</summary>
internal sealed record ApprovalChoice
{
    /// <summary>The people it is about; null for everybody.</summary>
    public string[]? Only { get; init; }

    /// <summary>Whom it is not about.</summary>
    public string[]? Except { get; init; }

    /// <summary>What the approver has to say.</summary>
    public string? Comment { get; init; }

    /// <summary>The file with the certificate to sign with.</summary>
    public FileInfo? Certificate { get; init; }

    /// <summary>The variable with that file's password.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>The variable with the key to sign with.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>A file for the plan's page.</summary>
    public FileInfo? Page { get; init; }
}
