using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What a planned change comes to in requests, and how one person is explained from the source to them.</summary>
public class PlannedRequestTests
{
    private static readonly AttributeChange Department = new(ZoomAttributes.Department, "Sales", "Legal", oldIsKnown: true);
    private static readonly AttributeChange Manager = new(ZoomAttributes.Manager, null, "boss@example.com", oldIsKnown: true);
    private static readonly AttributeChange NoManager = new(ZoomAttributes.Manager, "boss@example.com", "", oldIsKnown: true);

    private static PlannedChange Change(PlanAction action, params AttributeChange[] changes) => new(action, "ada@example.com", "because")
    {
        Changes = changes,
        Current = action == PlanAction.Create ? null : new ScimUser(new ScimUser { Id = "1", UserName = "ada@example.com" }.Attributes, UserDetail.Read),
        Desired = new DesiredUser(new ScimUser { UserName = "ada@example.com" }),
    };

    private static string Story(PlannedChange change) => string.Join("; ", PlannedRequest.Of(change).Select(r => $"{r.Method} {r.Path} {Body(r.Body)}".Trim()));

    // What counts of a body: the attributes, or the one operation.
    private static string Body(ScimObject? body)
    {
        if (body is null)
        {
            return string.Empty;
        }

        if (body.Items("Operations").OfType<ScimObject>().SingleOrDefault() is { } operation)
        {
            Assert.Equal([ScimSchemas.PatchOp], body.Items("schemas").Cast<string>());
            var value = operation["value"] is ScimObject active ? $"active={active["active"]}"
                : string.Join("", operation.Items("value").OfType<ScimObject>().Select(m => m.Text("value")));
            return string.Join(" ", new[] { operation.Text("op"), operation.Text("path"), value }.Where(t => !string.IsNullOrEmpty(t)));
        }

        return string.Join(
            " ",
            body.Names.Where(n => n != "schemas").SelectMany(n => n.StartsWith("urn:", StringComparison.Ordinal) ? body.Complex(n)!.Names : [n]));
    }

    [Theory]
    [InlineData(true, "PUT /Users/1 department; DELETE /Users/1")]
    [InlineData(false, "PATCH /Users/1 replace active=True; PUT /Users/1 department; DELETE /Users/1")]
    public void A_deletion_that_hands_data_over_is_of_an_active_user(bool active, string expected)
    {
        var change = Change(PlanAction.Delete, Department);
        change.Current!.Active = active;
        Assert.Equal(expected, Story(change));
    }

    [Theory]
    [InlineData(PlanAction.Update, "PUT /Users/1 department")]
    [InlineData(PlanAction.Adopt, "PUT /Users/1 department")]
    [InlineData(PlanAction.Reactivate, "PATCH /Users/1 replace active=True; PUT /Users/1 department")]
    [InlineData(PlanAction.Disable, "PUT /Users/1 department; PATCH /Users/1 replace active=False")]
    [InlineData(PlanAction.Create, "POST /Users department")]
    [InlineData(PlanAction.NoOp, "")]
    [InlineData(PlanAction.Blocked, "")]
    [InlineData(PlanAction.Protected, "")]
    [InlineData(PlanAction.Relink, "")]
    public void An_action_with_a_change(PlanAction action, string expected) => Assert.Equal(expected, Story(Change(action, Department)));

    [Theory]
    [InlineData(PlanAction.Reactivate, "PATCH /Users/1 replace active=True")]
    [InlineData(PlanAction.Disable, "PATCH /Users/1 replace active=False")]
    [InlineData(PlanAction.Delete, "DELETE /Users/1")]
    [InlineData(PlanAction.Adopt, "")]
    public void An_action_by_itself(PlanAction action, string expected) => Assert.Equal(expected, Story(Change(action)));

    [Fact]
    public void What_is_held_or_stale_sends_nothing()
    {
        Assert.Equal("", Story(Change(PlanAction.Disable).HeldBack("too many")));
        Assert.Equal("", Story(Change(PlanAction.Disable) with { Stale = "changed since" }));
    }

    [Theory]
    [InlineData(PlanAction.Update, "PUT /Users/1 department; PUT /Users/1 manager")]
    [InlineData(PlanAction.Disable, "PUT /Users/1 department manager; PATCH /Users/1 replace active=False")]
    [InlineData(PlanAction.Create, "POST /Users department; PUT /Users/<the new user> manager")]
    public void A_manager_comes_last_and_with_somebody_who_leaves_at_once(PlanAction action, string expected) =>
        Assert.Equal(expected, Story(Change(action, Department, Manager)));

    [Fact]
    public void A_manager_alone_is_one_request_and_none_any_more_is_like_any_other_value()
    {
        Assert.Equal("PUT /Users/1 manager", Story(Change(PlanAction.Update, Manager)));
        Assert.Equal("PUT /Users/1 department manager", Story(Change(PlanAction.Update, Department, NoManager)));
    }

    [Fact]
    public void Somebody_created_inactive_is_deactivated_at_once()
    {
        var change = Change(PlanAction.Create, Department);
        change.Desired!.Values.Active = false;
        Assert.Equal("POST /Users department; PATCH /Users/<the new user> replace active=False", Story(change));
        change.Desired.Values.Active = true;
        Assert.Equal("POST /Users department", Story(change));
    }

