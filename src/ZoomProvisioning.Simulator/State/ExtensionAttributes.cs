using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Simulator.State;

/// <summary>The attributes of <c>urn:ietf:params:scim:schemas:extension:zoom:1.0:User</c> (fact sheet 3.6).</summary>
internal static class ExtensionAttributes
{
    public const string Transferee = "transferee";
    public const string Whiteboard = "zoomWhiteboard";
    public const string WhiteboardPlus = "zoomWhiteboardPlus";
    public const string CallingPlan = "zoomPhoneCallingPlan";
    public const string RevenueRole = "zoomRevenueAcceleratorRole";

    /// <summary>What stays with a user who loses every licence.</summary>
    public static readonly HashSet<string> Profile = new(["personalLinkName", Transferee, "pronouns"], StringComparer.Ordinal);

    /// <summary>Plans whose value is a 64-bit code carried as a string.</summary>
    public static readonly HashSet<string> Plans = new(
        [
            "zoomUnited", "zoomOneBizPlus", "zoomOneEdu", "zoomOneSchoolCampusPlus", "zoomOneEntPremier", "zoomOneEduEntPremier",
            "zoomAutoDialer", "zoomFrontline",
        ],
        StringComparer.Ordinal);

    public static readonly HashSet<string> Flags = new(
        [
            "zoomIQ", "zoomRevenueAccelerator", "zoomCustomerManagedKey", Whiteboard, WhiteboardPlus, "zoomTranslatedCaptions",
            "zoomHuddles", "zoomWorkforceManagement", "zoomQualityManagement", "zoomScheduler", "zoomClipsPlus", "zoomMailAndCalendar",
            "visitorManagement", "zoomComplianceManagement", "zoomDocs", "clinicalNotes", "zoomClinicians", "zoomCustomAICompanion",
            "zoomAICompanion",

            // Added by Zoom after the published contract (change log of 2026).
            "zoomEnhancedMedia", "eduStandardStudent", "zoomAdvancedDataProtection", "deepfakeRiskDetection", "wvHqAgent",
        ],
        StringComparer.Ordinal);

    /// <summary>An empty value means "no change" for these (fact sheet 3.6).</summary>
    public static readonly HashSet<string> ContactCenter = new(
        [
            "zoomContactCenterPackage", "zoomContactCenterPlan", "zoomContactCenterAddonsPlan", "zoomContactCenterRole",
            "zoomContactCenterRegion", "zoomContactCenterUserTemplate",
        ],
        StringComparer.Ordinal);

    /// <summary>What the documentation has as a field of PUT, and not of POST (fact sheet 12.4).</summary>
    public static readonly HashSet<string> PutOnly = new(
        ["cxInsightsSubscription", "zoomEnhancedMediaSubscription", "eduStandardStudent", "eduStandardStudentSubscription"],
        StringComparer.Ordinal);

    private static readonly string[] Phone = ["zoomPhoneExtNumber", "zoomPhoneNumber", "zoomPhoneSite", CallingPlan];

    private static readonly string[] Subscriptions =
    [
        "zoomWorkplaceSubscription", "zoomPhoneCallingPlanSubscription", "zoomRevenueAcceleratorSubscription",
        "zoomCustomerManagedKeySubscription", "zoomWhiteboardSubscription", "zoomTranslatedCaptionsSubscription",
        "zoomWorkforceManagementSubscription", "zoomQualityManagementSubscription", "zoomSchedulerSubscription",
        "zoomClipsPlusSubscription", "visitorManagementSubscription", "zoomComplianceManagementSubscription", "zoomDocsSubscription",
        "zoomAutoDialerSubscription",

        // Added by Zoom after the published contract (change log of 2025 and 2026).
        "zoomAICompanionSubscription", "cxInsightsSubscription", "eduStandardStudentSubscription", "zoomEnhancedMediaSubscription",
        "zoomAdvancedDataProtectionSubscription", "deepfakeRiskDetectionSubscription", "wvHqAgentSubscription",
    ];

    private static readonly HashSet<string> All = new(
        Profile.Concat(Plans).Concat(Flags).Concat(ContactCenter).Concat(Phone).Concat(Subscriptions).Concat([RevenueRole]),
        StringComparer.Ordinal);

    private static readonly HashSet<string> NeverReturned = new(
        Phone.Concat(ContactCenter).Concat(["zoomPhoneCallingPlanSubscription"]),
        StringComparer.Ordinal);

    private static readonly HashSet<string> MissingFromPut = new(["visitorManagement", "zoomAICompanion", "zoomMailAndCalendar"], StringComparer.Ordinal);

    public static bool Knows(string name) => All.Contains(name);

    /// <summary>Whether a reply of this shape carries the attribute. A name that is not Zoom's own is a custom attribute.</summary>
    public static bool IsReturned(string name, Shape shape) => shape switch
    {
        Shape.State => true,
        Shape.List => false,
        _ when NeverReturned.Contains(name) => false,
        Shape.Get => name != RevenueRole && All.Contains(name),
        Shape.Put => !MissingFromPut.Contains(name),
        Shape.Patch => name != RevenueRole,
        _ => true,
    };
}
