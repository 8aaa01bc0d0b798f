using System.IO;
using System.Text;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Plans as texts.</summary>
internal static class PlanTexts
{
    public static string WritePlan(this IStateFactory states, SyncPlan plan)
    {
        using var text = new MemoryStream();
        states.WritePlan(plan, text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static SyncPlan ReadPlan(this IStateFactory states, string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return states.ReadPlan(bytes);
    }
}
