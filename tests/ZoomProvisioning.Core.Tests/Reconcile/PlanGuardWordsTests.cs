using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What the guard says, to the word, and whom it holds beside those it speaks of.</summary>
public class PlanGuardWordsTests
{
    private static readonly GuardLimits Wide = new()
    {
        [GuardKind.Disable] = GuardLimit.None,
        [GuardKind.Rename] = GuardLimit.None,
        MaxSourceShrinkPercent = 100,
    };

    private static ProvisioningRule Rule(GuardLimits? limits = null, string? anchor = null, SourceRequirements? source = null) =>
        new("rule") { Anchor = anchor, Guard = limits ?? Wide, Source = source ?? new SourceRequirements() };

    private static ProvisioningRule Limited(GuardKind kind, GuardLimit limit) =>
        Rule(new GuardLimits { [GuardKind.Disable] = GuardLimit.None, [kind] = limit, MaxSourceShrinkPercent = 100 }, "Id");

    private static string Only(Scene scene) => Assert.Single(scene.Plan().Guard).Message;

    [Theory]
    [InlineData(1, "1 person is named more than once or cannot be told apart; nothing is done about this one.")]
    [InlineData(2, "2 people are named more than once or cannot be told apart; nothing is done about them.")]
    public void Who_is_named_twice_is_counted(int people, string message)
    {
        var scene = new Scene(Rule()).Staff(1);
        for (var i = 0; i < people; i++)
        {
            scene.InSource($"twin{i}");
            scene.InSource($"twin{i}");
        }

        Assert.Equal(message, Only(scene));
    }

    [Theory]
    [InlineData(1, "1 record of the source cannot be used and does not say for certain who it is about (r0), so nobody knows who is really missing.")]
    [InlineData(2, "2 records of the source cannot be used and do not say for certain who they are about (r0, r1), so nobody knows who is really missing.")]
    public void A_record_that_may_be_anybodys_is_counted(int records, string message)
    {
        var scene = new Scene(Rule()).Staff(1).Missing(1);
        for (var i = 0; i < records; i++)
        {
            scene.Unusable($"r{i}");
        }

        Assert.Equal(message, Only(scene));
    }

    [Theory]
    [InlineData(1.0, "1 hour")]
    [InlineData(1.5, "1.5 hours")]
    [InlineData(2.0, "2 hours")]
    public void How_old_a_source_may_be_is_said_in_hours(double hours, string words)
    {
        var scene = new Scene(Rule(source: new SourceRequirements { MaximumAgeHours = hours })).Staff(1).Missing(1);
        scene.Look = s => s with { WrittenAt = Scene.Now.AddHours(-3) };
        Assert.Equal($"The source was written 2026-06-15 09:00:00Z, 3 hours ago, and may be {words} old (source.maximumAgeHours).", Only(scene));
    }

    [Theory]
    [InlineData(1, "Of 1 person the source does not say clearly who it is, so perhaps columns have slipped against each other; "
        + "nobody is renamed or created on its word.")]
    [InlineData(2, "Of 2 people the source does not say clearly who they are, so perhaps columns have slipped against each other; "
        + "nobody is renamed or created on its word.")]
    public void Who_cannot_be_told_is_counted(int people, string message)
    {
        var scene = new Scene(Limited(GuardKind.Rename, new GuardLimit { Max = 0 }));
        scene.Ledger.AnchorProperty = "Id";
        for (var i = 0; i < people; i++)
        {
            scene.Managed($"p{i}").Anchor = $"a{i}";
            scene.InSource($"p{i}");
            scene.Anchor($"z{i}");
        }

        scene.InSource("joiner");
        scene.Anchor("joiner");
        Assert.Equal(message, scene.Of("joiner").Held);
    }

    [Theory]
    // Whether the one who is blocked was to have another address.
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Who_was_to_have_another_address_and_cannot_is_not_told_clearly(bool isRename, bool holds)
    {
        var scene = new Scene(new ProvisioningRule("rule")
        {
            Anchor = "Id",
            AllowDisable = false,
            Guard = new GuardLimits { [GuardKind.Rename] = new GuardLimit { Max = 0 }, MaxSourceShrinkPercent = 100 },
        });
        scene.InZoom("taken");
        scene.Managed("p0").Anchor = "a0";
        scene.InSource(isRename ? "taken" : "p0", u => u.Active = isRename);
        scene.Anchor("a0");
        scene.InSource("joiner");
        scene.Anchor("joiner");
        var plan = scene.Plan();
        Assert.Equal(PlanAction.Blocked, plan.Changes.Single(c => c.UserName == "p0@example.com").Action);
        Assert.Equal(holds, plan.Changes.Single(c => c.UserName == "joiner@example.com").Held is not null);
    }

