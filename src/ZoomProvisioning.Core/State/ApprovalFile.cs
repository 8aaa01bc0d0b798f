using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>
/// Approvals as files beside their plan, <c>plan.approval.1f0e9d8c.json</c> beside <c>plan.json</c>: one for each approval, so that two
/// people who approve at once never write over each other.
/// </summary>
internal static class ApprovalFile
{
    /// <summary>What to do about a plan or an approval that somebody else made, and one may not read.</summary>
    public const string ShareAdvice = "Plans and approvals are readable for their maker alone. Have that person let you read it "
        + "(setfacl -m u:NAME:r FILE, or icacls FILE /grant NAME:R on Windows); whoever approves writes a file of their own beside the plan.";

    private const string Mark = ".approval.";
    private const string Format = "format";
    private const string Digest = "digest";
    private static readonly string[] Members =
    [
        Format, "planId", "rule", "account", "planMade", "who", "at", "comment", "of", "checks", "entries", Digest, "signature",
    ];

    private static readonly string[] OfEntry = ["entry", "action", "userName"];
    private static readonly string[] OfSignature = ["kind", "subject", "thumbprint", "certificate", "value"];

    /// <summary>Where an approval of a plan is written to.</summary>
    public static string PathOf(string planFile, ProvisioningApproval approval) =>
        Path.Combine(Path.GetDirectoryName(planFile)!, $"{Path.GetFileNameWithoutExtension(planFile)}{Mark}{approval.Digest.Substring(0, 8)}.json");

    /// <summary>The approvals beside a plan, oldest first.</summary>
    /// <exception cref="ScimStateException">One of them is none, or was changed by hand.</exception>
    public static IReadOnlyList<ProvisioningApproval> Beside(string planFile, IRuleTexts texts)
    {
        var begin = Path.GetFileNameWithoutExtension(planFile) + Mark;
        return Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(planFile))!)
            .Where(f => Path.GetFileName(f).StartsWith(begin, StringComparison.OrdinalIgnoreCase)
                && f.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .Select(f => Read(f, texts))
            .OrderBy(a => a.At).ThenBy(a => a.Path, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The text of an approval.</summary>
    public static string Text(ProvisioningApproval approval, IRuleTexts texts)
    {
        var entries = new RuleEntries();
        entries.Add(Format, RuleNode.Of(1));
        entries.Add("planId", RuleNode.Of(approval.PlanId));
        entries.Add("rule", RuleNode.Of(approval.Rule));
        entries.Add("account", RuleNode.Of(approval.Account));
        entries.Add("planMade", RuleNode.Of(ProvisioningApproval.Moment(approval.PlanMade)));
        entries.Add("who", RuleNode.Of(approval.Who));
        entries.Add("at", RuleNode.Of(ProvisioningApproval.Moment(approval.At)));
        entries.Add("comment", approval.Comment is { } comment ? RuleNode.Of(comment) : null);
        entries.Add("of", RuleNode.Of(approval.Of));
        entries.Add("checks", RuleNode.Of(approval.Checks.Select(RuleNode.Of)));
        entries.Add("entries", RuleNode.Of(approval.Entries.Select(e => RuleNode.Of(new RuleEntries
        {
            { "entry", RuleNode.Of(e.Entry) }, { "action", RuleNode.Of(e.Action) }, { "userName", RuleNode.Of(e.UserName) },
        }))));
        entries.Add(Digest, RuleNode.Of(approval.Digest));
        entries.Add("signature", approval.Signature is { } signature ? RuleNode.Of(new RuleEntries
        {
            { "kind", RuleNode.Of(signature.Kind) },
            { "subject", Node(signature.Subject) },
            { "thumbprint", Node(signature.Thumbprint) },
            { "certificate", Node(signature.Certificate) },
            { "value", RuleNode.Of(signature.Value) },
        }) : null);
        return texts.WriteRule(RuleNode.Of(entries));
    }

    private static ProvisioningApproval Read(string file, IRuleTexts texts)
    {
        try
        {
            var mistakes = new RuleMistakes();
            var table = new RuleTable(texts.ParseRule(File.ReadAllText(file)), string.Empty, Members, mistakes);
            string Word(string name) => mistakes.Text(table[name], name) ?? string.Empty;
            var signature = table["signature"];
            var approval = new ProvisioningApproval
            {
                PlanId = Word("planId"),
                Rule = table["rule"]?.Text ?? string.Empty,
                Account = Word("account"),
                PlanMade = Moment(Word("planMade")),
                Who = Word("who"),
                At = Moment(Word("at")),
                Comment = table["comment"]?.Text,
                Of = (int)mistakes.Number(table["of"], "of", 0, int.MaxValue, whole: true),
                Checks = mistakes.Texts(table["checks"], "checks").Select(t => t.Text).ToList(),
                Entries = (table["entries"]?.Items ?? []).Select((node, i) => EntryOf(node, RuleMistakes.PathOf("entries", i), mistakes)).ToList(),
                Signature = signature is null ? null : SignatureOf(signature, mistakes),
                Path = file,
            };
            return mistakes.InOrder.Count > 0 ? throw Damaged(file, mistakes.InOrder[0].ToString())
                : table[Format]?.Text != "1" ? throw Damaged(file, "it was written by another version of this module.")
                : table[Digest]?.Text != approval.Digest ? throw Damaged(file, "it was changed after it was made.")
                : approval;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ScimStateException("Zoom.Approval.NotRead", $"The approval '{file}' cannot be read: {exception.Message} Nothing was sent.", exception)
            {
                Category = "PermissionDenied",
                RecommendedAction = ShareAdvice,
            };
        }
        catch (Exception exception) when (exception is RuleFileException or IOException or FormatException)
        {
            throw Damaged(file, exception.Message);
        }
    }

    private static ApprovedEntry EntryOf(RuleNode node, string path, RuleMistakes mistakes)
    {
        var table = new RuleTable(node, path, OfEntry, mistakes);
        string Word(string name) => mistakes.Text(table[name], table.PathOf(name)) ?? string.Empty;
        return new ApprovedEntry(Word("entry"), Word("action"), table["userName"]?.Text ?? string.Empty);
    }

    private static ApprovalSignature SignatureOf(RuleNode node, RuleMistakes mistakes)
    {
        var table = new RuleTable(node, "signature", OfSignature, mistakes);
        return new ApprovalSignature(table["kind"]?.Text ?? string.Empty, table["value"]?.Text ?? string.Empty)
        {
            Subject = table["subject"]?.Text,
            Thumbprint = table["thumbprint"]?.Text,
            Certificate = table["certificate"]?.Text,
        };
    }

    private static RuleNode? Node(string? text) => text is null ? null : RuleNode.Of(text);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>What an approval that is not to be trusted is refused with.</summary>
    public static ScimStateException Damaged(string? file, string reason) => new(
        "Zoom.Approval.Damaged",
        $"The approval '{file}' cannot be used: {reason} Nothing was sent.")
    {
        Category = "InvalidData",
        RecommendedAction = "Ask who approved for the file as Approve-ZoomProvisioningPlan wrote it, or take it away and have the plan approved again.",
    };
}
