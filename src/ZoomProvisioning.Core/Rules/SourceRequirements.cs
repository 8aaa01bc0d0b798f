using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Rules;

/// <summary>What a source must be like before anybody is removed on its word, as its owner says, and where it is.</summary>
public sealed record SourceRequirements
{
    /// <summary>How many records it has at least, in scope or not; null where nobody says.</summary>
    public int? MinimumRecords { get; init; }

    /// <summary>How many hours old it may be at most; null where nobody says.</summary>
    public double? MaximumAgeHours { get; init; }

    /// <summary>What its last record consists of, and nothing else does: the sign that it was written to its end; null where there is none.</summary>
    public string? EndMarker { get; init; }

    /// <summary>The directory the rule reads itself; null where its records come from elsewhere.</summary>
    public LdapSettings? Ldap { get; init; }

    /// <summary>The file the rule reads itself; null where its records come from elsewhere.</summary>
    public CsvSettings? Csv { get; init; }

    /// <summary>The program whose output the rule reads; null where its records come from elsewhere.</summary>
    public CommandSettings? Command { get; init; }
}
