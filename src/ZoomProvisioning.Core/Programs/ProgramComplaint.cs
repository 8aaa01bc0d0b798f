using System;
using System.Linq;

namespace ZoomProvisioning.Programs;

/// <summary>What a program that failed has to say.</summary>
internal static class ProgramComplaint
{
    private const int LinesTold = 3;
    private const int LettersTold = 400;

    /// <summary>The first lines of what a program complains of, without secrets.</summary>
    public static string Of(string errors)
    {
        var lines = errors.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        var text = ProgramSecrets.Hide(string.Join(" / ", lines.Take(LinesTold)), Environment.GetEnvironmentVariables());
        return VisibleText.OneLine(text, LettersTold) + (lines.Count > LinesTold ? " …" : string.Empty);
    }
}
