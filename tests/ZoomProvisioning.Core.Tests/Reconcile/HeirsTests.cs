using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Whoever gets the data of those who go must not go by the same plan.</summary>
public class HeirsTests
{
    private static PlannedChange Leaver(PlanAction action, string name, string? heir = null, string? inZoom = null) =>
        new(action, $"{name}@example.com", "no longer in the source")
        {
            Current = inZoom is null ? null : new ScimUser { Id = name, UserName = $"{inZoom}@example.com" },
            Changes = heir is null ? [] : [new AttributeChange(ZoomExtension.Attribute(ZoomExtension.Transferee), null, $"{heir}@example.com", true)],
        };

    [Theory]
    // What becomes of the heir, what the plan and Zoom call the heir, and how the heir goes.
    [InlineData(PlanAction.Disable, "boss", null, "disabled")]
    [InlineData(PlanAction.Delete, "BOSS", null, "deleted")]
    [InlineData(PlanAction.Disable, "chief", "boss", "disabled")]
    [InlineData(PlanAction.Disable, "boss", "chief", null)]
    [InlineData(PlanAction.Disable, "other", null, null)]
    [InlineData(PlanAction.Update, "boss", null, null)]
    public void Data_for_somebody_who_goes_too_keeps_who_has_it(PlanAction action, string name, string? inZoom, string? how)
    {
        var changes = new List<PlannedChange>
        {
            Leaver(PlanAction.Delete, "ada", "boss"), Leaver(PlanAction.Delete, "ben"), Leaver(action, name, null, inZoom),
        };
        var others = changes.Skip(1).ToList();
        Heirs.Check(changes);
        Assert.Equal(others, changes.Skip(1));
        Assert.Equal(
            how is null ? "Delete ada@example.com: no longer in the source"
                : $"Blocked ada@example.com: no longer in the source, but the data would be lost: 'boss@example.com' is to be {how} by this run too "
                    + "(leavers.transferTo)",
            changes[0].ToString());
        Assert.Equal(how is null ? 1 : 0, changes[0].Changes.Count);
    }
}
