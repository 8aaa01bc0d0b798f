using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What somebody is in a directory, a ledger or Zoom: which person, and what has become of anchor and address.</summary>
public sealed record Known(int Who, int Anchor, int Address, bool? Active, bool Flag);

/// <summary>A directory after any number of mistakes, over an account after any number of changes by hand.</summary>
public sealed record Directory(Known[] Ledger, Known[] Zoom, Known[] Source, Known[] OutOfScope, Known[] Broken, bool Anchored, bool Deletes)
{
    // Anchors and addresses are drawn from few, so that they collide: numbers with and without zeros, GUIDs in two spellings.
    private static readonly string?[] Anchors =
        ["1", "01", "2", "002", "E3", "e3", "12efcdab-3456-7890-abcd-ef1234567890", "{12EFCDAB-3456-7890-ABCD-EF1234567890}", null];

    private static readonly string[] Addresses = ["ada", "ADA", "ben", "cid", "dot", "eve"];

    public static Arbitrary<Directory> Any { get; } = (
        from ledger in People(5)
        from zoom in People(7)
        from source in People(6)
        from outOfScope in People(2)
        from broken in People(1)
        from anchored in Gen.Elements(true, true, false)
        from deletes in Gen.Elements(true, false)
        select new Directory(ledger, zoom, source, outOfScope, broken, anchored, deletes)).ToArbitrary();

    /// <summary>The plan, with the records in some order.</summary>
    internal SyncPlan Plan(bool backwards = false)
    {
        var scene = new PlanScene(new ProvisioningRule("rule")
        {
            Anchor = Anchored ? "Id" : null,
            Guard = PlanScene.Wide,
            RemoveAction = Deletes ? RemoveAction.Delete : RemoveAction.Disable,
        });
        foreach (var user in Ordered(Zoom, backwards))
        {
            scene.InZoom($"{user.Who}", Addresses[user.Address], u => u.Active = user.Active ?? true);
        }

        foreach (var person in Ordered(Ledger, backwards).GroupBy(p => p.Who).Select(g => g.First()))
        {
            scene.Ledger.Put(new LedgerEntry($"{person.Who}", $"{Addresses[person.Address]}@example.com", LedgerOrigin.Created, default)
            {
                Anchor = Anchored ? Anchors[person.Anchor] : null,
                IsRemoved = person.Flag,
            });
        }

        return scene.Plan(new SourceSnapshot(
            [.. Ordered(Source, backwards).Select(Person)],
            [.. Ordered(OutOfScope, backwards).Select(Person)],
            [.. Ordered(Broken, backwards).Where(p => p.Flag).Select(p => PlanScene.Broken(Addresses[p.Address], Anchored ? Anchors[p.Anchor] : null))]));
    }

    /// <summary>The addresses that stand in the source as those of people who are active, or of whom it does not say that they are not.</summary>
    internal HashSet<string> ActiveAddresses =>
        new(Source.Where(p => p.Active != false).Select(p => $"{Addresses[p.Address]}@example.com"), StringComparer.OrdinalIgnoreCase);

    internal static string AddressOf(Known person) => $"{Addresses[person.Address]}@example.com";

    /// <summary>Whether Zoom has somebody under the address of a person of the ledger.</summary>
    internal bool IsTaken(Known person) => Zoom.Any(u => string.Equals(Addresses[u.Address], Addresses[person.Address], StringComparison.OrdinalIgnoreCase));

    internal static string Tell(SyncPlan plan) =>
        string.Join("\n", plan.Changes.Select(c => $"{c.Action} {c.UserName} {c.ZoomId} {c.Anchor} {c.Held} {c.Reason}"));

    public override string ToString() =>
        $"{(Anchored ? "anchored" : "by name")}, {(Deletes ? "deletes" : "disables")}\nledger {Show(Ledger)}\nZoom {Show(Zoom)}\nsource "
            + $"{Show(Source)}\nout of scope {Show(OutOfScope)}\nbroken {Show(Broken)}";

    private static string Show(Known[] people) =>
        string.Join(", ", people.Select(p => $"{p.Who}:{Anchors[p.Anchor] ?? "-"}:{Addresses[p.Address]}:{p.Active}:{p.Flag}"));

    private static IEnumerable<Known> Ordered(Known[] people, bool backwards) => backwards ? Enumerable.Reverse(people) : people;

    private DesiredUser Person(Known person) => PlanScene.Person(Addresses[person.Address], Anchored ? Anchors[person.Anchor] : null, person.Active);

    private static Gen<Known[]> People(int most) =>
        from count in Gen.Choose(0, most)
        from people in (
            from who in Gen.Choose(0, 6)
            from anchor in Gen.Choose(0, Anchors.Length - 1)
            from address in Gen.Choose(0, Addresses.Length - 1)
            from active in Gen.Elements<bool?>(true, true, true, null, false)
            from flag in Gen.Elements(false, false, true)
            select new Known(who, anchor, address, active, flag)).ArrayOf(count)
            // A ledger and an account have one user of an id.
        select people.GroupBy(p => p.Who).Select(g => g.First()).ToArray();
}

/// <summary>What holds whatever mistakes the directory has.</summary>
public class IdentityLawTests
{
    private static void Holds(Func<Directory, bool> law) => Prop.ForAll(Directory.Any, law).Check(Law.Times(2000));

    [Fact]
    public void Nobody_active_in_the_source_under_their_own_address_loses_access() => Holds(directory =>
    {
        var addresses = directory.ActiveAddresses;
        return directory.Plan().Changes.Where(c => c.IsRemoval).All(c =>
            // By what Zoom calls them, and by what the rule saw last where nobody else is called so.
            !addresses.Contains(c.Current!.UserName!)
                && !directory.Ledger.Any(l => $"{l.Who}" == c.ZoomId && addresses.Contains(Directory.AddressOf(l)) && !directory.IsTaken(l)));
    });

    [Fact]
    public void Nobody_is_spoken_of_twice_and_nobody_is_both_removed_and_blocked() => Holds(directory =>
    {
        var changes = directory.Plan().Changes.Where(c => c.ZoomId is not null && c.Action != PlanAction.Blocked).ToList();
        return changes.GroupBy(c => c.ZoomId).All(g => g.Count() == 1);
    });

    [Fact]
    public void The_order_of_source_account_and_ledger_does_not_matter() =>
        Holds(directory => Directory.Tell(directory.Plan()) == Directory.Tell(directory.Plan(backwards: true)));

    [Fact]
    public void A_changed_anchor_is_never_taken_over_without_approval() => Holds(directory => directory.Plan().Changes
        .Where(c => c.Action == PlanAction.Relink).All(c => c.Held is not null && !c.Writes));
}
