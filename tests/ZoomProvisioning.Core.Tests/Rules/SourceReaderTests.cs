using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

public class SourceReaderTests
{
    private static readonly FakeRecord Jill = FakeRecord.Csv(("Email", "jill@example.com"), ("Dept", "Sales"), ("Key", "k1"), ("Teams", "A; B;a"));
    private static readonly FakeRecord Jack = FakeRecord.Csv(("Email", "jack@example.com"), ("Dept", "Legal"), ("Key", "k2"), ("Teams", ""));
    private static readonly FakeRecord Nobody = FakeRecord.Csv(("Email", ""), ("Dept", "Sales"), ("Key", "k3"), ("Teams", ""));
    private static readonly FakeRecord Wrong = FakeRecord.Csv(("Email", "jane@example.com"), ("Dept", "Sales"), ("Key", "k4"), ("Active", "perhaps"));

    private static ScopeRule Filter(string text) => RecordFilter.Parse(text).ToScope();

    private static Dictionary<string, AttributeRule> Map(params (string Name, AttributeSource Source)[] attributes) =>
        attributes.ToDictionary(a => a.Name, a => new AttributeRule(a.Source), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void People_in_scope_carry_anchor_and_groups()
    {
        var rule = new ProvisioningRule("r")
        {
            Anchor = "key",
            Scope = Filter("Dept eq \"Sales\""),
            Groups = [new GroupRule("All", null), new GroupRule("Sales", Filter("Dept sw \"S\"")), new GroupRule("Legal", Filter("Dept sw \"L\""))],
        };

        var snapshot = SourceReader.Read(rule, [Jill, Jack]);

        var jill = Assert.Single(snapshot.People);
        Assert.Equal("k1", jill.Anchor);
        Assert.Equal(["All", "Sales"], jill.Groups);
        Assert.Equal("Sales", jill.Values.Department);
        var jack = Assert.Single(snapshot.OutOfScope);
        Assert.Equal(("jack@example.com", "k2"), (jack.Values.UserName, jack.Anchor));
        Assert.Empty(snapshot.Problems);
        Assert.Contains("'Teams' is not read", Assert.Single(snapshot.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_record_never_stops_the_others_and_tells_who_it_is_about()
    {
        var snapshot = SourceReader.Read(new ProvisioningRule("r") { Anchor = "Key" }, [Wrong, Nobody, Jill]);

        Assert.Equal("jill@example.com", Assert.Single(snapshot.People).Values.UserName);
        Assert.Equal(3, snapshot.InScopeCount);
        Assert.Equal(
            [("jane@example.com", "jane@example.com", "k4", "Zoom.Record.InvalidValue"), ("record 2", null, "k3", "Zoom.Record.NoUserName")],
            snapshot.Problems.Select(p => (p.Label, p.UserName, p.Anchor, p.Error.ErrorId)));
        Assert.All(snapshot.Problems, p => Assert.NotEmpty(p.Error.RecommendedAction));
        Assert.DoesNotContain(snapshot.Problems, p => p.Error.RecommendedAction.Contains("-Mapping"));
    }

    [Fact]
    public void A_scope_that_throws_is_a_problem_of_its_record()
    {
        var rule = new ProvisioningRule("r")
        {
            Scope = new ScopeRule("{ … }", r => (string?)r.Read("Dept") == "Legal" ? throw new InvalidOperationException("boom") : true),
        };

        var snapshot = SourceReader.Read(rule, [Jack, Jill]);

        var problem = Assert.Single(snapshot.Problems);
        Assert.Equal(("jack@example.com", "Zoom.Record.ScopeFailed"), (problem.UserName, problem.Error.ErrorId));
        Assert.Contains("boom", problem.Error.Message, StringComparison.Ordinal);
        Assert.Single(snapshot.People);
    }

    [Fact]
    public void A_bad_record_out_of_scope_is_nobodys_problem()
    {
        var snapshot = SourceReader.Read(new ProvisioningRule("r") { Scope = Filter("Dept eq \"Legal\"") }, [Wrong, Nobody, Jack]);

        Assert.Empty(snapshot.Problems);
        Assert.Equal("jane@example.com", Assert.Single(snapshot.OutOfScope).Values.UserName);
    }

    [Fact]
    public void Ctrl_C_in_a_scope_ends_the_run() =>
        Assert.Throws<OperationCanceledException>(
            () => SourceReader.Read(new ProvisioningRule("r") { Scope = new ScopeRule("", _ => throw new OperationCanceledException()) }, [Jill]));

    [Fact]
    public void Without_a_preset_only_mapped_attributes_count()
    {
        var rule = new ProvisioningRule("r") { UsePreset = false, Attributes = Map(("UserName", AttributeSource.FromProperty("Email"))) };
        var record = FakeRecord.Csv(("Email", "a@example.com"), ("Department", "x"), ("License", "Licensed"), ("pronouns", "she"), ("ZoomId", "1"));

        var person = Assert.Single(SourceReader.Read(rule, [record]).People);

        Assert.Equal(["Email", "UserName"], person.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
        Assert.Null(person.ZoomId);
    }

    [Fact]
    public void A_rule_that_only_says_when_leaves_the_preset_in_place()
    {
        var rule = new ProvisioningRule("r") { Attributes = Map(("Department", AttributeSource.Preset)) };

        Assert.Equal("Sales", SourceReader.Read(rule, [Jill]).People[0].Values.Department);
    }

    [Fact]
    public void Templates_are_filled_and_a_missing_part_is_no_value()
    {
        var rule = new ProvisioningRule("r")
        {
            Attributes = Map(("DisplayName", AttributeSource.FromTemplate("{Key} {{of}} {dept}")), ("Title", AttributeSource.FromTemplate("{Teams}/{Key}"))),
        };

        var people = SourceReader.Read(rule, [Jill, Jack]).People;

        Assert.Equal("k1 {of} Sales", people[0].Values.DisplayName);
        Assert.Equal("A; B;a/k1", people[0].Values.Title);
        Assert.DoesNotContain("Title", people[1].Values.ChangedAttributes);
    }

    [Fact]
    public void Groups_may_come_from_the_record()
    {
        var snapshot = SourceReader.Read(new ProvisioningRule("r") { GroupSource = AttributeSource.FromProperty("teams") }, [Jill, Jack]);

        Assert.Equal(["A", "B"], snapshot.People[0].Groups);
        Assert.Empty(snapshot.People[1].Groups);
    }

    [Fact]
    public void Of_two_people_with_one_employee_number_neither_is_usable_in_any_order()
    {
        var one = FakeRecord.Csv(("Email", "a@example.com"), ("EmployeeNumber", "7"));
        var other = FakeRecord.Csv(("Email", "b@example.com"), ("EmployeeNumber", "7"));
        var third = FakeRecord.Csv(("Email", "c@example.com"), ("EmployeeNumber", "8"));

        foreach (var records in new[] { new[] { one, other, third }, [third, other, one] })
        {
            var snapshot = SourceReader.Read(new ProvisioningRule("r"), records);

            Assert.Equal("c@example.com", Assert.Single(snapshot.People).Values.UserName);
            Assert.Equal(["a@example.com", "b@example.com"], snapshot.Problems.Select(p => p.UserName).OrderBy(n => n, StringComparer.Ordinal));
            Assert.All(snapshot.Problems, p => Assert.Equal("Zoom.Record.DuplicateEmployeeNumber", p.Error.ErrorId));
        }
    }

    [Fact]
    public void A_property_nobody_has_is_told()
    {
        var rule = new ProvisioningRule("r") { Scope = Filter("Departmnt eq \"Sales\""), Anchor = "ObjectGUID" };

        Assert.Contains(SourceReader.Read(rule, [Jill, Jack]).Warnings, w => w.Contains("Departmnt, ObjectGUID"));
        Assert.Empty(SourceReader.Read(rule, []).Warnings);
    }

    [Fact]
    public void An_object_id_is_the_same_anchor_as_bytes_and_as_a_guid()
    {
        var id = Guid.NewGuid();
        var records = new[] { (object)id, id.ToByteArray(), id.ToByteArray().Cast<object>().ToArray(), id.ToString() }
            .Select((v, i) => new FakeRecord("x", ("Email", $"{i}@example.com"), ("ObjectGUID", v)));

        Assert.All(SourceReader.Read(new ProvisioningRule("r") { Anchor = "ObjectGUID" }, records).People, p => Assert.Equal(id.ToString("D"), p.Anchor));
    }

    [Fact]
    public void One_record_is_explained_step_by_step()
    {
        var rule = new ProvisioningRule("r")
        {
            Scope = Filter("Dept eq \"Sales\""),
            Anchor = "Key",
            Attributes = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase)
            {
                ["Title"] = new(AttributeSource.FromConstant("Clerk")) { Apply = ApplyWhen.OnCreate },
                ["License"] = new(AttributeSource.FromConstant("Pro")) { Apply = ApplyWhen.OnCreate },
                ["Phone"] = new(AttributeSource.FromProperty("Tel")) { WriteOnly = true },
            },
            Groups = [new GroupRule("Legal", Filter("Dept eq \"Legal\""))],
        };

        var explanation = SourceReader.Explain(rule, Jill);

        Assert.True(explanation.InScope);
        Assert.Equal("Dept eq \"Sales\"", explanation.Scope);
        Assert.Equal("k1", explanation.Anchor);
        Assert.Null(explanation.Problem);
        Assert.Equal(new GroupExplanation("Legal", "Dept eq \"Legal\"", false), Assert.Single(explanation.Groups));
        Assert.Contains(
            new AttributeExplanation("UserName", "property 'Email' (preset)", "jill@example.com", "jill@example.com", ApplyWhen.Always, false),
            explanation.Attributes);
        Assert.Contains(new AttributeExplanation("Department", "property 'Dept' (preset)", "Sales", "Sales", ApplyWhen.Always, false), explanation.Attributes);
        Assert.Contains(new AttributeExplanation("Title", "constant 'Clerk'", "Clerk", "Clerk", ApplyWhen.OnCreate, false), explanation.Attributes);
        Assert.Contains(new AttributeExplanation("UserType", "License", null, "Licensed", ApplyWhen.OnCreate, false), explanation.Attributes);
        Assert.Contains(new AttributeExplanation("License", "constant 'Pro'", "Pro", "Licensed", ApplyWhen.OnCreate, false), explanation.Attributes);
        Assert.Contains(new AttributeExplanation("Phone", "property 'Tel'", null, null, ApplyWhen.Always, true), explanation.Attributes);
    }

    [Fact]
    public void A_record_that_cannot_be_used_is_explained_as_far_as_it_goes()
    {
        var explanation = SourceReader.Explain(new ProvisioningRule("r"), Wrong);

        Assert.Null(explanation.Desired);
        Assert.Contains("perhaps", explanation.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(explanation.Attributes, a => a.Name == "UserName" && (string?)a.RawValue == "jane@example.com");
        Assert.Contains(explanation.Attributes, a => a.Name == "Active" && (string?)a.RawValue == "perhaps" && a.Value is null);
    }
}
