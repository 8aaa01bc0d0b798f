using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using ZoomProvisioning.State;
using static ZoomProvisioning.Engine.State.Contracts.StateJsonContext;

namespace ZoomProvisioning.Engine.State.Contracts;

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
