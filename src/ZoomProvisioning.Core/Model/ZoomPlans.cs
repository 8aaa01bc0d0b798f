using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>A bundle plan of Zoom in one region.</summary>
/// <remarks>The same digits mean different plans in different attributes, so a code is nothing without its attribute.</remarks>
public sealed class ZoomPlan
{
    internal ZoomPlan(string attribute, string code, string name, string description)
    {
        Attribute = attribute;
        Code = code;
        Name = name;
        Description = description;
    }

    /// <summary>The extension attribute that carries it.</summary>
    public string Attribute { get; }

    /// <summary>Its 64-bit code, as text.</summary>
    public string Code { get; }

    /// <summary>The name <c>-License</c> takes, such as BusinessPlus-US.</summary>
    public string Name { get; }

    /// <summary>Zoom's own words for it.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The bundle plans Zoom documents (its SCIM2 OpenAPI, December 2025).</summary>
public static class ZoomPlans
{
    private static readonly (string Suffix, string Words)[] UnitedRegions =
        [("US", "US/CA"), ("UK", "UK/IR"), ("AU", "AU/NZ"), ("Global", "Global Select"), ("PhonePro", "Phone Pro")];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ZoomPlan> All =
    [
        .. United("UnitedPro", "Zoom United Pro", 1),
        .. United("UnitedBusiness", "Zoom United Business", 32),
        .. United("UnitedEnterprise", "Zoom United Enterprise", 1024),
        new("zoomUnited", "32768", "UnitedPro-JP", "Zoom United Pro, Japan"),
        new("zoomUnited", "65536", "UnitedBusiness-JP", "Zoom United Business, Japan"),
        new("zoomUnited", "131072", "UnitedEnterprise-JP", "Zoom United Enterprise, Japan"),
        new("zoomOneBizPlus", "16", "BusinessPlus-US", "Workplace Business Plus, US/CA (on Gov accounts: the only one)"),
        new("zoomOneBizPlus", "32", "BusinessPlus-UK", "Workplace Business Plus, UK/IR"),
        new("zoomOneBizPlus", "64", "BusinessPlus-AU", "Workplace Business Plus, AU/NZ"),
        new("zoomOneBizPlus", "128", "BusinessPlus-JP", "Workplace Business Plus, Japan"),
        new("zoomOneBizPlus", "33554432", "BusinessPlus-Global", "Workplace Business Plus, Global Select"),
        new("zoomOneEdu", "576460752303423488", "EducationEnterpriseStudent", "Workplace for Education Enterprise Student"),
        .. Regional("zoomOneSchoolCampusPlus", "SchoolCampusPlus", "Workplace for Education School and Campus Plus", 137438953472),
        .. Regional("zoomOneEntPremier", "EnterprisePremier", "Workplace Enterprise Premier", 134217728),
        .. Regional("zoomOneEduEntPremier", "EducationEnterprisePremier", "Workplace for Education Enterprise Premier", 4294967296),
        new("zoomAutoDialer", "1073741824", "AutoDialerPlus-US", "Auto Dialer Plus, US/CA"),
        new("zoomFrontline", "2048", "Frontline", "Workplace for Frontline"),
    ];

    /// <summary>The plan of this name, without regard to case; null when there is none.</summary>
    public static ZoomPlan? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The plan an attribute's code stands for; null when this module does not know it.</summary>
    public static ZoomPlan? Find(string attribute, string code) =>
        All.FirstOrDefault(p => string.Equals(p.Attribute, attribute, StringComparison.OrdinalIgnoreCase) && p.Code == code);

    private static IEnumerable<ZoomPlan> United(string name, string description, long first) => UnitedRegions
        .Select((region, index) => new ZoomPlan("zoomUnited", Text(first << index), $"{name}-{region.Suffix}", $"{description}, {region.Words}"));

    // These three count their regions in the same order: each is twice the one before.
    private static IEnumerable<ZoomPlan> Regional(string attribute, string name, string description, long first) =>
        new[] { ("US", "US/CA"), ("JP", "Japan"), ("UK", "UK/IE"), ("AU", "AU/NZ"), ("Global", "Global Select") }
            .Select((region, index) => new ZoomPlan(attribute, Text(first << index), $"{name}-{region.Item1}", $"{description}, {region.Item2}"));

    private static string Text(long code) => code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