    [Fact]
    public void Groups_come_after_the_person()
    {
        GroupChange[] groups = [new("g1", "Sales", Adds: true), new("g2", "Legal", Adds: false), new(null, "New", Adds: true)];
        Assert.Equal(
            "PUT /Users/1 department; PATCH /Groups/g1 add members 1; PATCH /Groups/g2 remove members[value eq \"1\"]; "
                + "PATCH /Groups/<the new group> add members 1",
            Story(Change(PlanAction.Update, Department) with { GroupChanges = groups }));
        Assert.Equal(
            "POST /Users department; PATCH /Groups/g1 add members <the new user>",
            Story(Change(PlanAction.Create, Department) with { GroupChanges = [groups[0]] }));
    }

    [Fact]
    public void A_request_is_shown_with_its_body_where_somebody_can_write_JSON()
    {
        var explanation = new PersonExplanation(null, null, Change(PlanAction.Disable, Department));
        Assert.Equal(["PUT /Users/1", "PATCH /Users/1"], explanation.Requests.Select(r => r.ToString()));
        Assert.Equal(["PUT /Users/1 {}", "PATCH /Users/1 {}"], explanation.WithJson(_ => "{}").Requests.Select(r => r.ToString()));
        Assert.Equal("DELETE /Users/1", Assert.Single(new PersonExplanation(null, null, Change(PlanAction.Delete)).WithJson(_ => "{}").Requests).ToString());
        Assert.Equal(("ada@example.com", "because"), (explanation.UserName, explanation.Reason));
    }

    [Fact]
    public void Without_a_plan_there_is_nothing_to_send()
    {
        var nobody = new PersonExplanation(null, null, null);
        Assert.Empty(nobody.Requests);
        Assert.Null(nobody.UserName);
        Assert.Null(nobody.Reason);
    }

    private static readonly ProvisioningRule Rule = new("rule") { Anchor = "Number" };

    private static FakeRecord Row(string mail, string number, string note = "") => FakeRecord.Csv(("Mail", mail), ("Number", number), ("Note", note));

    [Theory]
    [InlineData("ADA@example.com", "1")]
    [InlineData("2", "2")]
    [InlineData("the tall one", "2")]
    [InlineData("THE TALL ONE", "2")]
    [InlineData("nobody", null)]
    public void Somebody_is_found_in_the_source_by_address_anchor_or_any_value(string who, string? number)
    {
        FakeRecord[] rows = [Row("ada@example.com", "1"), Row("bob@example.com", "2", "the tall one"), Row("bob@example.com", "3")];
        Assert.Equal(number, PersonExplanation.Find(Rule, rows, who)?.Row.Read("Number"));
    }

    [Fact]
    public void Somebody_is_found_by_the_full_name_in_the_source_and_in_the_plan()
    {
        FakeRecord[] rows =
        [
            FakeRecord.Csv(("Mail", "ada@example.com"), ("First Name", "Ada"), ("Last Name", "Byron"), ("Number", "1")),
            FakeRecord.Csv(("Mail", "bob@example.com"), ("First Name", "Bob"), ("Last Name", "Byron"), ("Number", "2")),
        ];
        Assert.Equal("2", PersonExplanation.Find(Rule, rows, "bob byron")?.Row.Read("Number"));
        Assert.Equal("2", PersonExplanation.Find(Rule, rows, "Byron, Bob")?.Row.Read("Number"));
        Assert.Null(PersonExplanation.Find(Rule, rows, "Byron Bob"));
        var left = new PlannedChange(PlanAction.Disable, "cy@example.com", "left")
        {
            Current = new ScimUser(new ScimUser { UserName = "cy@example.com", DisplayName = "Cy Hill" }.Attributes, UserDetail.Read),
        };
        Assert.Same(left, PersonExplanation.Find(new SyncPlan([left]), null, "cy hill"));
    }

    private static FakeRecord Person(string mail, string first, string last, string number, string state = "staff") =>
        FakeRecord.Csv(("Mail", mail), ("First Name", first), ("Last Name", last), ("Number", number), ("State", state));

    [Theory]
    [InlineData("Anna Less", "3", "Anna Less")]
    [InlineData("Anna New", "4", "anna.new@example.com")]
    [InlineData("Anna Big", "1", "anna.big@example.com")]
    public void Somebody_is_found_by_the_full_name_without_an_address_and_out_of_scope(string who, string number, string name)
    {
        var (row, record) = PersonExplanation.Find(Staff, Annas, who)!.Value;
        Assert.Equal(number, row.Read("Number"));
        Assert.Equal(name, new PersonExplanation(row, record, null).Name);
    }

    private static ProvisioningRule Staff => new("rule")
    {
        Anchor = "Number",
        Scope = ZoomProvisioning.Filter.RecordFilter.Parse("State ne \"external\" and Number pr").ToScope(),
    };

