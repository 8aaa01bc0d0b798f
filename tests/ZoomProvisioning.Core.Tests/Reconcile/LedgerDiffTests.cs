using System.Collections.Generic;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What differs, with the ledger as the third side; what a returning person gets back; when a saved plan is stale.</summary>
public class LedgerDiffTests
{
    private readonly LedgerEntry _entry = new("1", "jill@example.com", LedgerOrigin.Created, default);

    [Theory]
    [InlineData("Sales", "Sales", "Research", ChangeCause.SourceChanged)]
    [InlineData("Research", "Sales", "Research", ChangeCause.ZoomChanged)]
    [InlineData("Sales", "Support", "Research", ChangeCause.BothChanged)]
    public void The_three_sides_tell_who_changed_a_value(string seen, string now, string wanted, ChangeCause cause)
    {
        _entry.Seen = User(u => u.Department = seen);
        var change = Assert.Single(Diff(u => u.Department = wanted, User(u => u.Department = now)));
        Assert.Equal((cause, seen, now, wanted), (change.Cause, change.LedgerValue, change.OldValue, change.NewValue));
    }

    [Fact]
    public void Without_a_ledger_nobody_knows_who_changed_a_value() =>
        Assert.Equal(
            ChangeCause.Unknown,
            Assert.Single(LedgerDiff.Compute(new ProvisioningRule("rule"), Wish(u => u.Department = "a"), User(u => u.Department = "b"), null, [])).Cause);

    [Fact]
    public void What_Zoom_does_not_tell_is_sent_once()
    {
        var sent = Assert.Single(Diff(u => u.Title = "Chief", User()));
        Assert.Equal((false, ChangeCause.Unknown), (sent.OldIsKnown, sent.Cause));
        _entry.Untold["Title"] = "Chief";
        Assert.Empty(Diff(u => u.Title = "Chief", User()));
        Assert.Equal(ChangeCause.SourceChanged, Assert.Single(Diff(u => u.Title = "Clerk", User())).Cause);
    }

    [Fact]
    public void What_Zoom_ignored_is_not_sent_again_until_one_side_changes()
    {
        _entry.Ignored["Department"] = new IgnoredValue("Research", "Sales");
        var remarks = new List<string>();
        Assert.Empty(LedgerDiff.Compute(
            new ProvisioningRule("rule"), Wish(u => u.Department = "Research"), User(u => u.Department = "Sales"), _entry, remarks));
        Assert.Single(remarks);
        Assert.Single(Diff(u => u.Department = "Support", User(u => u.Department = "Sales")));
        Assert.Single(Diff(u => u.Department = "Research", User(u => u.Department = "Support")));
    }

    [Fact]
    public void Whoever_comes_back_gets_the_licence_of_before()
    {
        HeldLicenses.Keep(_entry, User(u => { u.Active = true; u.UserType = "Licensed"; u.SetExtension("zoomWhiteboard", true); }).Attributes);
        var restored = HeldLicenses.Restore(new ProvisioningRule("rule"), _entry, Wish(), User(u => u.UserType = "Basic"), []);
        Assert.Equal(["UserType", "zoomWhiteboard"], restored.Select(c => c.Name).OrderBy(n => n));
    }

    [Fact]
    public void A_source_that_speaks_of_the_type_has_the_last_word()
    {
        HeldLicenses.Keep(_entry, User(u => { u.Active = true; u.UserType = "Licensed"; u.SetExtension("zoomWhiteboard", true); }).Attributes);
        Assert.Equal("zoomWhiteboard", Assert.Single(HeldLicenses.Restore(
            new ProvisioningRule("rule"), _entry, Wish(u => u.UserType = "Basic"), User(u => u.UserType = "Basic"), [])).Name);
    }

    [Fact]
    public void A_licence_that_was_given_back_is_not_given_again()
    {
        HeldLicenses.Keep(_entry, User(u => { u.Active = true; u.UserType = "Licensed"; }).Attributes);
        HeldLicenses.Settle(_entry, Wish(u => u.UserType = "Licensed"));
        Assert.Empty(HeldLicenses.Restore(new ProvisioningRule("rule"), _entry, Wish(), User(u => u.UserType = "Basic"), []));
    }

    [Fact]
    public void What_is_known_of_a_deactivated_user_is_not_what_it_held()
    {
        HeldLicenses.Keep(_entry, User(u => { u.Active = true; u.UserType = "Licensed"; }).Attributes);
        HeldLicenses.Keep(_entry, User(u => { u.Active = false; u.UserType = "Basic"; }).Attributes);
        Assert.Equal("Licensed", _entry.LicensesBefore["UserType"]);
    }

