using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Model;

public class ZoomPlansTests
{
    /// <summary>The fact sheet's table 3.6, literally: attribute, code, the words of the plan and of the region.</summary>
    public static TheoryData<string, string, string, string> Sheet { get; } = new()
    {
        { "zoomUnited", "1", "Pro", "US/CA" }, { "zoomUnited", "2", "Pro", "UK/IR" }, { "zoomUnited", "4", "Pro", "AU/NZ" },
        { "zoomUnited", "8", "Pro", "Global Select" }, { "zoomUnited", "16", "Pro", "Phone Pro" }, { "zoomUnited", "32768", "Pro", "Japan" },
        { "zoomUnited", "32", "Business", "US/CA" }, { "zoomUnited", "64", "Business", "UK/IR" }, { "zoomUnited", "128", "Business", "AU/NZ" },
        { "zoomUnited", "256", "Business", "Global Select" }, { "zoomUnited", "512", "Business", "Phone Pro" }, { "zoomUnited", "65536", "Business", "Japan" },
        { "zoomUnited", "1024", "Enterprise", "US/CA" }, { "zoomUnited", "2048", "Enterprise", "UK/IR" }, { "zoomUnited", "4096", "Enterprise", "AU/NZ" },
        { "zoomUnited", "8192", "Enterprise", "Global Select" }, { "zoomUnited", "16384", "Enterprise", "Phone Pro" },
        { "zoomUnited", "131072", "Enterprise", "Japan" },
        { "zoomOneBizPlus", "16", "Business Plus", "US/CA" }, { "zoomOneBizPlus", "32", "Business Plus", "UK/IR" },
        { "zoomOneBizPlus", "64", "Business Plus", "AU/NZ" },
        { "zoomOneBizPlus", "128", "Business Plus", "Japan" }, { "zoomOneBizPlus", "33554432", "Business Plus", "Global Select" },
        { "zoomOneEdu", "576460752303423488", "Education Enterprise Student", "" },
        { "zoomOneSchoolCampusPlus", "137438953472", "Campus Plus", "US/CA" }, { "zoomOneSchoolCampusPlus", "274877906944", "Campus Plus", "Japan" },
        { "zoomOneSchoolCampusPlus", "549755813888", "Campus Plus", "UK/IE" }, { "zoomOneSchoolCampusPlus", "1099511627776", "Campus Plus", "AU/NZ" },
        { "zoomOneSchoolCampusPlus", "2199023255552", "Campus Plus", "Global Select" },
        { "zoomOneEntPremier", "134217728", "Enterprise Premier", "US/CA" }, { "zoomOneEntPremier", "268435456", "Enterprise Premier", "Japan" },
        { "zoomOneEntPremier", "536870912", "Enterprise Premier", "UK/IE" }, { "zoomOneEntPremier", "1073741824", "Enterprise Premier", "AU/NZ" },
        { "zoomOneEntPremier", "2147483648", "Enterprise Premier", "Global Select" },
        { "zoomOneEduEntPremier", "4294967296", "Education Enterprise Premier", "US/CA" },
        { "zoomOneEduEntPremier", "8589934592", "Education Enterprise Premier", "Japan" },
        { "zoomOneEduEntPremier", "17179869184", "Education Enterprise Premier", "UK/IE" },
        { "zoomOneEduEntPremier", "34359738368", "Education Enterprise Premier", "AU/NZ" },
        { "zoomOneEduEntPremier", "68719476736", "Education Enterprise Premier", "Global Select" },
        { "zoomAutoDialer", "1073741824", "Auto Dialer Plus", "US/CA" },
        { "zoomFrontline", "2048", "Frontline", "" },
    };

    private static readonly string[] SheetAddOns =
    [
        "zoomIQ", "zoomRevenueAccelerator", "zoomCustomerManagedKey", "zoomWhiteboard", "zoomWhiteboardPlus", "zoomTranslatedCaptions", "zoomHuddles",
        "zoomWorkforceManagement", "zoomQualityManagement", "zoomScheduler", "zoomClipsPlus", "zoomMailAndCalendar", "visitorManagement",
        "zoomComplianceManagement", "zoomDocs", "clinicalNotes", "zoomClinicians", "zoomCustomAICompanion", "zoomAICompanion",
    ];

    private static readonly string[] SheetRest =
    [
        "personalLinkName", "transferee", "pronouns",
        "zoomPhoneExtNumber", "zoomPhoneNumber", "zoomPhoneSite", "zoomPhoneCallingPlan", "zoomPhoneCallingPlanSubscription",
        "zoomContactCenterPackage", "zoomContactCenterPlan", "zoomContactCenterAddonsPlan", "zoomContactCenterRole", "zoomContactCenterRegion",
        "zoomContactCenterUserTemplate", "zoomRevenueAcceleratorRole",
        "zoomWorkplaceSubscription", "zoomRevenueAcceleratorSubscription", "zoomCustomerManagedKeySubscription", "zoomWhiteboardSubscription",
        "zoomTranslatedCaptionsSubscription", "zoomWorkforceManagementSubscription", "zoomQualityManagementSubscription", "zoomSchedulerSubscription",
        "zoomClipsPlusSubscription", "visitorManagementSubscription", "zoomComplianceManagementSubscription", "zoomDocsSubscription",
        "zoomAutoDialerSubscription",
    ];

