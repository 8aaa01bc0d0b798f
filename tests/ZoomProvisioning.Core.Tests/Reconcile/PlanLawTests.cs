using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What must hold for every account, every source and every set of switches.</summary>
public class PlanLawTests
{
    private static void Holds(Arbitrary<World> worlds, Func<World, bool> law) =>
        Prop.ForAll(worlds, law).Check(Law.Times(150));

    [Fact]
    public void Applying_a_plan_leaves_nothing_to_plan() => Holds(World.Any, world =>
    {
        var zoom = world.Zoom();
        var results = world.Apply(zoom, world.Plan(zoom));
        zoom.Clear();
        var again = world.Plan(zoom);
        return results.All(r => r.Outcome != ChangeOutcome.Failed) && again.Pending.Count == 0 && zoom.Writes.Count == 0;
    });

    [Fact]
    public void No_request_of_a_plan_is_refused_by_Zoom() => Holds(World.Free, world =>
    {
        var zoom = world.Zoom();
        return world.Apply(zoom, world.Plan(zoom)).All(r => r.Error is null);
    });

    [Fact]
    public void A_source_that_says_what_Zoom_has_sends_at_most_what_Zoom_does_not_tell() => Holds(World.Free, world =>
    {
        var same = world with { Wanted = world.InZoom.Where(p => p.Active != false).ToArray() };
        return same.Plan(same.Zoom()).Changes.All(c => c.Action is PlanAction.Adopt or PlanAction.Protected && c.Changes.All(a => !a.OldIsKnown));
    });

    [Fact]
    public void The_order_of_the_source_does_not_matter() => Holds(World.Any, world =>
    {
        var desired = world.Desired();
        var reversed = Enumerable.Reverse(world.Desired()).ToList();
        var zoom = world.Zoom();
        return World.Story(world.Plan(zoom, desired)) == World.Story(world.Plan(zoom, reversed));
    });

    [Fact]
    public void Planning_sends_no_write_and_plans_the_same_twice() => Holds(World.Any, world =>
    {
        var zoom = world.Zoom();
        var story = World.Story(world.Plan(zoom));
        return story == World.Story(world.Plan(zoom)) && zoom.Writes.Count == 0;
    });

    [Fact]
    public void Nobody_absent_from_the_source_is_planned_or_touched() => Holds(World.Any, world =>
    {
        var zoom = world.Zoom();
        var strangers = world.InZoom.Where(p => world.Wanted.All(w => w.Who != p.Who)).ToList();
        var before = strangers.Select(p => zoom.Get(p.Address)).ToList();
        var plan = world.Plan(zoom);
        world.Apply(zoom, plan);
        return plan.Changes.All(c => world.Wanted.Any(w => w.Address == c.UserName))
            && strangers.Select(p => zoom.Get(p.Address)).Zip(before, (after, was) => ScimObject.ValueEquals(after, was)).All(same => same);
    });