    [Fact]
    public void Where_renames_are_held_whoever_is_not_renamed_goes_as_planned()
    {
        var scene = new Scene(Limited(GuardKind.Rename, new GuardLimit { Max = 1 })).Staff(1).Missing(1);
        scene.Staff(1, u => u.Department = "Sales", u => u.Department = "Legal", 1);
        for (var i = 0; i < 2; i++)
        {
            scene.Managed($"old{i}").Anchor = $"a{i}";
            scene.InSource($"new{i}");
            scene.Anchor($"a{i}");
        }

        var plan = scene.Plan();
        Assert.Equal("Disable gone0; Update old0 (held); Update old1 (held); NoOp p0; Update p1", PlanScene.Story(plan));
        Assert.All(plan.Changes, c => Assert.Empty(c.Remarks));
    }

    [Theory]
    // Of the rule's own two people so many change; six more are taken over as they are.
    [InlineData(1, null)]
    [InlineData(2, "2 of 2 people would be changed; the rule allows 1 in one run (25 %).")]
    public void The_people_of_before_are_counted_against_themselves_too(int changed, string? message)
    {
        var scene = new Scene(Limited(GuardKind.Update, new GuardLimit { MaxPercent = 25 }));
        scene.Staff(changed, u => u.Department = "Sales", u => u.Department = "Legal").Staff(2 - changed, from: changed);
        for (var i = 0; i < 6; i++)
        {
            scene.InZoom($"stranger{i}");
            scene.InSource($"stranger{i}");
        }

        Assert.Equal(message is null ? [] : [message], scene.Plan().Guard.Select(f => f.Message));
    }

    [Fact]
    public void Where_nobody_of_before_is_concerned_the_day_before_is_not_held_against_them()
    {
        // Of ten in the end, five may change in a day, and four do with the three of before; of the rule's one person only one may.
        var scene = new Scene(Limited(GuardKind.Update, new GuardLimit { PerDayPercent = 50 })).Staff(1);
        for (var i = 0; i < 9; i++)
        {
            scene.InZoom($"stranger{i}", u => u.Department = "Sales");
            scene.InSource($"stranger{i}", u => u.Department = i == 0 ? "Legal" : "Sales");
        }

        scene.Recent = PlanGuardTests.History(GuardKind.Update, 3);
        Assert.Empty(scene.Plan().Guard);
        scene.Recent = PlanGuardTests.History(GuardKind.Update, 5);
        Assert.StartsWith("1 person would be changed, and 5 did in the 24 hours before; the rule allows 5 of 10", Only(scene), StringComparison.Ordinal);
    }