    [Fact]
    public void What_an_update_took_away_is_still_owed_after_a_deactivation()
    {
        HeldLicenses.KeepTaken(_entry, User(u =>
        {
            u.UserType = "Licensed";
            u.CostCenter = "4711";
            u.SetExtension("zoomWhiteboard", true);
        }).Attributes);
        HeldLicenses.Keep(_entry, User(u =>
        {
            u.Active = true;
            u.UserType = "Basic";
            u.SetExtension("zoomClipsPlus", true);
        }).Attributes);

        var restored = HeldLicenses.Restore(new ProvisioningRule("rule"), _entry, Wish(), User(u => u.UserType = "Basic"), []);
        Assert.Equal(["CostCenter=4711", "UserType=Licensed", "zoomClipsPlus=true", "zoomWhiteboard=true"],
            restored.Select(c => $"{c.Name}={ZoomAttribute.Display(c.NewValue)}").OrderBy(n => n, System.StringComparer.Ordinal));
    }

    [Fact]
    public void Who_has_another_seat_or_another_value_by_the_deactivation_is_owed_that()
    {
        HeldLicenses.KeepTaken(_entry, User(u =>
        {
            u.UserType = "Licensed";
            u.CostCenter = "4711";
        }).Attributes);
        HeldLicenses.Keep(_entry, User(u =>
        {
            u.Active = true;
            u.UserType = "On-Prem";
            u.CostCenter = "0815";
        }).Attributes);
        Assert.Equal(("On-Prem", "0815"), (_entry.LicensesBefore["UserType"], _entry.LicensesBefore["CostCenter"]));
    }

    [Fact]
    public void What_was_taken_away_and_given_back_is_owed_no_more()
    {
        HeldLicenses.KeepTaken(_entry, User(u => u.CostCenter = "4711").Attributes);
        HeldLicenses.Settle(_entry, Wish(u => u.CostCenter = "4711"));
        Assert.Empty(_entry.LicensesBefore);
    }

    [Fact]
    public void A_plan_is_stale_when_anything_a_read_tells_is_different()
    {
        Assert.Null(PlanStaleness.Difference(User(u => u.Title = "a"), User()));
        Assert.Equal("Department was 'a' and is 'b'", PlanStaleness.Difference(User(u => u.Department = "a"), User(u => u.Department = "b")));
        Assert.NotNull(PlanStaleness.Difference(User(u => u.Roles = ["Member"]), User(u => u.Roles = ["Member", "Admin"])));
        Assert.NotNull(PlanStaleness.Difference(User(u => u.Active = true), User(u => u.Active = false)));
    }

    [Theory]
    [InlineData("Admin; Member", "Member", "Roles was 'Admin; Member' and is 'Member'")]
    [InlineData("Member", "Admin; Member", "Roles was 'Member' and is 'Admin; Member'")]
    [InlineData("Admin; Member", "member; admin", null)]
    public void Roles_are_compared_both_ways(string planned, string now, string? difference)
    {
        static string[] Names(string roles) => roles.Split([';', ' '], System.StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(difference, PlanStaleness.Difference(User(u => u.Roles = Names(planned)), User(u => u.Roles = Names(now))));
    }

    [Fact]
    public void Zooms_own_attributes_count_as_far_as_a_read_tells_them()
    {
        Assert.Equal(
            "pronouns was '' and is 'they'; zoomIQ was 'true' and is 'false'",
            PlanStaleness.Difference(User(u => u.SetExtension("zoomIQ", true)), User(u =>
            {
                u.SetExtension("zoomIQ", false);
                u.SetExtension("pronouns", "they");
            })));
        Assert.Null(PlanStaleness.Difference(User(), User(u => u.SetExtension("zoomPhoneSite", "Rome"))));
    }

    [Fact]
    public void The_display_name_goes_along_with_another_name_and_a_type_goes_with_its_plan()
    {
        var current = User(u => (u.GivenName, u.FamilyName, u.DisplayName, u.UserType) = ("Jill", "Jones", "Jill Jones", "Basic"));
        void Named(ScimUser user) => (user.GivenName, user.DisplayName) = ("Jil", "Jill Jones");
        Assert.Equal(["GivenName", "DisplayName"], Diff(Named, current).Select(c => c.Name));
        Assert.Equal(["zoomUnited"], Diff(
            u =>
            {
                u.UserType = "Licensed";
                u.SetExtension("zoomUnited", "123");
            },
            current).Select(c => c.Name));
    }

    [Fact]
    public void A_plan_made_from_a_list_is_held_to_what_a_list_tells()
    {
        var listed = new ScimUser(User(u => u.Department = "a").Attributes, UserDetail.Listed);
        Assert.Null(PlanStaleness.Difference(listed, User(u => { u.Department = "a"; u.CostCenter = "1"; })));
        Assert.NotNull(PlanStaleness.Difference(listed, User()));
    }

    private IReadOnlyList<AttributeChange> Diff(System.Action<ScimUser> wish, ScimUser current) =>
        LedgerDiff.Compute(new ProvisioningRule("rule"), Wish(wish), current, _entry, []);

    private static ScimUser Wish(System.Action<ScimUser>? more = null)
    {
        var user = new ScimUser();
        more?.Invoke(user);
        return user;
    }

    private static ScimUser User(System.Action<ScimUser>? more = null) => new(Wish(more).Attributes, UserDetail.Read);
}
