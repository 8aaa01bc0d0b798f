using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Somebody who is asked for: by what a person is found in a source and in a plan, and what is said of it.</summary>
public class PersonExplanationTests
{
    private static readonly ProvisioningRule Rule = new("rule") { Anchor = "Key" };

    private static FakeRecord Row(params (string Name, object? Value)[] cells) =>
        new("System.Management.Automation.PSCustomObject", cells) { Source = new object() };

    private static readonly FakeRecord Ada = Row(
        ("UserName", "ada@example.com"), ("Key", "k1"), ("DisplayName", "Ada Love"), ("Department", "Sales"), ("Badge", "b1"));

    private static readonly FakeRecord Ben = Row(("UserName", "ben@example.com"), ("Key", "k2"), ("DisplayName", "Ben Bold"), ("Badge", "k1"));

    private static string? Found(string who, params FakeRecord[] rows) => PersonExplanation.Find(Rule, rows, who)?.Record.UserName;

    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("ADA@EXAMPLE.COM", "ada@example.com")]
    [InlineData("k1", "ada@example.com")]
    [InlineData("Ada Love", "ada@example.com")]
    [InlineData("b1", "ada@example.com")]
    [InlineData("Sales", "ada@example.com")]
    [InlineData("k2", "ben@example.com")]
    [InlineData("nobody", null)]
    public void Somebody_of_the_source_is_found_by_address_key_name_or_any_other_value(string who, string? found)
    {
        Assert.Equal(found, Found(who, Ada, Ben));
        Assert.Equal(found, Found(who, Ben, Ada));
    }

    [Fact]
    public void A_Zoom_id_and_a_mail_that_is_no_user_name_find_somebody_too()
    {
        var zoom = Row(("UserName", "zoe@example.com"), ("ZoomId", "z9"), ("Key", "k9"));
        Assert.Equal("zoe@example.com", Found("z9", Ada, zoom));
        var read = PersonExplanation.Find(Rule, [zoom], "zoe@example.com")!.Value;
        Assert.Same(zoom, read.Row);
        Assert.Equal(("k9", "zoe@example.com"), (read.Record.Anchor, read.Record.Desired?.Values.Email));
    }

    [Fact]
    public void A_record_that_cannot_be_used_is_found_by_its_address_before_anybody_who_only_names_it()
    {
        var broken = Row(("UserName", "jane@example.com"), ("Key", "k8"), ("Active", "perhaps"));
        var report = Row(("UserName", "two@example.com"), ("Key", "k7"), ("Boss", "jane@example.com"));
        Assert.Equal("jane@example.com", Found("jane@example.com", report, broken));
        Assert.NotNull(PersonExplanation.Find(Rule, [report, broken], "jane@example.com")!.Value.Record.Problem);
    }

    [Fact]
    public void Who_has_the_key_comes_before_who_has_the_name_and_who_has_the_name_before_who_has_the_value()
    {
        var keyed = Row(("UserName", "one@example.com"), ("Key", "Ada Love"));
        var valued = Row(("UserName", "two@example.com"), ("Key", "k7"), ("Boss", "Ada Love"));
        Assert.Equal("one@example.com", Found("Ada Love", valued, Ada, keyed));
        Assert.Equal("ada@example.com", Found("Ada Love", valued, Ada));
        Assert.Equal("two@example.com", Found("Ada Love", valued, Ben));
    }

    [Fact]
    public void Several_of_one_name_are_told_and_none_of_them_is_chosen()
    {
        var others = new[]
        {
            Row(("UserName", "other@example.com"), ("Key", "k3"), ("DisplayName", "Ada Love")),
            Row(("Key", "k4"), ("DisplayName", "Ada Love")),
            Row(("Key", "k5"), ("DisplayName", "Ada Love")),
        };
        var refusal = Assert.Throws<ScimRecordException>(() => Found("ada love", [Ada, .. others]));
        Assert.Equal("Zoom.Source.SeveralFound", refusal.ErrorId);
        Assert.Equal("InvalidArgument", refusal.Category);
        Assert.Equal(
            "'ada love' fits 4 people in the source: Ada Love (k4), Ada Love (k5), Ada Love <ada@example.com>, Ada Love <other@example.com>.",
            refusal.Message);
        Assert.Equal("Give the user name of one of them, the full name if only one has it, or the value of the rule's anchor.", refusal.RecommendedAction);

        // Two records of one address are one person.
        var again = Row(("UserName", "ADA@example.com"), ("Key", "k6"), ("DisplayName", "Ada Love"));
        Assert.Equal("ada@example.com", Found("ada love", Ada, again));
    }

    private static PlannedChange Entry(string name, string? anchor = null, string? display = null, object? source = null) =>
        new(PlanAction.Update, $"{name}@example.com", $"about {name}")
        {
            Anchor = anchor,
            Current = new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com", DisplayName = display },
            Desired = new DesiredUser(new ScimUser { UserName = $"new-{name}@example.com" }) { Source = source ?? new object() },
        };

    [Fact]
    public void The_entry_of_a_row_is_the_one_made_of_it_else_the_one_of_its_anchor_else_the_one_of_its_address()
    {
        var plan = new SyncPlan([Entry("x"), Entry("ada"), Entry("y", "K1"), Entry("z", source: Ada.Source)]);
        var record = new RecordExplanation("record", null, true) { Anchor = "k1", UserName = "ADA@example.com" };
        string? Of(SyncPlan of) => PersonExplanation.Find(of, Ada, record)?.UserName;
        Assert.Equal("z@example.com", Of(plan));
        Assert.Equal("y@example.com", Of(new SyncPlan([.. plan.Changes.Take(3)])));
        Assert.Equal("ada@example.com", Of(new SyncPlan([.. plan.Changes.Take(2)])));
        Assert.Null(Of(new SyncPlan([Entry("x")])));
        Assert.Null(PersonExplanation.Find(plan, Ben, new RecordExplanation("record", null, true)));
    }

    [Theory]
    [InlineData("ada@example.com", "ada")]
    [InlineData("id-ada", "ada")]
    [InlineData("Ben Bold", "ben")]
    [InlineData("nobody", null)]
    public void Somebody_of_a_plan_is_found_by_address_id_or_name(string who, string? found)
    {
        var plan = new SyncPlan([Entry("ada", display: "Ada Love"), Entry("ben", display: "Ben Bold")]);
        Assert.Equal(found is null ? null : $"{found}@example.com", PersonExplanation.Find(plan, null, who)?.UserName);
        Assert.Equal("z@example.com", PersonExplanation.Find(new SyncPlan([.. plan.Changes, Entry("z", source: Ada.Source)]), Ada, who)?.UserName);
    }

    [Fact]
    public void Of_two_of_one_name_in_a_plan_nobody_is_chosen()
    {
        var plan = new SyncPlan([Entry("ada", display: "Ada Love"), Entry("ada2", display: "Ada Love")]);
        Assert.Equal(
            "'Ada Love' fits 2 people among those the rule has brought to Zoom: Ada Love <ada2@example.com>, Ada Love <ada@example.com>.",
            Assert.Throws<ScimRecordException>(() => PersonExplanation.Find(plan, null, "Ada Love")).Message);
    }

    private static RecordExplanation Record(string? wanted, string? read, ScimException? problem = null, params string[] names) =>
        new("record 3", "everybody of sales", true)
        {
            Desired = wanted is null ? null : new DesiredUser(new ScimUser { UserName = wanted }),
            UserName = read,
            Problem = problem,
            FullNames = names,
        };

    [Theory]
    // What the record wants and reads, the name and the trouble of the plan's entry, and the name that is shown.
    [InlineData("wanted", "read", "planned", false, "wanted")]
    [InlineData(null, "read", "planned", false, "planned")]
    [InlineData(null, "read", "planned", true, "read")]
    [InlineData(null, null, "planned", true, null)]
    [InlineData(null, "read", null, false, "read")]
    [InlineData("wanted", null, null, false, "wanted")]
    public void The_user_name_is_what_is_wanted_else_what_is_planned_else_what_was_read(
        string? wanted, string? read, string? planned, bool isTroubled, string? shown)
    {
        var change = planned is null ? null : new PlannedChange(PlanAction.Blocked, planned, "why not")
        {
            Problem = isTroubled ? new ScimRecordException("Zoom.Some", "broken") : null,
        };
        var person = new PersonExplanation(null, Record(wanted, read), change);
        Assert.Equal(shown, person.UserName);
        Assert.Equal(shown ?? planned, person.Name);
        Assert.Equal(change is not null && !isTroubled, person.IsLookedUp);
    }

    [Fact]
    public void Who_has_no_user_name_is_called_by_the_full_name_or_as_the_record_is()
    {
        Assert.Equal("Ada Love", new PersonExplanation(null, Record(null, null, null, "Ada Love"), Troubled("record 9")).Name);
        Assert.Equal("record 9", new PersonExplanation(null, Record(null, null), Troubled("record 9")).Name);
        Assert.Equal("record 3", new PersonExplanation(null, Record(null, null), null).Name);
        Assert.Equal(string.Empty, new PersonExplanation(null, null, null).Name);

        static PlannedChange Troubled(string name) =>
            new(PlanAction.Blocked, name, "why not") { Problem = new ScimRecordException("Zoom.Some", "broken") };
    }

    [Fact]
    public void The_reason_is_the_records_own_trouble_before_the_plans()
    {
        var change = new PlannedChange(PlanAction.Blocked, "ada@example.com", "planned");
        Assert.Equal("broken", new PersonExplanation(null, Record(null, null, new ScimRecordException("Zoom.Some", "broken")), change).Reason);
        Assert.Equal("planned", new PersonExplanation(null, Record(null, null), change).Reason);
        Assert.Null(new PersonExplanation(null, null, null).Reason);
    }

    [Theory]
    [InlineData(true, "ada@example.com, id id-ada, active")]
    [InlineData(null, "ada@example.com, id id-ada, active")]
    [InlineData(false, "ada@example.com, id id-ada, deactivated")]
    public void Zooms_side_is_the_user_or_that_there_is_none(bool? active, string state)
    {
        var change = Entry("ada");
        change.Current!.Active = active;
        Assert.Equal(state, new PersonExplanation(null, null, change).ZoomState);
        Assert.Equal("not there", new PersonExplanation(null, null, new PlannedChange(PlanAction.Create, "ada@example.com", "new")).ZoomState);
        Assert.Null(new PersonExplanation(null, null, null).ZoomState);
    }

    [Fact]
    public void Where_the_plan_does_not_speak_of_somebody_it_is_said_why()
    {
        RecordExplanation Scoped(bool? inScope, params string[] by) => new("record 3", "Department eq \"Sales\"", inScope) { OutOfScopeBy = by };
        string? Verdict(RecordExplanation? record, PlannedChange? change = null) => new PersonExplanation(null, record, change).Verdict;
        const string outside = "nothing, because the record is out of the rule's scope: Department eq \"Sales\"";
        Assert.Equal(outside, Verdict(Scoped(false)));
        Assert.Equal(outside + " (Department is 'Legal'; Title is 'x')", Verdict(Scoped(false, "Department is 'Legal'", "Title is 'x'")));
        Assert.Equal("nothing: the plan does not speak of this person", Verdict(Scoped(true)));
        Assert.Equal("nothing: the plan does not speak of this person", Verdict(null));
        Assert.Null(Verdict(Scoped(false), Entry("ada")));
    }

    [Theory]
    // The anchors of record and entry, and whose story it is; with nothing else known, what was asked for.
    [InlineData("r1", "c1", "r1")]
    [InlineData(null, "c1", "c1")]
    [InlineData("r1", null, "r1")]
    [InlineData(null, null, "who")]
    public void The_journals_are_asked_by_what_nobody_else_is_called(string? recorded, string? planned, string about)
    {
        var record = new RecordExplanation("record 3", null, true) { Anchor = recorded, UserName = string.Empty };
        var change = new PlannedChange(PlanAction.Blocked, "record 3", "why not")
        {
            Anchor = planned,
            Problem = new ScimRecordException("Zoom.Some", "broken"),
        };
        var lines = new[] { "r1", "c1", "who", "record 3" }.Select((anchor, i) => new JournalEntry(JournalKind.Outcome)
        {
            Number = i + 1,
            RunId = "0123456789ab",
            At = Scene.Now.AddDays(-1),
            Anchor = anchor,
            Outcome = ChangeOutcome.Failed,
            Message = $"|{anchor}|",
        }).ToList();
        var history = new AccountHistory(_ => [new Lines(lines)], [new JournalPlace("own", "rule", "rule", null)]);
        var person = new PersonExplanation(null, record, change).WithTrouble(history, "who", Scene.Now);
        Assert.Equal([about], person.Before.Select(l => l.Split('|')[1]));
        Assert.Contains("who", person.Trouble.Select(l => l.Split('|')[1]));
    }

    private sealed class Lines(IReadOnlyList<JournalEntry> entries) : IJournalPart
    {
        public DateTimeOffset From => DateTimeOffset.MinValue;

        public DateTimeOffset? Until => null;

        public IEnumerable<JournalEntry> Read(DateTimeOffset? after, IReadOnlyCollection<JournalKind>? kinds) =>
            entries.Where(e => kinds is null || kinds.Contains(e.Kind));
    }
}
