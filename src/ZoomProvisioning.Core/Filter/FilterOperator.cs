using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Filter;

/// <summary>SCIM's comparisons (RFC 7644, table 3).</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Present,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}

/// <summary>The comparisons by the names they are written with.</summary>
internal static class FilterOperators
{
    /// <summary>The operators by name, without regard to case.</summary>
    public static IReadOnlyDictionary<string, FilterOperator> ByName { get; } = new Dictionary<string, FilterOperator>(StringComparer.OrdinalIgnoreCase)
    {
        ["eq"] = FilterOperator.Equal,
        ["ne"] = FilterOperator.NotEqual,
        ["co"] = FilterOperator.Contains,
        ["sw"] = FilterOperator.StartsWith,
        ["ew"] = FilterOperator.EndsWith,
        ["pr"] = FilterOperator.Present,
        ["gt"] = FilterOperator.GreaterThan,
        ["ge"] = FilterOperator.GreaterOrEqual,
        ["lt"] = FilterOperator.LessThan,
        ["le"] = FilterOperator.LessOrEqual,
    };

    /// <summary>What other languages write for an operator; null when nothing is known.</summary>
    public static string? MeantBy(string word) => word.TrimStart('-').ToUpperInvariant() switch
    {
        "=" or "==" or "===" or "EQ" or "EQUALS" or "IS" => "eq",
        "!=" or "<>" or "NE" => "ne",
        ">" or "GT" => "gt",
        ">=" or "GE" => "ge",
        "<" or "LT" => "lt",
        "<=" or "LE" => "le",
        "CONTAINS" or "INCLUDES" => "co",
        "LIKE" or "MATCH" => "co, sw or ew",
        "STARTSWITH" => "sw",
        "ENDSWITH" => "ew",
        "EXISTS" or "PRESENT" => "pr",
        _ => null,
    };
}
