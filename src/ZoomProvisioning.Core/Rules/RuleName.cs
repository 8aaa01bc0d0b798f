using System;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>What a rule may be called. Its name becomes the name of a folder and a file, on every platform.</summary>
internal static class RuleName
{
    private const int MaxLength = 64;

    private static readonly string[] Reserved =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).Select(n => "COM" + (char)('0' + n)),
         .. Enumerable.Range(1, 9).Select(n => "LPT" + (char)('0' + n))];

    /// <summary>What is wrong with a name; null when nothing.</summary>
    public static string? MistakeIn(string name)
    {
        if (name.Trim().Length == 0)
        {
            return "the name is empty";
        }

        if (name.Length > MaxLength)
        {
            return $"the name has {name.Length} characters; {MaxLength} are allowed";
        }

        if (name.FirstOrDefault(c => !char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_' or '.')) is var wrong && wrong != default)
        {
            return $"the name contains '{wrong}'; it names a folder, so it consists of letters, digits, blanks, '-', '_' and '.'";
        }

        if (name[0] is '.' or ' ' || name[name.Length - 1] is '.' or ' ')
        {
            return "the name begins or ends with a dot or a blank, which folders do not";
        }

        // Windows takes 'con.anything' for the console as well.
        return Reserved.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase)
            ? $"Windows keeps the name '{name.Split('.')[0].TrimEnd()}' for itself"
            : null;
    }
}
