using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Values;

/// <summary>Finds texts that are no values: what a program wrote for nothing, for an error, or for something it could not write.</summary>
internal static class ValueFaults
{
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "NULL", "<null>", "(null)", "[null]", "\\N", "nan", "<NA>", "None", "nil", "undefined", "N/A", "#N/A N/A", "n.a.", "k.A.", "-",
        "--", "---", "–", "—", "<not set>", "(not set)",
        "<none>", "(none)", "(blank)", "(empty)", "[blank]", "NaT",
    };

    // People are called so: only as programs write them, and only where no name is expected, are they nothing.
    private static readonly HashSet<string> AlsoNames = new(StringComparer.Ordinal) { "Null", "None", "Nan", "Nil", "none", "null", "nil" };

    private static readonly string[] SheetErrors =
    [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
        "#GETTING_DATA", "#BUSY!", "#UNKNOWN!",
        "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#¿NOMBRE?", "#¡REF!", "#¡VALOR!", "#¡DIV/0!",
        "#¡NUM!", "#RIF!", "#VALORE!", "#NOME?", "#N/D", "#ND",
        "#VERW!", "#WAARDE!", "#NAAM?", "#N/B", "#VALOR!", "#ARG!", "#ADR!", "#NAZWA?", "#SAKNAS!", "#VÄRDEFEL!", "#REFERENS!",
        "#OGILTIGT!", "#LIEN!", "Err:502", "Err:504", "Err:508", "Err:509", "Err:511", "Err:522", "#ERROR!",
    ];

    private static readonly string[] TypeNames =
    [
        "System.Collections.", "System.Object", "System.Management.Automation.", "System.__ComObject", "System.DBNull", "System.Xml.",
        "System.DirectoryServices.", "System.Data.", "Deserialized.",
        "Microsoft.ActiveDirectory.", "Microsoft.Graph.PowerShell.", "Microsoft.Open.AzureAD.", "Microsoft.Exchange.", "Microsoft.Azure.",
        "Newtonsoft.Json.", "PSOpenAD.", "ZoomProvisioning.",
    ];

    /// <summary>What is wrong with a text, in words; null when it is a value.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="isName">Whether it is a person's name.</param>
    public static string? Of(string text, bool isName)
    {
        // All of them begin with one of a few characters, or are short.
        var first = text[0];
        if (first == '#' || first == 'E')
        {
            if (first == '#' && text.Length > 2 && text.Trim('#').Length == 0)
            {
                return "what a spreadsheet shows where a column is too narrow";
            }

            if (Array.Exists(SheetErrors, e => string.Equals(e, text, StringComparison.OrdinalIgnoreCase)))
            {
                return "an error of a spreadsheet";
            }
        }

        if (text.Length <= 9 && Nothing.Contains(text) && !(isName && AlsoNames.Contains(text)))
        {
            return "what programs write for nothing";
        }

        return IsTypeName(text) ? "the name of a type, written in place of its values"
            : (first == '@' && text.StartsWith("@{", StringComparison.Ordinal) && text[text.Length - 1] == '}') || text is "[object Object]"
                ? "an object of its own, written as text"
                : null;
    }

    /// <summary>Whether a text is a number that a spreadsheet has shortened, such as <c>4.91512E+11</c>: its last digits are lost.</summary>
    public static bool IsScientific(string text)
    {
        var (digits, exponent) = (0, -1);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case >= '0' and <= '9':
                    digits++;
                    break;
                case '.' or ',' when exponent < 0 && digits > 0:
                    break;
                case 'E' or 'e' when exponent < 0 && digits > 0:
                    exponent = i;
                    break;
                case '+' or '-' when exponent == i - 1:
                    break;
                default:
                    return false;
            }
        }

        return exponent > 0 && exponent + 2 < text.Length && (text[exponent + 1] is '+' or '-');
    }

    private static bool IsTypeName(string text)
    {
        if (text.IndexOf('.') < 0)
        {
            return text is "Object[]" or "String[]";
        }

        if (text.EndsWith("[]", StringComparison.Ordinal) && text.StartsWith("System.", StringComparison.Ordinal))
        {
            return true;
        }

        return text.IndexOf('@') < 0 && Array.Exists(TypeNames, t => text.StartsWith(t, StringComparison.Ordinal));
    }
}

/// <summary>A text that is no value. Where the attribute can be left out it is, and that is told once.</summary>
internal sealed class NoValueException : FormatException
{
    public NoValueException(string value, string what)
        : base($"'{value}' is {what}")
    {
        Value = value;
        What = what;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>What it is, in words.</summary>
    public string What { get; }
}
