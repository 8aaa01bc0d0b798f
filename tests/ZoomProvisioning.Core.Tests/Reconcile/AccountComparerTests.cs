using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A source beside an account: each kind of difference and its border.</summary>
public class AccountComparerTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void What_is_the_same_is_equal_and_gives_nothing_to_send()
    {
        _scene.InZoom("jill", u => u.Department = "Sales");
        _scene.InSource("jill", u => u.Department = "Sales");
        var only = Assert.Single(_scene.Compare());
        Assert.Equal((UserDifference.Equal, string.Empty), (only.Difference, only.Details));
        Assert.Empty(only.Wanted);
    }

    [Fact]
    public void An_attribute_that_differs_has_both_values_and_the_sources_is_wanted()
    {
        _scene.InZoom("jill", u => u.Department = "Sales");
        _scene.InSource("jill", u => u.Department = "Legal");
        var only = Assert.Single(_scene.Compare());
        Assert.Equal("jill@example.com: Different (Department: source 'Legal', Zoom 'Sales')", only.ToString());
        Assert.Equal([new KeyValuePair<string, string>("Department", "Legal")], only.Wanted);
        Assert.Equal("Department", only.Changes.ToString());
    }

    [Fact]
    public void Who_is_deactivated_in_Zoom_while_the_source_does_not_say_so_is_no_equal_and_nothing_to_be_set()
    {
        _scene.InZoom("jill", u => (u.Department, u.Active) = ("Sales", false));
        _scene.InSource("jill", u => u.Department = "Sales");
        var only = Assert.Single(_scene.Compare());
        Assert.Equal(UserDifference.DisabledDifferently, only.Difference);
        Assert.Contains("deactivated in Zoom", only.Details, StringComparison.Ordinal);
        Assert.Empty(only.Wanted);
    }

    [Theory]
    [InlineData(true, false, UserDifference.DisabledDifferently)]
    [InlineData(false, true, UserDifference.DisabledDifferently)]
    [InlineData(true, true, UserDifference.Equal)]
    [InlineData(false, false, UserDifference.Equal)]
    [InlineData(null, true, UserDifference.Equal)]
    [InlineData(null, false, UserDifference.DisabledDifferently)]
    public void Whoever_is_in_the_source_is_active_unless_it_says_otherwise(bool? source, bool zoom, UserDifference expected)
    {
        _scene.InZoom("jill", u => u.Active = zoom);
        _scene.InSource("jill", u => u.Active = source);
        Assert.Equal(expected, Assert.Single(_scene.Compare()).Difference);
    }

    [Theory]
    [InlineData(null, UserDifference.Missing)]
    [InlineData(true, UserDifference.Missing)]
    [InlineData(false, UserDifference.Equal)]
    public void Somebody_who_is_not_active_need_not_be_in_Zoom(bool? active, UserDifference expected)
    {
        _scene.InSource("jill", u => u.Active = active);
        Assert.Equal(expected, Assert.Single(_scene.Compare()).Difference);
    }

    [Fact]
    public void Of_somebody_missing_all_is_wanted_that_the_source_has()
    {
        _scene.InSource("jill", u => u.Department = "Legal");
        Assert.Equal(["Department", "Email"], Assert.Single(_scene.Compare()).Wanted.Select(w => w.Key).OrderBy(name => name, System.StringComparer.Ordinal));
    }

    [Fact]
    public void An_orphan_is_active_and_named_by_no_record_in_no_way()
    {
        foreach (var name in new[] { "orphan", "outside", "broken", "here" })
        {
            _scene.InZoom(name);
        }

        _scene.InZoom("leaver", u => u.Active = false);
        _scene.InSource("here");
        _scene.OutOfScope("outside");
        _scene.Unusable("record 4", "broken@example.com");
        Assert.Equal(
            [(UserDifference.Unreadable, "broken@example.com"), (UserDifference.Orphan, "orphan@example.com"), (UserDifference.Equal, "here@example.com")],
            _scene.Compare().Select(c => (c.Difference, c.UserName)));
    }

    [Fact]
    public void Two_records_of_one_person_are_a_duplicate_and_the_user_is_no_orphan()
    {
        _scene.InZoom("jill");
        _scene.InSource("jill");
        _scene.InSource("jill");
        var only = Assert.Single(_scene.Compare());
        Assert.Equal(UserDifference.Duplicate, only.Difference);
        Assert.Contains("2 records of the source have this user name", only.Details, System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_licence_of_somebody_deactivated_in_both_is_no_difference()
    {
        _scene.InZoom("jill", u => (u.Active, u.UserType) = (false, "Basic"));
        _scene.InSource("jill", u => (u.Active, u.UserType) = (false, "Licensed"));
        Assert.Equal(UserDifference.Equal, Assert.Single(_scene.Compare()).Difference);
    }

    [Fact]
    public void What_a_rule_leaves_to_Zoom_cannot_differ()
    {
        _scene.Rule = new ProvisioningRule("rule")
        {
            Attributes = new Dictionary<string, AttributeRule>
            {
                ["Department"] = new AttributeRule(ZoomProvisioning.Input.AttributeSource.FromProperty("Department")) { Apply = ApplyWhen.OnCreate },
            },
        };
        _scene.InZoom("jill", u => u.Department = "Sales");
        _scene.InSource("jill", u => u.Department = "Legal");
        Assert.Equal(UserDifference.Equal, Assert.Single(_scene.Compare()).Difference);
    }

    [Fact]
    public void The_overview_names_the_first_of_each_kind_and_counts_the_rest()
    {
        for (var i = 0; i < 7; i++)
        {
            _scene.InSource($"p{i}");
        }

        var lines = ComparisonOverview.Of(_scene.Compare(), inFull: false).Select(l => l.Text).ToList();
        Assert.Equal("In the source and not in Zoom (7):", lines[0]);
        Assert.Equal("  … and 2 more (--details names them).", lines[6]);
        Assert.Equal("7 missing in Zoom, 0 equal. Nothing was written.", lines[7]);
        Assert.Equal(9, ComparisonOverview.Of(_scene.Compare(), inFull: true).Count());
    }

    private static ScimUser Listed(string name) =>
        new(new ScimUser { Id = $"id-{name}", UserName = $"{name}@example.com", Active = true, Department = "Sales" }.Attributes, UserDetail.Listed);

    private static Correlation About(ScimUser? user, CorrelationSituation situation, Action<ScimUser>? wish = null)
    {
        var values = new ScimUser { UserName = user?.UserName ?? "nobody@example.com" };
        wish?.Invoke(values);
        return new Correlation(new DesiredUser(values), situation, user, null, "because");
    }

    [Fact]
    public void Who_is_read_is_whom_a_list_does_not_tell_enough_of_in_the_order_of_the_ids()
    {
        void CostCenter(ScimUser user) => user.CostCenter = "1";
        var users = new[] { "d", "c", "b", "a" }.Select(Listed).ToList();
        var account = new AccountSnapshot(users, isComplete: true);
        account.Put(new ScimUser(Listed("b").Attributes, UserDetail.Read));
        string Read(params Correlation[] correlations) => string.Join(" ", AccountComparer.ToRead(correlations, account));

        Assert.Equal("id-a id-c id-d", Read([.. users.Select(u => About(u, CorrelationSituation.Matched, CostCenter))]));
        Assert.Equal("id-d", Read(About(users[0], CorrelationSituation.Linked, u => (u.Department, u.CostCenter) = ("Sales", "1"))));
        Assert.Equal(string.Empty, Read(About(users[0], CorrelationSituation.Linked, u => u.Department = "Legal")));
        Assert.Equal(string.Empty, Read(About(users[0], CorrelationSituation.Disputed, CostCenter)));
        Assert.Equal(string.Empty, Read(About(null, CorrelationSituation.Unmatched, CostCenter)));

        // Whom Zoom lists no more is compared as found.
        Assert.Equal("id-z", Read(About(Listed("z"), CorrelationSituation.Matched, CostCenter)));
    }

    [Fact]
    public void What_was_read_since_is_compared_and_who_could_not_be_read_is_told()
    {
        var account = new AccountSnapshot([Listed("jill")], isComplete: true);
        account.Put(new ScimUser(new ScimUser { Id = "id-jill", UserName = "jill@example.com", Department = "Board" }.Attributes, UserDetail.Read));
        var source = new SourceSnapshot([], [], []);
        UserComparison Compare() => Assert.Single(AccountComparer.Compare(
            _scene.Rule, source, account, [About(Listed("jill"), CorrelationSituation.Matched, u => u.Department = "Legal")]));
        Assert.Equal("jill@example.com: Different (Department: source 'Legal', Zoom 'Board')", Compare().ToString());
        Assert.Same(account.Find("id-jill"), Compare().User);
        account.AddUnread(new Dictionary<string, ScimException> { ["id-jill"] = new ScimRecordException("Zoom.Some", "no answer") });
        Assert.Equal("jill@example.com: Unreadable (no answer)", Compare().ToString());
    }

    [Fact]
    public void Who_is_alike_is_shown_without_details_and_in_the_order_of_the_addresses_and_not_of_the_labels()
    {
        foreach (var name in new[] { "c", "A", "b" })
        {
            _scene.InZoom(name);
            _scene.InSource(name);
        }

        _scene.Look = s => s with { People = s.People.Select(p => p with { Label = "record" }).ToList() };
        Assert.Equal(["A@example.com: Equal", "b@example.com: Equal", "c@example.com: Equal"], _scene.Compare().Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("Sales", "deactivated in Zoom, and the source does not say so")]
    [InlineData("Legal", "deactivated in Zoom, and the source does not say so; Department: source 'Legal', Zoom 'Sales'")]
    public void What_else_differs_of_somebody_deactivated_is_told(string department, string details)
    {
        _scene.InZoom("jill", u => (u.Department, u.Active) = ("Sales", false));
        _scene.InSource("jill", u => u.Department = department);
        Assert.Equal((UserDifference.DisabledDifferently, details), (_scene.Compare()[0].Difference, _scene.Compare()[0].Details));
    }

    [Theory]
    // Who is active in the source and in Zoom, and what of state, type, add-on and department differs.
    [InlineData(true, true, "UserType, Department, zoomIQ")]
    [InlineData(false, false, "Department")]
    [InlineData(true, false, "Active, UserType, Department, zoomIQ")]
    [InlineData(false, true, "Active, UserType, Department, zoomIQ")]
    public void The_licences_of_somebody_active_on_either_side_are_compared(bool source, bool zoom, string names)
    {
        void Is(ScimUser user, bool active, string type, string department, bool addOn)
        {
            (user.Active, user.UserType, user.Department) = (active, type, department);
            user.SetExtension("zoomIQ", addOn);
        }

        _scene.InZoom("jill", u => Is(u, zoom, "Basic", "Sales", addOn: false));
        _scene.InSource("jill", u => Is(u, source, "Licensed", "Legal", addOn: true));
        var changes = Assert.Single(_scene.Compare()).Changes;
        Assert.Equal(names, string.Join(", ", changes.Select(c => c.Name)));
        Assert.All(changes, c => Assert.True(c.OldIsKnown));
    }

    [Fact]
    public void What_Zoom_does_not_tell_cannot_differ()
    {
        _scene.InZoom("jill");
        _scene.InSource("jill", u => u.Title = "Chief");
        Assert.Equal(UserDifference.Equal, Assert.Single(_scene.Compare()).Difference);
    }
}
