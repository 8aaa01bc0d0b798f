using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>A run that is stopped by hand: what was not begun costs nothing, or the end of a big run would take as long as the run.</summary>
public class RuleStopTests
{
    [Fact]
    public async Task Whoever_was_not_begun_is_not_in_the_journal()
    {
        const int People = 60;
        using var stop = new CancellationTokenSource();
        using var tenant = new RuleTenant(new ProvisioningRule("rule") { CreateGroups = true, Groups = [new GroupRule("Sales", null)] })
        {
            Call = new ScimCall(stop.Token, CancellationToken.None),
        };
        tenant.Instead = (request, _) =>
        {
            if (request.Method.Method == "POST" && request.RequestUri!.AbsolutePath.EndsWith("/Users", System.StringComparison.Ordinal))
            {
                // The first creation goes alone.
                stop.Cancel();
            }

            return Task.FromResult<System.Net.Http.HttpResponseMessage?>(null);
        };
        var source = RuleTenant.Source([.. Enumerable.Range(0, People).Select(i => RuleTenant.Person($"user{i}", null, null, "Sales"))]);

        var run = await tenant.RunAsync(source);

        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.Equal(People, run.Results.Count(r => r.Action == PlanAction.Create));
        Assert.Equal(People - 1, run.NotSent);
        var intents = tenant.Memory.Journal.Where(e => e.Kind == JournalKind.Intent).ToList();
        Assert.Equal(WriteKind.Create, Assert.Single(intents).Request);
        Assert.Equal(JournalKind.RunEnded, tenant.Memory.Journal[^1].Kind);

        tenant.Instead = null;
        tenant.Call = ScimCall.None;
        Assert.Equal(RunOutcome.Done, (await tenant.RunAsync(source)).Outcome);
    }
}
