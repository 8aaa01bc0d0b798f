using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Plans;

/// <summary>Who approved what of a plan, when: bound to the plan's id, with a digest of all it says, and signed where that was wanted.</summary>
public sealed record ProvisioningApproval
{
    /// <summary>The plan.</summary>
    public string PlanId { get; init; } = string.Empty;

    /// <summary>The rule the plan was made by.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>The account the plan is for.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>When the plan was made (UTC).</summary>
    public DateTimeOffset PlanMade { get; init; }

    /// <summary>Who approved: user@machine, as the system knew the account that ran the command.</summary>
    public string Who { get; init; } = string.Empty;

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the approver had to say; null for nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>What was approved.</summary>
    public IReadOnlyList<ApprovedEntry> Entries { get; init; } = [];

    /// <summary>Of how many entries of the plan that do something.</summary>
    public int Of { get; init; }

    /// <summary>What held entries back in the plan that was looked at.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The signature; null where there is none.</summary>
    public ApprovalSignature? Signature { get; init; }

    /// <summary>The file it is in; null where it is in none.</summary>
    public string? Path { get; init; }

    /// <summary>How it is signed, in words.</summary>
    public string SignedBy => Signature?.ToString() ?? "not signed";

    /// <summary>The digest of all that it says but the signature.</summary>
    internal string Digest => PlanDigest.OfLines(
    [
        "approval 1", PlanId, Rule, Account, Moment(PlanMade), Who, Moment(At), Comment ?? string.Empty, Of.ToString(CultureInfo.InvariantCulture),
        "checks", .. Checks,
        "entries", .. Entries.Select(e => $"{e.Entry} {e.Action} {e.UserName}"),
    ]);

    /// <summary>The digests of the entries.</summary>
    internal HashSet<string> Digests => field ??= new HashSet<string>(Entries.Select(e => e.Entry), StringComparer.Ordinal);

    /// <summary>
    /// Whether two were given by one person: by the same certificate where both have one, else by the same user name, on whatever machine.
    /// </summary>
    internal bool IsBySamePersonAs(ProvisioningApproval other) =>
        Signature?.Thumbprint is { } mine && other.Signature?.Thumbprint is { } theirs
            ? string.Equals(mine, theirs, StringComparison.OrdinalIgnoreCase)
            : string.Equals(UserOf(Who), UserOf(other.Who), StringComparison.OrdinalIgnoreCase);

    /// <summary>A moment as it is kept.</summary>
    internal static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>For example <c>ada@host (CN=Ada) 2026-11-29 09:12:00Z: 12 of 12</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.CurrentCulture, "{0} ({1}) {2:u}: {3:N0} of {4:N0}{5}", Who, SignedBy, At.UtcDateTime, Entries.Count, Of,
        Comment is null ? string.Empty : $", \"{Comment}\"");

    private static string UserOf(string who) => who.IndexOf('@') is > 0 and var at ? who.Substring(0, at) : who;
}

/// <summary>An entry of a plan that was approved.</summary>
/// <param name="Entry">The digest of what it does to whom.</param>
/// <param name="Action">What it does.</param>
/// <param name="UserName">To whom.</param>
public sealed record ApprovedEntry(string Entry, string Action, string UserName)
{
    /// <summary>The action and the person.</summary>
    public override string ToString() => $"{Action} {UserName}";
}

/// <summary>The signature of an approval.</summary>
/// <param name="Kind">How it was signed: certificate or hmac.</param>
/// <param name="Value">The signature, in Base64.</param>
public sealed record ApprovalSignature(string Kind, string Value)
{
    /// <summary>Signed with the private key of a certificate.</summary>
    internal const string OfCertificate = "certificate";

    /// <summary>Signed with a key that approver and runner share.</summary>
    internal const string OfKey = "hmac";

    /// <summary>The certificate's subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The certificate's thumbprint.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>The certificate without its private key, in Base64.</summary>
    public string? Certificate { get; init; }

    /// <summary>The subject of the certificate, or that a shared key was used.</summary>
    public override string ToString() => Kind == OfCertificate ? $"signed by {Subject}" : "signed with the shared key";
}
