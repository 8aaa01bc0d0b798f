using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>By whom a plan must be approved before anything of it is done (<c>approval</c>).</summary>
public sealed record ApprovalRule
{
    /// <summary>How many different people: 1 or 2.</summary>
    public int People { get; init; } = 1;

    /// <summary>The certificates that count, by their thumbprints (SHA-1, as PowerShell and Windows show them); none for any.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>The environment variable with the key that approvals are signed with; null for none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Whether an approval without a signature does not count.</summary>
    public bool NeedsSignature => Certificates.Count > 0 || KeyVariable is not null;

    /// <summary>The people, in words.</summary>
    internal string Words => People > 1 ? "two different people" : "somebody";
}
