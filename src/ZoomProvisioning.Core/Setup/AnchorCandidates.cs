using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Setup;

/// <summary>A column that may tell people apart for good.</summary>
/// <param name="Column">The column.</param>
/// <param name="Why">What speaks for it.</param>
internal sealed record AnchorCandidate(string Column, string Why);

/// <summary>Finds the columns that may tell people apart for good: filled for everybody, different for everybody, and called like a key.</summary>
internal static class AnchorCandidates
{
    // Of fewer people nothing can be told: everything is different.
    private const int FewestToTell = 3;

    private static readonly HashSet<string> Immutable = Set(
        "ObjectGUID|ObjectId|Object Id|ImmutableId|OnPremisesImmutableId|entryUUID|nsUniqueId|GUID|UUID|ExternalDirectoryObjectId|WorkerId|PersonId|UserId");

    private static readonly string[] KeyWords =
        ["ID", "GUID", "UUID", "KEY", "NUMBER", "NUMMER", "NUMERO", "NUMÉRO", "NR", "NO", "NUM", "CODE", "KENNUNG", "MATRICULE", "番号", "编号"];

    // A key, but one that is changed with the name; or one of the account in Zoom.
    private static readonly HashSet<string> Changing = Set("SamAccountName|uid|Alias|MailNickname|Login|DistinguishedName|dn|cn|Name|ZoomId");

    /// <summary>The candidates, the best first.</summary>
    public static IReadOnlyList<AnchorCandidate> In(SampleColumns columns)
    {
        var attributes = ZoomAttributes.All.Select(a => a.Name).Where(a => a != nameof(ScimUser.EmployeeNumber));
        var taken = new HashSet<string>(attributes.SelectMany(columns.Layout.ColumnsFor), StringComparer.Ordinal);
        var numbers = new HashSet<string>(columns.Layout.ColumnsFor(nameof(ScimUser.EmployeeNumber)), StringComparer.Ordinal);
        return columns.Layout.Names
            .Where(c => !taken.Contains(c) && !Changing.Contains(MappingPreset.Canonical(c)) && columns.Filled(c) == columns.Count)
            .Select(c => (Column: c, Rank: RankOf(c, numbers)))
            .Where(c => c.Rank < int.MaxValue && IsUnique(columns, c.Column))
            .OrderBy(c => c.Rank)
            .Select(c => new AnchorCandidate(c.Column, $"all {columns.Count} records have one, and all are different"))
            .ToList();
    }

    private static int RankOf(string column, HashSet<string> numbers)
    {
        var key = MappingPreset.Canonical(column);
        return Immutable.Contains(key) ? 0
            : numbers.Contains(column) ? 1
            : KeyWords.Any(w => key.EndsWith(w, StringComparison.Ordinal)) ? 2
            : int.MaxValue;
    }

    private static bool IsUnique(SampleColumns columns, string column)
    {
        var keys = columns.KeysOf(column).Select(SourceAnchor.Loosely).ToList();
        return columns.Count >= FewestToTell && keys.Count == columns.Count && keys.Distinct(StringComparer.Ordinal).Count() == keys.Count;
    }

    private static HashSet<string> Set(string names) => new(names.Split('|').Select(MappingPreset.Canonical), StringComparer.Ordinal);
}
