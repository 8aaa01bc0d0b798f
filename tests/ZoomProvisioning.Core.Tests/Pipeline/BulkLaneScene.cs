using System;
using System.Threading.Tasks;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Pipeline;

/// <summary>A lane whose clock stands still, and work for it.</summary>
public abstract class BulkLaneScene
{
    private protected FakeClock Clock { get; } = new();

    private protected static ChangeResult Done(string name) => new(name, PlanAction.Create, ChangeOutcome.Done, "done");

    private protected static Func<LaneScope, Task<ChangeResult?>> Work(string name) => async _ =>
    {
        await Task.Yield();
        return Done(name);
    };

    private protected BulkLane Lane(FakeOutput output, int limit = 8, int window = 256) => new(output, () => limit, window, Clock);
}
