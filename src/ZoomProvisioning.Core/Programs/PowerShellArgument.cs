using System.Linq;
using System.Text;

namespace ZoomProvisioning.Programs;

/// <summary>An argument as PowerShell's own language takes it.</summary>
internal static class PowerShellArgument
{
    // PowerShell takes each of them for the quotation mark that begins and ends a text.
    private const string Quotes = "'\u2018\u2019\u201A\u201B";

    /// <summary>The argument, in quotation marks where it needs them.</summary>
    public static string Quote(string argument)
    {
        if (argument.Length > 0 && argument[0] is not '-' && argument.All(c => c is < '\u0080' && (char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '\\' or ':')))
        {
            return argument;
        }

        return Text(argument);
    }

    /// <summary>A text as a value, where one without quotation marks would be a command.</summary>
    public static string Text(string argument)
    {
        var text = new StringBuilder("'");
        foreach (var letter in argument)
        {
            text.Append(letter, Quotes.IndexOf(letter) >= 0 ? 2 : 1);
        }

        return text.Append('\'').ToString();
    }
}
