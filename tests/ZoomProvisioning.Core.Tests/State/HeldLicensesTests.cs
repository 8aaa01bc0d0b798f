using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What was taken from a person with a deactivation, and what is given back.</summary>
public class HeldLicensesTests
{
    private static readonly string Plan = ZoomExtension.Known.First(a => a.Kind == AttributeKind.Code).Name;
    private static readonly string AddOn = ZoomExtension.Known.First(a => a.Kind == AttributeKind.Flag).Name;

    private static ScimUser User(string? type = null, string? plan = null, bool? addOn = null, bool active = true)
    {
        var user = new ScimUser { Id = "1", UserName = "ada@example.com", Active = active };
        if (type is not null)
        {
            user.UserType = type;
        }

        if (plan is not null)
        {
            user.SetExtension(Plan, plan);
        }

        if (addOn is not null)
        {
            user.SetExtension(AddOn, addOn);
        }

        return new ScimUser(user.Attributes, UserDetail.Read);
    }

    private static LedgerEntry Entry(params (string Name, string Value)[] held)
    {
        var entry = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default);
        Array.ForEach(held, h => entry.LicensesBefore[h.Name] = h.Value);
        return entry;
    }

    private static string Held(LedgerEntry entry) => string.Join(" ", (entry.HasLicensesBefore ? entry.LicensesBefore.Keys : Enumerable.Empty<string>())
        .Select(k => k == Plan ? "plan" : k == AddOn ? "add-on" : k).OrderBy(k => k, StringComparer.Ordinal));

    public static TheoryData<string?, string?, bool?, bool, string> Kept => new()
    {
        { "Licensed", null, null, true, "UserType" },
        { "On-Prem", null, null, true, "UserType" },
        { "Basic", "123", true, true, "UserType add-on plan" },
        { "Licensed", "123", false, true, "UserType plan" },
        { null, null, true, true, "add-on" },
        { "Licensed", "123", true, false, "" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_somebody_active_holds_is_kept_and_of_somebody_inactive_nothing(string? type, string? plan, bool? addOn, bool active, string held)
    {
        var entry = Entry();
        HeldLicenses.Keep(entry, User(type, plan, addOn, active).Attributes);
        Assert.Equal(held, Held(entry));
        var untouched = Entry(("UserType", "Licensed"));
        HeldLicenses.Keep(untouched, null);
        HeldLicenses.Keep(untouched, User("Basic", active: false).Attributes);
        Assert.Equal("UserType", Held(untouched));
    }

    [Fact]
    public void What_is_still_owed_stays_owed_and_who_has_another_seat_is_owed_none()
    {
        var owed = Entry(("UserType", "Licensed"), (AddOn, "true"));
        HeldLicenses.Keep(owed, User("Basic").Attributes);
        Assert.Equal("Licensed true", $"{owed.LicensesBefore["UserType"]} {owed.LicensesBefore[AddOn]}");

        var another = Entry((Plan, "123"), (AddOn, "true"));
        HeldLicenses.Keep(another, User("Licensed").Attributes);
        Assert.Equal("UserType add-on", Held(another));

        // What is owed says nothing of what is not.
        var more = Entry((AddOn, "true"));
        HeldLicenses.Keep(more, User("Basic").Attributes);
        Assert.Equal("UserType add-on", Held(more));
    }

    [Theory]
    [InlineData(true, true, "UserType")]
    [InlineData(true, false, "")]
    [InlineData(false, true, "")]
    public void What_was_seen_of_somebody_active_is_kept_when_others_have_deactivated_the_user(bool isSeen, bool wasActive, string held)
    {
        var entry = Entry();
        entry.Seen = isSeen ? User("Licensed", active: wasActive) : null;
        HeldLicenses.KeepSeen(entry);
        Assert.Equal(held, Held(entry));
        var before = Entry((AddOn, "true"));
        before.Seen = User("Licensed");
        HeldLicenses.KeepSeen(before);
        Assert.Equal("add-on", Held(before));
    }

    private static string Restored(LedgerEntry entry, ScimUser desired, ScimUser current, ProvisioningRule? rule = null, params AttributeChange[] changes) =>
        string.Join(" ", HeldLicenses.Restore(rule ?? new ProvisioningRule("rule"), entry, desired, current, changes)
            .Select(c =>
                $"{(c.Name == Plan ? "plan" : c.Name == AddOn ? "add-on" : c.Name)}={ZoomAttribute.Display(c.NewValue)}{(c.OldIsKnown ? string.Empty : "?")}")
            .OrderBy(c => c, StringComparer.Ordinal));

    [Fact]
    public void What_is_held_comes_back_unless_the_source_says_something_else_of_it()
    {
        var entry = Entry(("UserType", "Licensed"), (AddOn, "true"), ("Department", "Sales"));
        Assert.Equal("Department=Sales UserType=Licensed add-on=True", Restored(entry, new ScimUser(), User("Basic", active: false)), ignoreCase: true);
        Assert.Equal("Department=Sales add-on=True", Restored(entry, new ScimUser { UserType = "Basic" }, User("Basic", active: false)), ignoreCase: true);
        Assert.Equal("Department=Sales UserType=Licensed add-on=True", Restored(entry, new ScimUser { UserType = string.Empty }, User("Basic", active: false)),
            ignoreCase: true);

        var there = User("Licensed", addOn: true, active: false);
        there.Department = "Legal";
        Assert.Equal(string.Empty, Restored(entry, new ScimUser(), there));
        Assert.Equal(string.Empty, Restored(Entry(), new ScimUser(), User("Basic")));
    }

    [Fact]
    public void A_source_that_speaks_of_the_plan_has_the_last_word_on_the_type_as_well()
    {
        var entry = Entry(("UserType", "Licensed"), (Plan, "123"));
        var wish = new ScimUser();
        wish.SetExtension(Plan, "456");
        Assert.Equal(string.Empty, Restored(entry, wish, User("Basic", active: false)));
    }

    [Fact]
    public void What_was_seen_counts_where_nothing_was_kept_and_the_user_is_inactive()
    {
        var entry = Entry();
        entry.Seen = User("Licensed", addOn: true);
        Assert.Equal("UserType=Licensed add-on=True", Restored(entry, new ScimUser(), User("Basic", active: false)), ignoreCase: true);
        Assert.Equal(string.Empty, Restored(entry, new ScimUser(), User("Basic")));
        entry.Seen = User("Licensed");
        Assert.Equal("UserType=Licensed", Restored(entry, new ScimUser(), User("Basic", addOn: true, active: false)));
        entry.Seen = User("Licensed", addOn: false);
        Assert.Equal("UserType=Licensed", Restored(entry, new ScimUser(), User("Basic", active: false)));
    }

    [Fact]
    public void What_is_given_back_stands_in_place_of_what_would_be_sent()
    {
        var sent = new AttributeChange(ZoomAttributes.UserType, "Basic", "On-Prem", oldIsKnown: true);
        var other = new AttributeChange(ZoomAttributes.Title, null, "Chief", oldIsKnown: false);
        Assert.Equal(
            "Title=Chief? UserType=Licensed",
            Restored(Entry(("UserType", "Licensed")), new ScimUser(), User("Basic", active: false), null, sent, other));
    }

    [Theory]
    [InlineData("type", "add-on")]
    [InlineData("plan", "add-on")]
    [InlineData("add-on", "UserType plan")]
    [InlineData("nothing", "UserType add-on plan")]
    public void What_was_given_is_owed_no_more_and_a_seat_settles_every_seat(string given, string left)
    {
        var entry = Entry(("UserType", "Licensed"), (Plan, "123"), (AddOn, "true"));
        HeldLicenses.Settle(entry, User(given == "type" ? "Licensed" : null, given == "plan" ? "123" : null, given == "add-on" ? true : null));
        Assert.Equal(left, Held(entry));
        HeldLicenses.Settle(Entry(), User("Licensed"));
    }

    [Fact]
    public void What_an_update_took_is_kept_by_its_name()
    {
        var entry = Entry();
        HeldLicenses.KeepTaken(entry, new ScimUser { Organization = "Example", Roles = ["a", "b"] }.Attributes);
        Assert.Equal(["Organization", "Roles"], entry.LicensesBefore.Keys.OrderBy(k => k, StringComparer.Ordinal));
        Assert.Equal("Organization=Example Roles=a; b", Restored(entry, new ScimUser(), User()));
        Assert.Equal("costBearer=x", Restored(Entry(("costBearer", "x")), new ScimUser(), User()));
    }
}
