using System;
using System.Collections.Generic;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Limits, protected people, exceptions and names of rules, each at its border.</summary>
public class RuleTableTests
{
    [Theory]
    // Limit, share, of how many managed: in a run, in a day.
    [InlineData(null, null, 100, null, null)]
    [InlineData(5, null, 100, 5, 10)]
    [InlineData(null, 10.0, 100, 10, 20)]
    [InlineData(null, 10.0, 101, 11, 22)]
    [InlineData(null, 10.0, 1, 1, 2)]
    [InlineData(null, 10.0, 0, 0, 0)]
    [InlineData(5, 10.0, 100, 5, 10)]
    [InlineData(50, 10.0, 100, 10, 20)]
    [InlineData(0, null, 100, 0, 0)]
    [InlineData(int.MaxValue, null, 100, int.MaxValue, int.MaxValue)]
    public void A_limit_is_the_smaller_of_number_and_share_and_a_day_has_twice_a_runs(int? max, double? percent, int managed, int? run, int? day)
    {
        var limit = new GuardLimit { Max = max, MaxPercent = percent };
        Assert.Equal((run, day), (limit.RunAllowance(managed), limit.DayAllowance(managed)));
    }

    [Theory]
    [InlineData(3, null, 3)]
    [InlineData(null, 4.0, 4)]
    [InlineData(7, 4.0, 4)]
    [InlineData(3, 4.0, 3)]
    public void A_day_may_have_limits_of_its_own(int? perDay, double? percent, int expected) =>
        Assert.Equal(expected, new GuardLimit { Max = 50, MaxPercent = 50, PerDay = perDay, PerDayPercent = percent }.DayAllowance(100));

    [Theory]
    [InlineData(GuardKind.Disable, 50, 10.0)]
    [InlineData(GuardKind.Delete, 10, 5.0)]
    [InlineData(GuardKind.LicenseLoss, 50, 10.0)]
    [InlineData(GuardKind.GroupLeave, 50, 20.0)]
    [InlineData(GuardKind.Reactivate, 50, 10.0)]
    [InlineData(GuardKind.Rename, 50, 20.0)]
    [InlineData(GuardKind.Clear, 50, 20.0)]
    [InlineData(GuardKind.Create, null, null)]
    [InlineData(GuardKind.Update, null, null)]
    public void The_limits_nobody_set(GuardKind kind, int? max, double? percent) =>
        Assert.Equal(new GuardLimit { Max = max, MaxPercent = percent }, new GuardLimits()[kind]);

    [Fact]
    public void The_short_forms_set_what_they_say_and_leave_the_rest()
    {
        var limits = new GuardLimits { MaxDisable = 1, MaxDisablePercent = 2, MaxDelete = 3, MaxDeletePercent = 4 };
        Assert.Equal((1, 2, 3, 4), (limits.MaxDisable, limits.MaxDisablePercent, limits.MaxDelete, limits.MaxDeletePercent));
        Assert.Equal(new GuardLimit { Max = 1, MaxPercent = 2 }, limits[GuardKind.Disable]);
        Assert.Equal(new GuardLimit { Max = 3, MaxPercent = 4 }, limits[GuardKind.Delete]);
        var none = new GuardLimits { [GuardKind.Disable] = GuardLimit.None, [GuardKind.Delete] = GuardLimit.None };
        Assert.Equal((int.MaxValue, 100, int.MaxValue, 100), (none.MaxDisable, none.MaxDisablePercent, none.MaxDelete, none.MaxDeletePercent));
        Assert.Equal(20, none.MaxSourceShrinkPercent);
    }

    private static readonly ProtectedUsers Protected = new(["ada@example.com", "id1", "*.admin@example.com", "b?b@example.com"], ["Helpdesk"]);

    private static ScimUser User(string? userName, string? id = "x", params string[]? roles)
    {
        var user = new ScimUser { Id = id, UserName = userName };
        if (roles is { Length: > 0 })
        {
            user.Roles = roles;
        }

        return user;
    }

    [Theory]
    [InlineData("ada@example.com", "protected by the rule ('ada@example.com')")]
    [InlineData("ADA@example.com", "protected by the rule ('ADA@example.com')")]
    [InlineData("the.admin@example.com", "protected by the rule (a pattern that fits 'the.admin@example.com')")]
    [InlineData("bob@example.com", "protected by the rule (a pattern that fits 'bob@example.com')")]
    [InlineData("bb@example.com", null)]
    [InlineData("boob@example.com", null)]
    [InlineData("theXadmin@example.com", null)]
    [InlineData("x.ada@example.com", null)]
    [InlineData(null, null)]
    public void A_name_is_protected_as_it_stands_or_by_a_pattern(string? name, string? reason)
    {
        Assert.Equal(reason, Protected.ReasonFor(name, null));
        Assert.Equal(reason, Protected.ReasonFor("new@example.com", User(name)));
        Assert.Equal(reason is not null, Protected.Names(name, null));
        Assert.Equal(reason is not null, Protected.Names("new@example.com", User(name)));
        Assert.Equal(reason is not null, name is not null && Protected.Fits(name));
    }

    [Theory]
    [InlineData("id1", null, "protected by the rule ('id1')", true)]
    [InlineData("id2", null, null, false)]
    [InlineData("id2", "Admin", "has the role 'Admin', whose holders are never touched", false)]
    [InlineData("id2", "owner", "has the role 'owner', whose holders are never touched", false)]
    [InlineData("id2", "Helpdesk", "has the role 'Helpdesk', whose holders are never touched", true)]
    [InlineData("id2", "helpdesk", "has the role 'helpdesk', whose holders are never touched", true)]
    [InlineData("id2", "Member", null, false)]
    public void So_is_an_id_and_a_role(string id, string? role, string? reason, bool byTheRule)
    {
        var user = role is null ? User("cy@example.com", id) : User("cy@example.com", id, "Member", role);
        Assert.Equal(reason, Protected.ReasonFor("cy@example.com", user));
        Assert.Equal(byTheRule, Protected.Names("cy@example.com", user));
    }

