using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Another column under the family names.</summary>
public class NameCheckTests
{
    [Theory]
    [InlineData(20, 9, false)]
    [InlineData(20, 10, true)]
    [InlineData(20, 20, true)]
    [InlineData(21, 10, false)]
    [InlineData(9, 9, false)]
    public void Half_of_the_people_do_not_marry_in_one_night(int people, int renamed, bool isHeld)
    {
        var scene = new Scene();
        scene.Staff(renamed, Called("Jones"), Called("Captain")).Staff(people - renamed, Called("Jones"), from: renamed);
        var plan = scene.Plan();
        Assert.Equal(isHeld ? renamed : 0, plan.Held.Count);
        Assert.Equal(isHeld, plan.Guard.Any(f => f is { Check: GuardCheck.TooManyRenames, HoldsRemovals: true }
            && f.Message.Contains("another family name", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Jones", "JONES")]
    [InlineData("", "Captain")]
    [InlineData(null, "Captain")]
    public void Capitals_and_names_that_were_missing_are_no_other_names(string? before, string now) =>
        Assert.Empty(new Scene().Staff(20, Called(before), Called(now)).Plan().Guard);

    [Fact]
    public void What_was_looked_at_is_let_go()
    {
        var plan = new Scene().Staff(20, Called("Jones"), Called("Captain")).Plan();
        var approved = PlanApproval.Apply(plan, HeldPlan.Of(plan));
        Assert.Empty(approved.Held);
        Assert.DoesNotContain(approved.Guard, f => f.HoldsRemovals);
    }

    private static Action<ScimUser> Called(string? family) => u => (u.GivenName, u.FamilyName) = ("Jill", family);

    [Theory]
    [InlineData(20, 10, "10 of 20 people")]
    [InlineData(20, 20, "20 of 20 people")]
    [InlineData(8, 10, "10 of 10 people")]
    public void So_many_of_all_are_named(int managed, int renamed, string words)
    {
        var changes = Enumerable.Range(0, renamed).Select(i => new PlannedChange(PlanAction.Update, $"p{i}@example.com", "because")
        {
            Changes = [new AttributeChange(ZoomAttributes.FamilyName, "Jones", "Captain", oldIsKnown: true)],
        });
        var ledger = new Ledger("account", "rule");
        foreach (var i in Enumerable.Range(0, managed))
        {
            ledger.Put(new LedgerEntry($"{i}", $"p{i}@example.com", LedgerOrigin.Created, default));
        }

        Assert.StartsWith(words + " would get another family name", NameCheck.Message(ledger, changes), StringComparison.Ordinal);
    }
}
