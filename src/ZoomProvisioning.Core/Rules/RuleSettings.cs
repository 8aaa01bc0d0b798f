using System.Collections.Generic;

namespace ZoomProvisioning.Rules;

/// <summary>The names of the settings in a rule file, as JSON writes them.</summary>
internal static class RuleSettings
{
    public const string Schema = "$schema";
    public const string Name = "name";
    public const string Id = "id";
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
    public const string AdoptInactive = "adoptInactive";
    public const string Reactivate = "reactivate";
    public const string RemoveAction = "removeAction";
    public const string DeprovisionOnRuleRemoval = "deprovisionOnRuleRemoval";
    public const string Protected = "protected";
    public const string Guard = "guard";
    public const string Source = "source";
    public const string Leavers = "leavers";
    public const string Exceptions = "exceptions";
    public const string PlanMaxAgeHours = "planMaxAgeHours";
    public const string Approval = "approval";
    public const string Notify = "notify";
    public const string Need = "need";
    public const string Certificates = "certificates";
    public const string KeyVariable = "keyVariable";

    public const string Property = "property";
    public const string Constant = "constant";
    public const string Template = "template";
    public const string Script = "script";
    public const string Apply = "apply";
    public const string WriteOnly = "writeOnly";
    public const string Optional = "optional";
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
    public const string QuarantineAfterRuns = "quarantineAfterRuns";
    public const string Limits = "limits";

    public const string Max = "max";
    public const string MaxPercent = "maxPercent";
    public const string PerDay = "perDay";
    public const string PerDayPercent = "perDayPercent";

    public const string MinimumRecords = "minimumRecords";
    public const string MaximumAgeHours = "maximumAgeHours";
    public const string EndMarker = "endMarker";

    public const string Csv = "csv";
    public const string Path = "path";
    public const string Encoding = "encoding";
    public const string Command = "command";
    public const string Run = "run";

    public const string Ldap = "ldap";
    public const string Servers = "servers";
    public const string Base = "base";
    public const string Filter = "filter";
    public const string MemberOf = "memberOf";
    public const string Directory = "directory";
    public const string StartTls = "startTls";
    public const string Certificate = "certificate";
    public const string Referrals = "referrals";
    public const string TimeLimitSeconds = "timeLimitSeconds";
    public const string PageSize = "pageSize";
    public const string Bind = "bind";
    public const string Method = "method";
    public const string PasswordVariable = "passwordVariable";
    public const string PasswordFile = "passwordFile";
    public const string SecretName = "secretName";
    public const string SecretVault = "secretVault";

    public const string On = "on";
    public const string Webhook = "webhook";
    public const string UrlVariable = "urlVariable";
    public const string TokenVariable = "tokenVariable";
    public const string Format = "format";
    public const string Mail = "mail";
    public const string Server = "server";
    public const string Port = "port";
    public const string Security = "security";
    public const string From = "from";
    public const string To = "to";

    public const string MissingRuns = "missingRuns";
    public const string MissingDays = "missingDays";
    public const string DeleteAfterDays = "deleteAfterDays";
    public const string TransferTo = "transferTo";

    public const string User = "user";
    public const string Reason = "reason";
    public const string Until = "until";

    /// <summary>The settings of a rule, in the order they are written.</summary>
    public static IReadOnlyList<string> OfRule { get; } =
        [
            Schema, Name, Id, Description, Anchor, Scope, Match, Preset, RequireMail, DateFormat, Attributes, Groups, CreateGroups, Capabilities,
            AdoptInactive, Reactivate, RemoveAction, DeprovisionOnRuleRemoval, Leavers, Protected, Exceptions, Guard, Source, PlanMaxAgeHours, Approval,
            Notify,
        ];

    /// <summary>The sources of a value.</summary>
    public static IReadOnlyList<string> OfSource { get; } = [Property, Constant, Template, Script];

    /// <summary>The settings of an attribute.</summary>
    public static IReadOnlyList<string> OfAttribute { get; } = [.. OfSource, Apply, WriteOnly, Optional];

    /// <summary>The settings of a group.</summary>
    public static IReadOnlyList<string> OfGroup { get; } = [Name, When];

    /// <summary>What a rule may do.</summary>
    public static IReadOnlyList<string> OfCapabilities { get; } = [Create, Adopt, Update, Disable, Deprovision];

    /// <summary>Who is protected.</summary>
    public static IReadOnlyList<string> OfProtected { get; } = [Users, Roles];