    [Fact]
    public void Nobody_is_protected_by_an_empty_list_but_admins()
    {
        var none = new ProtectedUsers();
        Assert.Null(none.ReasonFor("ada@example.com", User("ada@example.com")));
        Assert.NotNull(none.ReasonFor("ada@example.com", User("ada@example.com", "x", "Admin")));
        Assert.False(none.Names("ada@example.com", User("ada@example.com", "x", "Admin")));
        Assert.Empty(none.Users);
        Assert.Empty(none.Roles);
    }

    private static readonly DateTimeOffset Now = new(2026, 6, 15, 23, 59, 0, TimeSpan.Zero);

    private static string? Excepted(string?[] keys, params ExceptedUser[] users) => ExceptedUsers.Holding(users, Now).For(keys)?.Words;

    [Theory]
    [InlineData(null, "left alone on purpose: on leave")]
    [InlineData("2026-06-15", "left alone on purpose until 2026-06-15: on leave")]
    [InlineData("2026-06-16", "left alone on purpose until 2026-06-16: on leave")]
    [InlineData("2026-06-14", null)]
    public void An_exception_holds_to_the_end_of_its_last_day(string? until, string? expected)
    {
        var last = until is null ? (DateTime?)null : DateTime.Parse(until, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, Excepted(["ADA@example.com"], new ExceptedUser("ada@example.com", "on leave", last)));
        Assert.Equal(expected, Excepted([null, "ADA@example.com"], new ExceptedUser("a*@example.com", "on leave", last)));
        var past = ExceptedUsers.Past([new ExceptedUser("ada@example.com", "on leave", last), new ExceptedUser("a*@example.com", "on leave", last)], Now);
        Assert.Equal(expected is null ? last : null, past.For("ada@example.com")?.Until);
        Assert.Equal(expected is null, past.For("amy@example.com") is not null);
    }

    [Fact]
    public void Of_several_exceptions_the_exact_one_and_then_the_first_counts()
    {
        ExceptedUser[] users = [new("a*", "pattern", null), new("ada", "exact", null), new("ADA", "again", null), new("ad?", "other pattern", null)];
        Assert.Equal("left alone on purpose: exact", Excepted(["ada"], users));
        Assert.Equal("left alone on purpose: exact", Excepted(["amy", "ada"], users));
        Assert.Equal("left alone on purpose: pattern", Excepted(["adx"], users));
        Assert.Null(Excepted(["bob", null], users));
        Assert.Null(Excepted(["bob"]));
    }

    [Theory]
    [InlineData("Staff of 2026-06_v.1", null)]
    [InlineData("é", null)]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("a/b", "contains '/'")]
    [InlineData("a\\b", "contains '\\'")]
    [InlineData(".a", "begins or ends")]
    [InlineData("a.", "begins or ends")]
    [InlineData(" a", "begins or ends")]
    [InlineData("a ", "begins or ends")]
    [InlineData("con", "Windows keeps")]
    [InlineData("Con.txt", "Windows keeps")]
    [InlineData("com1", "Windows keeps")]
    [InlineData("LPT9 .x", "Windows keeps")]
    [InlineData("com0", null)]
    [InlineData("console", null)]
    public void A_rules_name_is_a_folders(string name, string? mistake)
    {
        var said = RuleName.MistakeIn(name);
        Assert.Equal(mistake is null, said is null);
        Assert.Contains(mistake ?? string.Empty, said ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_64_characters_at_most()
    {
        Assert.Null(RuleName.MistakeIn(new string('a', 64)));
        Assert.Equal("the name has 65 characters; 64 are allowed", RuleName.MistakeIn(new string('a', 65)));
    }

    [Fact]
    public void An_attributes_rule_is_found_by_name_by_path_and_by_licence()
    {
        AttributeRule of = new(AttributeSource.Nothing) { Apply = ApplyWhen.OnCreate, WriteOnly = true };
        ProvisioningRule Of(string name) =>
            new("rule") { Attributes = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase) { [name] = of } };

        var named = Of("department");
        Assert.Same(of, named.RuleFor(ZoomAttributes.Department));
        Assert.True(named.AppliesOnCreate(ZoomAttributes.Department) && !named.AppliesOnUpdate(ZoomAttributes.Department));
        Assert.True(named.IsWriteOnly(ZoomAttributes.Department));
        Assert.True(named.AppliesOnUpdate(ZoomAttributes.Title) && named.AppliesOnCreate(ZoomAttributes.Title) && !named.IsWriteOnly(ZoomAttributes.Title));

        var licence = Of(MappingPreset.LicenseName);
        Assert.Same(of, licence.RuleFor(ZoomAttributes.UserType));
        Assert.Same(of, licence.RuleFor(ZoomExtension.Attribute("zoomUnited")));
        Assert.Same(of, licence.RuleFor(ZoomExtension.Attribute("zoomWhiteboard")));
        Assert.Same(of, licence.RuleFor(ZoomExtension.Attribute("planOfTomorrow")));
        Assert.Null(licence.RuleFor(ZoomExtension.Attribute("pronouns")));
        Assert.Null(licence.RuleFor(ZoomAttributes.Department));

        var path = Of(MappingTarget.Prefix + "pronouns");
        Assert.Same(of, path.RuleFor(ZoomExtension.Attribute("pronouns")));
        Assert.Null(path.RuleFor(ZoomAttributes.Department));
        Assert.Equal("rule", path.ToString());
    }
}
