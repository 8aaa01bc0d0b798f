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

    public DateTimeOffset? SetBackFrom { get => Of.SetBackFrom; set => Of.SetBackFrom = value; }

    public TimeSpan? SetBackBy { get => Of.SetBackBy > TimeSpan.Zero ? Of.SetBackBy : null; set => Of.SetBackBy = value ?? TimeSpan.Zero; }

    public int? TroubledRuns { get => Of.TroubledRuns > 0 ? Of.TroubledRuns : null; set => Of.TroubledRuns = value ?? 0; }

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
