using System.IO.Enumeration;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>Names with <c>*</c> and <c>?</c>, without regard to case.</summary>
internal static class NameWildcard
{
    public static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
