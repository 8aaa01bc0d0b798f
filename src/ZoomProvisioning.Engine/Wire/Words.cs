using System;
using System.Globalization;
using System.Text.Json;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>Looks for words in what Zoom says.</summary>
internal static class Words
{
    /// <summary>Whether a text holds some words, whatever the case. (String.Contains cannot ignore case on .NET Framework.)</summary>
    public static bool Say(string text, string words) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, words, CompareOptions.OrdinalIgnoreCase) >= 0;

    /// <summary>The text of a JSON value; null when it is another kind of value, or no text at all (half a surrogate pair).</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
