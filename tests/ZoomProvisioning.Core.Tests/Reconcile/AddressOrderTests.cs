using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Addresses that pass from one person to another: in a line, in a circle, from somebody who keeps it, from somebody who comes later.</summary>
public class AddressOrderTests
{
    private static string Mail(string name) => name + "@example.com";

    private static ScimUser User(string name) =>
        new(new ScimUser { Id = "id-" + name, UserName = Mail(name), Email = Mail(name) }.Attributes, UserDetail.Read);

    // ada>bob: the user ada is to have bob's address.
    private static PlannedChange Change(string what, PlanAction action = PlanAction.Update)
    {
        var names = what.Split('>');
        return new PlannedChange(action, Mail(names[0]), "because")
        {
            Current = action == PlanAction.Create ? null : User(names[0]),
            Anchor = "a-" + names[0],
            Remarks = ["remark"],
            Changes =
            [
                new AttributeChange(ZoomAttributes.Department, "Sales", "Legal", oldIsKnown: true),
                .. names.Length == 1
                    ? Array.Empty<AttributeChange>()
                    : [new AttributeChange(ZoomAttributes.Email, Mail(names[0]), Mail(names[1]), oldIsKnown: true)],
            ],
        };
    }

    private static string[] Check(string inZoom, params PlannedChange[] changes)
    {
        var account = new AccountSnapshot(inZoom.Split(' ').Select(User), isComplete: true);
        return AddressOrder.Check(changes, account).Select(Story).ToArray();
    }

    private static string Story(PlannedChange change)
    {
        var to = AddressOrder.NewAddress(change) is { } address ? ">" + address.Split('@')[0] : string.Empty;
        return $"{change.Action} {change.UserName.Split('@')[0]}{to}";
    }

    private static AccountSnapshot AdaAndBob => new([User("ada"), User("bob")], isComplete: true);

