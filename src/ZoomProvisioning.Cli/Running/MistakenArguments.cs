using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Cli.Running;

/// <summary>
/// Where a command line that is not understood is repeated. It may hold the address of a proxy with its password behind a misspelt
/// option, or the name of a file that somebody else chose.
/// </summary>
internal sealed partial class MistakenArguments(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value is null ? null : Harmless(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Harmless(value));

    public override void WriteLine() => inner.WriteLine();

    public override void Flush() => inner.Flush();

    /// <summary>The text without what stands before an @ in an address, and harmless line by line.</summary>
    internal static string Harmless(string text) =>
        string.Join('\n', SignIns().Replace(text, "//(hidden)@").Split('\n').Select(line => VisibleText.OneLine(line.TrimEnd('\r'), VisibleText.MostOfLine)));

    [GeneratedRegex(@"//\S*@")]
    private static partial Regex SignIns();
}
