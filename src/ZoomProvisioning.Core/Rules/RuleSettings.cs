using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>The names of the settings in a rule file, as JSON writes them.</summary>
internal static class RuleSettings
{
    public const string Schema = "$schema";
    public const string Name = "name";
    public const string Description = "description";
    public const string Anchor = "anchor";
    public const string Scope = "scope";
    public const string Match = "match";
    public const string Preset = "preset";
    public const string RequireMail = "requireMail";
    public const string DateFormat = "dateFormat";
    public const string Attributes = "attributes";
    public const string Groups = "groups";
    public const string CreateGroups = "createGroups";
    public const string Capabilities = "capabilities";
    public const string RemoveAction = "removeAction";
    public const string DeprovisionOnRuleRemoval = "deprovisionOnRuleRemoval";
    public const string Protected = "protected";
    public const string Guard = "guard";
    public const string PlanMaxAgeHours = "planMaxAgeHours";

    public const string Property = "property";
    public const string Constant = "constant";
    public const string Template = "template";
    public const string Script = "script";
    public const string Apply = "apply";
    public const string WriteOnly = "writeOnly";
    public const string When = "when";

    public const string Create = "create";
    public const string Adopt = "adopt";
    public const string Update = "update";
    public const string Disable = "disable";
    public const string Deprovision = "deprovision";

    public const string Users = "users";
    public const string Roles = "roles";

    public const string MaxDisable = "maxDisable";
    public const string MaxDisablePercent = "maxDisablePercent";
    public const string MaxDelete = "maxDelete";
    public const string MaxDeletePercent = "maxDeletePercent";
    public const string MaxSourceShrinkPercent = "maxSourceShrinkPercent";

    /// <summary>The settings of a rule, in the order they are written.</summary>
    public static IReadOnlyList<string> OfRule { get; } =
        [Schema, Name, Description, Anchor, Scope, Match, Preset, RequireMail, DateFormat, Attributes, Groups, CreateGroups, Capabilities, RemoveAction, DeprovisionOnRuleRemoval, Protected, Guard, PlanMaxAgeHours];

    /// <summary>The sources of a value.</summary>
    public static IReadOnlyList<string> OfSource { get; } = [Property, Constant, Template, Script];

    /// <summary>The settings of an attribute.</summary>
    public static IReadOnlyList<string> OfAttribute { get; } = [.. OfSource, Apply, WriteOnly];

    /// <summary>The settings of a group.</summary>
    public static IReadOnlyList<string> OfGroup { get; } = [Name, When];

    /// <summary>What a rule may do.</summary>
    public static IReadOnlyList<string> OfCapabilities { get; } = [Create, Adopt, Update, Disable, Deprovision];

    /// <summary>Who is protected.</summary>
    public static IReadOnlyList<string> OfProtected { get; } = [Users, Roles];

    /// <summary>The limits of the guard.</summary>
    public static IReadOnlyList<string> OfGuard { get; } = [MaxDisable, MaxDisablePercent, MaxDelete, MaxDeletePercent, MaxSourceShrinkPercent];

    /// <summary>The values of <see cref="Preset"/>.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["auto", "none"];

    /// <summary>The values of <see cref="Apply"/>.</summary>
    public static IReadOnlyList<string> Applies { get; } = ["always", "onCreate", "onUpdate"];

    /// <summary>The values of <see cref="RemoveAction"/>.</summary>
    public static IReadOnlyList<string> RemoveActions { get; } = ["disable", "delete"];
}
