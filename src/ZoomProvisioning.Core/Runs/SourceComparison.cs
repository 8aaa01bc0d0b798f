using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Runs;

/// <summary>Holds a source against an account as it is now, without a rule's ledger, and writes nothing anywhere.</summary>
internal static class SourceComparison
{
    // As many as a run has.
    private static readonly int Concurrency = new RuleSyncOptions().Concurrency;

    private const string Incomplete = "Zoom did not list all of its users in three passes: whoever is said to be missing in Zoom may be there.";

    /// <summary>Reads the account and compares it with the source.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="rule">How the source is read: its mapping, scope and keys.</param>
    /// <param name="source">The source.</param>
    /// <param name="onProgress">Takes the progress, on any thread.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <returns>What was found, and what to say of a list of Zoom's that is not whole; null when it is.</returns>
    public static async Task<(IReadOnlyList<UserComparison> Compared, string? Incomplete)> CompareAsync(
        ZoomScimConnection connection, ProvisioningRule rule, SourceSnapshot source, Action<SyncProgress>? onProgress, ScimCall call)
    {
        var matcher = new AccountMatcher(connection, rule, Concurrency, onProgress);
        var (account, correlations) = await matcher.MatchAsync(source, AccountComparer.Nothing, call).ConfigureAwait(false);
        await matcher.ReadAsync("Reading users", AccountComparer.ToRead(correlations, account), account, call).ConfigureAwait(false);
        return (AccountComparer.Compare(rule, source, account, correlations), account.IsComplete ? null : Incomplete);
    }
}
