using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Runs;

/// <summary>Answers what becomes of one person, where the source and the plan alone do not tell.</summary>
internal static class PersonInquiry
{
    /// <summary>Explains somebody; null when neither source nor plan know anybody of that name.</summary>
    /// <param name="found">The record; null for somebody who is not in the source.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="who">The name somebody gave.</param>
    /// <param name="connection">The account, for somebody of whom the plan does not speak.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    public static async Task<PersonExplanation?> ExplainAsync(
        (ISourceRecord Row, RecordExplanation Record)? found, SyncPlan plan, string who, ZoomScimConnection connection, ScimCall call)
    {
        var change = found is { } f ? PersonExplanation.Find(plan, f.Row, f.Record) : PersonExplanation.Find(plan, (ISourceRecord?)null, who);
        if (found is null && change is null)
        {
            return null;
        }

        var explanation = new PersonExplanation(found?.Row, found?.Record, change);
        if (explanation.IsLookedUp || found?.Record.UserName is not { } name)
        {
            return explanation;
        }

        var user = await new UserDirectory(connection).LookUpAsync(name, call).ConfigureAwait(false);
        return explanation with { Current = user, IsLookedUp = true };
    }
}
