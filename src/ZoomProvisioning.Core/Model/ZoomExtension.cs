using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning;

/// <summary>
/// Zoom's own user extension. Its attributes grow with every Zoom release, so any name is allowed; those Zoom had documented
/// by December 2025 are known with their types, for completion and for catching mistakes.
/// </summary>
public static class ZoomExtension
{
    /// <summary>The attribute that names the colleague who gets the data of a user who goes.</summary>
    internal const string Transferee = "transferee";

    // Fact sheet 3.6: who tells which of them.
    private static readonly UserDetail[] Told = [UserDetail.Read, UserDetail.Created, UserDetail.Updated];
    private static readonly UserDetail[] NotInUpdates = [UserDetail.Read, UserDetail.Created];
    private static readonly UserDetail[] WriteReplies = [UserDetail.Created, UserDetail.Updated];
    private static readonly UserDetail[] Never = [];

    private static readonly ZoomAttribute[] All =
    [
        // Profile.
        Text("personalLinkName", Told), Text(Transferee, Told), Text("pronouns", Told),

        // Zoom Phone: taken, never told.
        Text("zoomPhoneExtNumber", Never), Text("zoomPhoneNumber", Never), Text("zoomPhoneSite", Never),
        Text("zoomPhoneCallingPlan", Never), Text("zoomPhoneCallingPlanSubscription", Never),

        // Bundle plans.
        Code("zoomUnited"), Code("zoomOneBizPlus"), Code("zoomOneEdu"), Code("zoomOneSchoolCampusPlus"),
        Code("zoomOneEntPremier"), Code("zoomOneEduEntPremier"), Code("zoomAutoDialer"), Code("zoomFrontline"),

        // Add-ons.
        Flag("zoomIQ", Told), Flag("zoomRevenueAccelerator", Told), Flag("zoomCustomerManagedKey", Told),
        Flag("zoomWhiteboard", Told), Flag("zoomWhiteboardPlus", Told), Flag("zoomTranslatedCaptions", Told),
        Flag("zoomHuddles", Told), Flag("zoomWorkforceManagement", Told), Flag("zoomQualityManagement", Told),
        Flag("zoomScheduler", Told), Flag("zoomClipsPlus", Told), Flag("zoomMailAndCalendar", NotInUpdates),
        Flag("visitorManagement", NotInUpdates), Flag("zoomComplianceManagement", Told), Flag("zoomDocs", Told),
        Flag("clinicalNotes", Told), Flag("zoomClinicians", Told), Flag("zoomCustomAICompanion", Told),
        Flag("zoomAICompanion", NotInUpdates),

        // Contact Center and Revenue Accelerator.
        new(
            "zoomContactCenterPlan",
            PathOf("zoomContactCenterPlan"),
            AttributeKind.Complex,
            Never,
            u => u.GetExtension("zoomContactCenterPlan"),
            (u, v) => u.SetExtension("zoomContactCenterPlan", v)) { IsExtension = true },
        Text("zoomContactCenterPackage", Never), Text("zoomContactCenterAddonsPlan", Never), Text("zoomContactCenterRole", Never),
        Text("zoomContactCenterRegion", Never), Text("zoomContactCenterUserTemplate", Never), Text("zoomRevenueAcceleratorRole", WriteReplies),

        // Which of several subscriptions a licence is taken from.
        Text("zoomWorkplaceSubscription", Told), Text("zoomRevenueAcceleratorSubscription", Told),
        Text("zoomCustomerManagedKeySubscription", Told), Text("zoomWhiteboardSubscription", Told),
        Text("zoomTranslatedCaptionsSubscription", Told), Text("zoomWorkforceManagementSubscription", Told),
        Text("zoomQualityManagementSubscription", Told), Text("zoomSchedulerSubscription", Told),
        Text("zoomClipsPlusSubscription", Told), Text("visitorManagementSubscription", Told),
        Text("zoomComplianceManagementSubscription", Told), Text("zoomDocsSubscription", Told), Text("zoomAutoDialerSubscription", Told),
    ];

    private static readonly Dictionary<string, ZoomAttribute> ByName = All.ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The attributes known by name.</summary>
    public static IReadOnlyList<ZoomAttribute> Known => All;

    /// <summary>
    /// The attribute of this name. One that is not known is taken for a text or a flag that Zoom does not tell, as custom
    /// attributes are.
    /// </summary>
    public static ZoomAttribute Attribute(string name) =>
        ByName.TryGetValue(name, out var known) ? known : Text(name, Never);

    /// <summary>Whether the name is one of <see cref="Known"/>.</summary>
    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    /// <summary>Brings a value into the form Zoom wants: flags as true or false, codes and numbers as text.</summary>
    /// <exception cref="FormatException">The value cannot mean this attribute.</exception>
    public static object? Normalize(ZoomAttribute attribute, object? value) => attribute.Kind switch
    {
        AttributeKind.Flag => SourceValue.Convert(attribute, value),
        AttributeKind.Complex => value is System.Collections.IDictionary table ? ToObject(table) : value,
        // A name this module does not know may be a flag in Zoom; a boolean is passed through as what it is.
        _ when value is bool && !IsKnown(attribute.Name) => value,
        _ => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static ScimObject ToObject(System.Collections.IDictionary table)
    {
        var complex = new ScimObject();
        foreach (System.Collections.DictionaryEntry entry in table)
        {
            complex[entry.Key.ToString() ?? string.Empty] = entry.Value;
        }

        return complex;
    }

    private static string PathOf(string name) => $"{ScimSchemas.ZoomUser}:{name}";

    private static ZoomAttribute Text(string name, UserDetail[] toldBy) => Make(name, AttributeKind.Text, toldBy);

    private static ZoomAttribute Flag(string name, UserDetail[] toldBy) => Make(name, AttributeKind.Flag, toldBy);

    private static ZoomAttribute Code(string name) => Make(name, AttributeKind.Code, Told);

    private static ZoomAttribute Make(string name, AttributeKind kind, UserDetail[] toldBy) =>
        new(name, PathOf(name), kind, toldBy, user => user.GetExtension(name), (user, value) => user.SetExtension(name, value)) { IsExtension = true };
}