    [Theory]
    [MemberData(nameof(Sheet))]
    public void A_plan_of_the_sheet_is_known_by_its_code_and_by_its_name(string attribute, string code, string plan, string region)
    {
        var found = ZoomPlans.Find(attribute, code);

        Assert.NotNull(found);
        Assert.Contains(plan, found!.Description, StringComparison.Ordinal);
        Assert.Contains(region, found.Description, StringComparison.Ordinal);
        Assert.Same(found, ZoomPlans.Find(found.Name.ToUpperInvariant()));

        foreach (var spelling in new[] { found.Name, found.Name.ToLowerInvariant(), $" {found.Name} ", $"{attribute}={code}" })
        {
            var user = new ScimUser();
            Assert.Null(ZoomLicenses.Apply(user, spelling));
            Assert.Equal(code, user.GetExtension(attribute));
            Assert.Equal([attribute], user.ChangedAttributes);
        }
    }

    [Fact]
    public void There_is_no_plan_that_is_not_in_the_sheet_and_no_name_twice()
    {
        Assert.Equal(Sheet.Count, ZoomPlans.All.Count);
        Assert.Equal(ZoomPlans.All.Count, ZoomPlans.All.Select(p => $"{p.Attribute}={p.Code}").Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ZoomLicenses.Names.Count, ZoomLicenses.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_known_attributes_are_the_sheets_in_name_and_kind()
    {
        Assert.Equal(
            SheetAddOns.OrderBy(n => n, StringComparer.Ordinal),
            ZoomExtension.Known.Where(a => a.Kind == AttributeKind.Flag).Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(
            Sheet.Select(row => (string)row[0]).Distinct().OrderBy(n => n, StringComparer.Ordinal),
            ZoomExtension.Known.Where(a => a.Kind == AttributeKind.Code).Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(SheetRest.OrderBy(n => n, StringComparer.Ordinal), ZoomExtension.Known.Where(a => a.Kind is not (AttributeKind.Flag or AttributeKind.Code))
            .Select(a => a.Name)
            .OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public void An_add_on_is_named_with_and_without_Zoom_in_front()
    {
        foreach (var attribute in SheetAddOns)
        {
            var shorter = attribute.StartsWith("zoom", StringComparison.Ordinal) ? attribute.Substring(4) : attribute;
            foreach (var name in new[] { attribute, shorter, shorter.ToUpperInvariant() })
            {
                var user = new ScimUser();
                Assert.Null(ZoomLicenses.Apply(user, name));
                Assert.Equal(true, user.GetExtension(attribute));
            }
        }
    }

    [Theory]
    [InlineData("Licensed", "Licensed", false)]
    [InlineData("on-prem", "On-Prem", false)]
    [InlineData("Collaboration", "Collaboration", false)]
    [InlineData("Pro", "Licensed", true)]
    [InlineData("Corp", "On-Prem", true)]
    [InlineData("Unassigned", "Collaboration", true)]
    public void A_user_type_is_a_licence_too_and_its_old_name_a_remark(string name, string type, bool remarked)
    {
        var user = new ScimUser();
        Assert.Equal(remarked, ZoomLicenses.Apply(user, name) is not null);
        Assert.Equal(type, user.UserType);
    }

    [Theory]
    [InlineData("BusinessPlus")]
    [InlineData("Gold")]
    [InlineData("")]
    public void A_licence_nobody_knows_is_refused_with_the_names_there_are(string name) =>
        Assert.Contains("BusinessPlus-US", Assert.Throws<FormatException>(() => ZoomLicenses.Apply(new ScimUser(), name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Licensd", "'Licensd' is no licence this module knows (did you mean 'Licensed'?).")]
    [InlineData("Whitebo", "'Whitebo' is no licence this module knows. There are: Whiteboard, WhiteboardPlus.")]
    public void Of_the_names_there_are_those_are_said_that_may_be_meant(string name, string said) =>
        Assert.Equal(said, Assert.Throws<FormatException>(() => ZoomLicenses.Apply(new ScimUser(), name)).Message);

    [Theory]
    [InlineData("zoomOneBizPlus=17", "code")]
    [InlineData("planOfTomorrow=1", "attribute")]
    public void A_code_or_attribute_of_tomorrow_is_sent_with_a_remark(string license, string doubted)
    {
        var user = new ScimUser();
        Assert.Contains(doubted, ZoomLicenses.Apply(user, license), StringComparison.Ordinal);
        Assert.Single(user.ChangedAttributes);
    }

    [Fact]
    public void The_same_digits_are_another_plan_in_another_attribute()
    {
        Assert.NotSame(ZoomPlans.Find("zoomAutoDialer", "1073741824"), ZoomPlans.Find("zoomOneEntPremier", "1073741824"));
        Assert.NotSame(ZoomPlans.Find("zoomFrontline", "2048"), ZoomPlans.Find("zoomUnited", "2048"));
        Assert.Null(ZoomPlans.Find("zoomOneEdu", "16"));
    }

    [Theory]
    [InlineData("zoomOneBizPlus", "16", true)]
    [InlineData("zoomOneBizPlus", "0", false)]
    [InlineData("zoomUnited", "none", false)]
    [InlineData("zoomUnited", "", false)]
    [InlineData("zoomScheduler", true, false)]
    public void Taking_a_plan_off_takes_no_seat(string attribute, object value, bool paid) =>
        Assert.Equal(paid, new AttributeChange(ZoomExtension.Attribute(attribute), null, value, oldIsKnown: true).IsPaid);
}
