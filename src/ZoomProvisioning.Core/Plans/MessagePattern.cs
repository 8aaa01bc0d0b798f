using System.Text.RegularExpressions;

namespace ZoomProvisioning.Plans;

/// <summary>What messages about many people have in common: names, values and tracking ids differ, the sentence is the same.</summary>
internal static class MessagePattern
{
    private static readonly Regex Varying = new("'[^']*'|\"[^\"]*\"|[^\\s'\"<>(),;:]+@[^\\s'\"<>(),;:]+|tracking id [^)\\s]+", RegexOptions.CultureInvariant);

    /// <summary>A message without what differs from one person to the next.</summary>
    /// <param name="message">The message.</param>
    /// <param name="who">Whom it is about.</param>
    public static string Of(string message, string who) => Varying.Replace(WithoutName(message, who), "…");

    /// <summary>A message without the person's name.</summary>
    public static string WithoutName(string message, string who) =>
        who.Length > 0 ? Regex.Replace(message, Regex.Escape(who), "…", RegexOptions.IgnoreCase) : message;
}
