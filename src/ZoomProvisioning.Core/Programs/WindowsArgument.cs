using System.Linq;
using System.Text;

namespace ZoomProvisioning.Programs;

/// <summary>An argument as Windows programs take it out of their command line (CommandLineToArgvW); Mono reads it so too.</summary>
internal static class WindowsArgument
{
    /// <summary>The argument, in quotation marks where it needs them.</summary>
    public static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c == '"'))
        {
            return argument;
        }

        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in argument)
        {
            if (letter == '\\')
            {
                backslashes++;
                continue;
            }

            // Backslashes count twice before a quotation mark, and once elsewhere.
            text.Append('\\', letter == '"' ? (2 * backslashes) + 1 : backslashes).Append(letter);
            backslashes = 0;
        }

        return text.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
