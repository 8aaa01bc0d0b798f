using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>Reads and writes by whom a plan must be approved: a word, or a table with the signatures that count.</summary>
internal static class ApprovalReader
{
    private const int Thumbprint = 40;

    public static ApprovalRule? Read(RuleNode? node, RuleMistakes mistakes)
    {
        if (node is null or { Kind: RuleNodeKind.Null })
        {
            return null;
        }

        if (node.Kind != RuleNodeKind.Table)
        {
            return PeopleOf(mistakes.Choice(node, RuleSettings.Approval, RuleSettings.Approvals));
        }

        var table = new RuleTable(node, RuleSettings.Approval, RuleSettings.OfApproval, mistakes);
        var need = table[RuleSettings.Need];
        if (need is null)
        {
            mistakes.Add(node, RuleSettings.Approval, $"it does not say by whom ({RuleSettings.Need}); there are {string.Join(", ", RuleSettings.Approvals)}");
        }

        var certificates = new List<string>();
        foreach (var (item, path, text) in mistakes.Texts(table[RuleSettings.Certificates], table.PathOf(RuleSettings.Certificates)))
        {
            var digits = new string(text.Where(c => c is not (' ' or ':' or '-' or '\u200e')).ToArray()).ToUpperInvariant();
            if (digits.Length != Thumbprint || !digits.All(Uri.IsHexDigit))
            {
                mistakes.Add(item, path, $"'{text}' is no thumbprint of a certificate, which has {Thumbprint} hexadecimal digits");
            }

            certificates.Add(digits);
        }

        var variable = mistakes.Text(table[RuleSettings.KeyVariable], table.PathOf(RuleSettings.KeyVariable), "the name of an environment variable");
        return PeopleOf(mistakes.Choice(need, table.PathOf(RuleSettings.Need), RuleSettings.Approvals)) is { } people
            ? people with { Certificates = certificates, KeyVariable = variable }
            : null;
    }

    public static RuleNode? Write(ApprovalRule? approval)
    {
        if (approval is null)
        {
            return null;
        }

        var need = RuleNode.Of(RuleSettings.Approvals[approval.People - 1]);
        if (!approval.NeedsSignature)
        {
            return need;
        }

        var entries = new RuleEntries();
        entries.Add(RuleSettings.Need, need);
        entries.Add(RuleSettings.Certificates, approval.Certificates.Count > 0 ? RuleNode.Of(approval.Certificates.Select(RuleNode.Of)) : null);
        entries.Add(RuleSettings.KeyVariable, approval.KeyVariable is { } variable ? RuleNode.Of(variable) : null);
        return RuleNode.Of(entries);
    }

    private static ApprovalRule? PeopleOf(string? word) => word switch
    {
        "required" => new ApprovalRule(),
        "two" => new ApprovalRule { People = 2 },
        _ => null,
    };
}
