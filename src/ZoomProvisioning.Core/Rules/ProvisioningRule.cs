using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Rules;

/// <summary>
/// An outbound rule: who is provisioned from a source into Zoom, how attributes map, what the rule may do, and what it must
/// never do. What Ping calls a rule, midPoint an object template with correlation, and Entra a provisioning job.
/// </summary>
public sealed record ProvisioningRule
{
    /// <summary>Makes a rule with the safe defaults.</summary>
    /// <param name="name">The rule's name: letters, digits, blank, <c>- _ .</c>; it names the folder of its state.</param>
    public ProvisioningRule(string name) => Name = name;

    /// <summary>The name; with the account it identifies the rule's ledger and journal.</summary>
    public string Name { get; }

    /// <summary>What tells the rule from others for good, also under another name; null in rules that have only their name.</summary>
    public Guid? Id { get; init; }

    /// <summary>What the rule is for, in the admin's words.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>
    /// The property of a source record that never changes for a person (ObjectGUID, Id, EmployeeNumber), by which a person is
    /// known again after a rename; null where the source has none.
    /// </summary>
    public string? Anchor { get; init; }

    /// <summary>Which records are provisioned; null for all.</summary>
    public ScopeRule? Scope { get; init; }

    /// <summary>The attributes by which a person who is not in the ledger is found in Zoom, first match first. Begins with UserName.</summary>
    public IReadOnlyList<ZoomAttribute> Match { get; init; } = [ZoomAttributes.UserName];

    /// <summary>Whether attributes that <see cref="Attributes"/> does not name come from the preset of the record's shape.</summary>
    public bool UsePreset { get; init; } = true;

    /// <summary>Whether somebody without a mail address is an error; else the sign-in name stands for it, which is told.</summary>
    public bool RequireMail { get; init; }

    /// <summary>How dates of the source are written that are not in ISO 8601, such as <c>dd.MM.yyyy</c>; null for none.</summary>
    public string? DateFormat { get; init; }

    /// <summary>How attributes map, by attribute name.</summary>
    public IReadOnlyDictionary<string, AttributeRule> Attributes { get; init; } = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The groups this rule puts people into.</summary>
    public IReadOnlyList<GroupRule> Groups { get; init; } = [];

    /// <summary>A source of group names, several separated by semicolons; null where <see cref="Groups"/> says it all.</summary>
    public AttributeSource? GroupSource { get; init; }

    /// <summary>Whether a group that is wanted and does not exist is created.</summary>
    public bool CreateGroups { get; init; }

    /// <summary>Whether people may be created.</summary>
    public bool AllowCreate { get; init; } = true;

    /// <summary>Whether people who are in Zoom already may be taken over by the rule.</summary>
    public bool AllowAdopt { get; init; } = true;

    /// <summary>Whether people may be changed and reactivated.</summary>
    public bool AllowUpdate { get; init; } = true;

    /// <summary>Whether people may be deactivated.</summary>
    public bool AllowDisable { get; init; } = true;

    /// <summary>Whether people may be deleted.</summary>
    public bool AllowDeprovision { get; init; } = true;

    /// <summary>Whether deactivated Zoom users who were never the rule's are taken over like others; else each of them is for an admin to look at.</summary>
    public bool AdoptInactive { get; init; }

    /// <summary>Whether people are activated again whom somebody deactivated in Zoom by hand; else that has to be approved.</summary>
    public bool ReactivatesAlways { get; init; }

    /// <summary>What becomes of people who leave the source or the scope.</summary>
    public RemoveAction RemoveAction { get; init; } = RemoveAction.Disable;

    /// <summary>Whether people who leave the source or the scope are left alone.</summary>
    internal bool KeepsAbsent { get; init; }

    /// <summary>Whether removing the rule removes its people from Zoom, by <see cref="RemoveAction"/>.</summary>
    public bool DeprovisionOnRuleRemoval { get; init; }

    /// <summary>Who is never touched.</summary>
    public ProtectedUsers Protected { get; init; } = new();

    /// <summary>How much a run and a day may take away or open.</summary>
    public GuardLimits Guard { get; init; } = new();

    /// <summary>What the source must be like before anybody is removed on its word.</summary>
    public SourceRequirements Source { get; init; } = new();

    /// <summary>What becomes, and when, of people who leave the source or the scope.</summary>
    public LeaverSettings Leavers { get; init; } = new();

    /// <summary>Who is left alone on purpose, and why.</summary>
    public IReadOnlyList<ExceptedUser> Exceptions { get; init; } = [];

    /// <summary>How old a saved plan may be when it is applied (planMaxAgeHours).</summary>
    public TimeSpan PlanMaxAge { get; init; } = UsualPlanMaxAge;

    /// <summary>By whom a plan must be approved before anything of it is done (approval); null when nobody has to.</summary>
    public ApprovalRule? Approval { get; init; }

    /// <summary>Whom it tells of its runs, and when (notify); null for nobody.</summary>
    public NotifySettings? Notify { get; init; }

    /// <summary>A day.</summary>
    internal static TimeSpan UsualPlanMaxAge { get; } = TimeSpan.FromHours(24);

    /// <summary>The file it was read from; null when it was made in a script.</summary>
    public string? Path { get; init; }

    /// <summary>A digest of the rule's text, by which a plan knows the rule it was made with; empty when it was made in a script.</summary>
    public string Fingerprint { get; init; } = string.Empty;

    /// <summary>Whether an attribute is set when a person is created.</summary>
    public bool AppliesOnCreate(ZoomAttribute attribute) => RuleFor(attribute)?.Apply != ApplyWhen.OnUpdate;

    /// <summary>Whether an attribute is kept in step afterwards.</summary>
    public bool AppliesOnUpdate(ZoomAttribute attribute) => RuleFor(attribute)?.Apply != ApplyWhen.OnCreate;

    /// <summary>Whether Zoom is taken not to tell an attribute, so that the ledger decides whether it must be sent.</summary>
    public bool IsWriteOnly(ZoomAttribute attribute) => RuleFor(attribute)?.WriteOnly == true;

    /// <summary>
    /// How an attribute maps; null when the rule does not say. What <c>License</c> stands for, user type, plans and add-ons, is
    /// ruled by it where it is not named itself.
    /// </summary>
    public AttributeRule? RuleFor(ZoomAttribute attribute) =>
        Attributes.TryGetValue(attribute.Name, out var rule)
        || (attribute.IsExtension && Attributes.TryGetValue(MappingTarget.Prefix + attribute.Name, out rule))
        || (IsLicense(attribute) && Attributes.TryGetValue(MappingPreset.LicenseName, out rule))
            ? rule
            : null;

    /// <summary>Whether it is this very rule.</summary>
    public bool Equals(ProvisioningRule? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // An extension attribute nobody knows may be set by a licence of the form attribute=code.
    private static bool IsLicense(ZoomAttribute attribute) => attribute == ZoomAttributes.UserType
        || (attribute.IsExtension && (attribute.Kind is AttributeKind.Code or AttributeKind.Flag || !ZoomExtension.IsKnown(attribute.Name)));
}
