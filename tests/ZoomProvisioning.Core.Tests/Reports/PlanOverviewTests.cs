using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;

namespace ZoomProvisioning.Tests.Reports;

/// <summary>A plan in few lines: nobody who needs attention is left out, and nothing is said 700 times.</summary>
public class PlanOverviewTests
{
    [Fact]
    public void A_short_plan_is_shown_person_by_person()
    {
        var plan = new SyncPlan([Create("anna"), Update("ben", "Department", "Sales", "Legal"), Removal("carla")]);
        Assert.Equal(
            [
                "+ anna@example.com  create",
                "~ ben@example.com  update: Department differs",
                "    Department: 'Sales' → 'Legal'",
                "- carla@example.com  disable: left the source",
                plan.ToString(),
            ],
            Lines(plan));
    }

    [Fact]
    public void Three_hundred_people_are_less_than_forty_lines()
    {
        var plan = new SyncPlan(
        [
            .. Many(200, i => Create($"new{i}")),
            .. Many(60, i => Update($"mover{i}", i % 2 == 0 ? "Department" : "Title", "Sales", "Legal")),
            .. Many(20, i => Removal($"gone{i}")),
            .. Many(20, i => Blocked($"odd{i}")),
        ]);
        var lines = Lines(plan);
        Assert.InRange(lines.Count, 5, 40);
        Assert.Contains("+ 200 to create: not in Zoom", lines);
        Assert.Contains(lines, l => l.Contains("new0@example.com", StringComparison.Ordinal) && l.EndsWith("and 195 more", StringComparison.Ordinal));
        Assert.Contains(
            "    30 Department, such as Department: 'Sales' → 'Legal': mover0@example.com, mover2@example.com, mover4@example.com, "
                + "mover6@example.com, mover8@example.com and 25 more",
            lines);
    }

    [Fact]
    public void What_needs_attention_comes_first_and_what_is_taken_away_comes_second()
    {
        var lines = Lines(new SyncPlan([.. Many(50, i => Create($"new{i}")), Removal("gone"), Blocked("odd")]));
        Assert.StartsWith("! 1 to look at (blocked)", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("- 1 to disable", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("+ 50 to create", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_that_differ_in_a_name_only_are_one_line()
    {
        var lines = Lines(new SyncPlan([.. Many(40, i => Blocked($"odd{i}"))]));
        Assert.Equal("! 40 to look at (blocked): the record names … and is another one", lines[0]);
    }

    [Fact]
    public void What_is_held_is_told_once_with_its_reason_and_up_to_twenty_names()
    {
        var plan = new SyncPlan([.. Many(40, i => Removal($"gone{i}") with { Held = "40 of 100 would be disabled; the rule allows 5." })]);
        var lines = Lines(plan);
        Assert.Equal("! 40 held: 40 of 100 would be disabled; the rule allows 5.", lines[0]);
        Assert.Contains("gone19@example.com and 20 more", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, l => l.StartsWith("- ", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_of_one_kind_are_one_line()
    {
        var plan = new SyncPlan([.. Many(735, i => Create($"new{i}") with { Remarks = [$"new{i}@example.com: the number '+49 {i}' lacks a country code."] })]);
        var warning = Assert.Single(Lines(plan), l => l.StartsWith("warning:", StringComparison.Ordinal));
        Assert.Equal(
            "warning: 735 records: the number … lacks a country code. (new0@example.com, new1@example.com, new2@example.com, new3@example.com, "
                + "new4@example.com and 730 more)",
            warning);
    }

    [Fact]
    public void With_details_everybody_is_there()
    {
        var plan = new SyncPlan([.. Many(300, i => Create($"new{i}"))]);
        Assert.Equal(301, PlanOverview.Of(plan, details: true).Count);
    }

    [Fact]
    public void Nothing_in_it_steers_a_terminal()
    {
        var plan = new SyncPlan([new PlannedChange(PlanAction.Blocked, "eve\u001b[2J\u202e@example.com", "line one\r\nline two\u0007")]);
        Assert.All(PlanOverview.Of(plan), l => Assert.DoesNotContain(l.Text, char.IsControl));
        Assert.All(PlanOverview.Of(plan), l => Assert.DoesNotContain('\u202e', l.Text));
    }

    [Fact]
    public void An_empty_plan_is_its_totals() => Assert.Single(PlanOverview.Of(new SyncPlan([])));

    private static List<string> Lines(SyncPlan plan) => [.. PlanOverview.Of(plan).Select(l => l.Text)];

    private static IEnumerable<PlannedChange> Many(int count, Func<int, PlannedChange> make) => Enumerable.Range(0, count).Select(make);

    private static PlannedChange Create(string name) => new(PlanAction.Create, $"{name}@example.com", "not in Zoom");

    private static PlannedChange Removal(string name) => new(PlanAction.Disable, $"{name}@example.com", "left the source") { Leaves = true };

    private static PlannedChange Blocked(string name) => new(PlanAction.Blocked, $"{name}@example.com", $"the record names '{name}' and is another one");

    private static PlannedChange Update(string name, string attribute, string old, string wanted) =>
        new(PlanAction.Update, $"{name}@example.com", $"{attribute} differs")
        {
            Changes = [new AttributeChange(attribute == "Title" ? ZoomAttributes.Title : ZoomAttributes.Department, old, wanted, oldIsKnown: true)],
        };
}
