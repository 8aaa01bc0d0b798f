using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A plan's id says everything that an admin approves: whatever is different makes another id, and nothing else does.</summary>
public class PlanDigestTests
{
    private static PlannedChange Entry(PlanAction action = PlanAction.Update) => new(action, "ada@example.com", "because")
    {
        Current = new ScimUser(new ScimUser { Id = "1", UserName = "ada@example.com", Department = "Sales" }.Attributes, UserDetail.Read),
        Desired = Desired(),
        Changes = [new AttributeChange(ZoomAttributes.Department, "Sales", "Legal", oldIsKnown: true)],
        GroupChanges = [new GroupChange("g1", "Group", Adds: true)],
        Remarks = ["remark"],
    };

    private static DesiredUser Desired() => new(new ScimUser { UserName = "ada@example.com" }) { Label = "ada", Groups = ["Group"], Warnings = ["warning"] };

    private static SyncPlan Plan(params PlannedChange[] changes) => new(changes)
    {
        Account = "account",
        Rule = "rule",
        RuleFingerprint = "f1",
        SourceCount = 1,
        OutOfScopeCount = 2,
        ManagedCount = 3,
        Guard = [new GuardFinding(GuardCheck.TooManyDisables, HoldsRemovals: true, "Too many.")],
    };

    private static AttributeChange Attribute(
        object? old = null, object? wanted = null, bool known = true, ChangeCause cause = default, object? ledger = null) =>
        new(ZoomAttributes.Department, old ?? "Sales", wanted ?? "Legal", known) { Cause = cause, LedgerValue = ledger };

    public static TheoryData<string, Func<SyncPlan, SyncPlan>> OtherPlans => new()
    {
        { "account", p => p with { Account = "other" } },
        { "rule", p => p with { Rule = "other" } },
        { "fingerprint", p => p with { RuleFingerprint = "f2" } },
        { "source", p => p with { SourceCount = 9 } },
        { "scope", p => p with { OutOfScopeCount = 9 } },
        { "managed", p => p with { ManagedCount = 9 } },
        { "no findings", p => p with { Guard = [] } },
        { "check", p => p with { Guard = [p.Guard[0] with { Check = GuardCheck.TooManyDeletes }] } },
        { "holds", p => p with { Guard = [p.Guard[0] with { HoldsRemovals = false }] } },
        { "message", p => p with { Guard = [p.Guard[0] with { Message = "Far too many." }] } },
        { "nobody", p => p with { Changes = [] } },
        { "twice", p => p with { Changes = [p.Changes[0], p.Changes[0]] } },
        { "approved plan", p => p with { ApprovedPlan = "123456789012" } },
        { "approved people", p => p with { ApprovedPeople = ["1"] } },
    };