    [Fact]
    public void Everybody_of_the_source_is_in_the_plan_exactly_once() => Holds(World.Any, world =>
        world.Plan(world.Zoom()).Changes
            .Select(c => c.UserName)
            .SequenceEqual(world.Wanted.Select(w => w.Address).OrderBy(a => a, StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void A_capability_switched_off_sends_no_write_of_its_kind() => Holds(World.Any, world =>
    {
        var zoom = world.Zoom();
        world.Apply(zoom, world.Plan(zoom));
        return Permitted(world, zoom);
    });

    [Fact]
    public void A_capability_switched_off_binds_the_single_operations_too() => Holds(World.Any, world =>
    {
        var zoom = world.Zoom();
        var operations = new UserOperations(world.Connection(zoom));
        var host = new FakeHost();
        foreach (var wish in world.Desired())
        {
            Quietly(() => operations.CreateAsync(wish, IfExists.Update, host, ScimCall.None).GetAwaiter().GetResult());
            Quietly(() => operations.UpdateAsync(wish, host, ScimCall.None).GetAwaiter().GetResult());
            Quietly(() => operations.RemoveAsync(wish, RemoveAction.Disable, null, host, ScimCall.None).GetAwaiter().GetResult());
            Quietly(() => operations.RemoveAsync(wish, RemoveAction.Delete, null, host, ScimCall.None).GetAwaiter().GetResult());
        }

        return Permitted(world, zoom);
    });

    [Fact]
    public void Attributes_nobody_knows_are_never_sent_and_never_lost() => Holds(World.Free, world =>
    {
        var zoom = world.Zoom();
        world.Apply(zoom, world.Plan(zoom));
        return zoom.Writes.All(w => w.Body is null || !World.SendsUnknown(w.Body)) && world.InZoom.All(p => World.KeptUnknown(zoom.Get(p.Address)));
    });

    [Fact]
    public void A_POST_has_the_user_name_and_no_mail_and_a_PUT_the_other_way_round() => Holds(World.Free, world =>
    {
        var zoom = world.Zoom();
        world.Apply(zoom, world.Plan(zoom));
        return zoom.Writes.All(w => w.Method switch
        {
            "POST" => w.Body!.Has("userName") && !w.Body.Has("emails") && !w.Body.Has("active") && w.Body.Has("schemas"),
            "PUT" => !w.Body!.Has("userName") && !w.Body.Has("active") && w.Body.Has("schemas") && w.Body.Count > 1,
            _ => true,
        });
    });

    [Fact]
    public void A_PUT_that_renames_has_both_names_and_the_display_name_where_it_followed_the_name() => Holds(World.Free, world =>
    {
        var zoom = world.Zoom();
        var before = world.InZoom.ToDictionary(p => p.Address, p => new ScimUser(zoom.Get(p.Address), UserDetail.None));
        var plan = world.Plan(zoom);
        world.Apply(zoom, plan);
        return zoom.Writes.Where(w => w.Method == "PUT" && w.Body!.Has("name")).All(put =>
        {
            var old = before.Values.Single(u => u.Id == put.Target);
            var wish = world.Wanted.Single(w => w.Address == old.UserName);
            var name = put.Body!.Complex("name")!;
            var followed = old.DisplayName == $"{old.GivenName} {old.FamilyName}".Trim();
            return name.Has("givenName") && name.Has("familyName") && (put.Body.Has("displayName") || (wish.Display is null && !followed));
        });
    });

    [Fact]
    public void Repeating_an_update_sends_at_most_what_Zoom_does_not_tell() => Holds(World.Free, world =>
    {
        var zoom = world.Zoom();
        var operations = new UserOperations(world.Connection(zoom));
        // Zoom deactivates no admin, however often it is told.
        var admins = world.InZoom.Where(p => p.Role == "Admin" && p.Active != false).Select(p => p.Address).ToList();
        var wishes = world.Desired().Where(w => zoom.Exists(w.LookupName!) && !(w.Values.Active == false && admins.Contains(w.LookupName!))).ToList();
        foreach (var wish in wishes)
        {
            operations.UpdateAsync(wish, new FakeHost(), ScimCall.None).GetAwaiter().GetResult();
        }

        zoom.Clear();
        foreach (var wish in wishes)
        {
            operations.UpdateAsync(wish, new FakeHost(), ScimCall.None).GetAwaiter().GetResult();
        }

        return zoom.Writes.All(w => w.Method == "PUT" && w.Body!.Names.All(n => n is "schemas" or "title" or "locale"));
    });

    private static bool Permitted(World world, FakeZoom zoom) => zoom.Writes.All(w => w.Method switch
    {
        "POST" => world.Create,
        "PUT" => world.Update,
        "PATCH" => w.Target.EndsWith(" inactive", StringComparison.Ordinal) ? world.Disable : world.Update,
        _ => world.Deprovision,
    });

    private static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (ScimException)
        {
            // A user who is not there cannot be changed; what counts is what was sent.
        }
    }
}
