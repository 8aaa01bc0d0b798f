using System.Globalization;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Looks for words in what Zoom says.</summary>
internal static class Words
{
    /// <summary>Whether a text holds some words, whatever the case. (String.Contains cannot ignore case on .NET Framework.)</summary>
    public static bool Say(string text, string words) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, words, CompareOptions.OrdinalIgnoreCase) >= 0;
}
