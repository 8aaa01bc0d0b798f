using System.Management.Automation.Language;

namespace ZoomProvisioning.Binding;

/// <summary>Where the characters of a quoted text stand in its file.</summary>
internal static class QuotedText
{
    /// <summary>The place of a character of the text, counted from 0.</summary>
    public static (int Line, int Column) PlaceOf(StringConstantExpressionAst text, int index)
    {
        var raw = text.Extent.Text;
        var (line, column, position) = (text.Extent.StartLineNumber, text.Extent.StartColumnNumber, 0);

        void Step()
        {
            (line, column) = raw[position] == '\n' ? (line + 1, 1) : (line, column + 1);
            position++;
        }

        if (text.StringConstantType is StringConstantType.SingleQuotedHereString or StringConstantType.DoubleQuotedHereString)
        {
            // The text begins on the line after @'.
            while (position < raw.Length && line == text.Extent.StartLineNumber)
            {
                Step();
            }
        }
        else if (text.StringConstantType != StringConstantType.BareWord)
        {
            Step();
        }

        for (var i = 0; i < index && position < raw.Length; i++)
        {
            // A doubled quote, or a backtick in double quotes, is one character written as two.
            var isTwo = position + 1 < raw.Length && text.StringConstantType switch
            {
                StringConstantType.SingleQuoted => IsSingleQuote(raw[position]),
                StringConstantType.DoubleQuoted => raw[position] is '`' or '"' or '“' or '”' or '„',
                StringConstantType.DoubleQuotedHereString => raw[position] == '`',
                _ => false,
            };
            if (isTwo)
            {
                Step();
            }

            Step();
        }

        return (line, column);
    }

    // PowerShell takes typographic quotes for quotes.
    private static bool IsSingleQuote(char character) => character is '\'' or '‘' or '’' or '‚' or '‛';
}