    private static FakeRecord[] Annas =>
    [
        Person("anna.big@example.com", "Anna", "Big", "1"), Person("anna.small@example.com", "Anna", "Small", "2"), Person("", "Anna", "Less", "3"),
        Person("anna.new@example.com", "Anna", "New", "4", "external"), Person("bob.big@example.com", "Bob", "Big", "5"),
        Person("other@example.com", "Bob", "Big", "6"),
    ];

    [Theory]
    [InlineData("anna", "'anna' fits 4 people in the source: Anna Big <anna.big@example.com>, Anna Less (3), Anna New <anna.new@example.com>, "
        + "Anna Small <anna.small@example.com>.")]
    [InlineData("Bob Big", "'Bob Big' fits 2 people in the source: Bob Big <bob.big@example.com>, Bob Big <other@example.com>.")]
    public void A_name_of_several_is_refused_and_they_are_listed(string who, string said)
    {
        var refusal = Assert.Throws<ScimRecordException>(() => PersonExplanation.Find(Staff, Annas, who));
        Assert.Equal(("Zoom.Source.SeveralFound", said), (refusal.ErrorId, refusal.Message));
    }

    [Fact]
    public void A_name_of_several_in_the_plan_is_refused_too()
    {
        PlannedChange Left(string name) => new(PlanAction.Disable, name, "left")
        {
            Current = new ScimUser(new ScimUser { Id = name, UserName = name, DisplayName = "Cy Hill" }.Attributes, UserDetail.Read),
        };
        var plan = new SyncPlan([Left("a@example.com"), Left("b@example.com")]);
        Assert.Equal("b@example.com", PersonExplanation.Find(plan, null, "B@example.com")!.UserName);
        Assert.Contains("fits 2 people among those", Assert.Throws<ScimRecordException>(() => PersonExplanation.Find(plan, null, "cy hill")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_out_of_scope_is_told_so_with_what_puts_the_record_there()
    {
        var (row, record) = PersonExplanation.Find(Staff, Annas, "4")!.Value;
        var explanation = new PersonExplanation(row, record, null);
        Assert.Equal(
            "nothing, because the record is out of the rule's scope: State ne \"external\" and Number pr (State is 'external')", explanation.Verdict);
        Assert.Null(explanation.ZoomState);
        Assert.Equal("not there", (explanation with { IsLookedUp = true }).ZoomState);
        var user = new ScimUser(new ScimUser { Id = "7", UserName = "anna.new@example.com", Active = true }.Attributes, UserDetail.Read);
        Assert.Equal("anna.new@example.com, id 7, active", (explanation with { Current = user, IsLookedUp = true }).ZoomState);
    }

    [Fact]
    public void A_property_that_throws_names_nobody()
    {
        var row = new Thrower(new InvalidOperationException("no"));
        Assert.Null(PersonExplanation.Find(Rule, [row], "ada"));
        Assert.Equal("bob@example.com", PersonExplanation.Find(Rule, [row, Row("bob@example.com", "1")], "bob@example.com")?.Record.Desired!.Values.UserName);
        Assert.Throws<OperationCanceledException>(() => PersonExplanation.Find(Rule, [new Thrower(new OperationCanceledException())], "ada"));
    }

    [Fact]
    public void The_plan_is_asked_for_the_row_first_and_then_for_the_name()
    {
        object first = new(), second = new();
        PlannedChange Of(string name, object? source) => new(PlanAction.Update, name, "because")
        {
            Desired = new DesiredUser(new ScimUser()) { Source = source },
            Current = new ScimUser(new ScimUser { Id = "id-" + name, UserName = "old-" + name }.Attributes, UserDetail.Read),
        };
        var plan = new SyncPlan([Of("ada", first), Of("bob", second)]);
        FakeRecord Row(object? source) => new("row") { Source = source };

        Assert.Equal("bob", PersonExplanation.Find(plan, Row(second), "ada")!.UserName);
        Assert.Equal("ada", PersonExplanation.Find(plan, Row(new object()), "ADA")!.UserName);
        Assert.Equal("ada", PersonExplanation.Find(plan, null, "ADA")!.UserName);
        Assert.Equal("bob", PersonExplanation.Find(plan, null, "old-bob")!.UserName);
        Assert.Equal("bob", PersonExplanation.Find(plan, null, "id-bob")!.UserName);
        Assert.Null(PersonExplanation.Find(plan, null, "cy"));
    }

    private sealed class Thrower(Exception exception) : ISourceRecord
    {
        public object? Source => this;

        public IReadOnlyList<string> TypeNames => ["row"];

        public IReadOnlyList<string> Names => ["Note"];

        public object? Read(string name) => throw exception;
    }

    [Theory]
    [InlineData(true, PlanAction.Delete, "DELETE /Users/1")]
    [InlineData(false, PlanAction.Delete, "DELETE /Users/1")]
    [InlineData(false, PlanAction.Update, "")]
    public void Only_who_hands_something_over_is_active_for_a_moment(bool active, PlanAction action, string expected)
    {
        var change = Change(action);
        change.Current!.Active = active;
        Assert.Equal(expected, Story(change));
        change = Change(PlanAction.Update, Department);
        change.Current!.Active = active;
        Assert.Equal("PUT /Users/1 department", Story(change));
    }
}