    private static Scene OfTwoRules(GuardLimits limits, int missing, int shared, RemoveAction action = RemoveAction.Disable)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = limits, RemoveAction = action, Leavers = new LeaverSettings { MissingRuns = 1 } });
        scene.Staff(3).Missing(missing);
        for (var i = 0; i < shared; i++)
        {
            scene.InZoom($"theirs{i}");
            scene.InSource($"theirs{i}");
        }

        scene.Others = new OtherRules(
            Enumerable.Range(0, shared).ToDictionary(i => $"id-theirs{i}", i => new OtherClaim(i == 0 ? "sales" : "legal", Scene.Now)), []);
        return scene;
    }

    public static TheoryData<GuardCheck, RemoveAction, int, string> Slips => new()
    {
        { GuardCheck.TooManyDisables, RemoveAction.Disable, 1, "1 person of the source is managed by the rule 'sales', " },
        { GuardCheck.TooManyDisables, RemoveAction.Disable, 2, "2 people of the source are managed by the rule 'legal', 'sales', " },
        { GuardCheck.TooManyDeletes, RemoveAction.Delete, 1, "1 person of the source is managed by the rule 'sales', " },
        { GuardCheck.ShrunkenSource, RemoveAction.Disable, 1, "1 person of the source is managed by the rule 'sales', " },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void Where_many_are_missing_nobody_of_another_rules_is_taken_over(GuardCheck check, RemoveAction action, int shared, string begin)
    {
        var limits = check == GuardCheck.ShrunkenSource ? new GuardLimits { [GuardKind.Disable] = GuardLimit.None }
            : new GuardLimits { MaxDisable = 1, MaxDelete = 1, MaxSourceShrinkPercent = 100 };
        var scene = OfTwoRules(limits, 3, shared, action);
        scene.Ledger.LastSourceCount = 10;
        var plan = scene.Plan();
        Assert.Contains(plan.Guard, f => f.Check == check && f.HoldsRemovals);
        var finding = Assert.Single(plan.Guard, f => f is { Check: GuardCheck.SharedPeople, HoldsRemovals: true });
        Assert.Equal(
            begin + "and many of this rule's own are missing, so perhaps the source is that rule's; nobody is taken over from it.",
            finding.Message);
        var held = plan.Held.Where(c => c.Adopts).ToList();
        Assert.Equal(shared, held.Count);
        Assert.All(held, c => Assert.Equal(finding.Message, c.Held));
        Assert.All(held, c => Assert.True(PlanGuard.Concerns(finding, c)));
        Assert.DoesNotContain(plan.Changes, c => !held.Contains(c) && PlanGuard.Concerns(finding, c));
    }

    [Fact]
    public void Where_something_else_is_wrong_they_are_taken_over()
    {
        var scene = OfTwoRules(Wide, 1, 1);
        scene.InSource("twin");
        scene.InSource("twin");
        var plan = scene.Plan();
        Assert.Equal([GuardCheck.DuplicatesInSource, GuardCheck.SharedPeople], plan.Guard.Select(f => f.Check));
        Assert.Empty(plan.Held);
    }

    [Fact]
    public void A_rule_says_in_which_other_accounts_it_has_worked()
    {
        var scene = new Scene(Rule()) { Others = OtherRules.None.With(["old.example.com", "test"]) }.Staff(1);
        var finding = Assert.Single(scene.Plan().Guard);
        Assert.Equal(
            (GuardCheck.OtherAccount, false,
                "The rule has worked in old.example.com, test until now and begins anew in this account; if that is a mistake, connect to the other one."),
            (finding.Check, finding.HoldsRemovals, finding.Message));
    }

    public static TheoryData<PlanAction, string, GuardKind[]> Kinds => new()
    {
        { PlanAction.Adopt, "", [] },
        { PlanAction.Adopt, "Department", [GuardKind.Update] },
        { PlanAction.Adopt, "+group", [GuardKind.Update] },
        { PlanAction.ChangeGroups, "-group", [GuardKind.Update, GuardKind.GroupLeave] },
        { PlanAction.ChangeGroups, "+group -group", [GuardKind.Update, GuardKind.GroupLeave] },
        { PlanAction.Update, "Department Title-", [GuardKind.Clear, GuardKind.Update] },
        { PlanAction.Update, "Department zoomIQ-", [GuardKind.LicenseLoss, GuardKind.Update] },
        { PlanAction.Update, "Department zoomOneBizPlus-", [GuardKind.LicenseLoss, GuardKind.Update] },
        { PlanAction.Reactivate, "", [GuardKind.Reactivate] },
        { PlanAction.Reactivate, "Department", [GuardKind.Reactivate] },
        { PlanAction.Create, "Department", [GuardKind.Create] },
        { PlanAction.Disable, "Department zoomIQ-", [GuardKind.Disable] },
        { PlanAction.Delete, "", [GuardKind.Delete] },
        { PlanAction.NoOp, "", [] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_which_kinds_a_change_is(PlanAction action, string what, GuardKind[] kinds)
    {
        var words = what.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var change = new PlannedChange(action, "ada@example.com", "because")
        {
            Changes = [.. words.Where(w => !w.EndsWith("group", StringComparison.Ordinal)).Select(Attribute)],
            GroupChanges = [.. words.Where(w => w.EndsWith("group", StringComparison.Ordinal)).Select(w => new GroupChange("g1", "Sales", w[0] == '+'))],
        };
        Assert.Equal(kinds, GuardedChanges.KindsOf(change));

        static AttributeChange Attribute(string word)
        {
            var name = word.TrimEnd('-');
            var attribute = ZoomAttributes.Find(name) ?? ZoomExtension.Attribute(name);
            object? Value(string text) => attribute.Kind == AttributeKind.Flag ? text.Length > 0 : text;
            return new AttributeChange(attribute, Value("old"), Value(word == name ? "new" : string.Empty), oldIsKnown: true);
        }
    }
}