    /// <summary>The limits of the guard.</summary>
    public static IReadOnlyList<string> OfGuard { get; } =
        [Limits, MaxDisable, MaxDisablePercent, MaxDelete, MaxDeletePercent, MaxSourceShrinkPercent, QuarantineAfterRuns];

    /// <summary>The kinds of changes that are limited, in the order of <see cref="Plans.GuardKind"/>.</summary>
    public static IReadOnlyList<string> OfLimits { get; } =
    [
        "disable", "delete", "licenseLoss", "groupLeave", "reactivate", "rename", "clear", "create", "update",
    ];

    /// <summary>The limits of one kind.</summary>
    public static IReadOnlyList<string> OfLimit { get; } = [Max, MaxPercent, PerDay, PerDayPercent];

    /// <summary>What a source must be like.</summary>
    public static IReadOnlyList<string> OfRequirements { get; } = [MinimumRecords, MaximumAgeHours, EndMarker, Ldap, Csv, Command];

    /// <summary>A file as the source.</summary>
    public static IReadOnlyList<string> OfCsv { get; } = [Path, Encoding];

    /// <summary>A program as the source.</summary>
    public static IReadOnlyList<string> OfCommand { get; } = [Run, Encoding, TimeLimitSeconds];

    /// <summary>A directory as the source.</summary>
    public static IReadOnlyList<string> OfLdap { get; } =
        [
            Servers, Base, Scope, Filter, MemberOf, Groups, Bind, Certificate, StartTls, Directory, Attributes, Referrals, TimeLimitSeconds, PageSize,
        ];

    /// <summary>How to sign in to a directory.</summary>
    public static IReadOnlyList<string> OfBind { get; } = [Method, User, PasswordVariable, PasswordFile, SecretName, SecretVault];

    /// <summary>The groups of a directory that become Zoom groups.</summary>
    public static IReadOnlyList<string> OfLdapGroups { get; } = [Base, Filter, Name];

    /// <summary>The values of <see cref="Referrals"/>.</summary>
    public static IReadOnlyList<string> OfReferrals { get; } = ["hold", "ignore"];

    /// <summary>The stages of a leaver.</summary>
    public static IReadOnlyList<string> OfLeavers { get; } = [MissingRuns, MissingDays, DeleteAfterDays, TransferTo];

    /// <summary>The settings of an exception.</summary>
    public static IReadOnlyList<string> OfException { get; } = [User, Reason, Until];

    /// <summary>How many people approve a plan: the values of <see cref="Approval"/>, and of its <see cref="Need"/>.</summary>
    public static IReadOnlyList<string> Approvals { get; } = ["required", "two"];

    /// <summary>Who approves a plan, and how it is signed.</summary>
    public static IReadOnlyList<string> OfApproval { get; } = [Need, Certificates, KeyVariable];

    /// <summary>Whom a rule tells of its runs, and when.</summary>
    public static IReadOnlyList<string> OfNotify { get; } = [On, Webhook, Mail, Command];

    /// <summary>The values of <see cref="On"/>, in the order of <see cref="NotifyWhen"/>.</summary>
    public static IReadOnlyList<string> Moments { get; } = ["failure", "held", "attention", "always"];

    /// <summary>A webhook.</summary>
    public static IReadOnlyList<string> OfWebhook { get; } = [UrlVariable, Format, TokenVariable];

    /// <summary>The values of <see cref="Format"/>, in the order of <see cref="Contracts.WebhookFormat"/>.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "teams", "slack"];

    /// <summary>A mail.</summary>
    public static IReadOnlyList<string> OfMail { get; } = [Server, Port, Security, From, To, User, PasswordVariable];

    /// <summary>The values of <see cref="Security"/>, in the order of <see cref="Contracts.MailSecurity"/>.</summary>
    public static IReadOnlyList<string> Securities { get; } = ["startTls", "tls", "none"];

    /// <summary>The values of <see cref="Preset"/>.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["auto", "none"];

    /// <summary>The values of <see cref="Apply"/>.</summary>
    public static IReadOnlyList<string> Applies { get; } = ["always", "onCreate", "onUpdate"];

    /// <summary>The values of <see cref="Reactivate"/>.</summary>
    public static IReadOnlyList<string> Reactivates { get; } = ["ask", "always"];

    /// <summary>The values of <see cref="RemoveAction"/>.</summary>
    public static IReadOnlyList<string> RemoveActions { get; } = ["disable", "delete"];
}