    [Theory]
    [InlineData("bob@example.com", "bob@example.com")]
    [InlineData("ADA@example.com", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_new_address_is_another_one(string? wanted, string? expected)
    {
        var change = Change("ada") with { Changes = [new AttributeChange(ZoomAttributes.Email, "x", wanted, oldIsKnown: true)] };
        Assert.Equal(expected, AddressOrder.NewAddress(change));
        Assert.Null(AddressOrder.NewAddress(Change("ada")));
        Assert.Equal("bob@example.com", AddressOrder.NewAddress([new AttributeChange(ZoomAttributes.Email, null, "bob@example.com", true)], null));
    }

    [Fact]
    public void A_free_address_is_taken_as_planned()
    {
        PlannedChange[] changes = [Change("ada>new"), Change("bob")];
        Assert.Same(changes, AddressOrder.Check(changes, AdaAndBob));
    }

    [Fact]
    public void Whoever_keeps_an_address_keeps_it()
    {
        Assert.Equal(["Blocked ada", "Update bob"], Check("ada bob", Change("ada>bob"), Change("bob")));
        Assert.Equal(["Blocked ada"], Check("ada bob", Change("ada>bob")));
        var blocked = AddressOrder.Check([Change("ada>bob")], AdaAndBob)[0];
        Assert.Equal(
            "the address wanted, 'bob@example.com', belongs to another Zoom user (id id-bob), so 'ada@example.com' cannot be renamed to it",
            blocked.Reason);
        Assert.Equal(("a-ada", "id-ada"), (blocked.Anchor, blocked.ZoomId));
        Assert.Equal(["remark"], blocked.Remarks);
    }

    [Fact]
    public void In_a_line_everybody_goes_when_the_last_address_is_free() =>
        Assert.Equal(["Update ada>bob", "Update bob>cy", "Update cy>new"], Check("ada bob cy", Change("ada>bob"), Change("bob>cy"), Change("cy>new")));

    [Fact]
    public void In_a_line_nobody_goes_when_the_last_address_is_not_free() =>
        Assert.Equal(["Blocked ada", "Blocked bob", "Blocked cy"], Check("ada bob cy dan", Change("ada>bob"), Change("bob>cy"), Change("cy>dan")));

    [Fact]
    public void In_a_circle_nobody_goes_nor_who_waits_for_one_of_them()
    {
        Assert.Equal(
            ["Blocked ada", "Blocked bob", "Blocked cy", "Update dan>new"],
            Check("ada bob cy dan", Change("ada>bob"), Change("bob>cy"), Change("cy>bob"), Change("dan>new")));
        var circle = AddressOrder.Check([Change("bob>ada"), Change("ada>bob")], AdaAndBob);
        const string Words = "the addresses of ada@example.com, bob@example.com go round in a circle";
        Assert.All(circle, c => Assert.StartsWith(Words, c.Reason, StringComparison.Ordinal));
    }

    [Theory]
    // A run activates first, then changes, then disables.
    [InlineData(PlanAction.Reactivate, PlanAction.Reactivate, true)]
    [InlineData(PlanAction.Update, PlanAction.Reactivate, true)]
    [InlineData(PlanAction.Update, PlanAction.Adopt, true)]
    [InlineData(PlanAction.Disable, PlanAction.Update, true)]
    [InlineData(PlanAction.Disable, PlanAction.Disable, true)]
    [InlineData(PlanAction.Reactivate, PlanAction.Update, false)]
    [InlineData(PlanAction.Update, PlanAction.Disable, false)]
    [InlineData(PlanAction.Reactivate, PlanAction.Disable, false)]
    public void An_address_is_free_when_it_is_given_up_in_the_same_phase_or_an_earlier_one(PlanAction taker, PlanAction giver, bool goes)
    {
        var plan = Check("ada bob", Change("ada>bob", taker), Change("bob>new", giver));
        Assert.Equal([goes ? $"{taker} ada>bob" : "Blocked ada", $"{giver} bob>new"], plan);
    }

    [Fact]
    public void Nobody_who_is_to_be_disabled_is_kept_signed_in_by_an_address()
    {
        var change = Assert.Single(AddressOrder.Check([Change("ada>bob", PlanAction.Disable)], AdaAndBob));
        Assert.Equal(PlanAction.Disable, change.Action);
        Assert.Equal("Department", Assert.Single(change.Changes).Name);
        Assert.StartsWith("The address stays as it is: the address wanted, 'bob@example.com', belongs", change.Remarks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_comes_later_waits_for_the_next_run()
    {
        var change = AddressOrder.Check([Change("ada>bob"), Change("bob>new", PlanAction.Disable)], AdaAndBob)[0];
        Assert.Equal(
            "the address wanted, 'bob@example.com', is still that of 'bob@example.com', who gives it up later in this run; it is free in the next run",
            change.Reason);
    }

    [Fact]
    public void The_same_address_in_another_case_is_the_persons_own() => Assert.Equal(
        ["Update ada"],
        Check("ada", Change("ada") with { Changes = [new AttributeChange(ZoomAttributes.Email, "ada@example.com", "ADA@EXAMPLE.COM", true)] }));

    [Theory]
    [InlineData("", "a b c")]
    [InlineData("a>b", "b c | a")]
    [InlineData("a>b b>c", "c | b | a")]
    [InlineData("a>c b>c", "c | a b")]
    [InlineData("c>b b>a", "a | b | c")]
    [InlineData("a>elsewhere", "a b c")]
    public void Whoever_waits_comes_in_a_later_wave(string waits, string expected)
    {
        var givers = waits.Split([' '], StringSplitOptions.RemoveEmptyEntries).ToDictionary(w => w.Split('>')[0], w => w.Split('>')[1]);
        var waves = AddressOrder.Waves(["a", "b", "c"], p => givers.TryGetValue(p, out var giver) ? giver : null);
        Assert.Equal(expected, string.Join(" | ", waves.Select(w => string.Join(" ", w))));
    }

    [Fact]
    public void Somebody_created_with_a_mail_renames_nobody() => Assert.Equal(
        ["Update ada>bob", "Update bob>cy", "Create eve>eva"],
        Check("ada bob", Change("ada>bob"), Change("bob>cy"), Change("eve>eva", PlanAction.Create)));

    [Fact]
    public void Where_everybody_waits_for_somebody_the_line_is_kept()
    {
        var givers = new Dictionary<string, string> { ["a"] = "b", ["b"] = "c", ["c"] = "elsewhere" };
        Assert.Equal(["c", "b", "a"], AddressOrder.Waves(["a", "b", "c"], p => givers[p]).Select(w => Assert.Single(w)));
    }
}
