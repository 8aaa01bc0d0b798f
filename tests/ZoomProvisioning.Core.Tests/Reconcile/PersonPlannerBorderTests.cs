using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>The borders of what is done about one person: what was read since, new keys, licences of before, groups, and what is said.</summary>
public class PersonPlannerBorderTests
{
    private readonly PlanScene _scene = new();

    private static readonly OtherRules First = new(new Dictionary<string, OtherClaim> { ["1"] = new("first", DateTimeOffset.MinValue) }, []);

    private PlannedChange Of(DesiredUser person, params DesiredUser[] others) =>
        _scene.Plan([person, .. others]).Changes.Single(c => c.Desired == person);

    /// <summary>A record that is called otherwise than its user name.</summary>
    private static DesiredUser Record(string name, string? anchor, bool? active = true, Action<ScimUser>? more = null) =>
        PlanScene.Person(name, anchor, active, more) with { Label = "record 7" };

    private void Knows(string name = "ada", bool isActive = true, Action<ScimUser>? more = null)
    {
        _scene.Knows("1", name, "a1", u =>
        {
            u.Active = isActive;
            more?.Invoke(u);
        });
        _scene.Ledger.Find("1")!.LinkedAt = DateTimeOffset.MinValue.AddDays(1);
    }

    [Fact]
    public void Whatever_is_decided_an_entry_has_the_address_and_not_the_label_and_says_who_it_is()
    {
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide };
        Knows("known");
        _scene.Knows("2", "unread", "a2");
        _scene.Unread["2"] = new ScimServerException("Zoom.Server.Unavailable", "it broke");
        var twin = Record("twin", "a9");
        var people = new[] { Record("new", "a0"), Record("known", "a1"), Record("unread", "a2"), twin, Record("twin", "a8") };
        var plan = _scene.Plan(people);
        Assert.Equal(
            [
                "Create new@example.com a0", "NoOp known@example.com a1 1", "Blocked unread@example.com a2 2", "Blocked twin@example.com a8",
            ],
            plan.Changes.OrderBy(c => Array.FindIndex(people, p => p.Values.UserName == c.UserName))
                .Select(c => $"{c.Action} {c.UserName} {c.Anchor} {c.ZoomId}".TrimEnd()));
        Assert.All(plan.Changes, c => Assert.Contains(c.Desired, people));
    }

    [Theory]
    [InlineData("a1", PlanAction.Update)]
    [InlineData("a2", PlanAction.Relink)]
    public void What_was_read_since_the_list_counts(string anchor, PlanAction expected)
    {
        Knows(more: u => u.Department = "Sales");
        var read = new ScimUser(new ScimObject { ["id"] = "1", ["userName"] = "ada@example.com", ["active"] = true }, UserDetail.Read)
        {
            Email = "ada@example.com",
            Department = "Legal",
        };
        _scene.ReadsThen = a => a.Put(read);
        var change = Of(Record("ada", anchor, true, u => u.Department = "Sales"));
        Assert.Equal(expected, change.Action);
        Assert.Same(read, change.Current);
    }

    [Theory]
    // The groups the source wants, and the ids of those somebody is put into.
    [InlineData("Sales", "g1")]
    [InlineData("Sales,Legal", "g2,g1")]
    [InlineData("", "")]
    public void Who_is_created_comes_into_the_groups(string wanted, string ids)
    {
        _scene.Groups = [Group("g1", "Sales"), Group("g2", "Legal")];
        var person = PlanScene.Person("new", "a0").Under("a0", wanted.Split([','], StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ids, string.Join(",", Of(person).GroupChanges.Select(g => g.GroupId)));
        Assert.All(Of(person).GroupChanges, g => Assert.True(g.Adds));
    }

    private static ScimGroup Group(string id, string name) => new(new ScimObject { ["id"] = id, ["displayName"] = name });

    [Theory]
    [InlineData(true, "Sales", "")]
    [InlineData(true, "Legal", "Known again, and Department stays different until the next run.")]
    [InlineData(false, "Sales", "Known again, and Active stays different until the next run.")]
    [InlineData(false, "Legal", "Known again, and Active, Department stay different until the next run.")]
    public void What_a_new_key_leaves_for_the_next_run_is_told(bool isActive, string department, string unmet)
    {
        Knows(isActive: isActive, more: u => u.Department = "Sales");
        var change = Of(Record("ada", "a2", true, u => u.Department = department));
        Assert.Equal((PlanAction.Relink, AskFirst.Relink), (change.Action, change.Held));
        Assert.Equal(unmet.Length == 0 ? [] : [unmet], change.Unmet);
    }

    [Fact]
    public void Of_an_inactive_user_whom_the_source_does_not_call_active_nothing_is_left_but_what_differs()
    {
        Knows(isActive: false, more: u => u.Department = "Sales");
        Assert.Empty(Of(Record("ada", "a2", null, u => u.Department = "Sales")).Unmet);
        Assert.Equal(
            ["Known again, and Department stays different until the next run."],
            Of(Record("ada", "a2", null, u => u.Department = "Legal")).Unmet);
    }

    [Theory]
    [InlineData(false, PlanAction.Disable, ChangeCause.SourceChanged)]
    [InlineData(true, PlanAction.Blocked, ChangeCause.Unknown)]
    public void Who_is_inactive_under_a_new_key_is_disabled_unless_another_rule_has_the_say(bool isOthers, PlanAction expected, ChangeCause cause)
    {
        Knows();
        _scene.Others = isOthers ? First : OtherRules.None;
        var change = Of(Record("ada", "a2", false));
        Assert.Equal((expected, cause, "ada@example.com", "a1"), (change.Action, change.ActiveCause, change.UserName, change.Anchor));
        Assert.Equal(
            isOthers ? "Owned elsewhere: the rule 'first' had this user first, so its values count and Active stays different"
                : "active in Zoom, but not active in the source; known as 'a1' of the source, and now it is 'a2'",
            change.Reason);
    }

    [Theory]
    // How the rule saw the user last.
    [InlineData(true, ChangeCause.SourceChanged)]
    [InlineData(false, ChangeCause.ZoomChanged)]
    public void Who_is_disabled_has_left_or_was_activated_by_hand(bool seenActive, ChangeCause cause)
    {
        Knows(isActive: seenActive);
        _scene.InZoom("1", "ada");
        var change = Of(Record("ada", "a1", false));
        Assert.Equal((PlanAction.Disable, cause), (change.Action, change.ActiveCause));
    }

    [Theory]
    [InlineData(true, "Sales", null, "created here by a command; has what the source wants")]
    [InlineData(false, "Sales", null, "by user name; has what the source wants")]
    [InlineData(true, "Legal", null, "created here by a command; Department differs")]
    [InlineData(false, "Legal", null, "by user name; Department differs")]
    [InlineData(false, "Legal", "Team", "by user name; Department differs")]
    [InlineData(false, "Sales", "Team", "by user name")]
    public void Who_is_taken_over_and_why(bool isCreatedHere, string department, string? group, string reason)
    {
        _scene.Groups = [Group("g1", "Team")];
        _scene.InZoom("1", "ada", u => u.Department = "Sales");
        _scene.CreatedHere = isCreatedHere ? ["1", "2"] : ["2"];
        var change = Of(PlanScene.Person("ada", "a1", true, u => u.Department = department).Under("a1", group is null ? [] : [group]));
        Assert.Equal((PlanAction.Adopt, reason, group is null ? 0 : 1), (change.Action, change.Reason, change.GroupChanges.Count));
    }

    [Theory]
    [InlineData("a1", "Id", false)]
    [InlineData("a1 ", "Id", false)]
    [InlineData("b7", "Old", true)]
    public void A_key_of_another_property_is_told_once_and_is_no_wish_that_stays_undone(string anchor, string property, bool isTold)
    {
        Knows();
        _scene.Ledger.AnchorProperty = property;
        var change = Of(Record("ada", anchor));
        Assert.Equal(PlanAction.NoOp, change.Action);
        Assert.Equal(isTold ? ["The ledger knew this user as 'a1' of the source; from now on as 'b7'."] : [], change.Remarks);
        Assert.Empty(change.Unmet);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(null, 1)]
    [InlineData(false, 0)]
    public void A_manager_nobody_knows_is_a_wish_that_stays_undone_unless_the_person_goes(bool? active, int unmet)
    {
        Knows();
        _scene.Ledger.AnchorProperty = "Old";
        var change = Of(Record("ada", "b7", active, u => u.Manager = "nobody@example.com"));
        Assert.Equal(2, change.Remarks.Count);
        Assert.Equal(change.Remarks.Skip(1).Take(unmet), change.Unmet);
    }

    [Fact]
    public void Who_is_active_by_Zooms_silence_is_left_so()
    {
        Knows();
        _scene.InZoom("1", "ada", u => u.Attributes.Remove("active"));
        Assert.Null(_scene.Account.Find("1")!.Active);
        Assert.Equal("nothing to change", Of(Record("ada", "a1", null)).Reason);
        Assert.Equal(PlanAction.Disable, Of(Record("ada", "a1", false)).Action);
    }

    [Theory]
    // Whether the user is active in Zoom, what is wanted, and what is done with the licence the ledger remembers.
    [InlineData(false, true, PlanAction.Reactivate, true)]
    [InlineData(true, true, PlanAction.Update, true)]
    [InlineData(true, null, PlanAction.Update, true)]
    [InlineData(true, false, PlanAction.Disable, false)]
    [InlineData(false, false, PlanAction.NoOp, false)]
    [InlineData(false, null, PlanAction.NoOp, false)]
    public void A_licence_of_before_comes_back_with_the_person(bool isActive, bool? wanted, PlanAction expected, bool isGiven)
    {
        Knows(isActive: isActive, more: u => u.UserType = "Basic");
        _scene.Ledger.Find("1")!.LicensesBefore["UserType"] = "Licensed";
        var change = Of(Record("ada", "a1", wanted));
        Assert.Equal(expected, change.Action);
        Assert.Equal(isGiven ? ["UserType=Licensed"] : [], change.Changes.Select(c => $"{c.Name}={c.NewValue}"));
        Assert.DoesNotContain("stay", change.Reason, StringComparison.Ordinal);
    }

    [Theory]
    // Whether the user is active, what this rule remembers, and what the user gets back.
    [InlineData(false, null, "UserType=Licensed")]
    [InlineData(false, "Basic", "")]
    [InlineData(true, null, "")]
    public void What_another_rules_leaver_held_comes_back_under_this_one(bool isActive, string? own, string given)
    {
        void Zoom(ScimUser user) => (user.Active, user.UserType) = (isActive, "Basic");
        if (own is not null)
        {
            Knows(more: Zoom);
            _scene.Ledger.Find("1")!.LicensesBefore["UserType"] = own;
        }

        _scene.InZoom("1", "ada", Zoom);
        var left = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default) { IsRemoved = true };
        left.LicensesBefore["UserType"] = "Licensed";
        _scene.Others = new OtherRules(new Dictionary<string, OtherClaim>(), [])
        {
            Removed = new Dictionary<string, string> { ["1"] = "other" },
            Leavers = new Dictionary<string, LedgerEntry> { ["1"] = left },
        };
        var change = Of(Record("ada", "a1"));
        Assert.Equal(isActive ? PlanAction.Adopt : PlanAction.Reactivate, change.Action);
        Assert.Equal(given, string.Join(", ", change.Changes.Select(c => $"{c.Name}={c.NewValue}")));
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, null, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 1)]
    [InlineData(false, null, 0)]
    [InlineData(false, false, 0)]
    public void A_group_that_is_not_there_is_told_of_who_would_come_into_it(bool isActive, bool? wanted, int remarks)
    {
        _scene.Groups = [Group("g1", "Sales")];
        Knows(isActive: isActive);
        Assert.Equal(remarks, Of(PlanScene.Person("ada", "a1", wanted).Under("a1", ["Nowhere"])).Remarks.Count);
    }

    [Fact]
    public void Who_is_protected_and_inactive_as_wanted_comes_into_no_group_and_so_needs_nothing()
    {
        _scene.Groups = [Group("g1", "Sales")];
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide, Protected = new ProtectedUsers(["ada@example.com"]) };
        Knows(isActive: false);
        Assert.Equal(PlanAction.NoOp, Of(PlanScene.Person("ada", "a1", false).Under("a1", ["Sales"])).Action);
        Assert.Equal(PlanAction.Protected, Of(PlanScene.Person("ada", "a1", true).Under("a1", ["Sales"])).Action);
    }

    [Theory]
    // Whether the rule knows the manager, may take people over, whether the manager is active, and is to be.
    [InlineData(true, true, true, true, true)]
    [InlineData(true, false, true, null, true)]
    [InlineData(false, true, true, true, true)]
    [InlineData(false, false, true, true, false)]
    [InlineData(true, true, false, true, true)]
    [InlineData(true, true, false, null, false)]
    [InlineData(true, true, false, false, false)]
    public void A_manager_counts_by_the_address_of_after_the_run(bool isKnown, bool mayAdopt, bool isActive, bool? wanted, bool counts)
    {
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide, AllowAdopt = mayAdopt, AdoptInactive = true };
        Knows();
        _ = isKnown ? _scene.Knows("9", "boss", "a9", u => u.Active = isActive).Seen : _scene.InZoom("9", "boss", u => u.Active = isActive);
        var chief = PlanScene.Person("chief", "a9", wanted) with { ZoomId = "9" };
        var change = Of(Record("ada", "a1", true, u => u.Manager = "chief@example.com"), chief);
        Assert.Equal(counts ? ["Manager=chief@example.com"] : [], change.Changes.Select(c => $"{c.Name}={c.NewValue}"));

        // It is what is read of the manager that says who is active.
        var listed = _scene.Account.Find("9")!;
        _scene.InZoom("9", "boss", u => u.Active = !isActive);
        _scene.ReadsThen = a => a.Put(listed);
        change = Of(Record("ada", "a1", true, u => u.Manager = "chief@example.com"), chief);
        Assert.Equal(counts ? 1 : 0, change.Changes.Count);
    }

    [Theory]
    // What the source calls the manager, and what is sent: the same, or the address of after the run.
    [InlineData("BOSS", "BOSS")]
    [InlineData("boss", "chief")]
    public void A_managers_change_says_what_the_rule_saw_last(string wanted, string sent)
    {
        _scene.InZoom("8", "old");
        _scene.Knows("9", "boss", "a9");
        Knows(more: u => u.Manager = "old@example.com");
        var person = Record("ada", "a1", true, u => u.Manager = $"{wanted}@example.com");
        var change = Assert.Single(Of(person, PlanScene.Person(sent.ToLowerInvariant(), "a9")).Changes);
        Assert.Equal(
            ("old@example.com", $"{sent}@example.com", "old@example.com", ChangeCause.SourceChanged, true),
            (change.OldValue, change.NewValue, change.LedgerValue, change.Cause, change.OldIsKnown));
    }
}