    public static TheoryData<string, Func<PlannedChange, PlannedChange>> OtherEntries => new()
    {
        { "action", c => c with { Action = PlanAction.Adopt } },
        { "user name", c => c with { UserName = "bob@example.com" } },
        { "reason", c => c with { Reason = "why not" } },
        { "held", c => c with { Held = "too many" } },
        { "adopts", c => c with { Adopts = true } },
        { "leaves", c => c with { Leaves = true } },
        { "anchor", c => c with { Anchor = "a1" } },
        { "remarks", c => c with { Remarks = ["another"] } },
        { "no remarks", c => c with { Remarks = [] } },
        { "cause", c => c with { ActiveCause = ChangeCause.ZoomChanged } },
        { "no change", c => c with { Changes = [] } },
        { "attribute", c => c with { Changes = [new AttributeChange(ZoomAttributes.CostCenter, "Sales", "Legal", oldIsKnown: true)] } },
        { "old", c => c with { Changes = [Attribute(old: "Art")] } },
        { "new", c => c with { Changes = [Attribute(wanted: "Art")] } },
        { "known", c => c with { Changes = [Attribute(known: false)] } },
        { "cause of one", c => c with { Changes = [Attribute(cause: ChangeCause.BothChanged)] } },
        { "ledger's value", c => c with { Changes = [Attribute(ledger: "Art")] } },
        { "no groups", c => c with { GroupChanges = [] } },
        { "group id", c => c with { GroupChanges = [new GroupChange("g2", "Group", Adds: true)] } },
        { "group name", c => c with { GroupChanges = [new GroupChange("g1", "Other", Adds: true)] } },
        { "group direction", c => c with { GroupChanges = [new GroupChange("g1", "Group", Adds: false)] } },
        { "ledger", c => c with { LedgerState = "managed" } },
        { "exception", c => c with { Exception = "on leave" } },
        { "next", c => c with { Next = "deleted later" } },
        { "unmet", c => c with { Unmet = ["wish"] } },
        { "not there", c => c with { Current = null } },
        { "detail", c => c with { Current = new ScimUser(c.Current!.Attributes, UserDetail.Listed) } },
        { "Zoom's user", c => c with { Current = new ScimUser(new ScimUser { Id = "1", UserName = "ada@example.com" }.Attributes, UserDetail.Read) } },
        { "no wish", c => c with { Desired = null } },
        { "wish", c => c with { Desired = Desired() with { Values = new ScimUser { UserName = "ada@example.com", Title = "Boss" } } } },
        { "what is wished", c => c with { Desired = Desired() with { Values = new ScimUser(Desired().Values.Attributes, UserDetail.None) } } },
        { "wish's id", c => c with { Desired = Desired() with { ZoomId = "1" } } },
        { "wish's old name", c => c with { Desired = Desired() with { CurrentUserName = "old" } } },
        { "wish's anchor", c => c with { Desired = Desired() with { Anchor = "a1" } } },
        { "wish's groups", c => c with { Desired = Desired() with { Groups = [] } } },
        { "label", c => c with { Desired = Desired() with { Label = "ben" } } },
        { "warnings", c => c with { Desired = Desired() with { Warnings = [] } } },
        { "explicit", c => c with { Desired = Desired() with { ActiveIsExplicit = true } } },
    };

    [Theory]
    [MemberData(nameof(OtherPlans))]
    public void Another_plan_has_another_id(string what, Func<SyncPlan, SyncPlan> change)
    {
        var plan = Plan(Entry());
        Assert.True(PlanDigest.Of(plan) != PlanDigest.Of(change(plan)), what);
    }

    [Theory]
    [MemberData(nameof(OtherEntries))]
    public void Another_entry_makes_another_id(string what, Func<PlannedChange, PlannedChange> change) =>
        Assert.True(PlanDigest.Of(Plan(Entry())) != PlanDigest.Of(Plan(change(Entry()))), what);

    [Fact]
    public void The_same_plan_has_the_same_id_of_64_digits_and_the_time_is_no_part_of_it()
    {
        var id = PlanDigest.Of(Plan(Entry()));
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Equal(id, PlanDigest.Of(Plan(Entry()) with { CreatedAt = DateTimeOffset.MaxValue, Id = "other" }));
        Assert.Equal(id, PlanDigest.Of(Plan(Entry() with { Next = string.Empty, Unmet = [] }) with { ApprovedPeople = [] }));
    }

    [Fact]
    public void Of_somebody_who_stays_as_is_only_what_is_shown_counts()
    {
        var still = Entry(PlanAction.NoOp);
        Assert.Equal(PlanDigest.Of(Plan(still)), PlanDigest.Of(Plan(still with { Desired = null, Exception = "on leave" })));
        Assert.NotEqual(PlanDigest.Of(Plan(still)), PlanDigest.Of(Plan(still with { Next = "deleted later" })));
    }

    [Theory]
    [InlineData("a", "b", "ab", "")]
    [InlineData("", "ab", "a", "b")]
    [InlineData("ä", "", "a", "")]
    [InlineData("\u0100", "", "\u0180", "")]
    [InlineData("\u4000", "", "\u8000", "")]
    public void What_stands_in_one_text_is_not_what_stands_in_two(
        string rule, string fingerprint, string otherRule, string otherFingerprint) => Assert.NotEqual(
        PlanDigest.Of(Plan() with { Rule = rule, RuleFingerprint = fingerprint }),
        PlanDigest.Of(Plan() with { Rule = otherRule, RuleFingerprint = otherFingerprint }));

