using System;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Plans;

/// <summary>What messages about many people have in common: names, values and tracking ids differ, the sentence is the same.</summary>
internal static class MessagePattern
{
    private const string Left = "…";

    private static readonly Regex Varying = new("'[^']*'|\"[^\"]*\"|[^\\s'\"<>(),;:]+@[^\\s'\"<>(),;:]+|tracking id [^)\\s]+", RegexOptions.CultureInvariant);

    /// <summary>A message without what differs from one person to the next.</summary>
    /// <param name="message">The message.</param>
    /// <param name="who">Whom it is about.</param>
    public static string Of(string message, string who) => Varying.Replace(WithoutName(message, who), Left);

    /// <summary>A message without the person's name.</summary>
    public static string WithoutName(string message, string who)
    {
        var text = message;
        var from = 0;

        // Not by a pattern: there would be one for each person.
        while (who.Length > 0 && text.IndexOf(who, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            text = text.Remove(at, who.Length).Insert(at, Left);
            from = at + Left.Length;
        }

        return text;
    }
}
