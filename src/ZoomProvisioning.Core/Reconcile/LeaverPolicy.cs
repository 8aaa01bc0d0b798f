using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// What a rule says about who leaves it and what becomes of them, as a mark that is kept with everybody who left under it. A
/// rule that says something else since takes hold for whoever leaves from then on.
/// </summary>
/// <param name="Then">What becomes of them.</param>
/// <param name="Who">A digest of who is in the rule: scope and anchor.</param>
internal readonly record struct LeaverPolicy(string Then, string Who)
{
    /// <summary>What a rule says.</summary>
    public static LeaverPolicy Of(ProvisioningRule rule)
    {
        using var algorithm = SHA256.Create();
        var digest = algorithm.ComputeHash(Encoding.UTF8.GetBytes($"{rule.Scope?.Text}\n{rule.Anchor?.ToUpperInvariant()}"));
        var then = rule.RemoveAction == RemoveAction.Delete ? "delete" : rule.Leavers.DeleteAfterDays is null ? "disable" : "deleteLater";
        return new LeaverPolicy(then, string.Concat(digest.Take(4).Select(b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }

    /// <summary>Reads a mark; null where there is none.</summary>
    public static LeaverPolicy? Parse(string? mark) =>
        mark?.Split(';') is [{ } then, { } who] ? new LeaverPolicy(then, who) : null;

    /// <summary>The mark.</summary>
    public override string ToString() => $"{Then};{Who}";
}