    [Fact]
    public void Half_a_character_is_one_too() =>
        Assert.NotEqual(PlanDigest.Of(Plan() with { Rule = "\uD83D" }), PlanDigest.Of(Plan() with { Rule = "\uD83E" }));

    public static TheoryData<object?, object?> Values => new()
    {
        { "1", 1 }, { true, false }, { true, "true" }, { null, "" }, { 1, 2 }, { new[] { "a" }, "a" }, { new[] { "a", "b" }, new[] { "ab" } },
        { new ScimObject { ["a"] = "1" }, new ScimObject { ["a"] = "2" } }, { new ScimObject { ["a"] = "1" }, new ScimObject { ["b"] = "1" } },
        { new ScimObject { ["a"] = "1" }, new[] { "a", "1" } }, { new object[] { new[] { "a" }, "b" }, new object[] { new[] { "a", "b" } } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_of_another_kind_are_others(object? left, object? right)
    {
        Assert.NotEqual(Of(left), Of(right));
        Assert.Equal(Of(left), Of(left));
    }

    [Fact]
    public void A_number_is_the_same_whatever_type_holds_it()
    {
        Assert.Equal(Of(5), Of(5L));
    }

    private static string Of(object? old) =>
        PlanDigest.Of(Plan(Entry() with { Changes = [new AttributeChange(ZoomAttributes.Department, old, "x", oldIsKnown: true)] }));

    [Fact]
    public void Every_text_of_a_long_plan_counts()
    {
        // Longer than the buffer: a character before, at and after its end.
        var text = new string('x', 40_000);
        string Of(string reason) => PlanDigest.Of(Plan(Entry() with { Reason = reason }));
        var ids = new[] { 0, 1, 16_000, 16_383, 16_384, 16_385, 32_768, 39_999 }.Select(at => Of(text.Remove(at, 1).Insert(at, "y"))).Append(Of(text)).ToList();
        Assert.Equal(ids.Count, new HashSet<string>(ids).Count);
    }

    public static TheoryData<string, Func<PlannedChange, PlannedChange>, bool> Approved => new()
    {
        { "reason", c => c with { Reason = "why not" }, true },
        { "held", c => c with { Held = "too many" }, true },
        { "remarks", c => c with { Remarks = [] }, true },
        { "case of the key", c => c with { Current = null, UserName = "ADA@EXAMPLE.COM" }, true },
        { "action", c => c with { Action = PlanAction.Adopt }, false },
        { "who", c => c with { UserName = "bob@example.com" }, false },
        { "adopts", c => c with { Adopts = true }, false },
        { "leaves", c => c with { Leaves = true }, false },
        { "anchor", c => c with { Anchor = "a1" }, false },
        { "no change", c => c with { Changes = [] }, false },
        { "attribute", c => c with { Changes = [new AttributeChange(ZoomAttributes.CostCenter, "Sales", "Legal", oldIsKnown: true)] }, false },
        { "old", c => c with { Changes = [Attribute(old: "Art")] }, false },
        { "new", c => c with { Changes = [Attribute(wanted: "Art")] }, false },
        { "group", c => c with { GroupChanges = [new GroupChange("g1", "Other", Adds: true)] }, false },
        { "direction", c => c with { GroupChanges = [new GroupChange("g1", "Group", Adds: false)] }, false },
        { "no group", c => c with { GroupChanges = [] }, false },
    };

    /// <summary>What an approval covers is what would be done to whom, whatever the words are by then.</summary>
    [Theory]
    [MemberData(nameof(Approved))]
    public void An_entry_is_the_same_as_long_as_the_same_would_be_done(string what, Func<PlannedChange, PlannedChange> change, bool isSame)
    {
        var entry = Entry() with { Current = null };
        Assert.True(isSame == (PlanDigest.OfEntry(entry) == PlanDigest.OfEntry(change(entry))), what);
        Assert.Matches("^[0-9a-f]{16}$", PlanDigest.OfEntry(entry));
    }
}
