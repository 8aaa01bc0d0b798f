using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What looks like a column that was renamed, dropped or not exported, and what is not done because of it.</summary>
public class SourceContractTests
{
    private static readonly GuardLimits Wide = new() { [GuardKind.Disable] = GuardLimit.None, MaxSourceShrinkPercent = 100 };

    private static SourceProperty Property(
        string name, bool isPresent = false, bool isFilled = false, ZoomAttribute? of = null, bool scope = false, bool anchor = false, bool group = false) =>
        new(name, isPresent, isFilled) { Attributes = of is null ? [] : [of], IsScope = scope, IsAnchor = anchor, IsGroup = group };

    /// <summary>
    /// One of each kind: a leaver, a joiner, a change of the department and of the
    /// title, one who comes back, one adopted, one put into a group.
    /// </summary>
    private static Scene OneOfEach(params SourceProperty[] properties)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide, Groups = [] }).Staff(2).Missing(1, "leaver");
        scene.Managed("mover", u => u.Department = "Sales");
        scene.InSource("mover", u => u.Department = "Legal");
        scene.Managed("climber", u => u.Title = "Clerk");
        scene.InSource("climber", u => u.Title = "Chief");
        scene.Managed("back", u => u.Active = false).IsRemoved = true;
        scene.InSource("back", u => u.Active = true);
        scene.InZoom("stranger");
        scene.InSource("stranger");
        scene.Managed("member");
        scene.InSource("member", null, "Sales");
        scene.InSource("joiner", u => u.Department = "Legal");
        scene.Look = s => s with { Properties = properties };
        return scene;
    }

    private static string HeldOf(SyncPlan plan) => string.Join(" ", plan.Held.Select(c => c.UserName.Split('@')[0].TrimEnd('0')));

    public static TheoryData<string, string> HangsOn => new()
    {
        { "department", "leaver mover" },
        { "title", "climber leaver" },
        { "active", "back joiner leaver stranger" },
        { "scope", "back joiner leaver stranger" },
        { "anchor", "back joiner leaver stranger" },
        { "groups", "leaver member" },
    };

    [Theory]
    [MemberData(nameof(HangsOn))]
    public void Nothing_is_done_that_hangs_on_a_property_no_record_has(string what, string held) =>
        Assert.Equal(held, HeldOf(OneOfEach(Property(
            "Column",
            of: what == "department" ? ZoomAttributes.Department : what == "title" ? ZoomAttributes.Title : what == "active" ? ZoomAttributes.Active : null,
            scope: what == "scope",
            anchor: what == "anchor",
            group: what == "groups")).Plan()));

    [Theory]
    // No record has it: that is enough. One that is empty in all of them has to have had values before.
    [InlineData(false, false, false, true)]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, false, false)]
    [InlineData(true, false, true, true)]
    [InlineData(true, true, true, false)]
    public void A_property_is_lost_when_nobody_has_it_or_nobody_has_a_value_of_it_any_more(bool isPresent, bool isFilled, bool wasFilled, bool isLost)
    {
        var scene = OneOfEach(Property("Dept", isPresent, isFilled, ZoomAttributes.Department));
        scene.Ledger.SourceProperties = wasFilled ? ["{DEPT}"] : [];
        var plan = scene.Plan();
        Assert.Equal(isLost ? "leaver mover" : string.Empty, HeldOf(plan));
        Assert.Equal(isLost, plan.Guard.Any(f => f is { Check: GuardCheck.MissingProperty, HoldsRemovals: true, DoubtsSource: true }));
    }

    [Theory]
    [InlineData("Department", false, "leaver")]
    [InlineData("Nickname", false, "")]
    [InlineData("Department", true, "")]
    public void An_attribute_that_had_values_and_has_none_is_lost_unless_some_record_still_has_it(string before, bool stillFilled, string held)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Missing(1, "leaver");
        scene.Staff(2, u => u.Department = "Sales", stillFilled ? u => u.Department = "Sales" : _ => { });
        scene.Ledger.SourceProperties = [before];
        Assert.Equal(held, HeldOf(scene.Plan()));
    }

    [Theory]
    [InlineData(true, null, false, "leaver")]
    [InlineData(false, null, false, "")]
    [InlineData(false, "property", false, "leaver")]
    [InlineData(false, "property", true, "")]
    [InlineData(true, "nothing", false, "")]
    public void What_the_rule_does_without_is_not_lost(bool usesPreset, string? mapped, bool optional, string held)
    {
        var rule = new ProvisioningRule("rule") { Guard = Wide, UsePreset = usesPreset };
        if (mapped is not null)
        {
            var source = mapped == "nothing" ? AttributeSource.Nothing : AttributeSource.FromProperty("Dept");
            rule = new ProvisioningRule("rule")
            {
                Guard = Wide,
                UsePreset = usesPreset,
                Attributes = new System.Collections.Generic.Dictionary<string, AttributeRule>
                {
                    ["Department"] = new AttributeRule(source) { Optional = optional },
                },
            };
        }

        var scene = new Scene(rule).Staff(2, u => u.Department = "Sales", _ => { }).Missing(1, "leaver");
        scene.Ledger.SourceProperties = ["Department"];
        Assert.Equal(held, HeldOf(scene.Plan()));
    }

    [Theory]
    [InlineData("seen", true)]
    [InlineData("untold", true)]
    [InlineData("emptied", false)]
    [InlineData("nothing", false)]
    public void An_attribute_is_missed_only_where_somebody_had_it(string ledger, bool isLost)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Missing(1, "leaver");
        var entry = scene.Managed("ada", u => u.Department = ledger == "seen" ? "Sales" : string.Empty);
        if (ledger is "untold" or "emptied")
        {
            entry.Untold["Department"] = ledger == "untold" ? "Sales" : string.Empty;
        }

        scene.InSource("ada");
        scene.Ledger.SourceProperties = ["Department"];
        Assert.Equal(isLost ? "leaver" : string.Empty, HeldOf(scene.Plan()));
    }

    [Fact]
    public void Whether_people_may_sign_in_is_missed_by_everybody_the_rule_knows()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Staff(1).Missing(1, "leaver");
        scene.Ledger.SourceProperties = ["Active"];
        Assert.Equal("leaver", HeldOf(scene.Plan()));

        var first = new Scene(new ProvisioningRule("rule") { Guard = Wide });
        first.InSource("joiner");
        first.Ledger.SourceProperties = ["Active"];
        Assert.Empty(first.Plan().Guard);
    }

    [Fact]
    public void A_source_without_records_misses_no_property()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Missing(1);
        scene.Look = s => s with { Properties = [Property("Dept", of: ZoomAttributes.Department)] };
        Assert.Equal(GuardCheck.EmptySource, Assert.Single(scene.Plan().Guard).Check);
    }

    [Fact]
    public void Where_nobody_is_in_scope_the_columns_count_and_the_attributes_do_not()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Missing(1);
        scene.OutOfScope("ben");
        scene.Ledger.SourceProperties = ["Active"];
        Assert.DoesNotContain(scene.Plan().Guard, f => f.Check == GuardCheck.MissingProperty);
        scene.Look = s => s with { Properties = [Property("Dept", of: ZoomAttributes.Department)] };
        Assert.Contains(scene.Plan().Guard, f => f.Check == GuardCheck.MissingProperty);
    }

    public static TheoryData<SourceProperty[], string, string> Sentences => new()
    {
        {
            [Property("Department", of: ZoomAttributes.Department)],
            "No record of the source has the property 'Department', which the rule 'rule' needs",
            "A source that may do without it says so in the rule (optional: true)."
        },
        {
            [Property("Dept", of: ZoomAttributes.Department), Property("Ou", scope: true)],
            "No record of the source has the properties 'Dept' (Department), 'Ou' (scope), which the rule 'rule' needs",
            "(optional: true). A rule that is to go on without it must not name it."
        },
        {
            [Property("Id", isPresent: true, anchor: true)],
            "No record has a value of 'Id' (anchor) any more, which the rule 'rule' needs",
            "nobody is removed. A rule that is to go on without it must not name it."
        },
        {
            [Property("Team", group: true), Property("Title", isPresent: true, of: ZoomAttributes.Title)],
            "No record of the source has the property 'Team' (groups), and no record has a value of 'Title' any more, which the rule 'rule' needs",
            "must not name it."
        },
        {
            [new SourceProperty("Plan", false, false) { Attributes = [.. ZoomAttributes.All.Take(6)] }],
            "No record of the source has the property 'Plan' (License), which the rule 'rule' needs",
            "(optional: true)."
        },
        {
            [new SourceProperty("Five", false, false) { Attributes = [.. Enumerable.Repeat(ZoomAttributes.Title, 5)] }],
            "No record of the source has the property 'Five' (Title, Title, Title, Title, Title), which the rule 'rule' needs",
            "(optional: true)."
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void What_is_missing_is_one_sentence_with_what_to_do(SourceProperty[] properties, string begin, string end)
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Staff(1);
        scene.Ledger.SourceProperties = ["{Id}", "{Title}"];
        scene.Look = s => s with { Properties = properties };
        var message = Assert.Single(scene.Plan().Guard).Message;
        Assert.StartsWith(begin + ": a column renamed, dropped or not exported looks just like this", message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_source_has_values_of_is_remembered_in_order()
    {
        var people = new[] { Wishes.For("ada@example.com", u => u.Title = "Chief"), Wishes.For("ben@example.com", u => u.Department = "Sales") };
        var source = new SourceSnapshot(people, [], []) { Properties = [Property("Zone", true, true), Property("Area", true, true), Property("Empty", true)] };
        Assert.Equal(["Department", "Email", "Title", "UserName", "{Area}", "{Zone}"], SourceContract.Remember(source));
    }

    [Fact]
    public void An_attribute_that_one_of_several_had_is_missed_in_the_same_words()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = Wide }).Missing(1, "leaver").Staff(2);
        scene.Managed("ada", u => u.Department = "Sales");
        scene.InSource("ada");
        scene.Ledger.SourceProperties = ["Department"];
        Assert.Equal(
            "No record has a value of 'Department' any more, which the rule 'rule' needs: a column renamed, dropped or not exported looks just like "
                + "this, so nothing that hangs on it is done, and nobody is removed. A source that may do without it says so in the rule (optional: true).",
            Assert.Single(scene.Plan().Guard).Message);
    }
}
