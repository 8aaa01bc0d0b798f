using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using ZoomProvisioning.State;
using static ZoomProvisioning.Engine.State.Contracts.StateJsonContext;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>The first line of a ledger's file: what it knows besides its people. Each member is a window onto the ledger's own.</summary>
internal sealed class LedgerBody
{
    /// <summary>Since 2 bystanders have lines of their own and the last line has a hash.</summary>
    public const int Newest = 2;

    [JsonIgnore]
    public Ledger Of { get; set; } = new(string.Empty, string.Empty);

    public int Format { get; set => Formats.Require(field = value, Newest); } = Newest;

    [JsonRequired]
    public string Account { get => Of.Account; set => Of.Account = value; }

    [JsonRequired]
    public string Rule { get => Of.Rule; set => Of.Rule = value; }

    [JsonRequired]
    public JournalMark Journal { get; set; }

    public int? LastSourceCount { get => Of.LastSourceCount; set => Of.LastSourceCount = value; }

    public DateTimeOffset? LastRunAt { get => Of.LastRunAt; set => Of.LastRunAt = value; }

    public DateTimeOffset? LastStartedAt { get => Of.LastStartedAt; set => Of.LastStartedAt = value; }

    public DateTimeOffset? LastEntryAt { get => Of.LastEntryAt; set => Of.LastEntryAt = value; }

    public DateTimeOffset? StateDoubtedAt { get => Of.StateDoubtedAt; set => Of.StateDoubtedAt = value; }

    public Dictionary<string, DateTimeOffset>? AppliedPlans
    {
        get => Of.AppliedPlans.Count > 0 ? Of.AppliedPlans : null;
        set => Of.AppliedPlans = value ?? [];
    }

    public bool? IsOpenToOthersTold { get => Flag(Of.IsOpenToOthersTold); set => Of.IsOpenToOthersTold = value == true; }

    public string? AnchorProperty { get => Of.AnchorProperty; set => Of.AnchorProperty = value; }

    public IReadOnlyList<string>? SourceProperties { get => Of.SourceProperties; set => Of.SourceProperties = value; }

    /// <summary>Where format 1 had the bystanders.</summary>
    public IReadOnlyList<ScimObject>? Bystanders { get; set; }
}

/// <summary>A person's line in a ledger.</summary>
internal sealed class PersonBody
{
    [JsonIgnore]
    public LedgerEntry Of { get; set; } = new(string.Empty, string.Empty, LedgerOrigin.Created, default);

    [JsonRequired]
    public string ZoomId { get => Of.ZoomId; set => Of.ZoomId = value; }

    [JsonRequired]
    public string UserName { get => Of.UserName; set => Of.UserName = value; }

    public string? Anchor { get => Of.Anchor; set => Of.Anchor = value; }

    [JsonRequired]
    public LedgerOrigin Origin { get => Of.Origin; set => Of.Origin = value; }

    public DateTimeOffset LinkedAt { get => Of.LinkedAt; set => Of.LinkedAt = value; }

    public bool? IsRemoved { get => Flag(Of.IsRemoved); set => Of.IsRemoved = value == true; }

    public DateTimeOffset? RemovedAt { get => Of.RemovedAt; set => Of.RemovedAt = value; }

    public string? LeftUnder { get => Of.LeftUnder; set => Of.LeftUnder = value; }

    public DateTimeOffset? MissingSince { get => Of.MissingSince; set => Of.MissingSince = value; }

    public int? MissingRuns { get => Of.MissingRuns == 0 ? null : Of.MissingRuns; set => Of.MissingRuns = value ?? 0; }

    public bool? DeactivatedByOthers { get => Flag(Of.DeactivatedByOthers); set => Of.DeactivatedByOthers = value == true; }

    public bool? MustRead { get => Flag(Of.MustRead); set => Of.MustRead = value == true; }

    public ScimObject? Untold { get => Of.HasUntold ? Of.Untold : null; set => Of.Untold = value ?? []; }

    public Dictionary<string, string>? LicensesBefore { get => Of.HasLicensesBefore ? Of.LicensesBefore : null; set => Of.LicensesBefore = value ?? []; }

    public Dictionary<string, IgnoredValue>? Ignored { get => Of.HasIgnored ? Of.Ignored : null; set => Of.Ignored = value ?? []; }

    public Dictionary<string, LedgerGroup>? Groups { get => Of.HasGroups ? Of.Groups : null; set => Of.Groups = value ?? []; }

    public UserDetail? SeenBy
    {
        get => Of.Seen?.Detail;
        set => Of.Seen = value is { } detail ? new ScimUser(Of.Seen?.Attributes ?? [], detail) : null;
    }

    public ScimObject? Seen
    {
        get => Of.Seen?.Attributes;
        set => Of.Seen = value is { } user ? new ScimUser(user, Of.Seen?.Detail ?? UserDetail.Read) : null;
    }
}
